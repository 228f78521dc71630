"""Picks come at each subscriber's own hour, once, and not after a goodbye."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.conversation.messages import Migration, Reply, Sender
from bot.conversation.picks_delivery import DailyPicks
from core.errors import FetchFailed, Undeliverable
from core.storage.people import Subscription
from tests.scenarios.bare import BareDriver, check
from tests.scenarios.photos import garment
from tests.scenarios.world import Clock, World
from tests.support.english import texts


class Letterbox:
    """A platform at the network's edge; ``before`` may fail or stop a delivery."""

    platform = "bare"

    def __init__(self, before: Callable[[str], None] = lambda _chat: None) -> None:
        self.before = before
        self.got: list[tuple[str, Reply]] = []

    async def deliver(self, chat_id: str, reply: Reply) -> str:
        self.before(chat_id)
        check(reply)
        self.got.append((chat_id, reply))
        return f"m{len(self.got)}"

    def titles(self) -> list[str]:
        return [card.title for _, reply in self.got for card in reply.album]


class Fails:
    """Raises what it is given, one after the other, and then no more."""

    def __init__(self, *errors: BaseException) -> None:
        self.errors = list(errors)

    def __call__(self, _chat: str) -> None:
        if self.errors:
            raise self.errors.pop(0)


def subscription(
    at: time, zone: str, created_at: datetime, *, chat: str = "ann", person: str = "ann"
) -> Subscription:
    return Subscription(
        platform="bare",
        chat_id=chat,
        person_id=person,
        at=at,
        timezone=zone,
        created_at=created_at,
    )


@pytest.fixture
def letterbox() -> Letterbox:
    return Letterbox()


@pytest.fixture
def picks(world: World, letterbox: Letterbox) -> DailyPicks:
    return world.daily_picks({"bare": letterbox})


@pytest.fixture
async def subscribed(world: World, clock: Clock) -> Subscription:
    """Ann, at 09:00 in Berlin, since yesterday; it is 08:00 there."""
    clock.at = datetime(2026, 5, 4, 6, tzinfo=UTC)
    return await world.people.subscribe(
        subscription(time(9), "Europe/Berlin", clock.at - timedelta(days=1))
    )


pytestmark = pytest.mark.usefixtures("subscribed")


async def test_they_come_at_the_hour_and_once(
    picks: DailyPicks, letterbox: Letterbox, clock: Clock
) -> None:
    assert await picks.run_due() == 0
    clock.go(minutes=59)
    assert await picks.run_due() == 0
    clock.go(minutes=1)
    assert await picks.run_due() == 1
    for _ in range(20):
        clock.go(minutes=37)
        assert await picks.run_due() == 0
    assert len(letterbox.got) == 1


async def test_the_message_has_cards_reasons_hearts_and_a_way_out(
    picks: DailyPicks, letterbox: Letterbox, world: World, clock: Clock
) -> None:
    clock.go(hours=2)
    await picks.run_due()
    ((chat, reply),) = letterbox.got
    assert chat == "ann"
    assert len(reply.album) == 5
    assert reply.text.startswith("Your picks for today")
    labels = [[button.label for button in row] for row in reply.buttons]
    assert labels[1] == ["♡ 1", "♡ 2", "♡ 3", "♡ 4", "♡ 5"]
    assert labels[2] == ["✕ 1", "✕ 2", "✕ 3", "✕ 4", "✕ 5"]
    assert labels[3] == [texts.STOP_PICKS, texts.PAUSE_PICKS]
    ann = BareDriver(world.conversation())
    heart, stop = reply.buttons[1][0].action, reply.buttons[3][0].action
    assert heart
    assert stop
    seen = await ann.tap_action(heart)
    assert seen.notices[0].startswith("♥ Liked")
    assert seen.buttons[-2] == texts.STOP_PICKS
    assert (await ann.tap_action(stop)).notices == (texts.STOPPED,)
    assert (await ann.tap_action(stop)).notices == (texts.NOT_SUBSCRIBED,)
    clock.go(days=1)
    assert await picks.run_due() == 0


async def test_each_pick_says_why(
    picks: DailyPicks, letterbox: Letterbox, world: World, clock: Clock
) -> None:
    ann = BareDriver(world.conversation())
    await ann.send_photos([garment("red", "dress")])
    await ann.tap("♡ 1")
    clock.go(hours=2)
    await picks.run_due()
    ((_, reply),) = letterbox.got
    assert reply.text == "Your picks for today:\n1–5: because you liked Red dress"
    assert "Red dress" not in letterbox.titles()


async def test_a_restart_sends_nothing_again(
    picks: DailyPicks, letterbox: Letterbox, world: World, clock: Clock
) -> None:
    clock.go(hours=2)
    await picks.run_due()
    assert await world.daily_picks({"bare": letterbox}).run_due() == 0
    assert len(letterbox.got) == 1


