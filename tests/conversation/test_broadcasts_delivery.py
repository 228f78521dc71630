"""A broadcast reaches each chat once, whatever dies on the way, and disturbs nobody's night."""

import asyncio
from datetime import UTC, datetime, time

import pytest

from bot.conversation.broadcasts_delivery import BroadcastPost
from bot.conversation.messages import Reply
from bot.conversation.texts import texts_in
from core.errors import FetchFailed, Undeliverable
from core.looks import Look
from core.storage.answers import Answer
from core.storage.broadcasts import Begun, BroadcastStore, Progress
from core.storage.chats import QuietHours
from core.storage.people import Subscription
from tests.conversation.test_picks_delivery import Fails, Letterbox
from tests.scenarios.world import Clock, World
from tests.support.english import texts

PEOPLE = tuple(f"p{number:02}" for number in range(12))
COUNTS = ("sent", "failed", "left", "unsure")


@pytest.fixture
def letterbox() -> Letterbox:
    return Letterbox()


@pytest.fixture
def broadcasts(world: World) -> BroadcastStore:
    return BroadcastStore(world.database)


@pytest.fixture
def post(world: World, letterbox: Letterbox) -> BroadcastPost:
    return world.broadcast_post({"bare": letterbox})


async def answered(world: World, chat: str, *, is_group: bool = False, language: str = "") -> None:
    answer = Answer(
        platform="bare",
        chat_id=chat,
        person_id="" if is_group else chat,
        product_ids=(1,),
        scores=(0.5,),
        shown=1,
        look=Look(fashion=1.0, seen=""),
        shown_at=world.clock(),
        language=language or None,
        created_at=world.clock(),
    )
    await world.answers.save(answer)


async def subscribed(world: World, chat: str, *, language: str | None = None) -> None:
    wanted = Subscription(
        platform="bare",
        chat_id=chat,
        person_id=chat,
        at=time(9),
        timezone="UTC",
        created_at=world.clock(),
        language=language,
    )
    await world.people.subscribe(wanted)


async def begun(world: World, *people: str, text: str = "News") -> int:
    """A broadcast to these people and all who are known already."""
    for person in people:
        await answered(world, person)
    store = BroadcastStore(world.database)
    number = await store.draft(text, world.clock())
    assert await store.begin(number, world.clock()) is Begun.YES
    return number


async def counts(broadcasts: BroadcastStore, world: World) -> tuple[int, ...]:
    """Sent, failed, left, unsure."""
    progress = await broadcasts.latest(world.clock())
    assert isinstance(progress, Progress)
    return tuple(getattr(progress, name) for name in COUNTS)


def chats(letterbox: Letterbox) -> list[str]:
    return sorted(chat for chat, _ in letterbox.got)


async def test_each_chat_gets_it_once_with_its_own_last_line(
    post: BroadcastPost, letterbox: Letterbox, world: World, broadcasts: BroadcastStore
) -> None:
    await answered(world, "client", language="de-AT")
    await answered(world, "chosen", language="de")
    await world.languages.choose("bare", "fr", person_id="chosen")
    await answered(world, "group", is_group=True)
    await world.languages.choose("bare", "ru", chat_id="group")
    await subscribed(world, "subscriber", language="es")
    await begun(world, "nobody-knows")
    assert await post.run_due() == 5
    assert await post.run_due() == 0
    spoken = {chat: reply.text for chat, reply in letterbox.got}
    assert spoken == {
        chat: f"News\n\n{texts_in(language).BROADCAST_FOOT}"
        for chat, language in {
            "client": "de",
            "chosen": "fr",
            "group": "ru",
            "subscriber": "es",
            "nobody-knows": "en",
        }.items()
    }
    assert await counts(broadcasts, world) == (5, 0, 0, 0)


async def test_workers_share_it_and_send_nothing_twice(world: World, letterbox: Letterbox) -> None:
    await begun(world, *PEOPLE)
    workers = [world.broadcast_post({"bare": letterbox}) for _ in range(3)]
    assert sum(await asyncio.gather(*(worker.run_due() for worker in workers))) == len(PEOPLE)
    assert chats(letterbox) == sorted(PEOPLE)


