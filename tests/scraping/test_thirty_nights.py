"""Thirty nights of two shops, with a fault in each shop every night, and kills."""

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest

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
from scraping.fetcher import open_fetcher
from scraping.night import Night, NightReport
from scraping.pictures import PictureSource
from scraping.refresh import ShopRefresher
from scraping.shops import Take
from tests.support.colour_backbone import ColourBackbone
from tests.support.databases import SqliteMaker
from tests.support.shop_faults import Trouble, troubles
from tests.support.shop_shapes import Shape, Thing
from tests.support.shop_world import ShopWorld, open_world
from tests.support.simulated_time import SimulatedTime

NIGHTS = 30
PRODUCTS = 14
PACE_PER_S = 2.0
RESTART_S = 10.0
LOST_TO_A_KILL = 12
"""Pages: what is on its way, four at once, and what comes in before the next two seconds end."""


@dataclass(slots=True)
class Life:
    """One shop, and what was ever true of it."""

    world: ShopWorld
    take: Take
    prices: dict[str, set[Decimal]] = field(default_factory=dict)
    shown: set[str] = field(default_factory=set)
    removed: set[str] = field(default_factory=set)
    made: int = 0
    good: Counter[str] = field(default_factory=Counter)

    def add(self, dice: random.Random) -> None:
        """A new product."""
        handle = f"{self.world.name}-{self.made}"
        self.made += 1
        colour = (dice.randrange(256), dice.randrange(256), dice.randrange(256))
        self.world.things[handle] = Thing(handle=handle, title=f"Dress {handle}", colour=colour)
        self.prices[handle] = {Decimal("19.90")}

    def live_a_day(self, dice: random.Random) -> None:
        """A price or two change, something sells out, something goes, something new comes."""
        for handle in dice.sample(sorted(self.world.things), 2):
            price = Decimal(dice.randrange(1200, 3000)) / 100
            self.world.change(handle, price=str(price))
            self.prices[handle].add(price)
        sold_out = dice.choice(sorted(self.world.things))
        self.world.change(sold_out, stock=dice.choice(["SoldOut", "InStock"]))
        if dice.random() < 0.6:
            gone = dice.choice(sorted(self.world.things))
            del self.world.things[gone]
            self.removed.add(gone)
            self.add(dice)

    def forget_the_day(self) -> None:
        """Begin a night's count of requests."""
        self.world.asked.clear()
        self.world.asked_at.clear()
        self.world.answered.clear()


@asynccontextmanager
async def open_night(
    url: str, place: Path, clock: SimulatedTime, lives: Sequence[Life], embedder: Embedder
) -> AsyncIterator[tuple[Night, CatalogueStore]]:
    """What a process has, from its start to its kill."""

    def now() -> datetime:
        return datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=clock())

    async with AsyncExitStack() as stack:
        database = await stack.enter_async_context(Database.open(url))
        fetcher = await stack.enter_async_context(
            open_fetcher(
                contact="x",
                local_origins=[life.world.origin for life in lives],
                clock=clock,
                sleep=clock.sleep,
                total_s=2.5,  # of real time: a busy machine takes a second for an answer
            )
        )
        catalogue, runs = CatalogueStore(database, now=now), RunStore(database)
        pictures = PictureSource(PictureStore(place / "pictures"), fetcher)
        refresher = ShopRefresher(
            catalogue=catalogue,
            pages=PageStore(database),
            sitemaps=SitemapStore(database, now=now),
            staging=StagingStore(database),
            runs=runs,
            fetcher=fetcher,
            pictures=pictures,
            now=now,
        )
        night = Night(
            refresher=refresher,
            catalogue=catalogue,
            vectors=VectorStore(database),
            runs=runs,
            pictures=pictures,
            embedder=embedder,
            index=Index(place / "index", fingerprint=ColourBackbone.fingerprint),
            now=now,
            lock=place / "night.lock",
        )
        yield night, catalogue


async def the_night(night: Night, lives: Sequence[Life], kill_at: int | None) -> NightReport | None:
    """A night, or None where it was killed, after so many requests."""
    shops = [life.world.shop(take=life.take, pace_per_s=PACE_PER_S) for life in lives]
    running = asyncio.create_task(night.run(shops))
    while kill_at is not None and not running.done():
        if sum(len(life.world.asked) for life in lives) >= kill_at:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)
            return None
        await asyncio.wait([running], timeout=0.001)
    return await running


