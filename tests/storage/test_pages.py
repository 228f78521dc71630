from datetime import UTC, datetime, timedelta

import pytest

from core.catalogue import ProductRecord
from core.storage.catalogue import CatalogueStore
from core.storage.database import Database
from core.storage.pages import KnownPage, PageStore

AT = datetime(2025, 3, 1, tzinfo=UTC)


def page(number: int, *, keys: tuple[str, ...] = (), **more: str) -> KnownPage:
    return KnownPage(url=f"https://s.example/{number}", content="c", keys=keys, **more)


@pytest.fixture
async def catalogue(database: Database) -> CatalogueStore:
    store = CatalogueStore(database, now=lambda: AT)
    await store.shop_seen("shop", "Shop", None)
    await store.shop_seen("other", "Other", None)
    return store


@pytest.fixture
def pages(database: Database, catalogue: CatalogueStore) -> PageStore:  # noqa: ARG001  shops first
    return PageStore(database)


async def test_a_page_is_known_as_it_was_saved(pages: PageStore) -> None:
    saved = page(1, etag='W/"x"', last_modified="Mon, 01 Jan 2024 00:00:00 GMT")
    await pages.save("shop", [saved, page(2)], reader="r", seen_at=AT)
    urls = [saved.url, "https://s.example/3"]
    assert await pages.known("shop", urls, reader="r") == {saved.url: saved}
    assert await pages.known("shop", urls, reader="another") == {}
    assert await pages.known("other", urls, reader="r") == {}
    assert await pages.known("shop", [], reader="r") == {}


async def test_the_last_reading_counts(pages: PageStore) -> None:
    await pages.save("shop", [page(1, etag='"a"')], reader="old", seen_at=AT)
    await pages.save("shop", [page(1, etag='"b"')], reader="new", seen_at=AT)
    found = await pages.known("shop", [page(1).url], reader="new")
    assert found[page(1).url].etag == '"b"'


async def test_a_page_is_read_again_when_one_of_its_products_is_not_shown(
    pages: PageStore, catalogue: CatalogueStore
) -> None:
    records = [ProductRecord(key=key, title=key) for key in "ab"]
    await catalogue.save("shop", records, seen_at=AT)
    both, one, lost = page(1, keys=("a", "b")), page(2, keys=("a",)), page(3, keys=("never",))
    await pages.save("shop", [both, one, lost], reader="r", seen_at=AT)
    urls = [both.url, one.url, lost.url]
    assert set(await pages.known("shop", urls, reader="r")) == {both.url, one.url}
    await catalogue.mark_gone("shop", ["b"])
    assert set(await pages.known("shop", urls, reader="r")) == {one.url}


async def test_seen_again_keeps_products_and_pages_from_being_given_up(
    pages: PageStore, catalogue: CatalogueStore
) -> None:
    records = [ProductRecord(key=key, title=key) for key in "abc"]
    await catalogue.save("shop", records, seen_at=AT)
    seen, unseen = page(1, keys=("a", "b")), page(2, keys=("c",))
    await pages.save("shop", [seen, unseen], reader="r", seen_at=AT)
    for day in (1, 2):
        at = AT + timedelta(days=day)
        counts = await pages.seen_again("shop", [seen], seen_at=at + timedelta(hours=1))
        assert counts.unchanged == 2
        await catalogue.finish_run("shop", started_at=at, complete=True)
    assert {product.key for product in (await catalogue.products(range(10))).values()} == {"a", "b"}
    await pages.forget("shop", AT + timedelta(days=1))
    found = await pages.known("shop", [seen.url, unseen.url], reader="r")
    assert set(found) == {seen.url}


async def test_forgetting_one_shop_leaves_the_others(pages: PageStore) -> None:
    for shop in ("shop", "other"):
        await pages.save(shop, [page(1)], reader="r", seen_at=AT)
    await pages.forget("shop", AT + timedelta(days=1))
    assert await pages.known("shop", [page(1).url], reader="r") == {}
    assert await pages.known("other", [page(1).url], reader="r") != {}


async def test_any_number_and_length_of_addresses(pages: PageStore) -> None:
    many = [page(number) for number in range(2500)]
    long = KnownPage(url="https://s.example/" + "x" * 5000, content="c", keys=())
    await pages.save("shop", [*many, long], reader="r", seen_at=AT)
    urls = [known.url for known in [*many, long]]
    assert set(await pages.known("shop", urls, reader="r")) == set(urls)
    assert (await pages.seen_again("shop", [*many, long], seen_at=AT)).unchanged == 0


@pytest.mark.parametrize("etag", ['"a\r\nHost: b"', '"\x00"', '"é"', '"\udce9"', '"' + "x" * 600])
async def test_a_validator_that_cannot_be_sent_back_is_not_kept(
    pages: PageStore, etag: str
) -> None:
    await pages.save("shop", [page(1, etag=etag)], reader="r", seen_at=AT)
    found = await pages.known("shop", [page(1).url], reader="r")
    assert found[page(1).url].etag is None