@pytest.mark.parametrize("after", range(4))
async def test_after_a_kill_the_rest_goes_out_and_nothing_twice(
    after: int, world: World, broadcasts: BroadcastStore
) -> None:
    """The process dies when so many have got it, with messages on their way."""
    await begun(world, *PEOPLE)
    handed_over: list[str] = []

    class Dies(Letterbox):
        async def deliver(self, chat_id: str, reply: Reply) -> str:
            handed_over.append(chat_id)
            if len(handed_over) > after:
                raise asyncio.CancelledError
            return await super().deliver(chat_id, reply)

    with pytest.raises((asyncio.CancelledError, BaseExceptionGroup)):
        await world.broadcast_post({"bare": Dies()}).run_due()
    letterbox = Letterbox()
    await world.broadcast_post({"bare": letterbox}).run_due()
    assert not {*handed_over} & {*chats(letterbox)}
    sent, failed, left, unsure = await counts(broadcasts, world)
    assert (sent + unsure, failed, left) == (len(PEOPLE), 0, 0)
    assert 1 <= unsure <= 4, "no more than are on their way at once"
    assert len(letterbox.got) >= len(PEOPLE) - after - 4


async def test_a_kill_between_the_claim_and_the_call_sends_nothing_later(
    post: BroadcastPost, world: World, broadcasts: BroadcastStore
) -> None:
    number = await begun(world, "ann", "bob")
    assert await broadcasts.claim(number, "bare", world.clock())
    assert await post.run_due() == 1
    assert await counts(broadcasts, world) == (1, 0, 0, 1)


async def test_what_broke_in_an_unknown_way_is_not_repeated_and_stops_nobody_elses(
    post: BroadcastPost, letterbox: Letterbox, world: World, broadcasts: BroadcastStore
) -> None:
    await begun(world, *PEOPLE)
    letterbox.before = Fails(RuntimeError("half sent"), RuntimeError("likewise"))
    assert await post.run_due() == len(PEOPLE) - 2
    assert await post.run_due() == 0
    assert await counts(broadcasts, world) == (len(PEOPLE) - 2, 0, 0, 2)


async def test_a_wait_that_is_asked_for_is_kept_by_every_worker(
    post: BroadcastPost,
    letterbox: Letterbox,
    world: World,
    clock: Clock,
    broadcasts: BroadcastStore,
) -> None:
    await begun(world, "ann")
    letterbox.before = Fails(FetchFailed("429", status=429, retry_after_s=1200))
    assert await post.run_due() == 0
    assert await counts(broadcasts, world) == (0, 0, 1, 0)
    clock.go(minutes=19)
    for worker in (post, world.broadcast_post({"bare": letterbox})):
        assert await worker.run_due() == 0
    clock.go(minutes=1)
    assert await world.broadcast_post({"bare": letterbox}).run_due() == 1
    assert chats(letterbox) == ["ann"]


async def test_a_chat_that_blocked_the_bot_is_dropped_as_by_picks(
    post: BroadcastPost, letterbox: Letterbox, world: World, broadcasts: BroadcastStore
) -> None:
    await subscribed(world, "ann")
    await begun(world)
    letterbox.before = Fails(Undeliverable("blocked"))
    assert await post.run_due() == 0
    assert await world.people.subscriptions() == []
    assert await counts(broadcasts, world) == (0, 1, 0, 0)


async def test_a_group_that_may_only_be_answered_keeps_its_language(
    post: BroadcastPost, letterbox: Letterbox, world: World
) -> None:
    """As a channel of Discord's where the bot answers commands and may not write."""
    await answered(world, "channel", is_group=True)
    await world.languages.choose("bare", "fr", chat_id="channel")
    await begun(world)
    letterbox.before = Fails(Undeliverable("no leave to write"))
    assert await post.run_due() == 0
    assert await world.languages.chosen("bare", chat_id="channel") == "fr"


