"""A person's filters hold in every search of theirs, are told, and can be left aside."""

import itertools
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from bot.conversation.messages import PhotoMessage, Sender
from core.catalogue import Gender, Money
from core.rates import Rates
from tests.conversation.test_refining import change, prices
from tests.conversation.test_taps import action_of
from tests.scenarios import photos
from tests.scenarios.bare import BareDriver, photo_ref
from tests.scenarios.world import Clock, World
from tests.support.english import texts

_NUMBERS = itertools.count()
DRESS = photos.garment("red", "dress", shift=2)
CHEAP, DEAR = Decimal("29.90"), Decimal("39.90")
NONE = (
    texts.FOR_ANYONE,
    texts.ANY_SIZE,
    texts.ANY_PRICE,
    texts.SHOPS_CURRENCIES,
    texts.ALL_SHOPS,
    "○ In stock",
    "○ New",
)
RATES = Rates(day=date(2026, 5, 4), per_euro={"GBP": Decimal("0.85"), "JPY": Decimal(160)})


@pytest.fixture
async def rates(world: World) -> None:
    await world.rates.save(RATES)


async def test_photos_words_and_what_goes_on_from_them_stay_within_the_filters(
    ann: BareDriver, world: World
) -> None:
    await ann.send_command("filters", "under 30 €, in stock")
    shown = list((await ann.send_photos([DRESS])).album)
    shown += (await ann.tap(texts.MORE)).album
    shown += (await ann.send_text("in navy")).album
    await ann.tap(texts.OTHER_COLOUR)
    shown += (await ann.tap("Orange")).album
    shown += (await ann.send_command("find", "shirt")).album
    shown += (await ann.send_text("bag")).album
    assert len(shown) > 20
    assert set(await prices(world, shown)) == {CHEAP}


@pytest.mark.parametrize(
    ("words", "said", "wanted"),
    [
        ("under 30 €", "under €30", 5),
        ("from Corner", "Corner Shop", 5),
        ("30 to 50 €", "€30 to €50", 5),
        ("over 50 €", "from €50", 0),
        ("men's", "men's", 1),
        ("new", "new", 5),
        ("size M", "size M", 5),
        ("30 € से कम", "under €30", 5),
        ("पुरुषों के लिए", "men's", 1),
        ("elephants", None, 5),
    ],
)
async def test_five_come_whenever_five_exist_and_the_filters_are_told(
    ann: BareDriver, world: World, words: str, said: str | None, wanted: int
) -> None:
    await change(world, "corner", "Red bag", gender=Gender.UNISEX)
    await ann.send_command("filters", words)
    seen = await ann.send_photos([DRESS])
    assert len(seen.album) == wanted
    assert (f"Filters: {said}" in seen.texts[0]) is (said is not None)
    assert (texts.SEARCH_UNFILTERED in seen.buttons) is (wanted < 5)


async def test_what_they_leave_out_is_one_tap_away(ann: BareDriver) -> None:
    await ann.send_command("filters", "over 50 €")
    seen = await ann.send_photos([DRESS])
    assert "Nothing is within these filters." in seen.texts[0]
    assert seen.buttons == (texts.SEARCH_UNFILTERED,)
    action = action_of(ann, texts.SEARCH_UNFILTERED)
    seen = await ann.tap(texts.SEARCH_UNFILTERED)
    assert len(seen.album) == 5
    assert "Filters" not in seen.texts[0]
    assert len((await ann.tap(texts.MORE)).album) == 5
    assert (await ann.tap_action(action)).notices == (texts.ALREADY_SHOWN,)


async def test_a_wish_of_its_own_goes_before_a_filter_of_the_same_sort(
    ann: BareDriver, world: World
) -> None:
    await ann.send_command("filters", "under 30 €, from Arcade")
    seen = await ann.send_photos([DRESS], caption="under 50 €, from Corner")
    assert set(await prices(world, seen.album)) == {DEAR}
    assert "Filters" not in seen.texts[0]
    seen = await ann.send_photos([DRESS], caption="under 50 €")
    assert set(await prices(world, seen.album)) == {CHEAP}  # Arcade's still
    assert "Filters: Arcade" in seen.texts[0]


