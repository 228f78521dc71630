from decimal import Decimal

from core.catalogue import Availability, Gender, Money, ProductRecord
from core.storage.catalogue import CatalogueStore
from core.storage.database import Database
from core.storage.pages import KnownPage
from core.storage.runs import RunStore
from core.storage.staging import CHUNK, StagedPage, StagingStore
from tests.storage.records import night


async def a_run(database: Database, shop: str = "shop") -> int:
    await CatalogueStore(database).shop_seen(shop, shop.title(), None)
    return await RunStore(database).begin("scrape", shop, night(1))


def page(number: int, *, keys: tuple[str, ...] = ()) -> KnownPage:
    return KnownPage(url=f"https://shop.example/{number}", content=f"c{number}", keys=keys)


RECORD = ProductRecord(
    key="https://shop.example/1",
    title="Dress \0 with \ud800 what pages hold",
    url="https://shop.example/1",
    kind="dress",
    gender=Gender.WOMEN,
    price=Money(Decimal("19.9000"), "EUR"),
    availability=Availability.IN_STOCK,
    image_urls=("https://shop.example/1.png", "https://shop.example/2.png"),
)


async def test_what_is_staged_comes_back_in_the_order_of_the_answers(database: Database) -> None:
    staging, run = StagingStore(database), await a_run(database)
    read = StagedPage(page=page(1, keys=(RECORD.key,)), records=(RECORD,))
    unread = StagedPage(page=page(2, keys=("https://shop.example/2",)))
    empty = StagedPage(page=page(3), records=())
    gone = StagedPage(page=page(4), gone=True)
    await staging.save("shop", run, [unread, gone], seen_at=night(3))
    await staging.save("shop", run, [read, empty], seen_at=night(2))
    ((seen_at, pages),) = [chunk async for chunk in staging.pages("shop", run)]
    assert seen_at == night(2)
    assert {one.page.url: one.gone for one in pages}[gone.page.url]
    records = {one.page.url: one.records for one in pages}
    assert records[empty.page.url] == ()
    assert records[unread.page.url] is None
    (record,) = records[read.page.url] or ()
    assert (record.price, record.image_urls) == (RECORD.price, RECORD.image_urls)
    assert record.title == "Dress  with ? what pages hold"
    so_far = await staging.so_far("shop", run)
    assert so_far.shown.keys() == records.keys()
    assert (so_far.unread, so_far.gone) == (1, (gone.page.url,))


async def test_of_one_address_the_latest_answer_counts(database: Database) -> None:
    staging, run = StagingStore(database), await a_run(database)
    await staging.save("shop", run, [StagedPage(page=page(1), gone=True)], seen_at=night(2))
    await staging.save("shop", run, [StagedPage(page=page(1), records=())], seen_at=night(3))
    ((_, pages),) = [chunk async for chunk in staging.pages("shop", run)]
    assert [one.gone for one in pages] == [False]


async def test_many_pages_come_in_pieces(database: Database) -> None:
    staging, run = StagingStore(database), await a_run(database)
    many = [StagedPage(page=page(number), records=()) for number in range(2 * CHUNK + 1)]
    await staging.save("shop", run, many, seen_at=night(2))
    sizes = [len(pages) async for _, pages in staging.pages("shop", run)]
    assert sizes == [CHUNK, CHUNK, 1]


async def test_runs_and_shops_are_kept_apart_and_cleared_apart(database: Database) -> None:
    staging = StagingStore(database)
    old, new, other = (
        await a_run(database),
        await a_run(database),
        await a_run(database, "other"),
    )
    for shop, run in (("shop", old), ("other", other)):
        await staging.save(shop, run, [StagedPage(page=page(run))], seen_at=night(2))
    await staging.save("shop", new, [StagedPage(page=page(9))], seen_at=night(2))
    await staging.clear("shop", but=new)
    assert not (await staging.so_far("shop", old)).shown
    assert (await staging.so_far("shop", new)).shown
    await staging.clear("shop")
    assert not (await staging.so_far("shop", new)).shown
    assert (await staging.so_far("other", other)).shown
