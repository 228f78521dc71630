"""Daily picks are switched on and off in words that say what will happen."""

from datetime import UTC, datetime, time

import pytest

from bot.conversation.messages import Departure, Migration, Sender
from tests.conversation.test_groups import boss_of
from tests.scenarios.bare import BareDriver
from tests.scenarios.world import Clock, World
from tests.support.english import texts


async def test_subscribing_says_when_the_first_picks_come(ann: BareDriver, clock: Clock) -> None:
    """It is 14:00 in Berlin."""
    clock.at = datetime(2026, 5, 4, 12, tzinfo=UTC)
    later = await ann.send_command("subscribe", "21:15 berlin")
    assert "at 21:15 (Europe/Berlin). The next come today at 21:15." in later.texts[0]
    earlier = await ann.send_command("subscribe", "9")
    assert "at 09:00 (Europe/Berlin). The next come tomorrow at 09:00." in earlier.texts[0]


async def test_there_is_one_subscription_a_person_and_chat(ann: BareDriver, world: World) -> None:
    await ann.send_command("subscribe", "9 Berlin")
    await ann.send_command("subscribe", "18:30 Asia/Tokyo")
    (subscription,) = await world.people.subscriptions()
    assert (subscription.at, subscription.timezone) == (time(18, 30), "Asia/Tokyo")
    assert (subscription.chat_id, subscription.person_id) == ("ann", "ann")


async def test_without_a_zone_nothing_is_guessed(ann: BareDriver, world: World) -> None:
    seen = await ann.send_command("subscribe", "9am")
    assert "/subscribe 09:00 Berlin" in seen.texts[0]
    assert await world.people.subscriptions() == []


@pytest.mark.parametrize("written", ["whenever", "25:00 Berlin", "x" * 5000, "9 " + "y" * 5000])
async def test_what_is_not_understood_gets_an_example(ann: BareDriver, written: str) -> None:
    seen = await ann.send_command("subscribe", written)
    assert "example: /subscribe" in seen.texts[0]
    assert len(seen.texts[0]) < 300


async def test_a_group_has_one_for_all(ann: BareDriver, world: World) -> None:
    for name in ("alice", "bob"):
        sender = Sender(platform="bare", person_id=name, chat_id="friends", is_group=True)
        await BareDriver(ann.answerer, sender=sender).send_command("subscribe", "9 Berlin")
    (subscription,) = await world.people.subscriptions()
    assert subscription.person_id == ""


@pytest.mark.parametrize(
    ("quiet", "hour", "comes"),
    [
        ("22:00–07:00 Berlin", "23 Berlin", False),
        ("22:00–07:00 Berlin", "6 Berlin", True),
        ("22:00–23:30 Berlin", "23 Berlin", True),
    ],
)
async def test_a_group_is_told_that_its_quiet_hours_leave_no_picks(
    world: World, *, quiet: str, hour: str, comes: bool
) -> None:
    boss = boss_of(world.conversation())
    await boss.send_command("settings", quiet)
    said = (await boss.send_command("subscribe", hour)).texts[0]
    assert ("quiet hours" in said) is not comes
    assert bool(await world.people.subscriptions()) is comes


async def test_a_chat_that_is_gone_is_dropped_in_silence(ann: BareDriver, world: World) -> None:
    await ann.send_command("subscribe", "9 Berlin")
    assert await ann.answerer.answer(Departure(sender=ann.sender, update_id="gone")) == []
    assert await world.people.subscriptions() == []


async def test_a_chat_that_moves_takes_its_subscription_along(
    ann: BareDriver, world: World
) -> None:
    await ann.send_command("subscribe", "9 Berlin")
    moved = Migration(sender=ann.sender, update_id="moved", new_chat_id="ann2")
    assert await ann.answerer.answer(moved) == []
    assert [one.chat_id for one in await world.people.subscriptions()] == ["ann2"]


async def test_picks_can_be_had_now(ann: BareDriver) -> None:
    seen = await ann.send_command("picks")
    assert len(seen.album) == 5
    assert texts.STOP_PICKS not in seen.buttons
    assert (await ann.tap("♡ 1")).buttons[5] == "♥ 1"