@pytest.mark.parametrize("seed", [1, 2])
async def test_thirty_nights_of_faults_and_kills_lose_nothing_and_show_nothing_that_is_gone(
    seed: int, databases: SqliteMaker, tmp_path: Path
) -> None:
    dice = random.Random(seed)
    clock = SimulatedTime()
    url = await databases.migrated()
    async with AsyncExitStack() as stack:
        lives = []
        for name, shape, take in (
            ("graph", dice.choice([Shape.GRAPH, Shape.MICRODATA]), Take.SITEMAP),
            ("groups", dice.choice([Shape.VARIANTS, Shape.OPEN_GRAPH]), Take.LISTING),
        ):
            world = await stack.enter_async_context(open_world(clock=clock, name=name, shape=shape))
            life = Life(world, take)
            world.etags = take is Take.SITEMAP
            for _ in range(PRODUCTS):
                life.add(dice)
            lives.append(life)
        embedder = await stack.enter_async_context(open_embedder(ColourBackbone))
        bag: dict[str, list[Trouble]] = {life.world.name: [] for life in lives}
        for number in range(NIGHTS):
            clock.now_s = 86_400.0 * (number + 1)
            faults: dict[str, Trouble] = {}
            for life in lives:
                life.forget_the_day()
                if number == 0:
                    continue
                life.live_a_day(dice)
                left = bag[life.world.name] or dice.sample(troubles(), len(troubles()))
                faults[life.world.name] = fault = left.pop()
                bag[life.world.name] = left
                life.world.mood = fault.mood
            kills = 0
            while True:
                async with open_night(url, tmp_path, clock, lives, embedder) as (night, catalogue):
                    wanted = dice.random() < 0.4 and kills < 3
                    asked = sum(len(life.world.asked) for life in lives)
                    kill_at = asked + dice.randrange(1, 60) if wanted else None
                    report = await the_night(night, lives, kill_at)
                    if report is not None:
                        for life in lives:
                            check(life, faults.get(life.world.name), kills)
                            await check_catalogue(life, faults.get(life.world.name), catalogue)
                        break
                kills += 1
                await clock.sleep(RESTART_S)


def check(life: Life, fault: Trouble | None, kills: int) -> None:
    """What the shop itself counted in a night."""
    why = f"{life.world.name}, {fault and fault.name}, {kills} kills"
    gaps = [later - earlier for earlier, later in pairwise(life.world.asked_at)]
    assert min(gaps, default=1.0) >= 1 / PACE_PER_S, why
    good = Counter(
        path
        for path, code in zip(life.world.asked, life.world.answered, strict=True)
        if code in {200, 304, 404} and path.startswith(("/products/", "/pictures/"))
    )
    again = {path: count - 1 for path, count in good.items() if count > 1}
    if fault is None or not fault.spoils:
        assert sum(again.values()) <= LOST_TO_A_KILL * kills, f"{why}: {again}"
    pictures = Counter(path for path in good if path.startswith("/pictures/"))
    known = pictures & life.good
    assert known.total() <= LOST_TO_A_KILL * kills, f"{why}: {known}"
    life.good |= pictures


async def check_catalogue(life: Life, fault: Trouble | None, catalogue: CatalogueStore) -> None:
    """What is shown after a night, beside what is true."""
    why = f"{life.world.name}, {fault and fault.name}"
    sold = {
        key.rpartition("/")[2]: known
        for key, known in (await catalogue.sold(life.world.name)).items()
    }
    lost = life.shown & life.world.things.keys() - sold.keys()
    assert not lost, f"{why}: lost {sorted(lost)}"
    life.shown |= sold.keys()
    if fault is None or not fault.blinds:
        assert not life.removed & sold.keys(), why
    for handle, known in sold.items():
        assert known.price is not None, why
        assert known.price.amount in life.prices[handle], f"{why}: {handle} {known.price}"
        if (fault is None or not fault.hides_prices) and handle in life.world.things:
            assert known.price.amount == Decimal(life.world.things[handle].price), why