async def test_filters_that_a_wish_goes_before_are_not_to_blame(ann: BareDriver) -> None:
    await ann.send_command("filters", "over 50 €")
    seen = await ann.send_photos([DRESS], caption="under 1 €")
    assert "filters" not in seen.texts[0]
    assert seen.buttons == (texts.SEARCH_ANYWAY,)


async def test_what_no_shop_is_called_is_no_matter_of_filters(ann: BareDriver) -> None:
    await ann.send_command("filters", "over 50 €")
    assert (await ann.send_text("hi there")).texts == (texts.HOW_TO,)
    assert texts.SEARCH_UNFILTERED in (await ann.send_text("dress")).buttons


async def test_other_shops_are_still_those_of_the_filters(ann: BareDriver) -> None:
    await ann.send_command("filters", "from Arcade")
    await ann.send_photos([DRESS])
    assert (await ann.tap(texts.OTHER_SHOP)).notices == (texts.NO_OTHER_SHOP,)


async def test_changed_filters_hold_for_what_follows_in_an_earlier_answer(
    ann: BareDriver, world: World
) -> None:
    await ann.send_photos([DRESS])
    await ann.send_command("filters", "under 30 €")
    await ann.send_photos([photos.garment("navy", "bag")])
    seen = await ann.tap_action(ann.keyboards[0][10].action or "")
    assert seen.album
    assert set(await prices(world, seen.album)) == {CHEAP}


async def test_more_is_searched_anew_where_changed_filters_leave_too_little_of_an_answer(
    ann: BareDriver, world: World
) -> None:
    await ann.send_command("filters", "from Corner")
    shown = set(await prices(world, (await ann.send_photos([DRESS])).album))
    more = action_of(ann, texts.MORE)
    await ann.send_command("filters", "from Arcade")
    seen = await ann.tap_action(more)
    assert len(seen.album) == 5
    assert shown.isdisjoint(await prices(world, seen.album))
    assert "Filters: Arcade" in seen.texts[0]
    assert (await ann.tap_action(more)).notices == (texts.ALREADY_SHOWN,)


async def test_what_was_shown_last_can_be_searched_again_within_changed_filters(
    ann: BareDriver, world: World
) -> None:
    assert texts.SEARCH_AGAIN not in (await ann.send_command("filters")).buttons
    await ann.send_photos([DRESS])
    await ann.send_command("filters", "under 30 €")
    again = action_of(ann, texts.SEARCH_AGAIN)
    seen = await ann.tap_action(again)
    assert set(await prices(world, seen.album)) == {CHEAP}
    assert "Filters: under €30" in seen.texts[0]
    assert (await ann.tap_action(again)).notices == (texts.ALREADY_SHOWN,)
    await ann.send_command("filters", "over 30 €")
    assert set(await prices(world, (await ann.tap_action(again)).album)) == {DEAR}


async def test_a_list_that_ended_goes_on_where_its_filters_are_loosened(ann: BareDriver) -> None:
    await ann.send_command("filters", "over 500 €")
    await ann.send_photos([DRESS])
    await ann.send_command("filters", "in stock")
    assert (await ann.tap(texts.SEARCH_AGAIN)).notices == (texts.FILTERS_LEAVE_NOTHING,)
    await ann.send_command("filters", "off")
    seen = await ann.tap(texts.SEARCH_AGAIN)
    assert len(seen.album) == 5
    assert "Filters" not in seen.texts[0]


async def test_all_filters_are_cleared_in_words(ann: BareDriver) -> None:
    await ann.send_command("filters", "over 500 €, new")
    assert texts.NO_FILTERS in (await ann.send_command("filters", "clear all")).texts[0]
    assert "Filters" not in (await ann.send_photos([DRESS])).texts[0]


