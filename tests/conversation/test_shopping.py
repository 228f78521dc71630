"""The shops are searched once, honestly, and nothing is kept that is not needed for it."""

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import web
from sqlalchemy import select

from bot.conversation.messages import CommandMessage, Sender
from core.storage.database import Database
from core.storage.tables import answers
from scraping.searching import REST, Searched
from tests.conversation.test_taps import action_of
from tests.scenarios import photos
from tests.scenarios.bare import BareDriver
from tests.scenarios.bazaar import FINDS, open_bazaar
from tests.scenarios.world import Clock, World
from tests.support.english import texts
from tests.support.shop_shapes import Thing
from tests.support.shop_world import ShopWorld, status

DRESS = photos.garment("red", "dress", shift=2)


@pytest.fixture
async def bazaar(world: World, tmp_path: Path) -> AsyncIterator[ShopWorld]:
    async with open_bazaar(world, tmp_path) as shop:
        yield shop


@pytest.fixture
def bob(world: World, bazaar: ShopWorld) -> BareDriver:
    """Somebody whose bot can search the bazaar."""
    assert bazaar.url
    return BareDriver(world.conversation())


async def traces(database: Database) -> list[tuple[str, str | None, bytes | None]]:
    async with database.read() as connection:
        query = select(answers.c.person_id, answers.c.space, answers.c.trace)
        return [tuple(row) for row in await connection.execute(query)]  # type: ignore[misc]


async def test_a_double_tap_asks_once(bob: BareDriver, bazaar: ShopWorld) -> None:
    await bob.send_photos([DRESS])
    action = action_of(bob, texts.SEARCH_SHOPS)
    seen = await asyncio.gather(*(bob.tap_action(action) for _ in range(3)))
    assert sorted(len(one.album) for one in seen) == [0, 0, 5]
    assert [one.notices for one in seen].count((texts.SHOPS_ASKED_ALREADY,)) == 2
    assert bazaar.asked_for("/search") == 1


async def test_the_button_goes_once_it_was_tapped_and_the_others_stay(bob: BareDriver) -> None:
    await bob.send_photos([DRESS])
    await bob.tap(texts.SEARCH_SHOPS)
    first, second = ([button.label for button in keyboard] for keyboard in bob.keyboards)
    assert texts.SEARCH_SHOPS not in first + second
    assert {"♡ 1", texts.MORE} <= {*first}
    assert texts.SEARCH_SHOPS not in (await bob.tap("♡ 1")).buttons


async def test_it_stands_under_every_page_until_then(bob: BareDriver) -> None:
    await bob.send_photos([DRESS])
    seen = await bob.tap(texts.MORE)
    assert texts.SEARCH_SHOPS in seen.buttons
    assert texts.SEARCH_SHOPS in [button.label for button in bob.keyboards[0]]
    assert (await bob.tap(texts.SEARCH_SHOPS)).album


async def test_what_was_shown_is_not_offered_again(bob: BareDriver) -> None:
    seen = await bob.send_photos([DRESS])
    shown = list(seen.album)
    seen = await bob.tap(texts.SEARCH_SHOPS)
    shown += seen.album
    shown += (await bob.tap(texts.MORE)).album
    assert len(shown) == len(set(shown)) == 5 + FINDS
    await bob.send_photos([DRESS])  # the same words again: nothing is asked, and all is known
    assert len((await bob.tap(texts.SEARCH_SHOPS)).album) == 5


async def test_a_better_offer_of_what_was_shown_is_offered(
    bob: BareDriver, bazaar: ShopWorld, world: World
) -> None:
    """The bazaar sells the very dress, for half the price."""
    bazaar.things.clear()
    bazaar.things["same"] = Thing(handle="same", title="Women's red dress, Bazaar", price="19.90")
    page = photos.garment("red", "dress")
    bazaar.pages["/pictures/same.png"] = web.Response(body=page, content_type="image/png")
    await bob.send_photos([DRESS])
    seen = await bob.tap(texts.SEARCH_SHOPS)
    assert seen.album == ("Women's red dress, Bazaar",)
    (product,) = [
        one for one in (await world.catalogue.products(range(100))).values() if one.shop == "bazaar"
    ]
    assert product.price
    assert product.picture


async def test_shops_that_have_nothing_else_are_said_to(bob: BareDriver, bazaar: ShopWorld) -> None:
    bazaar.things.clear()
    await bob.send_photos([DRESS])
    seen = await bob.tap(texts.SEARCH_SHOPS)
    assert seen.texts[-1].splitlines() == [
        'Asked 1 shop for "women red dress".',
        "It has nothing that I had not found already.",
    ]


