"""Buy links lead through the bot, and what is opened tells the taste of whom it was shown to."""

from dataclasses import replace

import pytest

from bot.conversation.going import Going, GoLinks, LinkedAnswerer, LinkedCourier
from bot.conversation.messages import Button, Reply, Sender
from core.storage.opens import Opening, OpenStore
from core.storage.signals import Owner, Sort
from core.storage.stats import StatsStore
from tests.scenarios.bare import BareDriver
from tests.scenarios.photos import garment
from tests.scenarios.world import World
from tests.support.answers import album_reply

LINKS = GoLinks("https://bot.example/twinset/", b"s" * 32)
OPENING = Opening(key="ab_-ef12", product_id=77, rank=3, picks=True)
FRIENDS = Sender(platform="bare", person_id="bob", chat_id="friends", is_group=True)


def token(link: str) -> str:
    base = "https://bot.example/twinset/go/"
    assert link.startswith(base)
    return link.removeprefix(base)


def going(world: World) -> Going:
    return Going(
        LINKS,
        catalogue=world.catalogue,
        opens=OpenStore(world.database),
        signals=world.signals,
        now=world.clock,
    )


async def links_shown(world: World, sender: Sender | None = None) -> list[str]:
    """The buy links under an answer to a photo."""
    driver = BareDriver(LinkedAnswerer(world.conversation(), LINKS), sender=sender)
    if driver.sender.is_group:
        await driver.send_command("similar", photo=garment("red", "dress"))
    else:
        await driver.send_photos([garment("red", "dress")])
    return [button.url for button in driver.keyboards[-1] if button.url]


async def opened(world: World, owner: Owner) -> list[int | None]:
    signals = await world.signals.of("bare", owner)
    return [one.product_id for one in signals if one.sort is Sort.OPENED]


def test_a_link_says_what_it_opens_and_neither_where_nor_to_whom() -> None:
    link = LINKS.link(OPENING)
    assert LINKS.read(token(link)) == OPENING
    assert len(link) < 100


@pytest.mark.parametrize("place", range(len(token(LINKS.link(OPENING)))))
def test_a_link_that_was_changed_leads_nowhere(place: int) -> None:
    good = token(LINKS.link(OPENING))
    other = "0" if good[place] != "0" else "1"
    assert LINKS.read(good[:place] + other + good[place + 1 :]) is None


def test_a_link_of_another_secret_leads_nowhere() -> None:
    other = GoLinks("https://bot.example/twinset", b"t" * 32)
    assert LINKS.read(token(other.link(OPENING))) is None


def test_cards_lead_where_their_buttons_do_and_what_has_none_is_left_alone() -> None:
    reply = album_reply(2)
    first, second = reply.album
    bought = Button(label="Buy 1", url=first.url, opens=OPENING)
    other = Button(label="Elsewhere", url="https://elsewhere.example/")
    linked = LINKS.into(replace(reply, buttons=((bought, other),)))
    assert linked.album == (replace(first, url=LINKS.link(OPENING)), second)
    assert linked.buttons == ((replace(bought, url=LINKS.link(OPENING)), other),)


async def test_what_is_delivered_is_linked_too() -> None:
    got: list[tuple[str, Reply]] = []

    class Letterbox:
        platform = "bare"

        async def deliver(self, chat_id: str, reply: Reply) -> str:
            got.append((chat_id, reply))
            return "m1"

    courier = LinkedCourier(Letterbox(), LINKS)
    button = Button(label="Buy 1", url="https://corner.example/p/1", opens=OPENING)
    assert courier.platform == "bare"
    assert await courier.deliver("ann", Reply(text="Picks", buttons=((button,),))) == "m1"
    [(chat, reply)] = got
    assert (chat, reply.buttons[0][0].url) == ("ann", LINKS.link(OPENING))


async def test_every_buy_link_of_an_answer_leads_to_its_product(world: World) -> None:
    links = await links_shown(world)
    assert len(links) == 5
    addresses = [await going(world).address(token(link), counts=False) for link in links]
    assert addresses[0] == "https://shop.example/red-dress"
    assert len(set(addresses)) == 5


async def test_an_opening_in_private_tells_that_persons_taste_once(world: World) -> None:
    [first, second, *_] = await links_shown(world)
    way = going(world)
    await way.address(token(second), counts=False)
    assert await opened(world, Owner("ann")) == []
    for _ in range(2):
        await way.address(token(first), counts=True)
    product = LINKS.read(token(first))
    assert product is not None
    assert await opened(world, Owner("ann")) == [product.product_id]
    [signal] = [s for s in await world.signals.of("bare", Owner("ann")) if s.product_id]
    assert signal.times == 1


async def test_an_opening_in_a_group_is_counted_and_nobodys(world: World) -> None:
    [first, *_] = await links_shown(world, FRIENDS)
    assert await going(world).address(token(first), counts=True)
    assert (await StatsStore(world.database).since(world.clock())).opens == 1
    for owner in (Owner("bob"), Owner("", "friends")):
        assert await opened(world, owner) == []


async def test_a_product_that_is_gone_leads_nowhere(world: World) -> None:
    [first, *_] = await links_shown(world)
    for shop in ("corner", "arcade"):
        await world.catalogue.mark_gone(shop, ["red-dress"])
    assert await going(world).address(token(first), counts=True) is None
    assert await opened(world, Owner("ann")) == []
