from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from core.catalogue import Availability, Gender, Money, Product
from core.errors import ShopError
from core.storage.catalogue import CatalogueCounts, CatalogueStore, SaveCounts, ShopRow
from core.storage.database import Database
from core.storage.tables import images, offers, products
from tests.storage.records import NIGHT, night, record, store_with, with_pictures


async def keys_shown(store: CatalogueStore) -> set[str]:
    return {product.key for product in (await store.products(range(1, 10_000))).values()}


async def test_a_product_comes_back_as_it_was_saved(database: Database) -> None:
    full = record(
        "a",
        title="Küche & «Kleid» \N{DRESS}",
        brand="Marke",
        kind="dress",
        colour="navy",
        gender=Gender.WOMEN,
        price=Money(Decimal("1795.05"), "EUR"),
        image_urls=("https://shop.test/1.jpg", "https://shop.test/2.jpg"),
    )
    store = await store_with(database, full)
    ids = await with_pictures(store)
    assert await store.product(ids["a"]) == Product(
        id=ids["a"],
        shop="shop",
        shop_title="Shop",
        key="a",
        title=full.title,
        url=full.url,
        brand="Marke",
        kind="dress",
        colour="navy",
        gender=Gender.WOMEN,
        price=Money(Decimal("1795.05"), "EUR"),
        availability=Availability.IN_STOCK,
        checked_at=NIGHT,
        picture="hhttps://shop.test/1.jpg",
        picture_url="https://shop.test/1.jpg",
    )


async def test_a_bare_product_comes_back_bare(database: Database) -> None:
    bare = record("a", url=None, price=None, availability=Availability.UNKNOWN, image_urls=())
    store = await store_with(database, bare)
    product = (await store.products([1]))[1]
    assert product.price is None
    assert (product.url, product.gender, product.picture, product.picture_url) == (None,) * 4
    assert product.availability is Availability.UNKNOWN


@pytest.mark.parametrize(
    "amount", ["0", "0.01", "0.0001", "19.9", "24990", "922337203685477.5807", "123456789.1234"]
)
async def test_money_is_exact(database: Database, amount: str) -> None:
    store = await store_with(database, record("a", price=Money(Decimal(amount), "CLP")))
    product = (await store.products([1]))[1]
    assert product.price == Money(Decimal(amount), "CLP")


@pytest.mark.parametrize("amount", ["NaN", "Infinity", "1e30"])
async def test_an_impossible_price_is_no_price_and_spoils_nothing(
    database: Database, amount: str
) -> None:
    store = await store_with(database, record("a", price=Money(Decimal(amount), "EUR")))
    assert (await store.products([1]))[1].price is None


async def test_text_that_no_database_takes_is_cleaned(database: Database) -> None:
    odd = record("a\0b", title="nul\0 and \ud83d", image_urls=("x\0", "x"))
    store = await store_with(database, odd)
    assert (await store.products([1]))[1].title == "nul and ?"
    assert await store.save("shop", [odd], seen_at=night(1)) == SaveCounts(unchanged=1)
    assert await store.mark_gone("shop", ["a\0b"]) == 1


async def test_keys_of_any_length_name_their_products(database: Database) -> None:
    long = [record("https://shop.test/?" + "ü" * 5000 + end, image_urls=()) for end in "ab"]
    store = await store_with(database, *long)
    assert await store.save("shop", long, seen_at=night(1)) == SaveCounts(unchanged=2)
    assert await store.mark_gone("shop", [long[0].key]) == 1
    assert len(await keys_shown(store)) == 1


