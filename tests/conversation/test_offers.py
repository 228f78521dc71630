"""An answer goes out with offers that are true: what is no more makes room for the next best."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.conversation.messages import Sender
from core.catalogue import Availability, Product
from tests.conversation.test_refining import change
from tests.scenarios import photos
from tests.scenarios.bare import BareDriver
from tests.scenarios.world import World
from tests.support.english import texts

DRESS = photos.garment("red", "dress")


class News:
    """What a shop says of some products, by title, and what it was asked."""

    def __init__(self) -> None:
        self.gone: set[str] = set()
        self.sold_out: set[str] = set()
        self.asked: list[str] = []

    async def now(self, products: Sequence[Product]) -> Mapping[int, Product]:
        self.asked += [product.title for product in products]
        return {
            product.id: replace(product, availability=Availability.SOLD_OUT)
            if product.title in self.sold_out
            else product
            for product in products
            if product.title not in self.gone
        }


async def test_what_is_gone_makes_room_for_the_next_best(world: World) -> None:
    before = await driver(world, News()).send_photos([DRESS])
    news = News()
    news.gone = set(before.album[:2])
    after = await driver(world, news).send_photos([DRESS])
    assert len(after.album) == 5
    assert after.album[:3] == before.album[2:]
    assert set(after.album) <= set(news.asked)


async def test_further_pages_are_true_as_well(world: World) -> None:
    ann = driver(world, News())
    await ann.send_photos([DRESS])
    second = (await ann.tap(texts.MORE)).album
    news = News()
    news.gone, news.sold_out = {second[0]}, {second[1]}
    bob = driver(world, news, name="bob")
    await bob.send_photos([DRESS])
    further = await bob.tap(texts.MORE)
    assert len(further.album) == 5
    assert further.album[:3] == second[2:]
    assert not {second[0], second[1]} & set(further.album)


async def test_what_was_sold_out_meanwhile_is_passed_over_and_leaves_no_gap(
    ann: BareDriver, world: World
) -> None:
    """So that ranks, hearts and what words count are those of the cards on show."""
    await ann.send_photos([DRESS])
    second = (await ann.tap(texts.MORE)).album
    await ann.send_photos([DRESS])
    sold_out = await world.catalogue.with_key([second[1].lower().replace(" ", "-")])
    assert sold_out
    await change(world, sold_out.shop, second[1], availability=Availability.SOLD_OUT)
    seen = await ann.tap(texts.MORE)
    assert seen.album[:4] == (second[0], *second[2:])
    assert {f"Buy {rank}" for rank in range(6, 11)} < set(seen.buttons)
    liked = await ann.tap("♡ 10")
    assert liked.notices == (texts.liked(seen.album[4]),)
    assert [label for label in liked.buttons if label[0] in "♡♥"] == [
        *(f"♡ {rank}" for rank in range(6, 10)),
        "♥ 10",
    ]
    further = await ann.tap(texts.MORE)
    assert "Buy 11" in further.buttons
    assert not {*second, *seen.album} & set(further.album)


async def test_when_everything_is_gone_nothing_hangs(world: World) -> None:
    news = News()
    products = await world.catalogue.products(range(1, 1000))
    news.gone = {product.title for product in products.values()}
    seen = await driver(world, news).send_photos([DRESS])
    assert seen.album or seen.texts


def driver(world: World, news: News, name: str = "ann") -> BareDriver:
    sender = Sender(platform="bare", person_id=name, chat_id=name)
    return BareDriver(world.conversation(offers=news), sender=sender)
