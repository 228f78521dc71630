"""People say what they want to be told of; it is theirs alone."""

from dataclasses import replace

import pytest

from core.alerts import AlertKind
from core.catalogue import Availability, ProductRecord
from core.storage.alerts import MOST_ALERTS, AlertStore
from tests.conversation.test_taps import action_of
from tests.scenarios import photos
from tests.scenarios.bare import BareDriver
from tests.scenarios.world import World
from tests.support.english import texts

DRESS = photos.garment("red", "dress")


async def watched(world: World, person: str = "ann") -> list[str]:
    kept = await AlertStore(world.database).of("bare", person)
    return [f"{one.number} {one.kind} {one.brand or one.product_id}" for one in kept]


async def branded(world: World, availability: Availability = Availability.IN_STOCK) -> None:
    """All dresses of the corner shop are by Nordlicht now."""
    products = await world.catalogue.products(range(1, 25))
    records = [
        ProductRecord(
            key=one.key,
            title=one.title,
            url=one.url,
            brand="Nordlicht Berlin",
            kind=one.kind,
            colour=one.colour,
            gender=one.gender,
            price=one.price,
            availability=availability,
            image_urls=(one.picture_url or "",),
        )
        for one in products.values()
        if one.shop == "corner"
    ]
    await world.catalogue.save("corner", records, seen_at=world.clock())


@pytest.mark.parametrize("words", ["Nordlicht Berlin", "new from nordlicht berlin"])
async def test_a_brand_is_watched_by_its_name(ann: BareDriver, world: World, words: str) -> None:
    await branded(world)
    seen = await ann.send_command("alert", words)
    assert "New from Nordlicht Berlin" in seen.texts[0]
    assert await watched(world) == ["1 brand Nordlicht Berlin"]


async def test_what_is_sold_out_can_be_waited_for_and_a_brand_with_it(
    ann: BareDriver, world: World
) -> None:
    await branded(world, Availability.SOLD_OUT)
    await ann.send_photos([DRESS])
    seen = await ann.send_command("alerts", "1")
    assert texts.ALERT_STOCK not in seen.buttons, "the first is another shop's"
    for shop in ("arcade",):
        await world.catalogue.set_enabled(shop, False)
    await ann.send_photos([DRESS])
    seen = await ann.send_command("alerts", "1")
    assert texts.ALERT_STOCK in seen.buttons
    assert (await ann.tap(texts.ALERT_STOCK)).notices[0].endswith("/alerts shows all.")
    await ann.tap("New from Nordlicht Berlin")
    await ann.tap(texts.ALERT_ALIKE)
    kinds = [one.split()[1] for one in await watched(world)]
    assert kinds == ["stock", "brand", "alike"]
    listed = await ann.send_command("alerts")
    assert "New from Nordlicht Berlin" in listed.texts[0]


async def test_the_same_again_is_one_alert_and_a_tap_twice_ends_one(
    ann: BareDriver, world: World
) -> None:
    await ann.send_photos([DRESS])
    for price in ("30 €", "25 €"):
        await ann.send_command("alerts", f"1 under {price}")
    await ann.send_command("alerts", "2 under 20 €")
    (first, second) = await AlertStore(world.database).of("bare", "ann")
    assert (first.number, str(first.most), second.number) == (1, "25.00", 2) or (
        second.number,
        str(second.most),
    ) == (2, "20.00")
    await ann.send_command("alerts")
    action = action_of(ann, "✕ 1")
    assert (await ann.tap_action(action)).notices == (texts.ALERT_ENDED,)
    assert (await ann.tap_action(action)).notices == (texts.NO_LONGER_WORKS,)
    assert len(await watched(world)) == 1


@pytest.mark.parametrize("words", ["2 €20 से कम", "2, €20 से कम", "2 under €20"])
async def test_a_rank_stands_before_a_price_however_that_is_said(
    ann: BareDriver, world: World, words: str
) -> None:
    await ann.send_photos([DRESS])
    await ann.send_command("alerts", words)
    (alert,) = await AlertStore(world.database).of("bare", "ann")
    assert str(alert.most) == "20.00"


async def test_a_rank_is_of_what_is_on_show_also_of_picks_and_likes(ann: BareDriver) -> None:
    await ann.send_photos([photos.garment("olive", "bag")])
    await ann.tap("♡ 1")
    for command in ("picks", "likes"):
        shown = (await ann.send_command(command)).album
        told = (await ann.send_command("alerts", f"{len(shown)} under 10 €")).texts[0]
        assert shown[-1] in told


async def test_nobody_ends_or_sees_anothers(ann: BareDriver, world: World) -> None:
    await ann.send_photos([DRESS])
    await ann.send_command("alerts", "1 under 30 €")
    bob = BareDriver(ann.answerer, sender=replace(ann.sender, person_id="bob", chat_id="bob"))
    assert (await bob.send_command("alerts")).texts == (texts.ALERTS_NONE,)
    assert (await bob.tap_action("unwatch:1")).notices == (texts.NO_LONGER_WORKS,)
    assert len(await watched(world)) == 1