async def test_two_workers_send_it_once(letterbox: Letterbox, world: World, clock: Clock) -> None:
    clock.go(hours=2)
    workers = [world.daily_picks({"bare": letterbox}) for _ in range(3)]
    assert sum(await asyncio.gather(*(worker.run_due() for worker in workers))) == 1
    assert len(letterbox.got) == 1


async def test_a_missed_hour_is_caught_up_the_same_day_and_not_the_next(
    picks: DailyPicks, letterbox: Letterbox, clock: Clock
) -> None:
    clock.at = datetime(2026, 5, 4, 21, 59, tzinfo=UTC)
    assert await picks.run_due() == 1
    clock.at = datetime(2026, 5, 6, 22, 30, tzinfo=UTC)
    assert await picks.run_due() == 0, "00:30 in Berlin: neither yesterday's nor today's"
    assert len(letterbox.got) == 1


async def test_who_subscribes_after_the_hour_starts_tomorrow(
    picks: DailyPicks, world: World, letterbox: Letterbox, clock: Clock
) -> None:
    clock.at = datetime(2026, 5, 4, 6, 59, tzinfo=UTC)
    bob = subscription(time(8), "Europe/Berlin", clock.at, chat="bob", person="bob")
    await world.people.subscribe(bob)
    assert await picks.run_due() == 0
    clock.go(hours=24)
    await picks.run_due()
    assert "bob" in [chat for chat, _ in letterbox.got]


async def test_another_hour_on_the_same_day_brings_no_second_message(
    picks: DailyPicks, world: World, letterbox: Letterbox, clock: Clock
) -> None:
    clock.go(hours=2)
    await picks.run_due()
    ann = BareDriver(world.conversation())
    await ann.send_command("unsubscribe")
    await ann.send_command("subscribe", "10:30 Berlin")
    clock.go(hours=3)
    assert await picks.run_due() == 0
    assert await world.daily_picks({"bare": letterbox}).run_due() == 0
    clock.go(days=1)
    assert await picks.run_due() == 1


async def test_a_send_that_may_have_happened_is_not_repeated(
    picks: DailyPicks, letterbox: Letterbox, world: World, clock: Clock
) -> None:
    """The process is killed between the claim and the record."""
    clock.go(hours=2)
    letterbox.before = Fails(asyncio.CancelledError())
    with pytest.raises((asyncio.CancelledError, BaseExceptionGroup)):
        await picks.run_due()
    assert await world.daily_picks({"bare": letterbox}).run_due() == 0
    clock.go(hours=5)
    assert await world.daily_picks({"bare": letterbox}).run_due() == 0
    clock.go(days=1)
    assert await picks.run_due() == 1


async def test_what_broke_in_an_unknown_way_is_not_repeated_either(
    picks: DailyPicks, letterbox: Letterbox, clock: Clock
) -> None:
    clock.go(hours=2)
    letterbox.before = Fails(RuntimeError("half sent"))
    assert await picks.run_due() == 0
    clock.go(hours=1)
    assert await picks.run_due() == 0
    assert letterbox.got == []


async def test_what_surely_was_not_sent_is_tried_again_that_day(
    picks: DailyPicks, letterbox: Letterbox, clock: Clock
) -> None:
    clock.go(hours=2)
    letterbox.before = Fails(FetchFailed("429", status=429, retry_after_s=1200))
    assert await picks.run_due() == 0
    clock.go(minutes=19)
    assert await picks.run_due() == 0
    clock.go(minutes=1)
    assert await picks.run_due() == 1
    assert len(letterbox.got) == 1


async def test_a_chat_that_blocked_the_bot_is_dropped_quietly(
    picks: DailyPicks, letterbox: Letterbox, world: World, clock: Clock
) -> None:
    clock.go(hours=2)
    letterbox.before = Fails(Undeliverable("blocked"))
    assert await picks.run_due() == 0
    assert await world.people.subscriptions() == []


async def test_one_persons_trouble_is_nobody_elses(
    picks: DailyPicks, letterbox: Letterbox, world: World, clock: Clock
) -> None:
    for number in range(20):
        one = subscription(
            time(9), "Europe/Berlin", clock() - timedelta(days=1), chat=f"c{number}", person="p"
        )
        await world.people.subscribe(one)
    clock.go(hours=2)

    def some_fail(chat: str) -> None:
        if chat == "c3":
            raise RuntimeError("a bug")
        if chat == "c4":
            raise Undeliverable("gone")

    letterbox.before = some_fail
    assert await picks.run_due() == 19