async def test_saving_says_what_is_new_changed_and_as_before(database: Database) -> None:
    store = await store_with(database, record("a"), record("b"))
    dearer = record("b", price=Money(Decimal("29.90"), "EUR"))
    counts = await store.save("shop", [record("a"), dearer, record("c")], seen_at=night(1))
    assert counts == SaveCounts(new=1, changed=1, unchanged=1)


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Other"},
        {"url": None},
        {"brand": "Other"},
        {"kind": "other"},
        {"colour": "other"},
        {"gender": Gender.KIDS},
        {"price": Money(Decimal("19.91"), "EUR")},
        {"price": Money(Decimal("19.90"), "USD")},
        {"price": None},
        {"availability": Availability.SOLD_OUT},
        {"image_urls": ()},
    ],
)
async def test_a_change_of_any_field_is_seen(database: Database, change: dict[str, object]) -> None:
    store = await store_with(database, record("a"))
    changed = replace(record("a"), **change)  # type: ignore[arg-type]  # by name
    assert await store.save("shop", [changed], seen_at=night(1)) == SaveCounts(changed=1)
    product = (await store.products([1]))[1]
    assert product.price == changed.price
    assert product.title == changed.title
    assert product.availability == changed.availability


async def test_another_way_to_write_a_price_is_no_change(database: Database) -> None:
    store = await store_with(database, record("a", price=Money(Decimal("19.90"), "EUR")))
    same = record("a", price=Money(Decimal("19.9000"), "EUR"))
    assert await store.save("shop", [same], seen_at=night(1)) == SaveCounts(unchanged=1)


async def test_an_unchanged_product_only_moves_its_dates(database: Database) -> None:
    store = await store_with(database, record("a"))
    await store.save("shop", [record("a")], seen_at=night(1))
    async with database.read() as connection:
        row = (await connection.execute(select(products))).one()
    assert (row.first_seen, row.changed_at, row.last_seen) == (NIGHT, NIGHT, night(1))
    assert (await store.products([1]))[1].checked_at == night(1)


async def test_of_two_records_with_one_key_the_later_counts(database: Database) -> None:
    store = await store_with(database)
    counts = await store.save("shop", [record("a"), record("a", title="Later")], seen_at=NIGHT)
    assert counts == SaveCounts(new=1)
    assert (await store.products([1]))[1].title == "Later"


async def test_the_same_key_in_two_shops_is_two_products(database: Database) -> None:
    await store_with(database, record("a"), shop="one")
    store = await store_with(database, record("a"), shop="two")
    assert {p.shop for p in (await store.products([1, 2])).values()} == {"one", "two"}


async def test_a_shop_must_be_announced(database: Database) -> None:
    with pytest.raises(ShopError):
        await CatalogueStore(database).save("unknown", [record("a")], seen_at=NIGHT)


async def test_thousands_of_products_are_saved_in_bulk(database: Database) -> None:
    store = await store_with(database)
    records = [record(str(number)) for number in range(7_000)]
    assert await store.save("shop", records, seen_at=NIGHT) == SaveCounts(new=7_000)
    assert await store.save("shop", records, seen_at=night(1)) == SaveCounts(unchanged=7_000)
    async with database.read() as connection:
        for table in (products, offers, images):
            assert await connection.scalar(select(func.count()).select_from(table)) == 7_000


async def test_times_come_back_in_utc_whatever_they_went_in(database: Database) -> None:
    there = datetime(2026, 3, 29, 2, 30, tzinfo=timezone(timedelta(hours=5, minutes=45)))
    store = await store_with(database, record("a"), at=there)
    checked_at = (await store.products([1]))[1].checked_at
    assert checked_at == there
    assert checked_at.tzinfo is UTC


async def test_a_product_missed_by_two_complete_runs_is_gone(database: Database) -> None:
    store = await store_with(database, record("a"), record("b"))
    for number, gone in [(1, 0), (2, 1), (3, 0)]:
        await store.save("shop", [record("a")], seen_at=night(number))
        started = night(number)
        assert await store.finish_run("shop", started_at=started, complete=True) == gone
    assert await keys_shown(store) == {"a"}


async def test_incomplete_runs_delist_nothing(database: Database) -> None:
    store = await store_with(database, record("a"))
    for number in range(1, 6):
        assert await store.finish_run("shop", started_at=night(number), complete=False) == 0
    assert await keys_shown(store) == {"a"}


