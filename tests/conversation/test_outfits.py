"""Outfits are whole, of things that can be had, and change as they are tapped, once."""

import asyncio
import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from bot.conversation.messages import CommandMessage, Reply, Sender, TapMessage
from bot.conversation.sessions import LIFETIME
from core.catalogue import Availability, Product
from tests.conversation.test_groups import bar_corner, boss_of
from tests.conversation.test_refining import change, prices
from tests.conversation.test_taps import action_of
from tests.scenarios import photos
from tests.scenarios.bare import BareDriver, photo_ref
from tests.scenarios.scenario import Seen
from tests.scenarios.world import Clock, World
from tests.support.english import texts

SHIRT = photos.garment("red", "shirt", shift=2)
BAG = photos.garment("olive", "bag", shift=2)


class SoldOut:
    """Offers of shops that have sold some things since the night."""

    def __init__(self, *titles: str) -> None:
        self._titles = titles

    async def now(self, products: Sequence[Product]) -> Mapping[int, Product]:
        return {
            one.id: replace(one, availability=Availability.SOLD_OUT)
            if one.title in self._titles
            else one
            for one in products
        }


def pieces(seen: Seen) -> list[str]:
    """What the products of an outfit are, by their titles: "Red shirt" is a shirt."""
    return [title.split()[1] for title in seen.album]


async def replies(driver: BareDriver, label: str, times: int) -> list[list[Reply]]:
    """The answers to as many taps at once."""
    action = action_of(driver, label)
    taps = [
        TapMessage(sender=driver.sender, update_id=f"{label} {number}", action=action)
        for number in range(times)
    ]
    return await asyncio.gather(*(driver.answerer.answer(tap) for tap in taps))


async def test_a_shirt_gets_what_is_of_its_colour(ann: BareDriver) -> None:
    seen = await ann.send_command("outfit", photo=SHIRT)
    assert seen.album == ("Red shirt", "Red trousers", "Red bag")


async def test_a_bag_gets_all_the_rest(ann: BareDriver) -> None:
    seen = await ann.send_command("outfit", photo=BAG)
    assert seen.album == ("Olive bag", "Olive shirt", "Olive trousers")


async def test_of_several_photos_the_first_with_clothes_is_dressed(ann: BareDriver) -> None:
    refs = tuple(photo_ref(one) for one in (photos.cat(), BAG, SHIRT))
    command = CommandMessage(sender=ann.sender, update_id="x", name="outfit", photos=refs)
    (reply,) = await ann.answerer.answer(command)
    assert reply.album[0].title == "Olive bag"


async def test_the_button_and_the_command_make_one_outfit(ann: BareDriver) -> None:
    asked = await ann.send_command("outfit", photo=SHIRT)
    await ann.send_photos([SHIRT])
    assert (await ann.tap(texts.COMPLETE_OUTFIT)).album == asked.album
    assert (await ann.send_command("outfit")).album == asked.album


async def test_what_was_asked_for_in_another_colour_is_dressed_in_that(ann: BareDriver) -> None:
    await ann.send_text("navy shirt")
    assert (await ann.tap(texts.COMPLETE_OUTFIT)).album == (
        "Navy shirt",
        "Navy trousers",
        "Navy bag",
    )


async def test_a_product_that_was_shown_is_dressed_by_its_number(ann: BareDriver) -> None:
    shown = (await ann.send_photos([SHIRT])).album
    seen = await ann.send_command("outfit", "2")
    assert seen.album[0] == shown[1]
    assert len(set(pieces(seen))) == len(seen.album)
    for words in ("0", "6", "9" * 9000, "for my aunt"):
        assert (await ann.send_command("outfit", words)).texts == (texts.OUTFIT_HOW_TO,)


async def test_words_beside_it_hold_for_every_piece_also_when_one_is_swapped(
    ann: BareDriver, world: World
) -> None:
    dress, cheap = photos.garment("red", "dress", shift=2), Decimal("29.90")
    seen = await ann.send_command("outfit", "under 30 €", photo=dress)
    assert "Filters: under €30" in seen.texts[0]
    assert set(await prices(world, seen.album)) == {cheap}
    seen = await ann.tap("⇄ Bag")
    assert set(await prices(world, seen.album)) == {cheap}
    await ann.send_photos([dress])
    seen = await ann.send_command("outfit", "under 30 €")
    assert set(await prices(world, seen.album)) == {cheap}


async def test_a_link_to_a_product_is_dressed(ann: BareDriver) -> None:
    seen = await ann.send_command("outfit", "https://shop.example/red-dress")
    assert seen.album == ("Red dress", "Red bag")
    picture = await ann.send_command("outfit", "https://pictures.example/a-red-dress.jpg")
    assert picture.album == seen.album


async def test_what_is_no_piece_of_an_outfit_is_told_so(ann: BareDriver, world: World) -> None:
    await change(world, "corner", "Red dress", kind="umbrella")
    seen = await ann.send_command("outfit", "https://shop.example/red-dress")
    assert seen.texts == (texts.NO_PIECE,)