async def test_a_silent_shop_is_said_to_be_and_may_be_asked_later(
    bob: BareDriver, bazaar: ShopWorld, clock: Clock
) -> None:
    bazaar.fail("/search", status(403))
    await bob.send_photos([DRESS])
    seen = await bob.tap(texts.SEARCH_SHOPS)
    assert 'Asked 1 shop for "women red dress"; it did not answer.' in seen.texts[0]
    assert not seen.album
    clock.at += REST
    assert len((await bob.tap(texts.SEARCH_SHOPS)).album) == 5


async def test_without_a_shop_to_search_there_is_no_button(ann: BareDriver) -> None:
    seen = await ann.send_photos([DRESS])
    assert texts.SEARCH_SHOPS not in seen.buttons


async def test_a_trace_is_kept_and_is_no_photo(bob: BareDriver, world: World) -> None:
    await bob.send_photos([DRESS])
    ((_, space, trace),) = await traces(world.database)
    assert space == world.embedder.fingerprint
    assert trace
    assert len(trace) == len((await world.embedder.see(DRESS)).embedding)
    assert DRESS[:64] not in trace


async def test_a_trace_is_handed_over_with_the_rest(bob: BareDriver, world: World) -> None:
    await bob.send_photos([DRESS])
    ((_, _, trace),) = await traces(world.database)
    message = CommandMessage(sender=bob.sender, update_id="export", name="export")
    (reply,) = await bob.answerer.answer(message)
    assert trace
    assert reply.document
    (answer,) = json.loads(reply.document.data)["answers"]
    assert answer["trace"] == trace.hex()


async def test_a_groups_trace_is_nobodys(world: World, bazaar: ShopWorld) -> None:
    assert bazaar.url
    group = Sender(platform="bare", person_id="ann", chat_id="friends", is_group=True)
    driver = BareDriver(world.conversation(), sender=group)
    await driver.send_command("similar", photo=DRESS)
    assert [person for person, _, trace in await traces(world.database) if trace] == [""]


async def test_of_anothers_button_nothing_comes(
    bob: BareDriver, world: World, bazaar: ShopWorld
) -> None:
    await bob.send_photos([DRESS])
    eve = BareDriver(
        world.conversation(), sender=Sender(platform="bare", person_id="eve", chat_id="eve")
    )
    seen = await eve.tap_action(action_of(bob, texts.SEARCH_SHOPS))
    assert seen.notices == (texts.NO_LONGER_WORKS,)
    assert bazaar.asked_for("/search") == 0


async def test_a_weak_answer_asks_the_shops_within_it(world: World, bazaar: ShopWorld) -> None:
    """Nearer ones from the bazaar take their places among the catalogue's."""
    for handle in bazaar.things:
        bazaar.change(handle, title=f"Women's red trousers {handle}")
    ann = BareDriver(world.conversation(in_answer_s=5.0))
    seen = await ann.send_photos([photos.plain(bazaar.things["red-dress-0"].colour)])
    assert bazaar.asked_for("/search") == 1
    assert 'Asked 1 shop for "women red trousers".' in seen.texts[0]
    assert seen.album[0].startswith("Women's red trousers")
    assert len(seen.album) == 5


async def test_a_strong_answer_asks_nobody(world: World, bazaar: ShopWorld) -> None:
    ann = BareDriver(world.conversation(in_answer_s=5.0))
    seen = await ann.send_photos([photos.garment("red", "dress")])
    assert bazaar.asked_for("/search") == 0
    assert "Asked" not in seen.texts[0]


async def test_a_shop_that_hangs_costs_an_answer_no_more_than_its_time(
    world: World, bazaar: ShopWorld
) -> None:
    gate = asyncio.Event()

    async def hang(_: object) -> object:
        await gate.wait()
        return None

    bazaar.fail("/search", hang)  # type: ignore[arg-type]
    ann = BareDriver(world.conversation(in_answer_s=0.1))
    async with asyncio.timeout(3):
        seen = await ann.send_photos([photos.plain((10, 200, 190))])
    assert len(seen.album) == 5
    assert "did not answer" in seen.texts[0]
    gate.set()


@pytest.mark.parametrize(
    ("asked", "silent", "said"),
    [
        (1, 0, 'Asked 1 shop for "red hat".'),
        (1, 1, 'Asked 1 shop for "red hat"; it did not answer.'),
        (3, 0, 'Asked 3 shops for "red hat".'),
        (3, 1, 'Asked 3 shops for "red hat"; one did not answer.'),
        (3, 2, 'Asked 3 shops for "red hat"; 2 did not answer.'),
        (3, 3, 'Asked 3 shops for "red hat"; none of them answered.'),
    ],
)
def test_who_was_asked_and_who_did_not_answer_is_said(asked: int, silent: int, said: str) -> None:
    searched = Searched(words={"en": "red hat"}, asked=asked, silent=silent, products=())
    assert texts.shops_asked(searched) == said