async def test_a_stop_is_heeded_in_the_middle(world: World, broadcasts: BroadcastStore) -> None:
    number = await begun(world, *PEOPLE)

    class Stopping(Letterbox):
        async def deliver(self, chat_id: str, reply: Reply) -> str:
            if len(self.got) >= 5:
                await broadcasts.stop(number, world.clock())
            return await super().deliver(chat_id, reply)

    letterbox = Stopping()
    sent = await world.broadcast_post({"bare": letterbox}).run_due()
    assert 6 <= sent < len(PEOPLE), "those on their way arrive"
    assert await counts(broadcasts, world) == (sent, 0, len(PEOPLE) - sent, 0)


async def test_a_group_is_not_disturbed_in_its_quiet_hours(
    post: BroadcastPost, letterbox: Letterbox, world: World, clock: Clock
) -> None:
    clock.at = datetime(2026, 5, 4, 20, 30, tzinfo=UTC)
    quiet = QuietHours(start=time(22), end=time(7), timezone="Europe/Berlin")
    await answered(world, "friends", is_group=True)
    await world.chats.keep_quiet("bare", "friends", on=True, hours=quiet)
    await begun(world, "ann")
    assert await post.run_due() == 1
    came = []
    for _ in range(48):
        clock.go(minutes=30)
        if await post.run_due():
            came.append(clock.at)
    assert came == [datetime(2026, 5, 5, 5, tzinfo=UTC)]
    assert chats(letterbox) == ["ann", "friends"]


async def test_who_forgets_or_refuses_meanwhile_gets_nothing(
    post: BroadcastPost, letterbox: Letterbox, world: World, broadcasts: BroadcastStore
) -> None:
    await begun(world, "ann", "bob", "cid")
    await world.people.forget("bare", "ann")
    await broadcasts.refuse("bare", "bob", "bob")
    assert await post.run_due() == 1
    assert chats(letterbox) == ["cid"]


async def test_a_platform_that_is_not_started_is_left_for_later(
    world: World, letterbox: Letterbox, clock: Clock
) -> None:
    await begun(world, "ann")
    assert await world.broadcast_post({}).run_due() == 0
    clock.go(hours=23)
    assert await world.broadcast_post({"bare": letterbox}).run_due() == 1


async def test_old_news_is_not_sent(post: BroadcastPost, world: World, clock: Clock) -> None:
    await begun(world, "ann")
    clock.go(hours=24)
    assert await post.run_due() == 0


async def test_an_end_lets_what_is_on_its_way_arrive_and_the_next_process_goes_on(
    world: World, broadcasts: BroadcastStore
) -> None:
    await begun(world, *PEOPLE)
    begins, may_arrive = asyncio.Event(), asyncio.Event()

    class Slow(Letterbox):
        async def deliver(self, chat_id: str, reply: Reply) -> str:
            begins.set()
            await may_arrive.wait()
            return await super().deliver(chat_id, reply)

    slow = Slow()
    post = world.broadcast_post({"bare": slow})
    running = asyncio.create_task(post.run_due())
    await asyncio.wait_for(begins.wait(), 20)
    ending = asyncio.create_task(post.end())
    await asyncio.sleep(0)
    may_arrive.set()
    await asyncio.wait_for(ending, 20)
    assert running.done()
    sent = len(slow.got)
    assert 1 <= sent <= 4
    assert await counts(broadcasts, world) == (sent, 0, len(PEOPLE) - sent, 0)
    assert await post.run_due() == 0
    assert await world.broadcast_post({"bare": Letterbox()}).run_due() == len(PEOPLE) - sent


async def test_what_is_sent_can_be_refused_with_its_button(
    post: BroadcastPost, letterbox: Letterbox, world: World
) -> None:
    await begun(world, "ann", text="<b>*News*</b> @everyone")
    await post.run_due()
    ((_, reply),) = letterbox.got
    assert reply.text == f"<b>*News*</b> @everyone\n\n{texts.BROADCAST_FOOT}"
    ((button,),) = reply.buttons
    assert (button.label, button.action) == (texts.BROADCASTS_NO_MORE, "broadcast:off")
