"""Any sequence of saves and runs does to the catalogue what it does to a plain dict."""

import asyncio
import atexit
import shutil
import tempfile
from collections.abc import Coroutine
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from sqlalchemy import select

from core.catalogue import Availability, Money, ProductRecord
from core.storage.catalogue import CatalogueStore, SaveCounts
from core.storage.database import FILE_NAME, Database, database_url, migrate
from core.storage.tables import images, products
from tests.storage.records import night

T = TypeVar("T")
KEYS = st.sampled_from("abcdef")
RECORDS = st.builds(
    ProductRecord,
    key=KEYS,
    title=st.sampled_from(["One", "Other"]),
    price=st.none()
    | st.builds(
        Money,
        st.decimals("0", "999999", places=4, allow_nan=False),
        st.sampled_from(["EUR", "CLP"]),
    ),
    availability=st.sampled_from(Availability),
    image_urls=st.lists(st.sampled_from("123"), max_size=4).map(tuple),
)


@dataclass
class Kept:
    """What the model knows of a product."""

    record: ProductRecord
    last_seen: int
    misses: int = 0
    gone: bool = False
    pictures: dict[str, str | None] = field(default_factory=dict)


def plain(record: ProductRecord) -> ProductRecord:
    return replace(record, image_urls=tuple(dict.fromkeys(record.image_urls)))


@cache
def migrated_file() -> Path:
    """A file with empty tables, made once."""
    directory = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, directory)
    asyncio.run(migrate(database_url(None, directory)))
    return directory / FILE_NAME


class Catalogue(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.directory = Path(tempfile.mkdtemp())
        shutil.copy(migrated_file(), self.directory)
        url = database_url(None, self.directory)
        self.opened = Database.open(url)
        self.database = self.runner.run(self.opened.__aenter__())
        self.store = CatalogueStore(self.database)
        self.run(self.store.shop_seen("shop", "Shop", None))
        self.model: dict[str, Kept] = {}
        self.night = 0
        self.contents = 0
        self.counted = -1

    def run(self, coroutine: Coroutine[Any, Any, T]) -> T:
        return self.runner.run(coroutine)

    def teardown(self) -> None:
        self.run(self.opened.__aexit__(None, None, None))
        self.runner.close()
        shutil.rmtree(self.directory)

    @rule(records=st.lists(RECORDS, max_size=8))
    def save(self, records: list[ProductRecord]) -> None:
        expected = SaveCounts()
        for key, record in {record.key: plain(record) for record in records}.items():
            kept = self.model.get(key)
            if kept is None:
                expected += SaveCounts(new=1)
                self.model[key] = kept = Kept(record, self.night)
            elif kept.gone or kept.record != record:
                expected += SaveCounts(changed=1)
            else:
                expected += SaveCounts(unchanged=1)
            pictures = {url: kept.pictures.get(url) for url in record.image_urls}
            self.model[key] = Kept(record, self.night, pictures=pictures)
        counts = self.run(self.store.save("shop", records, seen_at=night(self.night)))
        assert counts == expected

    @rule()
    def next_night(self) -> None:
        self.night += 1

    @precondition(lambda self: self.night)
    @rule(complete=st.booleans(), times=st.integers(1, 2))
    def finish(self, *, complete: bool, times: int) -> None:
        expected = 0
        if complete and self.counted < self.night:
            self.counted = self.night
            for kept in self.model.values():
                if not kept.gone and kept.last_seen < self.night:
                    kept.misses += 1
                    kept.gone = kept.misses >= 2
                    expected += kept.gone
        for _ in range(times):
            gone = self.run(
                self.store.finish_run("shop", started_at=night(self.night), complete=complete)
            )
            assert gone == expected
            expected = 0

    @rule(keys=st.lists(KEYS, unique=True))
    def gone(self, keys: list[str]) -> None:
        found = [kept for key in keys if (kept := self.model.get(key)) and not kept.gone]
        for kept in found:
            kept.gone = True
        assert self.run(self.store.mark_gone("shop", keys)) == len(found)

    @rule()
    def fetch_pictures(self) -> None:
        for image in self.run(self.store.pending_images("shop")):
            self.contents += 1
            content = f"content {self.contents}"
            self.run(self.store.set_image_content(image.id, content))
            [product] = self.run(self.store.products([image.product_id])).values()
            kept = self.model[product.key]
            assert kept.pictures[image.url] is None
            kept.pictures[image.url] = content

    @invariant()
    def agrees(self) -> None:
        found = self.run(self.store.products(range(1, 100), include_gone=True))
        shown = self.run(self.store.products(range(1, 100)))
        assert {product.key for product in found.values()} == set(self.model)
        for product in found.values():
            kept = self.model[product.key]
            assert (product.id in shown) is not kept.gone
            assert product.checked_at == night(kept.last_seen)
            assert product.price == kept.record.price
            assert product.title == kept.record.title
            assert product.availability == kept.record.availability
            first = next(((u, c) for u, c in kept.pictures.items() if c), (None, None))
            assert (product.picture_url, product.picture) == first
        assert self.run(self.image_urls()) == {
            key: list(kept.record.image_urls) for key, kept in self.model.items() if kept.pictures
        }

    async def image_urls(self) -> dict[str, list[str]]:
        query = select(products.c.key, images.c.url).join(images).order_by(images.c.position)
        urls: dict[str, list[str]] = {}
        async with self.database.read() as connection:
            for key, url in await connection.execute(query):
                urls.setdefault(key, []).append(url)
        return urls


TestCatalogue = Catalogue.TestCase
TestCatalogue.settings = settings(
    max_examples=25,
    stateful_step_count=20,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
