"""What a group's admins set as its filters holds in every answer there, and for nobody else."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from bot.conversation.messages import Departure, Migration
from core.catalogue import Money
from tests.conversation.test_filters import CHEAP, DRESS, RATES
from tests.conversation.test_groups import answer_every_photo, bar_corner, boss_of, member_of
from tests.conversation.test_picks_delivery import Letterbox
from tests.conversation.test_refining import change, prices
from tests.scenarios.bare import BareDriver
from tests.scenarios.world import Clock, World
from tests.support.english import texts


@pytest.fixture
def boss(world: World) -> BareDriver:
    return boss_of(world.conversation())


@pytest.fixture
def bob(boss: BareDriver) -> BareDriver:
    return member_of(boss.answerer)  # type: ignore[arg-type]


async def test_every_answer_in_the_group_stays_within_them(
    world: World, boss: BareDriver, bob: BareDriver
) -> None:
    await boss.send_command("filters", "under 30 €, in stock")
    seen = await bob.send_command("similar", photo=DRESS)
    assert "Filters: under €30 · in stock" in seen.texts[0]
    shown = list(seen.album)
    shown += (await bob.tap(texts.MORE)).album
    shown += (await bob.send_command("find", "shirt")).album
    await answer_every_photo(boss)
    shown += (await bob.send_photos([DRESS])).album
    assert len(shown) > 15
    assert set(await prices(world, shown)) == {CHEAP}
    ann = BareDriver(boss.answerer)
    for person in (ann, member_of(boss.answerer, chat="others")):  # type: ignore[arg-type]
        seen = await person.send_command("similar", photo=DRESS)
        assert "Filters" not in seen.texts[0]


async def test_they_are_changed_in_the_place_of_the_settings(
    boss: BareDriver, bob: BareDriver
) -> None:
    await boss.send_command("settings")
    assert "○ New" in (await boss.tap(texts.FILTERS)).buttons
    await boss.tap(texts.ANY_PRICE)
    seen = await boss.tap("○ Under 50")
    assert {"Under 50", texts.CLEAR_FILTERS} < {*seen.buttons}
    assert texts.FILTERS in (await boss.tap(f"‹ {texts.BACK}")).buttons
    assert len(boss.keyboards) == 1
    seen = await bob.send_command("similar", photo=DRESS)
    assert "Filters: under 50" in seen.texts[0]


async def test_only_admins_change_them(boss: BareDriver, bob: BareDriver) -> None:
    for words in ("", "new", "off"):
        seen = await bob.send_command("filters", words)
        assert (seen.texts, seen.buttons) == ((texts.SETTINGS_FOR_ADMINS,), ())
    await boss.send_command("filters")
    for action in [button.action or "" for button in boss.keyboards[0]]:
        seen = await bob.tap_action(action)
        assert (seen.notices, seen.buttons) == ((texts.SETTINGS_FOR_ADMINS,), ())
    assert "○ New" in (await boss.send_command("filters")).buttons


async def test_what_they_leave_out_is_no_members_to_search(
    boss: BareDriver, bob: BareDriver
) -> None:
    await boss.send_command("filters", "over 50 €")
    seen = await bob.send_command("similar", photo=DRESS)
    assert "Nothing is within these filters." in seen.texts[0]
    assert seen.buttons == ()
    await boss.send_command("filters", "off")
    await bob.send_command("similar", photo=DRESS)
    key = (bob.keyboards[-1][5].action or "").split(":")[1]
    seen = await bob.tap_action(f"unfiltered:{key}")
    assert (seen.notices, seen.album) == ((texts.NO_LONGER_WORKS,), ())


async def test_prices_are_told_in_the_groups_currency(
    world: World, boss: BareDriver, bob: BareDriver
) -> None:
    await world.rates.save(RATES)
    await change(world, "corner", "Red dress", price=Money(Decimal(34), "GBP"))
    await boss.send_command("filters", "in yen")
    seen = await bob.send_command("similar", photo=DRESS)
    assert "prices in JPY" in seen.texts[0]
    await answer_every_photo(boss)
    seen = await bob.send_photos([DRESS])
    assert "prices in JPY" in seen.texts[0]


async def test_a_shop_that_is_taken_out_is_no_filter_any_more(
    boss: BareDriver, bob: BareDriver
) -> None:
    await boss.send_command("filters", "from Corner")
    await bar_corner(boss)
    seen = await bob.send_command("similar", photo=DRESS)
    assert len(seen.album) == 5
    assert "Filters" not in seen.texts[0]
    await boss.send_command("filters")
    assert "○ Corner Shop" not in (await boss.tap(texts.ALL_SHOPS)).buttons


async def test_they_move_with_the_group_and_go_with_the_bot(world: World, boss: BareDriver) -> None:
    await boss.send_command("filters", "new")
    answerer = world.conversation()
    await answerer.answer(Migration(sender=boss.sender, update_id="m", new_chat_id="club"))
    assert "○ New" in (await boss_of(answerer).send_command("filters")).buttons
    club = boss_of(answerer, chat="club")
    assert "✓ New" in (await club.send_command("filters")).buttons
    await answerer.answer(Departure(sender=club.sender, update_id="d"))
    assert "○ New" in (await club.send_command("filters")).buttons


async def test_picks_at_once_and_at_the_hour_stay_within_them(
    world: World, boss: BareDriver, clock: Clock
) -> None:
    await world.rates.save(RATES)
    clock.at = datetime(2026, 5, 4, 6, tzinfo=UTC)
    await boss.send_command("subscribe", "9 Berlin")
    await bar_corner(boss)
    await boss.send_command("filters", "under 40, in pounds")
    letters = Letterbox()
    clock.go(hours=2)
    assert await world.daily_picks({"bare": letters}).run_due() == 1
    ((_, reply),) = letters.got
    assert len(reply.album) == 5
    assert {card.match.product.shop for card in reply.album} == {"arcade"}
    assert {card.details for card in reply.album} == {"≈\xa0£25 (€29.90) · Arcade"}
    assert "prices in GBP" in reply.text
    await boss.send_command("filters", "over 40 €")
    seen = await boss.send_command("picks")
    assert seen.album == ()
    assert texts.say("filters-leave", count=0) in seen.texts[0]


async def test_a_persons_picks_stay_within_their_own(ann: BareDriver, world: World) -> None:
    await ann.send_command("filters", "under 30 €")
    await ann.send_photos([DRESS])
    await ann.tap("♡ 1")
    seen = await ann.send_command("picks")
    assert len(seen.album) == 5
    assert set(await prices(world, seen.album)) == {CHEAP}
    assert "Filters: under €30" in seen.texts[0]
