"""The shops' own search pages: asked for a look's words, and what they show taken in at once."""

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import quote

from core.catalogue import ProductRecord
from core.errors import FetchError, PhotoError, TwinsetError
from core.queries import ENGLISH
from core.storage.catalogue import CatalogueStore, ImageRow
from core.storage.pages import KnownPage, PageStore
from core.storage.vectors import VectorStore
from core.vision.batching import Lane
from core.vision.embedder import Embedder
from scraping.asking import Asking
from scraping.fetcher import PAGE, Fetcher
from scraping.new_pictures import is_final
from scraping.pictures import PictureSource
from scraping.product_page import read_product
from scraping.results import Result, results_in
from scraping.shops import ShopConfig
from scraping.ways.addresses import LISTING

logger = logging.getLogger(__name__)

READER = "search"
ASK_AGAIN = timedelta(hours=6)
"""A shop is not asked for the same words before."""
REST = timedelta(minutes=5)
"""A shop that did not answer is left alone for so long."""
MOST = 12
"""Products of a shop that one search takes in."""

_MOST_PAGES = 6  # of those that need their own page to be read
_PATIENCE_S = 60.0
_PICTURES_AT_ONCE = 4  # of a shop, so that one whose pictures are slow keeps up no other
_ROOM = 1.1  # times a shop's max_products: what is found by search comes on top of the nights'


@dataclass(frozen=True, slots=True, kw_only=True)
class Searched:
    """What came of asking shops: how many were asked, how many of them did not answer in time.

    ``words`` are by language; ``products`` the ids of what they have, as far as it is in the
    catalogue by now.
    """

    words: Mapping[str, str]
    asked: int
    silent: int
    products: tuple[int, ...]


@dataclass(slots=True)
class _Errand:
    """Words on their way to one shop."""

    shop: ShopConfig
    words: str
    answered: bool = False
    products: list[int] = field(default_factory=list)
    pictures_at_once: asyncio.Semaphore = field(
        default_factory=lambda: asyncio.Semaphore(_PICTURES_AT_ONCE)
    )
    done: "asyncio.Task[None] | None" = None

    @property
    def url(self) -> str:
        return (self.shop.search or "").replace("{words}", quote(self.words, safe=""))


