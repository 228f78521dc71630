"""The night as a whole, with queries and kills."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from aiohttp import web

from core.index.index import Index
from core.storage.catalogue import CatalogueStore
from core.storage.database import Database
from core.storage.pages import PageStore
from core.storage.pictures import PictureStore
from core.storage.runs import RunStore
from core.storage.sitemaps import SitemapStore
from core.storage.staging import StagingStore
from core.storage.vectors import VectorStore
from core.vision.embedder import Embedder, open_embedder
from scraping.fetcher import Fetcher, open_fetcher
from scraping.night import JOB, Night
from scraping.pictures import PictureSource
from scraping.refresh import ShopRefresher
from tests.support.colour_backbone import ColourBackbone
from tests.support.shop_world import ShopWorld, open_world, png, status
from tests.support.simulated_time import SimulatedTime


class OtherBackbone(ColourBackbone):
    """The same under another name: another embedding space."""

    fingerprint = "colour-2"


@pytest.fixture
async def embedder() -> AsyncIterator[Embedder]:
    async with open_embedder(ColourBackbone) as opened:
        yield opened


@pytest.fixture
def index(tmp_path: Path) -> Index:
    return Index(tmp_path / "index", fingerprint=ColourBackbone.fingerprint)


def compose(
    database: Database,
    fetcher: Fetcher,
    embedder: Embedder,
    index: Index,
    pictures: Path,
    **options: float,
) -> Night:
    catalogue, runs = CatalogueStore(database), RunStore(database)
    source = PictureSource(PictureStore(pictures), fetcher)

    def now() -> datetime:
        return datetime.now(UTC)

    return Night(
        refresher=ShopRefresher(
            catalogue=catalogue,
            pages=PageStore(database),
            sitemaps=SitemapStore(database),
            staging=StagingStore(database),
            runs=runs,
            fetcher=fetcher,
            pictures=source,
            now=now,
        ),
        catalogue=catalogue,
        vectors=VectorStore(database),
        runs=runs,
        pictures=source,
        embedder=embedder,
        index=index,
        now=now,
        lock=pictures.with_name("night.lock"),
        **options,
    )


@pytest.fixture
def night(
    database: Database, fetcher: Fetcher, embedder: Embedder, index: Index, tmp_path: Path
) -> Night:
    return compose(database, fetcher, embedder, index, tmp_path / "pictures")


async def test_a_night_ends_with_every_product_in_the_index(
    world: ShopWorld,
    night: Night,
    database: Database,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level("INFO", logger="scraping")
    world.stock(20)
    report = await night.run([world.shop()])
    assert report.problems == ()
    assert report.embedded.embedded == 20
    assert report.generation is not None
    assert report.generation.products == 20
    assert await RunStore(database).last_finished(JOB)
    stages = [line.split()[0].rstrip(":") for line in caplog.messages]
    assert stages == ["scrape", "embed", "rebuild"]


async def test_a_second_night_embeds_only_what_is_new(world: ShopWorld, night: Night) -> None:
    world.stock(10)
    await night.run([world.shop()])
    world.stock(13)
    report = await night.run([world.shop()])
    assert report.embedded.embedded == 3
    assert report.counts()["indexed"] == 13


async def test_a_broken_shop_harms_no_other(
    world: ShopWorld, night: Night, caplog: pytest.LogCaptureFixture
) -> None:
    world.stock(8)
    good = world.shop()
    away = replace(good, name="away", title="Away", start="http://127.0.0.1:9/")
    report = await night.run([away, good])
    assert [shop.complete for shop in report.shops] == [False, True]
    assert len(report.problems) == 1
    assert "Away" in report.problems[0]
    assert report.generation is not None
    assert report.generation.products == 8
    assert "Away" in caplog.text


async def test_an_empty_night_breaks_nothing(night: Night) -> None:
    report = await night.run([])
    assert report.shops == ()
    assert report.counts()["indexed"] == 0


async def test_queries_are_answered_all_the_while(
    world: ShopWorld, night: Night, index: Index, embedder: Embedder
) -> None:
    world.stock(30)
    await night.run([world.shop()])
    sight = await embedder.see(png(world.things["thing-1"].colour))
    answered = 0
    over = asyncio.Event()

    async def ask() -> None:
        nonlocal answered
        while not over.is_set():
            found = await asyncio.to_thread(index.search, sight.embedding, 5)
            assert len(found) == 5
            answered += 1

    asking = asyncio.create_task(ask())
    for _ in range(3):
        world.stock(len(world.things) + 5)
        await night.run([world.shop()])
    over.set()
    await asking
    assert answered > 5


async def test_a_lost_disk_is_filled_again_from_the_shop(
    world: ShopWorld, night: Night, database: Database, fetcher: Fetcher, tmp_path: Path
) -> None:
    world.stock(6)
    await night.run([world.shop()])
    async with open_embedder(OtherBackbone) as other:
        fresh = Index(tmp_path / "fresh", fingerprint=OtherBackbone.fingerprint)
        later = compose(database, fetcher, other, fresh, tmp_path / "new pictures")
        world.fail("/pictures/thing-0.png", status(404))
        counts = await later.embed_missing()
        assert (counts.embedded, counts.failed) == (5, 1)
        assert (await later.rebuild()).products == 5


async def test_a_kill_while_embedding_loses_little(world: ShopWorld, night: Night) -> None:
    world.stock(200)
    far = asyncio.Event()

    def watch(done: int, _total: int) -> None:
        if done >= 150:
            far.set()

    await night.scrape([world.shop()])
    task = asyncio.create_task(night.embed_missing(on_progress=watch))
    await far.wait()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    counts = await night.embed_missing()
    assert counts.embedded <= 200 - 64
    assert (await night.rebuild()).products == 200


async def test_a_night_that_was_killed_leaves_alone_what_it_was_done_with(
    database: Database, embedder: Embedder, index: Index, tmp_path: Path
) -> None:
    async with (
        two_worlds() as (quick, slow),
        a_fetcher(quick, slow) as fetcher,
    ):
        quick.stock(8)
        slow.stock(30)
        night = compose(database, fetcher, embedder, index, tmp_path / "pictures")
        held = hold(slow, "/products/thing-20")
        running = asyncio.create_task(night.run([quick.shop(), slow.shop()]))
        runs, ever = RunStore(database), datetime(2000, 1, 1, tzinfo=UTC)
        while not await runs.finished("scrape", since=ever):  # noqa: ASYNC110 - the diary says so
            await asyncio.sleep(0.001)
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        held.set()
        quick.asked.clear()
        report = await night.run([quick.shop(), slow.shop()])
        assert quick.asked == []
        assert [shop.counts["products"] for shop in report.shops] == [8, 30]
        assert report.counts()["indexed"] == 38
        assert len((await night.run([quick.shop()])).shops) == 1
        assert len(quick.asked) > 8


async def test_a_shop_that_takes_for_ever_keeps_no_other_waiting(
    database: Database, embedder: Embedder, index: Index, tmp_path: Path
) -> None:
    async with two_worlds() as (quick, slow), a_fetcher(quick, slow) as fetcher:
        quick.stock(8)
        slow.stock(5)
        night = compose(
            database, fetcher, embedder, index, tmp_path / "pictures", show_every_s=0.01
        )
        held = hold(slow, "/products/thing-3")
        running = asyncio.create_task(night.run([slow.shop(), quick.shop()]))
        while (info := await index.ready()) is None or info.products < 8:
            await asyncio.sleep(0.001)
            assert not running.done()
        held.set()
        report = await running
        assert report.counts()["indexed"] == 13
        assert report.embedded.embedded == 8  # the two shops' pictures are the same


async def test_two_nights_at_once_wait_for_each_other(world: ShopWorld, night: Night) -> None:
    world.stock(5)
    first, second = await asyncio.gather(night.run([world.shop()]), night.run([world.shop()]))
    assert {first.counts()["new"], second.counts()["new"]} == {0, 5}


@asynccontextmanager
async def two_worlds() -> AsyncIterator[tuple[ShopWorld, ShopWorld]]:
    clock = SimulatedTime()
    async with (
        open_world(clock=clock, name="quick") as quick,
        open_world(clock=clock, name="slow") as slow,
    ):
        yield quick, slow


def a_fetcher(*worlds: ShopWorld) -> AbstractAsyncContextManager[Fetcher]:
    clock = worlds[0].clock
    return open_fetcher(
        contact="x",
        local_origins=[world.origin for world in worlds],
        clock=clock,
        sleep=clock.sleep,
    )


def hold(world: ShopWorld, path: str) -> asyncio.Event:
    """Let a page wait until the event is set."""
    free = asyncio.Event()

    async def wait(request: web.Request) -> web.StreamResponse:
        await free.wait()
        return world.page(request)

    world.fail(path, wait, times=9)
    return free