async def test_a_zone_that_is_not_known_here_keeps_nobody_else_from_theirs(
    picks: DailyPicks, world: World, letterbox: Letterbox, clock: Clock
) -> None:
    """As after a move to a machine whose clocks know fewer zones."""
    before = clock() - timedelta(days=1)
    await world.people.subscribe(
        subscription(time(9), "Europe/Nowhere", before, chat="bob", person="bob")
    )
    clock.go(hours=2)
    assert await picks.run_due() == 1
    assert [chat for chat, _ in letterbox.got] == ["ann"]


async def test_nothing_to_send_is_no_message(
    empty_world: World, letterbox: Letterbox, clock: Clock
) -> None:
    clock.at = datetime(2026, 5, 4, 8, tzinfo=UTC)
    before = subscription(time(9), "Europe/Berlin", clock.at - timedelta(days=1), chat="eve")
    await empty_world.people.subscribe(before)
    for shop in await empty_world.catalogue.shops():
        await empty_world.catalogue.set_enabled(shop.name, False)
    picks = empty_world.daily_picks({"bare": letterbox})
    assert await picks.run_due() == 0
    assert letterbox.got == []


async def test_a_platform_that_is_not_started_is_left_for_later(
    world: World, letterbox: Letterbox, clock: Clock
) -> None:
    clock.go(hours=2)
    assert await world.daily_picks({}).run_due() == 0
    assert await world.daily_picks({"bare": letterbox}).run_due() == 1


async def test_nothing_is_repeated_within_thirty_days(
    picks: DailyPicks, letterbox: Letterbox, clock: Clock
) -> None:
    """24 products last for five days; then there is silence until the first come back."""
    clock.go(hours=2)
    for _ in range(29):
        await picks.run_due()
        clock.go(days=1)
    titles = letterbox.titles()
    assert len(titles) == len(set(titles)) == 24
    clock.go(days=3)
    await picks.run_due()
    assert len(letterbox.titles()) > 24


async def test_a_groups_picks_are_no_members(
    picks: DailyPicks, letterbox: Letterbox, world: World, clock: Clock
) -> None:
    sender = Sender(platform="bare", person_id="alice", chat_id="friends", is_group=True)
    alice = BareDriver(world.conversation(), sender=sender)
    await alice.send_command("subscribe", "9 Berlin")
    clock.go(hours=2)
    await picks.run_due()
    reply = next(reply for chat, reply in letterbox.got if chat == "friends")
    heart = reply.buttons[1][0].action
    assert heart
    assert (await alice.tap_action(heart)).notices[0].startswith("♥ Liked")


async def test_a_group_that_moves_is_not_sent_the_days_picks_again(
    picks: DailyPicks, letterbox: Letterbox, world: World, clock: Clock
) -> None:
    """Somebody subscribes it under its new id, before Telegram tells of the move."""
    before = Sender(platform="bare", person_id="alice", chat_id="friends", is_group=True)
    there = replace(before, chat_id="club")
    answerer = world.conversation()
    await BareDriver(answerer, sender=before).send_command("subscribe", "9 Berlin")
    clock.go(hours=2)
    await picks.run_due()
    await BareDriver(answerer, sender=there).send_command("subscribe", "11 Berlin")
    await answerer.answer(Migration(sender=before, update_id="moved", new_chat_id="club"))
    clock.go(hours=2)
    assert await picks.run_due() == 0
    assert [chat for chat, _ in letterbox.got if chat != "ann"] == ["friends"]
    clock.go(hours=24)
    await picks.run_due()
    assert [chat for chat, _ in letterbox.got if chat != "ann"] == ["friends", "club"]


# Clocks that jump --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("at", "zone", "expected"),
    [
        # The hour is leapt over: it comes as much later.
        (time(2, 30), "Europe/Berlin", datetime(2026, 3, 29, 1, 30, tzinfo=UTC)),
        (time(2, 30), "America/New_York", datetime(2026, 3, 8, 7, 30, tzinfo=UTC)),
        # The hour comes twice: the first counts, and the second brings nothing.
        (time(2, 30), "Europe/Berlin", datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        # Clocks that change at midnight.
        (time(0, 0), "Africa/Cairo", datetime(2026, 4, 23, 22, 0, tzinfo=UTC)),
        # Half hours, and the far side of the date line.
        (time(9), "Australia/Lord_Howe", datetime(2026, 4, 4, 22, 30, tzinfo=UTC)),
        (time(9), "Pacific/Kiritimati", datetime(2026, 5, 4, 19, tzinfo=UTC)),
    ],
)
async def test_when_clocks_change_picks_come_once_and_in_time(
    world: World,
    letterbox: Letterbox,
    at: time,
    zone: str,
    expected: datetime,
) -> None:
    clock = world.clock
    assert isinstance(clock, Clock)
    await world.people.drop_chat("bare", "ann")
    await world.people.subscribe(
        subscription(at, zone, expected - timedelta(hours=6), chat="bob", person="bob")
    )
    picks = world.daily_picks({"bare": letterbox})
    clock.at = expected - timedelta(hours=5)
    times = []
    while clock.at < expected + timedelta(hours=8):
        if await picks.run_due():
            times.append(clock.at)
        clock.go(minutes=30)
    assert times == [expected]


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(jumps=st.lists(st.integers(-180, 600), min_size=5, max_size=40), restart=st.booleans())
async def test_however_the_clock_jumps_no_day_gets_two(
    world: World, jumps: list[int], *, restart: bool
) -> None:
    clock = world.clock
    assert isinstance(clock, Clock)
    person = f"p{len(await world.people.subscriptions())}"
    clock.at = datetime(2026, 5, 4, 6, tzinfo=UTC)
    await world.people.subscribe(
        subscription(time(9), "Europe/Berlin", clock.at, chat=person, person=person)
    )
    days: list[str] = []

    class Diary(Letterbox):
        async def deliver(self, chat_id: str, reply: Reply) -> str:
            if chat_id == person:
                days.append(f"{clock.at + timedelta(hours=2):%F}")
                assert clock.at.hour >= 7, "not before nine in Berlin"
            return await super().deliver(chat_id, reply)

    couriers = {"bare": Diary()}
    picks = world.daily_picks(couriers)
    for minutes in jumps:
        clock.go(minutes=minutes)
        await picks.run_due()
        if restart:
            picks = world.daily_picks(couriers)
    assert len(days) == len(set(days))