async def test_without_products_there_are_no_picks(empty_world: World) -> None:
    ann = BareDriver(empty_world.conversation())
    assert (await ann.send_command("picks")).texts == (texts.NO_PICKS,)


async def test_they_come_on_the_days_that_were_asked_for(ann: BareDriver, clock: Clock) -> None:
    """It is Monday."""
    clock.at = datetime(2026, 5, 4, 12, tzinfo=UTC)
    seen = await ann.send_command("subscribe", "every Friday 9 Berlin")
    assert "picks every Friday at 09:00 (Europe/Berlin)" in seen.texts[0]
    assert "on May 8 at 09:00" in seen.texts[0]
    seen = await ann.send_command("subscribe", "18:30")
    assert "every Friday at 18:30" in seen.texts[0]
    seen = await ann.send_command("subscribe", "weekdays")
    assert "every Monday, Tuesday, Wednesday, Thursday, and Friday at 18:30" in seen.texts[0]
    seen = await ann.send_command("subscribe", "every day 9")
    assert "every day at 09:00" in seen.texts[0]


async def test_days_alone_change_nothing_where_there_are_no_picks(
    ann: BareDriver, world: World
) -> None:
    seen = await ann.send_command("subscribe", "every Friday")
    assert seen.texts == (texts.SUBSCRIBE_HOW_TO,)
    assert await world.people.subscriptions() == []


async def test_a_pause_ends_by_itself_or_when_it_is_asked(ann: BareDriver, clock: Clock) -> None:
    clock.at = datetime(2026, 5, 4, 12, tzinfo=UTC)
    assert (await ann.send_command("pause")).texts == (texts.NOT_SUBSCRIBED,)
    await ann.send_command("subscribe", "9 Berlin")
    assert (await ann.send_command("pause", "for ever")).texts == (texts.PAUSE_HOW_TO,)
    seen = await ann.send_command("pause", "2 weeks")
    assert "The next picks come on May 19 at 09:00" in seen.texts[0]
    assert "come tomorrow" in (await ann.send_command("subscribe")).texts[0]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("jeden Freitag um halb zehn abends in Wien", "every Friday at 21:30 (Europe/Vienna)"),
        ("los fines de semana a las 9 en París", "every Saturday and Sunday at 09:00"),
        ("du lundi au mercredi à 9h, Lyon", "every Monday, Tuesday, and Wednesday at 09:00"),
        ("каждую пятницу в 9 вечера по Москве", "every Friday at 21:00 (Europe/Moscow)"),
        ("हर रविवार शाम 8 बजे दिल्ली", "every Sunday at 20:00 (Asia/Kolkata)"),
    ],
)
async def test_hours_and_days_are_understood_in_every_language(
    ann: BareDriver, written: str, said: str
) -> None:
    assert said in (await ann.send_command("subscribe", written)).texts[0]


async def test_days_alone_leave_the_hour_as_it_is(ann: BareDriver, world: World) -> None:
    await ann.send_command("subscribe", "18:30 Berlin")
    for written in ("von Montag bis Freitag", "los lunes", "по средам", "हर रविवार को"):
        assert "at 18:30" in (await ann.send_command("subscribe", written)).texts[0]
    (subscription,) = await world.people.subscriptions()
    assert (subscription.at, subscription.days) == (time(18, 30), 0b1000000)


async def test_two_hours_are_no_hour_and_a_zone(ann: BareDriver, world: World) -> None:
    await ann.send_command("subscribe", "18:30 Berlin")
    assert "10" in (await ann.send_command("subscribe", "9-10")).texts[0]
    (subscription,) = await world.people.subscriptions()
    assert (subscription.at, subscription.timezone) == (time(18, 30), "Europe/Berlin")


async def test_a_pause_is_understood_in_every_language(ann: BareDriver, clock: Clock) -> None:
    clock.at = datetime(2026, 5, 4, 12, tzinfo=UTC)
    await ann.send_command("subscribe", "9 Berlin")
    for written in ("two weeks", "zwei Wochen", "dos semanas", "deux semaines", "на две недели",
                    "दो हफ़्ते"):  # fmt: skip
        seen = await ann.send_command("pause", written)
        assert "The next picks come on May 19 at 09:00" in seen.texts[0]