class ShopSearch:
    """Asks every shop that has a search page, politely, and keeps what they show.

    What takes longer than an answer can wait goes on beside it, so that the next one knows.
    """

    def __init__(
        self,
        shops: Sequence[ShopConfig],
        *,
        fetcher: Fetcher,
        catalogue: CatalogueStore,
        pages: PageStore,
        vectors: VectorStore,
        pictures: PictureSource,
        embedder: Embedder,
        now: Callable[[], datetime],
        at_once: int = 16,
        most_waiting: int = 64,
    ) -> None:
        """``at_once`` shops are asked at the same time; others wait, ``most_waiting`` in all."""
        self._shops = [shop for shop in shops if shop.search]
        self._fetcher = fetcher
        self._catalogue = catalogue
        self._pages = pages
        self._vectors = vectors
        self._pictures = pictures
        self._embedder = embedder
        self._now = now
        self._turns = asyncio.Semaphore(at_once)
        self._most_waiting = most_waiting
        self._running: dict[tuple[str, str], _Errand] = {}
        self._resting: dict[str, datetime] = {}

    @property
    def shops(self) -> int:
        """How many shops can be asked."""
        return len(self._shops)

    async def find(self, words: Mapping[str, str], *, within_s: float) -> Searched:
        """Ask all shops for the words and wait for them, ``within_s`` at most. Never raises.

        The words are by language; a shop of none of these is asked in English.
        A shop that was asked for the same words lately is not asked again: what it had then is
        looked up. One that has just failed to answer is left alone, and counts as silent.
        """
        errands = [
            self._errand(shop, words.get(shop.spoken, words[ENGLISH])) for shop in self._shops
        ]
        waiting = [errand.done for errand in errands if errand.done]
        if waiting:
            await asyncio.wait(waiting, timeout=within_s)
        found = dict.fromkeys(one for errand in errands for one in errand.products)
        silent = sum(not errand.answered for errand in errands)
        return Searched(words=words, asked=len(errands), silent=silent, products=tuple(found))

    async def aclose(self) -> None:
        """Give up the searches that are still going on."""
        tasks = [errand.done for errand in self._running.values() if errand.done]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _errand(self, shop: ShopConfig, words: str) -> _Errand:
        key = (shop.name, words)
        if key in self._running:
            return self._running[key]
        errand = _Errand(shop, words)
        rests_until = self._resting.get(shop.name)
        if rests_until and self._now() < rests_until:
            return errand
        if len(self._running) < self._most_waiting:
            self._running[key] = errand
            errand.done = asyncio.create_task(self._run(errand))
            errand.done.add_done_callback(lambda _: self._running.pop(key, None))
        return errand

    async def _run(self, errand: _Errand) -> None:
        try:
            async with self._turns, asyncio.timeout(_PATIENCE_S):
                await self._take_in(errand)
        except (TwinsetError, TimeoutError) as error:
            logger.info("%s: search: %s", errand.shop.name, error or "too slow")
        except Exception:  # an answer must not fail for a page that we trip over
            logger.exception("%s: the search page could not be read", errand.shop.name)
        if not errand.answered:
            self._resting[errand.shop.name] = self._now() + REST

    async def _take_in(self, errand: _Errand) -> None:
        name, since = errand.shop.name, self._now() - ASK_AGAIN
        keys = await self._pages.keys_since(name, errand.url, reader=READER, since=since)
        get = Asking(errand.shop, self._fetcher, max_wait_s=_PATIENCE_S)
        results: Sequence[Result] = ()
        if keys is None:
            answer = await get(errand.url, LISTING)
            results = await asyncio.to_thread(results_in, answer, errand.shop, most=MOST)
        errand.answered = True
        async with asyncio.TaskGroup() as pictures:
            if keys is None:
                await self._keep(errand, results, get, pictures)
            else:
                await self._take(errand, keys, pictures)

    async def _keep(
        self, errand: _Errand, results: Sequence[Result], get: Asking, pictures: asyncio.TaskGroup
    ) -> None:
        """Take the results in; those that were not known are in the catalogue then."""
        shop = errand.shop
        await self._catalogue.shop_seen(shop.name, shop.title, shop.start)
        keys = [one if isinstance(one, str) else one.key for one in results]
        known = await self._catalogue.ids(shop.name, keys)
        room = int(shop.max_products * _ROOM) - await self._catalogue.size(shop.name)
        # What is known stays as its own page says: a search page tells less.
        new = [one for one, key in zip(results, keys, strict=True) if key not in known]
        new = new[: max(room, 0)]
        told = [one for one in new if isinstance(one, ProductRecord)]
        await self._catalogue.save(shop.name, told, seen_at=self._now())
        await self._take(errand, keys, pictures)
        for link in [one for one in new if isinstance(one, str)][:_MOST_PAGES]:
            if record := await self._on_its_page(link, shop, get):
                keys.append(record.key)
                if not await self._catalogue.ids(shop.name, [record.key]):
                    await self._catalogue.save(shop.name, [record], seen_at=self._now())
                await self._take(errand, [record.key], pictures)
        page = KnownPage(url=errand.url, content="", keys=tuple(dict.fromkeys(keys)))
        await self._pages.save(shop.name, [page], reader=READER, seen_at=self._now())

    async def _on_its_page(self, url: str, shop: ShopConfig, get: Asking) -> ProductRecord | None:
        """A result as its own page shows it, None where that is no product to keep."""
        try:
            answer = await get(url, PAGE)
        except FetchError as error:
            logger.info("%s: a result: %s", shop.name, error)
            return None
        found = [one.record for one in await asyncio.to_thread(read_product, answer, shop)]
        whole = [one for one in found if one.url and one.price and one.image_urls]
        return whole[0] if len(found) == len(whole) == 1 else None

    async def _take(
        self, errand: _Errand, keys: Sequence[str], pictures: asyncio.TaskGroup
    ) -> None:
        """Note those of the products that the catalogue has, and let their pictures come."""
        found = await self._catalogue.ids(errand.shop.name, keys)
        errand.products += [found[key] for key in keys if key in found]
        for row in await self._catalogue.pending_images(of=found.values()):
            pictures.create_task(self._picture(row, errand))

    async def _picture(self, row: ImageRow, errand: _Errand) -> None:
        """Fetch, embed and keep a picture; vectors first, as everywhere."""
        shop = errand.shop
        async with errand.pictures_at_once:
            try:
                data, content = await self._pictures.fetch(row.url, pace_per_s=shop.pace_per_s)
                space = self._embedder.fingerprint
                if await self._vectors.missing([content], space):
                    sight = await self._embedder.see(data, lane=Lane.BULK)
                    await self._vectors.save(space, {content: sight.embedding})
                await self._catalogue.set_image_content(row.id, content)
            except (FetchError, PhotoError) as error:
                logger.info("%s: a picture: %s: %s", shop.name, row.url, error)
                if is_final(error):
                    why = str(error)[:300]
                    await self._catalogue.set_image_content(row.id, None, error=why)
            except TwinsetError as error:
                logger.info("%s: a picture is left to the night: %s", shop.name, error)