async def test_a_run_counts_once_however_often_it_is_closed(database: Database) -> None:
    store = await store_with(database, record("a"))
    for _ in range(3):
        assert await store.finish_run("shop", started_at=night(1), complete=True) == 0
    assert await keys_shown(store) == {"a"}


async def test_a_sighting_between_two_misses_starts_the_count_anew(database: Database) -> None:
    store = await store_with(database, record("a"))
    for number in (1, 3):
        await store.finish_run("shop", started_at=night(number), complete=True)
        await store.save("shop", [record("a")], seen_at=night(number + 1))
    assert await keys_shown(store) == {"a"}


async def test_a_run_over_one_shop_leaves_the_others(database: Database) -> None:
    await store_with(database, record("a"), shop="one")
    store = await store_with(database, record("b"), shop="two")
    for number in (1, 2):
        await store.finish_run("one", started_at=night(number), complete=True)
    assert await keys_shown(store) == {"b"}


async def test_a_product_that_comes_back_is_shown_again(database: Database) -> None:
    store = await store_with(database, record("a"))
    assert await store.mark_gone("shop", ["a", "unknown"]) == 1
    assert await store.mark_gone("shop", ["a"]) == 0
    assert await store.product(1) is None
    assert 1 in await store.products([1], include_gone=True)
    assert await store.save("shop", [record("a")], seen_at=night(1)) == SaveCounts(changed=1)
    assert await store.product(1) is not None


async def test_a_disabled_shop_is_kept_and_not_shown(database: Database) -> None:
    store = await store_with(database, record("a"))
    await with_pictures(store)
    await store.set_enabled("shop", enabled=False)
    await store.shop_seen("shop", "New title", None)
    assert await store.shops() == [ShopRow("shop", "New title", None, enabled=False)]
    assert await store.counts() == CatalogueCounts(0, 0)
    assert await store.product(1) is None
    assert await store.newest(5) == []
    assert await store.images_without_vector("f") == []
    await store.set_enabled("shop", enabled=True)
    assert await store.counts() == CatalogueCounts(1, 1)


async def test_counts_are_of_what_a_photo_is_compared_with(database: Database) -> None:
    await store_with(database, record("a"), record("b"), record("none", image_urls=()), shop="one")
    await store_with(database, record("c", image_urls=()), shop="two")
    store = await store_with(database, record("d"), shop="three")
    assert await store.counts() == CatalogueCounts(0, 0)
    await with_pictures(store)
    await store.mark_gone("one", ["b"])
    assert await store.counts() == CatalogueCounts(products=2, shops=2)


async def test_the_newest_come_first_with_a_picture_and_in_stock(database: Database) -> None:
    store = await store_with(database, record("old"), record("bare", image_urls=()))
    sold_out = record("sold", availability=Availability.SOLD_OUT)
    unknown = record("maybe", availability=Availability.UNKNOWN)
    await store.save("shop", [record("new"), sold_out, unknown], seen_at=night(1))
    ids = await with_pictures(store)
    assert [product.key for product in await store.newest(9)] == ["maybe", "new", "old"]
    assert [product.key for product in await store.newest(1, {ids["maybe"]})] == ["new"]


async def test_many_ids_are_read_at_once_and_unknown_ones_left_out(database: Database) -> None:
    store = await store_with(database, *(record(str(number)) for number in range(1500)))
    found = await store.products([*range(3000), 1])
    assert sorted(found) == list(range(1, 1501))
    assert await store.products([]) == {}


async def test_a_product_is_found_by_one_of_some_keys_while_it_is_shown(database: Database) -> None:
    store = await store_with(database, record("a"), record("b"))
    found = await store.with_key(["nothing", "b"])
    assert found
    assert found.key == "b"
    assert await store.with_key(["nothing"]) is None
    await store.mark_gone("shop", ["b"])
    assert await store.with_key(["b"]) is None