async def test_there_is_a_most_and_ending_one_makes_room(ann: BareDriver, world: World) -> None:
    seen = await ann.send_photos([DRESS])
    while texts.MORE in seen.buttons:
        seen = await ann.tap(texts.MORE)
    for rank in range(1, MOST_ALERTS + 1):
        assert "watch for this" in (await ann.send_command("alerts", f"{rank} under 20 €")).texts[0]
    assert (await ann.send_command("alerts", "21 under 20 €")).texts == (texts.ALERTS_FULL,)
    listed = await ann.send_command("alerts")
    assert len(listed.buttons) == MOST_ALERTS
    await ann.tap("✕ 7")
    await ann.send_command("alerts", "21 under 20 €")
    assert (await watched(world))[6].startswith("7 under")


async def test_who_has_daily_picks_may_be_told_with_them(ann: BareDriver, world: World) -> None:
    await ann.send_photos([DRESS])
    await ann.send_command("alerts", "1 under 30 €")
    assert texts.ALERTS_DAILY not in (await ann.send_command("alerts")).buttons
    await ann.send_command("subscribe", "9 Berlin")
    assert texts.ALERTS_DAILY in (await ann.send_command("alerts")).buttons
    seen = await ann.tap(texts.ALERTS_DAILY)
    assert seen.notices == (texts.ALERTS_ARE_DAILY,)
    assert texts.ALERTS_AT_ONCE in seen.buttons
    await ann.send_command("alerts", "2 under 20 €")
    kept = await AlertStore(world.database).of("bare", "ann")
    assert [one.daily for one in kept] == [True, True]
    assert (await ann.tap(texts.ALERTS_AT_ONCE)).notices == (texts.ALERTS_ARE_INSTANT,)


@pytest.mark.parametrize("words", ["9", "0", "under 30 €", "fnord", "30 €", "-1"])
async def test_words_that_name_no_product_are_told_how(ann: BareDriver, words: str) -> None:
    assert (await ann.send_command("alerts", words)).texts == (texts.ALERTS_HOW_TO,)
    await ann.send_photos([DRESS])
    assert (await ann.send_command("alerts", words)).texts == (texts.ALERTS_HOW_TO,)


async def test_buttons_made_up_are_refused(ann: BareDriver, world: World) -> None:
    await ann.send_photos([DRESS])
    bell = action_of(ann, texts.ALERT_ME)
    key = bell.split(":")[1]
    for action in (f"watch:{key}:1:a0-5:under", f"watch:{key}:1:a0-5:fnord", "unwatch:0"):
        assert (await ann.tap_action(action)).notices == (texts.NO_LONGER_WORKS,)
    assert (await ann.tap_action(f"watch:{key}:1:a0-5:brand")).notices == (texts.NO_LONGER_WORKS,)
    assert await watched(world) == []


async def test_a_group_watches_nothing_even_by_a_button_from_elsewhere(
    ann: BareDriver, world: World
) -> None:
    friends = BareDriver(ann.answerer, sender=replace(ann.sender, chat_id="friends", is_group=True))
    await friends.send_command("similar", photo=DRESS)
    heart = action_of(friends, "♡ 1")
    watch = heart.replace("heart:", "watch:") + f":{AlertKind.CHEAPER}"
    for action in (watch, "unwatch:1", "timed:daily"):
        assert (await friends.tap_action(action)).notices[0] in {
            texts.PRIVACY_ALONE,
            texts.NO_LONGER_WORKS,
        }
    assert await watched(world) == []


async def test_a_price_in_reply_to_anything_else_still_refines(ann: BareDriver) -> None:
    await ann.send_photos([DRESS])
    seen = await ann.send_text("under 35 €", reply_to=0)
    assert "You asked for: under €35" in seen.texts[0]


async def asked_for_a_price(ann: BareDriver) -> None:
    """The bot has just asked from what price on the first product is to be told of."""
    await ann.send_photos([DRESS])
    await ann.send_command("alerts", "1")


@pytest.mark.parametrize("words", ["20", "€20", "20.00", "at 20", "not over 20", "не дороже 20"])
async def test_after_the_question_a_number_is_a_price(
    ann: BareDriver, world: World, words: str
) -> None:
    await asked_for_a_price(ann)
    await ann.send_text(words, reply_to=-1)
    (alert,) = await AlertStore(world.database).of("bare", "ann")
    assert str(alert.most) == "20.00"


@pytest.mark.parametrize("words", ["thanks", "20%", "red", "20 pieces", "what is this?"])
async def test_after_the_question_all_else_is_no_price(
    ann: BareDriver, world: World, words: str
) -> None:
    await asked_for_a_price(ann)
    await ann.send_text(words, reply_to=-1)
    assert await watched(world) == []