async def test_none_come_on_other_days_or_during_a_pause(
    picks: DailyPicks, letterbox: Letterbox, world: World, clock: Clock
) -> None:
    """Ann wants them on Wednesdays; it is Monday."""
    wanted = subscription(time(9), "Europe/Berlin", clock.at - timedelta(days=1))
    await world.people.subscribe(replace(wanted, days=0b0000100))
    came = []
    for day in range(15):
        clock.at = datetime(2026, 5, 4 + day, 8, tzinfo=UTC)
        if day == 8:
            until = clock.at + timedelta(days=3)
            assert await world.people.pause("bare", "ann", "ann", until)
        if await picks.run_due():
            came.append(clock.at.day)
    assert came == [6]
    clock.at = datetime(2026, 5, 20, 8, tzinfo=UTC)
    assert await picks.run_due() == 1
    assert len(letterbox.got) == 2


async def test_a_day_that_has_had_its_picks_is_promised_no_more(
    picks: DailyPicks, ann: BareDriver, clock: Clock
) -> None:
    clock.go(hours=1)
    assert await picks.run_due() == 1
    clock.go(hours=3)
    said = await ann.send_command("subscribe", "21")
    assert "The next come tomorrow at 21:00" in said.texts[0]
    clock.go(hours=10)
    assert await picks.run_due() == 0
    clock.go(days=1)
    assert await picks.run_due() == 1


async def test_once_the_days_picks_have_come_they_are_the_same(
    picks: DailyPicks, letterbox: Letterbox, ann: BareDriver, clock: Clock
) -> None:
    clock.go(hours=1)
    await picks.run_due()
    clock.go(hours=3)
    assert list((await ann.send_command("picks")).album) == letterbox.titles()
    clock.go(days=1)
    await picks.run_due()
    titles = letterbox.titles()
    assert len(set(titles)) == len(titles) == 10


async def test_who_pauses_or_wants_another_hour_while_others_are_served_gets_none_now(
    world: World, clock: Clock
) -> None:
    names = [f"p{number}" for number in range(40)]
    for name in names:
        await world.people.subscribe(
            subscription(time(9), "Europe/Berlin", clock.at, chat=name, person=name)
        )
    conversation, got, changed = world.conversation(), list[str](), names[20:]

    class Others(Letterbox):
        """As the first message goes out, half of the others change their mind."""

        async def deliver(self, chat_id: str, reply: Reply) -> str:
            got.append(chat_id)
            for number, name in enumerate(changed if len(got) == 1 else ()):
                one = BareDriver(conversation, sender=_sender(name))
                await one.send_command(*(("pause",), ("subscribe", "21"))[number % 2])
            return await super().deliver(chat_id, reply)

    clock.go(hours=1)
    await world.daily_picks({"bare": Others()}, at_once=1).run_due()
    assert len(got) > 20
    assert set(got[1:]).isdisjoint(changed)


async def test_what_did_not_arrive_is_no_answer(
    picks: DailyPicks, letterbox: Letterbox, world: World, clock: Clock
) -> None:
    letterbox.before = Fails(*[FetchFailed("away", status=502) for _ in range(4)])
    clock.go(hours=1)
    for _ in range(10):
        await picks.run_due()
        clock.go(minutes=6)
    assert len(letterbox.got) == 1
    assert len((await world.people.export("bare", "ann"))["answers"]) == 1


def _sender(name: str) -> Sender:
    return Sender(platform="bare", person_id=name, chat_id=name)
