"""Photos, likes, More and restarts in any order, held against a model of what must be seen."""

import asyncio
import shutil
from contextlib import AsyncExitStack
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    multiple,
    precondition,
    rule,
    run_state_machine_as_test,
)

from bot.conversation.messages import Sender
from tests.scenarios import photos
from tests.scenarios.bare import BareDriver
from tests.scenarios.scenario import Seen
from tests.scenarios.world import World, open_world
from tests.support.english import texts

PRODUCTS = 24


class Message:
    """What the model knows of one message with an album: its titles, by rank."""

    def __init__(self, number: int, answer: int, titles: dict[int, str]) -> None:
        self.number = number
        self.answer = answer
        self.titles = titles


class Chat(RuleBasedStateMachine):
    """One person in one chat of a running bot."""

    world: World
    runner: asyncio.Runner
    people = 0

    messages = Bundle("messages")

    @initialize()
    def arrive(self) -> None:
        Chat.people += 1
        self.name = f"person{Chat.people}"
        self.liked: set[str] = set()
        self.shown: list[int] = []
        self.offers: dict[int, bool] = {}
        self.driver = BareDriver(
            self.world.conversation(),
            sender=Sender(platform="bare", person_id=self.name, chat_id=self.name),
        )

    def tap(self, message: int, label: str) -> Seen | None:
        """Tap a label of that message as it is now; None when it has none such."""
        for button in self.driver.keyboards[message]:
            if button.label == label and button.action:
                return self.runner.run(self.driver.tap_action(button.action, message=message))
        return None

    def album(self, seen: Seen, answer: int, first: int) -> Message:
        titles = dict(enumerate(seen.album, first))
        hearts = {label for label in seen.buttons if label[0] in "♡♥"}
        assert hearts == {
            f"{'♥' if title in self.liked else '♡'} {rank}" for rank, title in titles.items()
        }
        return Message(len(self.driver.keyboards) - 1, answer, titles)

    @rule(target=messages, colour=st.sampled_from(sorted(photos.COLOURS)))
    def send_photo(self, colour: str) -> Message:
        photo = photos.garment(colour, "dress")
        seen = self.runner.run(self.driver.send_photos([photo]))
        assert seen.album[0] == f"{colour.title()} dress"
        self.shown.append(5)
        return self.album(seen, len(self.shown) - 1, 1)

    @rule()
    def send_cat(self) -> None:
        seen = self.runner.run(self.driver.send_photos([photos.cat()]))
        assert seen.buttons == (texts.SEARCH_ANYWAY,)
        self.offers[len(self.driver.keyboards) - 1] = True

    @precondition(lambda self: self.offers)
    @rule(target=messages, data=st.data())
    def search_anyway(self, data: st.DataObject) -> object:
        number = data.draw(st.sampled_from(sorted(self.offers)))
        seen = self.tap(number, texts.SEARCH_ANYWAY)
        assert (seen is not None) == self.offers[number]
        if seen is None:
            return multiple()
        self.offers[number] = False
        self.shown.append(5)
        return self.album(seen, len(self.shown) - 1, 1)

    @rule(message=messages, place=st.integers(0, 4), taps=st.integers(1, 3))
    def tap_heart(self, message: Message, place: int, taps: int) -> None:
        """Several taps before the button changes are one."""
        rank, title = list(message.titles.items())[place % len(message.titles)]
        button = next(
            button
            for button in self.driver.keyboards[message.number]
            if button.label in {f"♡ {rank}", f"♥ {rank}"}
        )
        assert button.action
        wish = button.label.startswith("♡")
        for _ in range(taps):
            seen = self.runner.run(self.driver.tap_action(button.action, message=message.number))
            assert seen.notices == (texts.liked(title) if wish else texts.unliked(title),)
        (self.liked.add if wish else self.liked.discard)(title)
        hearts = {label for label in seen.buttons if label[0] in "♡♥"}
        assert hearts == {
            f"{'♥' if title in self.liked else '♡'} {rank}"
            for rank, title in message.titles.items()
        }

    @rule(target=messages, message=messages)
    def tap_more(self, message: Message) -> object:
        last, shown = max(message.titles), self.shown[message.answer]
        seen = self.tap(message.number, texts.MORE)
        assert (seen is not None) == (last == shown < PRODUCTS)
        if seen is None:
            return multiple()
        assert len(seen.album) == min(5, PRODUCTS - last)
        self.shown[message.answer] = last + len(seen.album)
        return self.album(seen, message.answer, last + 1)

    @rule()
    def restart(self) -> None:
        self.driver.answerer = self.world.conversation()

    @invariant()
    def likes_are_what_was_tapped(self) -> None:
        if not hasattr(self, "name"):
            return

        async def titles() -> set[str]:
            ids = await self.world.people.likes("bare", self.name)
            return {one.title for one in (await self.world.catalogue.products(ids)).values()}

        assert self.runner.run(titles()) == self.liked


def test_whatever_is_tapped_in_whatever_order(stocked: Path, tmp_path: Path) -> None:
    shutil.copytree(stocked, tmp_path, dirs_exist_ok=True)
    with asyncio.Runner() as runner:
        stack = AsyncExitStack()
        Chat.runner = runner
        Chat.world = runner.run(stack.enter_async_context(open_world(tmp_path)))
        try:
            run_state_machine_as_test(
                Chat,
                settings=settings(
                    max_examples=12,
                    stateful_step_count=25,
                    deadline=None,
                    suppress_health_check=list(HealthCheck),
                ),
            )
        finally:
            runner.run(stack.aclose())