async def test_where_nothing_goes_with_it_that_is_said(ann: BareDriver, world: World) -> None:
    dress = photos.garment("red", "dress", shift=2)
    for shop in ("corner", "arcade"):
        bags = [f"{colour}-bag" for colour in photos.COLOURS]
        await world.catalogue.mark_gone(shop, bags)
    assert (await ann.send_command("outfit", photo=dress)).texts == (texts.NOTHING_GOES_WITH,)
    await ann.send_photos([dress])
    assert (await ann.tap(texts.COMPLETE_OUTFIT)).notices == (texts.NOTHING_GOES_WITH,)


async def test_no_outfit_is_offered_where_there_is_no_stylist(world: World) -> None:
    ann = BareDriver(world.conversation())
    await ann.send_photos([SHIRT])
    action = action_of(ann, texts.COMPLETE_OUTFIT)
    world.stylist = None
    ann = BareDriver(world.conversation())
    assert texts.COMPLETE_OUTFIT not in (await ann.send_photos([SHIRT])).buttons
    assert (await ann.tap_action(action)).notices == (texts.NO_LONGER_WORKS,)
    assert (await ann.send_command("outfit", photo=SHIRT)).texts == (texts.NO_OUTFITS,)


async def test_a_cat_has_no_outfit_even_where_it_is_searched(ann: BareDriver) -> None:
    await ann.send_photos([photos.cat()])
    assert texts.COMPLETE_OUTFIT not in (await ann.tap(texts.SEARCH_ANYWAY)).buttons


async def test_a_swap_goes_through_all_before_any_comes_again(ann: BareDriver) -> None:
    first = (await ann.send_command("outfit", photo=SHIRT)).album
    bags = [first[2]]
    for _ in range(5):
        seen = await ann.tap("⇄ Bag")
        assert seen.album[:2] == first[:2]
        bags.append(seen.album[2])
    assert sorted(bags) == sorted(f"{colour.title()} bag" for colour in photos.COLOURS)
    assert (await ann.tap("⇄ Bag")).album == first


async def test_a_double_tap_swaps_once(ann: BareDriver) -> None:
    await ann.send_command("outfit", photo=SHIRT)
    answers = await replies(ann, "⇄ Bag", 3)
    changed = [reply for some in answers for reply in some]
    assert [reply.replaces_message for reply in changed] == [True]


async def test_two_processes_swap_a_piece_once(world: World) -> None:
    drivers = [BareDriver(world.conversation()) for _ in range(2)]
    await drivers[0].send_command("outfit", photo=SHIRT)
    drivers[1].keyboards = drivers[0].keyboards
    answers = await asyncio.gather(*(replies(driver, "⇄ Bag", 1) for driver in drivers))
    assert sorted(len(some) for (some,) in answers) == [0, 1]


async def test_swaps_of_two_pieces_at_once_are_both_done(ann: BareDriver) -> None:
    first = (await ann.send_command("outfit", photo=SHIRT)).album
    await asyncio.gather(replies(ann, "⇄ Bag", 1), replies(ann, "⇄ Trousers", 1))
    await ann.tap("♡ 1")  # whose answer has the keyboard as it is now
    swapped = (await ann.tap("⇄ Shirt")).album
    assert not set(first) & set(swapped)


async def test_whatever_is_tapped_an_outfit_has_one_thing_a_place_and_nothing_twice(
    ann: BareDriver,
) -> None:
    chance = random.Random(4)
    seen = await ann.send_command("outfit", photo=SHIRT)
    for _ in range(30):
        assert sorted(pieces(seen)) == ["bag", "shirt", "trousers"]
        labels = ["⇄ Shirt", "⇄ Trousers", "⇄ Bag", texts.ANOTHER_OUTFIT]
        then = await ann.tap(chance.choice(labels))
        seen = seen if then.notices else then


async def test_another_outfit_has_other_pieces_once_and_in_the_end_there_is_none(
    ann: BareDriver,
) -> None:
    shown = [(await ann.send_command("outfit", photo=SHIRT)).album[1:]]
    for _ in range(5):
        action = action_of(ann, texts.ANOTHER_OUTFIT)
        shown.append((await ann.tap_action(action)).album[1:])
        assert (await ann.tap_action(action)).notices == (texts.ALREADY_SHOWN,)
    titles = [title for some in shown for title in some]
    assert len(set(titles)) == len(titles) == 12
    assert (await ann.tap(texts.ANOTHER_OUTFIT)).notices == (texts.NO_OTHER_PIECE,)


async def test_what_was_sold_since_the_night_makes_room_for_the_next(world: World) -> None:
    ann = BareDriver(world.conversation(offers=SoldOut("Red bag", "Red shirt")))
    seen = await ann.send_command("outfit", photo=SHIRT)
    assert pieces(seen) == ["shirt", "trousers", "bag"]
    assert not {"Red bag", "Red shirt"} & {*seen.album}
    for _ in range(6):
        assert "Red bag" not in (await ann.tap("⇄ Bag")).album


