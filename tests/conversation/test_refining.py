"""What is said or tapped about an answer brings what it asks for, once, and nothing else."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from bot.conversation.messages import CommandMessage, Reply, Sender, TextMessage
from bot.conversation.sessions import LIFETIME, SPOKEN_OF
from bot.conversation.texts import texts_in
from core.catalogue import Availability, Gender, Money, Product, ProductRecord
from core.storage.finding import NEW
from tests.conversation.test_taps import action_of
from tests.scenarios import photos
from tests.scenarios.bare import BareDriver
from tests.scenarios.world import Clock, World
from tests.support.english import texts

DRESS = photos.garment("red", "dress", shift=2)
SECOND = timedelta(seconds=1)


async def prices(world: World, seen: Sequence[str]) -> list[Decimal]:
    """What products of those titles cost."""
    known = (await world.catalogue.products(range(100))).values()
    by_title = {one.title: one.price for one in known}
    return [price.amount for title in seen if (price := by_title[title])]


async def change(world: World, shop: str, title: str, **fields: object) -> None:
    """Let a product be otherwise than it was."""
    colour, kind = title.lower().split()
    record = ProductRecord(
        key=f"{colour}-{kind}",
        title=title,
        url=f"https://shop.example/{colour}-{kind}",
        kind=kind,
        colour=colour,
        gender=Gender.WOMEN,
        price=Money(Decimal("39.90"), "EUR"),
        availability=Availability.IN_STOCK,
        image_urls=(f"https://shop.example/pictures/{colour}-{kind}.png",),
    )
    await world.catalogue.save(shop, [replace(record, **fields)], seen_at=world.clock())


class Dearer:
    """Offers of a shop that has raised all its prices since the night."""

    async def now(self, products: Sequence[Product]) -> Mapping[int, Product]:
        dear = Money(Decimal(99), "EUR")
        return {
            one.id: replace(one, price=dear) if one.shop == "corner" else one for one in products
        }


@pytest.mark.parametrize(
    ("caption", "said", "titles"),
    [
        ("in navy", "navy", {"Navy dress", "Navy shirt", "Navy trousers", "Navy bag"}),
        ("in stock, red", "red · in stock", {"Red dress", "Red trousers", "Red bag"}),
        ("Herren, rot", "red · men's", {"Red bag"}),
    ],
)
async def test_all_that_a_caption_wishes_for_is_kept_to(
    ann: BareDriver, world: World, caption: str, said: str, titles: set[str]
) -> None:
    await change(world, "corner", "Red shirt", availability=Availability.UNKNOWN)
    await change(world, "corner", "Red bag", gender=Gender.UNISEX)
    seen = await ann.send_photos([DRESS], caption=caption)
    assert f"You asked for: {said}" in seen.texts[0]
    assert set(seen.album) == titles


async def test_a_caption_that_says_nothing_of_clothes_changes_nothing(ann: BareDriver) -> None:
    plain = await ann.send_photos([DRESS])
    assert (
        await ann.send_photos([DRESS], caption="this one? from my holiday, lovely dress") == plain
    )


async def test_what_became_dearer_than_was_asked_for_is_not_shown(world: World) -> None:
    ann = BareDriver(world.conversation(offers=Dearer()))
    shown: list[str] = []
    seen = await ann.send_photos([DRESS], caption="under 50 €")
    while seen.album:
        shown += seen.album
        seen = await ann.tap(texts.MORE) if texts.MORE in seen.buttons else await ann.tap("♡ 1")
    assert len(shown) == 12
    assert set(await prices(world, shown)) == {Decimal("29.90")}


async def test_words_are_a_search_again_when_the_answer_is_long_past(
    ann: BareDriver, clock: Clock
) -> None:
    await ann.send_photos([DRESS])
    clock.at += SPOKEN_OF - SECOND
    assert "You asked for: navy" in (await ann.send_text("in navy")).texts[0]
    clock.at += SPOKEN_OF + SECOND
    assert (await ann.send_text("in navy")).texts[0].startswith("Navy\n")


async def test_what_was_not_seen_lately_for_the_first_time_is_not_new(
    ann: BareDriver, clock: Clock
) -> None:
    clock.at += NEW
    assert len((await ann.send_photos([DRESS], caption="neu")).album) == 5
    clock.at += SECOND
    assert (await ann.send_photos([DRESS], caption="neu")).album == ()


async def test_words_are_about_what_was_shown_last_even_where_it_was_found_before(
    ann: BareDriver, clock: Clock
) -> None:
    await ann.send_photos([DRESS, photos.garment("navy", "bag")])
    clock.at += SECOND
    await ann.tap("Bag")
    assert (await ann.send_text("in olive")).album[0] == "Olive bag"


async def test_nobody_goes_on_from_anothers_answer(ann: BareDriver, world: World) -> None:
    await ann.send_photos([DRESS])
    eve = Sender(platform="bare", person_id="eve", chat_id="eve")
    other = BareDriver(world.conversation(), sender=eve)
    for label in (texts.CHEAPER, texts.OTHER_COLOUR, texts.OTHER_SHOP):
        assert (await other.tap_action(action_of(ann, label))).notices == (texts.NO_LONGER_WORKS,)
    reply = TextMessage(
        sender=eve, update_id="eve", text="in navy", about=action_of(ann, texts.CHEAPER)
    )
    (answer,) = await world.conversation().answer(reply)
    assert answer.text.startswith("Navy\n")


@pytest.mark.parametrize("label", [texts.CHEAPER, "Navy"])
async def test_a_double_tap_brings_one_answer(ann: BareDriver, label: str) -> None:
    await ann.send_photos([DRESS])
    if label == "Navy":
        await ann.tap(texts.OTHER_COLOUR)
    action = action_of(ann, label)
    seen = await asyncio.gather(*(ann.tap_action(action) for _ in range(3)))
    assert sorted(len(one.album) > 0 for one in seen) == [False, False, True]
    assert [one.notices for one in seen].count((texts.ALREADY_SHOWN,)) == 2


async def test_cheaper_is_cheaper_than_half_of_what_is_shown_and_was_not_shown(
    ann: BareDriver, world: World
) -> None:
    first = await ann.send_photos([DRESS])
    middle = sorted(await prices(world, first.album))[2]
    seen = await ann.tap(texts.CHEAPER)
    assert seen.album
    assert max(await prices(world, seen.album)) < middle
    assert not set(first.album) & set(seen.album)


async def test_the_colours_to_choose_from_are_those_that_there_are(ann: BareDriver) -> None:
    await ann.send_photos([DRESS])
    seen = await ann.tap(texts.OTHER_COLOUR)
    assert seen.buttons[-5:] == ("Grey", "Navy", "Olive", "Orange", "Purple")
    forged = action_of(ann, "Navy").replace("navy", "turquoise")
    assert (await ann.tap_action(forged)).notices == (texts.NO_OTHER_COLOUR,)


async def test_once_chosen_the_colours_make_room_for_the_buttons_before(ann: BareDriver) -> None:
    before = (await ann.send_photos([DRESS])).buttons
    await ann.tap(texts.OTHER_COLOUR)
    await ann.tap("Olive")
    assert tuple(button.label for button in ann.keyboards[0]) == before


async def test_other_shops_are_none_of_those_before(ann: BareDriver, world: World) -> None:
    await ann.send_photos([DRESS], caption="from Arcade")
    await ann.tap(texts.MORE)
    seen = await ann.tap(texts.OTHER_SHOP)
    assert set(await prices(world, seen.album)) == {Decimal("39.90")}  # the corner shop's
    assert (await ann.tap(texts.OTHER_SHOP)).notices == (texts.NO_OTHER_SHOP,)


async def test_where_there_is_one_shop_no_button_says_other_shop(
    ann: BareDriver, world: World
) -> None:
    await world.catalogue.set_enabled("arcade", enabled=False)
    seen = await ann.send_photos([DRESS])
    assert texts.CHEAPER in seen.buttons
    assert texts.OTHER_SHOP not in seen.buttons


async def test_the_buttons_work_as_long_as_all_others(ann: BareDriver, clock: Clock) -> None:
    await ann.send_photos([DRESS])
    clock.at += LIFETIME - SECOND
    assert (await ann.tap(texts.CHEAPER)).album
    clock.at += SECOND
    action = next(b.action for b in ann.keyboards[0] if b.label == texts.OTHER_SHOP)
    assert action
    assert (await ann.tap_action(action)).notices == (texts.NO_LONGER_WORKS,)


async def test_a_group_may_go_on_by_words_and_it_is_not_kept_who_did(world: World) -> None:
    group = Sender(platform="bare", person_id="ann", chat_id="friends", is_group=True)
    ann = BareDriver(world.conversation(), sender=group)
    await ann.send_command("similar", photo=DRESS)
    ben = BareDriver(ann.answerer, sender=replace(group, person_id="ben"))
    assert (await ben.send_text("in navy")).album[0] == "Navy dress"
    assert (await ben.send_text("how nice")).texts == (texts.HOW_TO,)
    export = CommandMessage(
        sender=Sender(platform="bare", person_id="ben", chat_id="ben"),
        update_id="export",
        name="export",
    )
    (reply,) = await ben.answerer.answer(export)
    assert reply == Reply(text=texts.NOTHING_KEPT)


async def test_words_behind_a_link_are_none_of_it(ann: BareDriver) -> None:
    seen = await ann.send_text("in navy: https://pictures.example/a-red-dress.jpg")
    assert "You asked for: navy" in seen.texts[0]
    assert seen.album[0] == "Navy dress"


@pytest.mark.parametrize("words", ["in red", "under 1 €", "from Arcade", "new", "men's"])
async def test_five_come_whenever_five_exist_and_none_otherwise(
    ann: BareDriver, words: str
) -> None:
    wanted = {"in red": 4, "under 1 €": 0, "from Arcade": 12, "new": 24, "men's": 0}[words]
    seen = await ann.send_photos([DRESS], caption=words)
    assert len(seen.album) == min(5, wanted)
    assert (texts.SEARCH_ANYWAY in seen.buttons) is (wanted == 0)


@pytest.mark.parametrize("language", ["en", "de", "es", "fr", "ru", "hi"])
async def test_the_buttons_may_be_asked_for_in_words(world: World, language: str) -> None:
    say = texts_in(language)
    sender = Sender(platform="bare", person_id="ann", chat_id="ann", language=language)
    ann = BareDriver(world.conversation(), sender=sender)
    first = await ann.send_photos([DRESS])
    middle = sorted(await prices(world, first.album))[2]
    assert max(await prices(world, (await ann.send_text(say.CHEAPER)).album)) < middle
    await ann.send_photos([DRESS])
    other = await ann.send_text(say.OTHER_COLOUR)
    assert other.album
    assert not [title for title in other.album if title.startswith("Red")]
    await ann.send_photos([DRESS], caption="from Arcade")
    assert (await ann.send_text(say.OTHER_SHOP)).album


async def test_words_for_a_button_are_about_the_answer_that_they_reply_to(
    ann: BareDriver, world: World
) -> None:
    first = await ann.send_photos([DRESS])
    await ann.send_text("navy bag")
    seen = await ann.send_text("cheaper", reply_to=0)
    assert max(await prices(world, seen.album)) <= max(await prices(world, first.album))
    assert "dress" in seen.texts[0].lower()


async def test_words_for_a_button_say_what_a_tap_would(ann: BareDriver) -> None:
    assert (await ann.send_text("cheaper")).texts == (texts.HOW_TO,), "nothing was shown yet"
    await ann.send_photos([DRESS], caption="from Arcade")
    await ann.send_text("another shop")
    assert (await ann.send_text("another shop")).texts == (texts.NO_OTHER_SHOP,)


async def test_what_is_not_wanted_is_not_shown(ann: BareDriver) -> None:
    await ann.send_photos([DRESS])
    seen = await ann.send_text("not red or navy")
    assert "You asked for: not red · not navy" in seen.texts[0]
    assert seen.album
    assert not [title for title in seen.album if title.startswith(("Red", "Navy"))]
    seen = await ann.send_text("a dress, but not olive")
    assert seen.album
    assert not [title for title in seen.album if title.startswith("Olive")]


@pytest.mark.parametrize(
    "words",
    [
        *("this dress in navy", "the same dress, but in navy", "dieses Kleid in Marineblau"),
        *("este vestido en azul marino", "cette robe en marine", "это платье в тёмно-синем"),
        *("यह ड्रेस नेवी में", "make it navy", "in navy maybe?"),
    ],
)
async def test_this_one_and_words_that_say_nothing_are_about_the_answer(
    ann: BareDriver, words: str
) -> None:
    await ann.send_photos([DRESS])
    seen = await ann.send_text(words)
    assert "You asked for: navy" in seen.texts[0]
    assert seen.album[0] == "Navy dress"


@pytest.mark.parametrize(
    "words",
    [
        "this bag in navy",
        "a dress in navy",
        "navy corner-things",
        "navy shoes to go with this dress",
    ],
)
async def test_another_thing_is_a_search(ann: BareDriver, world: World, words: str) -> None:
    await change(world, "corner", "Red bag", brand="Corner-Things")
    await ann.send_photos([DRESS])
    assert "You asked for" not in (await ann.send_text(words)).texts[0]


@pytest.mark.parametrize("words", ["thanks!", "ok", "👍"])
async def test_thanks_are_taken_kindly(ann: BareDriver, words: str) -> None:
    assert (await ann.send_text(words)).texts == (texts.COURTESY,)
    await ann.send_photos([DRESS])
    assert (await ann.send_text(words)).texts == (texts.COURTESY,)


async def test_another_colour_is_none_of_the_first_card_that_says_its_own(
    ann: BareDriver, world: World
) -> None:
    first, second, *_ = (await ann.send_text("dress")).album
    for title in (first, second):
        product = await world.catalogue.with_key([title.lower().replace(" ", "-")])
        assert product
        colour = None if title == first else product.colour
        await change(world, product.shop, title, colour=colour, price=product.price)
    assert (await ann.send_text("dress")).album[:2] == (first, second)
    seen = await ann.send_text("another colour")
    assert f"not {second.split()[0].lower()}" in seen.texts[-1]
    assert second not in seen.album


async def test_where_no_card_says_its_colour_there_is_no_other(
    ann: BareDriver, world: World
) -> None:
    await world.catalogue.set_enabled("arcade", enabled=False)
    for title in (await ann.send_text("dress")).album:
        await change(world, "corner", title, colour=None)
    await ann.send_text("dress from Corner")
    assert (await ann.send_text("another colour")).texts == (texts.NO_OTHER_COLOUR,)