async def test_to_search_again_is_within_the_filters_that_were_left_aside(
    ann: BareDriver, world: World
) -> None:
    await ann.send_command("filters", "over 500 €")
    await ann.send_photos([DRESS])
    assert (await ann.tap(texts.SEARCH_UNFILTERED)).album
    await ann.send_command("filters", "off")
    await ann.send_command("filters", "under 30 €")
    seen = await ann.tap(texts.SEARCH_AGAIN)
    assert set(await prices(world, seen.album)) == {CHEAP}


async def test_words_may_loosen_what_was_found_nowhere_within_the_filters(
    ann: BareDriver, world: World
) -> None:
    await ann.send_command("filters", "in stock")
    assert not (await ann.send_photos([DRESS], caption="under 5 €")).album
    seen = await ann.send_text("under 30 €")
    assert set(await prices(world, seen.album)) == {CHEAP}


async def test_sizes_are_kept_to_where_shops_tell_them(ann: BareDriver, world: World) -> None:
    await change(world, "corner", "Red dress", sizes=("36", "38"))
    await change(world, "corner", "Olive dress", sizes=("S", "M"))
    await ann.send_command("filters", "size M")
    seen = await ann.send_photos([DRESS])
    assert "Red dress" not in seen.album
    assert len(seen.album) == 5
    await ann.tap("Size M")
    await ann.tap(f"○ {texts.SURE_SIZE}")
    seen = await ann.send_photos([DRESS])
    assert seen.album == ("Olive dress",)
    assert "size M for sure" in seen.texts[0]


@pytest.mark.usefixtures("rates")
async def test_prices_are_told_in_ones_own_currency_beside_the_shops(
    ann: BareDriver, world: World
) -> None:
    await change(world, "corner", "Red dress", price=Money(Decimal(34), "GBP"))
    await ann.send_command("filters", "in pounds")
    (reply,) = await ann.answerer.answer(_photo(ann))
    details = {card.title: card.details for card in reply.album}
    assert details["Red dress"] == "£34 · Corner Shop"
    assert {"≈\xa0£25 (€29.90) · Arcade", "≈\xa0£34 (€39.90) · Corner Shop"} >= {
        line for title, line in details.items() if title != "Red dress"
    }
    assert "Filters: prices in GBP, rates of May 4" in reply.text


@pytest.mark.usefixtures("rates")
async def test_a_range_counts_in_every_currency(ann: BareDriver, world: World) -> None:
    await change(world, "corner", "Red dress", price=Money(Decimal(34), "GBP"))  # 40 €
    await change(world, "corner", "Olive dress", price=Money(Decimal(25), "GBP"))  # 29.41 €
    await change(world, "corner", "Purple dress", price=Money(Decimal(1), "SEK"))
    found = await ann.send_command("find", "dress under 30 €")
    assert set(found.album) == {"Navy dress", "Orange dress", "Grey dress", "Olive dress"}
    await ann.send_command("filters", "under 4000 yen")
    seen = await ann.send_photos([DRESS])
    assert "Filters: under ¥4,000" in seen.texts[0]
    assert seen.album == ()
    assert (await ann.send_photos([DRESS], caption="under 5000")).album[0] != "Red dress"


@pytest.mark.usefixtures("rates")
async def test_without_rates_prices_stay_as_they_are(ann: BareDriver, clock: Clock) -> None:
    clock.go(days=15)
    seen = await ann.send_command("filters", "GBP")
    assert texts.NO_RATES in seen.texts[0]
    (reply,) = await ann.answerer.answer(_photo(ann))
    assert "≈" not in reply.album[0].details


@pytest.mark.usefixtures("rates")
async def test_the_currency_at_home_is_used_where_the_client_says_so(world: World) -> None:
    for tag, converts in (("en-GB", True), ("en", False), ("en-US", False), ("es-419", False)):
        sender = Sender(platform="bare", person_id=tag, chat_id=tag, language=tag)
        ben = BareDriver(world.conversation(), sender=sender)
        (reply,) = await ben.answerer.answer(_photo(ben))
        assert ("£" in reply.album[0].details) is converts
    british = BareDriver(ben.answerer, sender=replace(ben.sender, person_id="b", language="en-GB"))
    await british.send_command("filters")
    await british.tap("GBP £")
    await british.tap(f"○ {texts.SHOPS_CURRENCIES}")
    (reply,) = await british.answerer.answer(_photo(british))
    assert "£" not in reply.album[0].details