async def test_what_is_gone_makes_room_with_the_next_swap(ann: BareDriver, world: World) -> None:
    await ann.send_command("outfit", photo=SHIRT)
    for shop in ("corner", "arcade"):
        await world.catalogue.mark_gone(shop, ["red-trousers"])
    seen = await ann.tap("⇄ Bag")
    assert pieces(seen) == ["shirt", "trousers", "bag"]
    assert "Red trousers" not in seen.album


async def test_a_place_without_another_has_no_swap(ann: BareDriver, world: World) -> None:
    others = [f"{colour}-bag" for colour in photos.COLOURS if colour not in {"red", "navy"}]
    for shop in ("corner", "arcade"):
        await world.catalogue.mark_gone(shop, others)
    seen = await ann.send_command("outfit", photo=SHIRT)
    assert "⇄ Bag" in seen.buttons
    action = action_of(ann, "⇄ Bag")
    for shop in ("corner", "arcade"):
        await world.catalogue.mark_gone(shop, ["navy-bag"])
    assert (await ann.tap_action(action)).notices == (texts.NO_OTHER_PIECE,)
    assert "⇄ Bag" not in (await ann.send_command("outfit", photo=SHIRT)).buttons


async def test_an_outfit_works_as_long_as_all_answers_for_its_owner_alone(
    ann: BareDriver, world: World, clock: Clock
) -> None:
    await ann.send_command("outfit", photo=SHIRT)
    swap = action_of(ann, "⇄ Bag")
    eve = Sender(platform="bare", person_id="eve", chat_id="eve")
    assert (await BareDriver(world.conversation(), sender=eve).tap_action(swap)).notices == (
        texts.NO_LONGER_WORKS,
    )
    clock.at += LIFETIME - timedelta(seconds=1)
    assert (await BareDriver(world.conversation()).tap_action(swap)).album
    clock.at += timedelta(seconds=1)
    action = action_of(ann, "⇄ Trousers")
    assert (await ann.tap_action(action)).notices == (texts.NO_LONGER_WORKS,)


async def test_an_outfit_is_handed_over_and_erased_like_other_answers(
    ann: BareDriver, world: World
) -> None:
    await ann.send_command("outfit", photo=SHIRT)
    kept = await world.people.export("bare", "ann")
    assert [row["ensemble"]["names"] for row in kept["answers"]] == [["top", "bottom", "bag"]]
    await world.people.forget("bare", "ann")
    assert (await ann.tap("⇄ Bag")).notices == (texts.NO_LONGER_WORKS,)


async def test_words_after_an_outfit_are_about_the_answer_before_it(ann: BareDriver) -> None:
    await ann.send_photos([SHIRT])
    await ann.tap(texts.COMPLETE_OUTFIT)
    assert (await ann.send_text("in navy")).album[0] == "Navy shirt"


@pytest.mark.parametrize("form", ["swap:{}:1:a0-5:7", "another:{}:1:a0-5", "swap:{}:9:a0-9:7"])
async def test_what_no_outfit_offers_is_refused(ann: BareDriver, form: str) -> None:
    await ann.send_photos([SHIRT])
    key = action_of(ann, texts.COMPLETE_OUTFIT).split(":")[1]
    assert (await ann.tap_action(form.format(key))).notices == (texts.NO_LONGER_WORKS,)


async def test_each_piece_is_inside_the_filters_in_force(ann: BareDriver, world: World) -> None:
    """Arcade's things cost 29.90, the other's 39.90; a size is the garment's alone."""
    whole = await ann.send_command("outfit", photo=SHIRT)
    assert set(await prices(world, whole.album)) == {Decimal("39.90")}
    for words in ("under 30 €, size M for sure", "from Arcade"):
        await ann.send_command("filters", "off")
        await ann.send_command("filters", words)
        seen = await ann.send_command("outfit", photo=SHIRT)
        assert "Filters: " in seen.texts[0]
        assert "size" not in seen.texts[0]
        shown = list(seen.album)
        for _ in range(6):
            shown += (await ann.tap("⇄ Bag")).album
        assert {"trousers", "bag"} <= {title.split()[1] for title in shown}
        assert set(await prices(world, shown)) == {Decimal("29.90")}


async def test_an_outfit_from_before_is_swapped_inside_the_filters_of_now(
    ann: BareDriver, world: World
) -> None:
    await ann.send_command("outfit", photo=SHIRT)
    swap = action_of(ann, "⇄ Bag")
    await ann.send_command("filters", "under 30 €")
    seen = await ann.tap_action(swap)
    assert seen.album
    assert set(await prices(world, seen.album)) == {Decimal("29.90")}


async def test_what_nothing_is_inside_the_filters_for_has_no_outfit(ann: BareDriver) -> None:
    await ann.send_command("filters", "over 500 €")
    seen = await ann.send_command("outfit", photo=SHIRT)
    assert (seen.texts, seen.album) == ((texts.NOTHING_GOES_WITH,), ())


async def test_a_groups_outfits_have_nothing_from_the_shops_it_took_out(world: World) -> None:
    boss = boss_of(world.conversation())
    await bar_corner(boss)
    seen = await boss.send_command("outfit", photo=SHIRT)
    assert len(seen.album) > 1
    assert set(await prices(world, seen.album)) == {Decimal("29.90")}
