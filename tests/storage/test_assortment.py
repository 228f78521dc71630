"""What picks are chosen from can be had, and what is new about it is said and true."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from core.catalogue import Availability, Money
from core.storage.assortment import AssortmentStore, News, Stocked
from core.storage.catalogue import CatalogueStore
from core.storage.database import Database
from tests.storage.records import night, record, store_with, with_pictures

GONE = Availability.SOLD_OUT


async def stocked(database: Database, number: int) -> dict[str, Stocked]:
    """By key what there is on that night."""
    store = AssortmentStore(database, now=lambda: night(number) + timedelta(hours=1))
    keys = {number: key for key, number in (await with_pictures(CatalogueStore(database))).items()}
    return {keys[one.id]: one for one in await store.all()}


async def shown(store: CatalogueStore, number: int, **fields: object) -> None:
    """What the shop says of product "a" on that night."""
    await store.save("shop", [record("a", **fields)], seen_at=night(number))


def price(amount: str, currency: str = "EUR") -> Money:
    return Money(Decimal(amount), currency)


async def test_what_is_sold_out_or_has_no_picture_is_left_out(database: Database) -> None:
    await store_with(
        database, record("a"), record("b", availability=GONE), record("c", image_urls=())
    )
    assert (await stocked(database, 0)).keys() == {"a"}


async def test_what_a_shop_began_with_is_not_new_but_what_came_later(database: Database) -> None:
    store = await store_with(database, record("a"))
    await store.save("shop", [record("b")], seen_at=night(5))
    found = await stocked(database, 6)
    assert (found["a"].news, found["b"].news) == (None, News.NEW)
    assert (await stocked(database, 20))["b"].news is None


async def test_a_lower_price_is_news_for_two_weeks_by_as_much_as_it_is(
    database: Database,
) -> None:
    store = await store_with(database, record("a", price=price("50")))
    await shown(store, 3, price=price("40"))
    found = (await stocked(database, 4))["a"]
    assert (found.news, found.less) == (News.REDUCED, 20)
    assert (await stocked(database, 18))["a"].news is None


async def test_a_price_that_rose_again_or_changed_its_currency_is_no_news(
    database: Database,
) -> None:
    store = await store_with(database, record("a", price=price("50")))
    await shown(store, 3, price=price("40"))
    await shown(store, 4, price=price("50"))
    assert (await stocked(database, 5))["a"].news is None
    await shown(store, 6, price=price("30", "USD"))
    assert (await stocked(database, 7))["a"].news is None


async def test_a_few_cents_less_are_no_news(database: Database) -> None:
    store = await store_with(database, record("a", price=price("50")))
    await shown(store, 3, price=price("49.50"))
    assert (await stocked(database, 4))["a"].news is None


async def test_what_was_sold_out_is_back(database: Database) -> None:
    store = await store_with(database, record("a"))
    await shown(store, 2, availability=GONE)
    await shown(store, 3)
    found = (await stocked(database, 4))["a"]
    assert found == replace(found, news=News.BACK, less=0)
