"""What a product cost before is kept: a row a change, and none for what stays."""

from datetime import timedelta
from decimal import Decimal

from core.catalogue import Availability, Money
from core.storage.database import Database
from core.storage.prices import PricePoint, PriceStore
from tests.storage.records import NIGHT, record, store_with


def euros(amount: str) -> Money:
    return Money(Decimal(amount), "EUR")


async def test_each_change_of_price_or_stock_begins_a_new_stretch(database: Database) -> None:
    told = [
        ("20.00", Availability.IN_STOCK),
        ("20.00", Availability.IN_STOCK),  # nothing new
        ("15.50", Availability.IN_STOCK),
        ("15.50", Availability.SOLD_OUT),
    ]
    store = await store_with(database)
    for night, (amount, stock) in enumerate(told):
        now = record("a", title=f"Title {night}", price=euros(amount), availability=stock)
        await store.save("shop", [now], seen_at=NIGHT + timedelta(days=night))
    assert await PriceStore(database).history(1) == [
        PricePoint(NIGHT, euros("20.00"), Availability.IN_STOCK),
        PricePoint(NIGHT + timedelta(days=2), euros("15.50"), Availability.IN_STOCK),
        PricePoint(NIGHT + timedelta(days=3), euros("15.50"), Availability.SOLD_OUT),
    ]


async def test_a_price_that_is_not_told_any_more_is_none(database: Database) -> None:
    store = await store_with(database, record("a", price=euros("9")))
    await store.save("shop", [record("a", price=None)], seen_at=NIGHT + timedelta(days=1))
    history = await PriceStore(database).history(1)
    assert [point.price for point in history] == [euros("9"), None]


async def test_saved_twice_at_once_the_later_word_counts(database: Database) -> None:
    store = await store_with(database, record("a", price=euros("9")))
    await store.save("shop", [record("a", price=euros("8"))], seen_at=NIGHT)
    (point,) = await PriceStore(database).history(1)
    assert point.price == euros("8")


async def test_of_a_product_that_is_not_known_there_is_no_history(database: Database) -> None:
    assert await PriceStore(database).history(77) == []