async def test_every_button_says_what_it_makes_of_them(ann: BareDriver) -> None:
    await ann.send_command("filters")
    assert "Women's" in (await ann.tap(texts.FOR_ANYONE)).buttons
    woman = action_of(ann, "Women's")
    assert "Men's" in (await ann.tap("Women's")).buttons
    assert "Men's" in (await ann.tap_action(woman)).buttons  # a double tap does it once
    await ann.tap(texts.ANY_SIZE)
    await ann.tap("○ M")
    assert {"✓ M", "○ L"} < set((await ann.tap("○ XL")).buttons)
    assert "✓ XL" in (await ann.tap("✓ M")).buttons
    await ann.tap(texts.BACK)
    await ann.tap(texts.ALL_SHOPS)
    assert "✓ Arcade" in (await ann.tap("○ Arcade")).buttons
    await ann.tap(texts.BACK)
    await ann.tap(texts.ANY_PRICE)
    assert "Under 50" in (await ann.tap("○ Under 50")).buttons
    await ann.tap("○ In stock")
    await ann.tap("○ New")
    seen = await ann.send_photos([DRESS])
    assert "Filters: men's · under 50 · Arcade · size XL · new · in stock" in seen.texts[0]
    assert (await ann.tap(texts.CLEAR_FILTERS)).buttons == (*NONE, texts.SEARCH_AGAIN)
    assert "Filters" not in (await ann.send_photos([DRESS])).texts[0]


async def test_words_that_are_no_filter_are_answered_kindly_and_change_nothing(
    ann: BareDriver,
) -> None:
    await ann.send_command("filters", "new")
    for words in ("purple elephants", "not black", "not from Arcade", "all filters"):
        seen = await ann.send_command("filters", words)
        assert seen.texts == (texts.FILTERS_UNKNOWN,)
    assert "✓ New" in (await ann.send_command("filters")).buttons


@pytest.mark.parametrize(
    "action",
    [
        "filter:nothing",
        "filter:size-huge",
        "filter:gender-dog",
        "filter:most-1e9",
        "filter:shop-00000000",
        "filter",
    ],
)
async def test_forged_buttons_do_no_harm(ann: BareDriver, action: str) -> None:
    await ann.tap_action(action)
    assert (await ann.send_command("filters")).buttons == NONE


async def test_in_a_group_a_members_own_do_not_count(world: World) -> None:
    ann = BareDriver(world.conversation())
    await ann.send_command("filters", "over 50 €")
    group = Sender(platform="bare", person_id="ann", chat_id="friends", is_group=True)
    friends = BareDriver(ann.answerer, sender=group)
    seen = await friends.send_command("similar", photo=DRESS)
    assert len(seen.album) == 5
    assert texts.FILTERS not in seen.buttons


def _photo(person: BareDriver) -> PhotoMessage:
    return PhotoMessage(
        sender=person.sender, update_id=f"photo {next(_NUMBERS)}", photos=(photo_ref(DRESS),)
    )


async def test_what_filters_left_empty_is_found_once_they_are_off(ann: BareDriver) -> None:
    await ann.send_command("filters", "under 5 €")
    await ann.send_photos([photos.cat()])
    anyway = action_of(ann, texts.SEARCH_ANYWAY)
    assert (await ann.tap_action(anyway)).notices == (texts.FILTERS_LEAVE_NOTHING,)
    await ann.send_command("filters", "off")
    assert len((await ann.tap_action(anyway)).album) == 5
    assert (await ann.tap_action(anyway)).notices == (texts.ALREADY_SHOWN,)
