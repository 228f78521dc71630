"""A night's pages judged, and let into the catalogue together or not at all."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from core.storage.catalogue import CatalogueStore, Sold
from core.storage.pages import PageStore
from core.storage.runs import Run
from core.storage.saving import SaveCounts, stored_key
from core.storage.staging import StagingStore
from scraping.crawl import CrawlReport
from scraping.extract import canonical
from scraping.gates import Comparison, gone_at_once, shrunk
from scraping.reader import reader_of
from scraping.shops import ShopConfig


@dataclass(frozen=True, slots=True, kw_only=True)
class Committed:
    """What a night did to the catalogue; ``problem`` says why it does not count, if so."""

    saved: SaveCounts = field(default_factory=SaveCounts)
    gone: int = 0
    problem: str | None = None


class Committer:
    """Lets what the shops' nights have staged into the catalogue."""

    def __init__(
        self, *, catalogue: CatalogueStore, pages: PageStore, staging: StagingStore
    ) -> None:
        self._catalogue = catalogue
        self._pages = pages
        self._staging = staging

    async def commit(
        self,
        shop: ShopConfig,
        run: Run,
        report: CrawlReport,
        *,
        sold: Mapping[str, Sold],
        before: int,
        late: str | None = None,
        accept: bool = False,
    ) -> Committed:
        """Judge a night and save what it may.

        Strange prices or fields, and nothing is saved. Too few products, too many errors, a
        pass that broke off or was ``late``: what was seen is saved, and nothing is taken for
        absent. ``sold`` is what the shop had when the night began, ``before`` how many products
        it listed in the last good night. With ``accept`` an operator vouches for the night, and
        only an unread part of the shop keeps it from counting. Harmless to do again after a kill.
        """
        strange = None if accept else (await self._compared(shop, run, sold)).strange
        if strange:
            return Committed(problem=strange)
        saved = await self._save(shop, run)
        gone = await self._keys_at(shop, report.gone, sold) - report.keys
        live = min(before, len(sold))
        problem = late or report.incomplete_because
        mass = None
        if not accept:
            mass = gone_at_once(gone, of=len(sold))
            problem = problem or shrunk(report.listed, before=live) or mass
        count = await self._catalogue.mark_gone(shop.name, () if mass else gone)
        count += await self._catalogue.finish_run(
            shop.name,
            started_at=run.started_at,
            complete=problem is None,
            spared=await self._keys_at(shop, report.unsure, sold) - report.keys,
        )
        if problem is None:
            await self._pages.forget(shop.name, run.started_at)
        return Committed(saved=saved, gone=count, problem=problem)

    async def _compared(self, shop: ShopConfig, run: Run, sold: Mapping[str, Sold]) -> Comparison:
        compared = Comparison()
        async for _, staged in self._staging.pages(shop.name, run.id):
            for one in staged:
                if one.records is None:
                    compared.add_unread(one.page.keys, sold)
                for record in one.records or ():
                    compared.add(record, sold.get(stored_key(record.key)))
        return compared

    async def _save(self, shop: ShopConfig, run: Run) -> SaveCounts:
        """Products before their pages: after a kill between the two, the pages are read again."""
        saved = SaveCounts()
        reader = reader_of(shop)
        async for seen_at, staged in self._staging.pages(shop.name, run.id):
            there = [one for one in staged if not one.gone]
            records = [record for one in there for record in one.records or ()]
            saved += await self._catalogue.save(shop.name, records, seen_at=seen_at)
            read = [one.page for one in there if one.records is not None]
            await self._pages.save(shop.name, read, reader=reader, seen_at=seen_at)
            unread = [one.page for one in there if one.records is None]
            saved += await self._pages.seen_again(shop.name, unread, seen_at=seen_at)
        return saved

    async def _keys_at(
        self, shop: ShopConfig, urls: Collection[str], sold: Mapping[str, Sold]
    ) -> set[str]:
        """The products known till now whose pages these are."""
        if not urls:
            return set()
        there = {*urls, *map(canonical, urls)}
        shown = await self._pages.keys_of(shop.name, there)
        keys = {key for of_page in shown.values() for key in of_page}
        keys.update(map(stored_key, there))
        keys.update(key for key, known in sold.items() if known.url in there)
        return keys & sold.keys()
