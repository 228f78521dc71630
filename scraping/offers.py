"""Whether offers are as the catalogue has them; pages that nobody saw since yesterday are asked."""

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from core.catalogue import Product, ProductRecord
from core.errors import FetchError, FetchFailed, TwinsetError
from core.storage.catalogue import CatalogueStore, Sold
from scraping.extract import canonical
from scraping.fetcher import PAGE, Fetched, Fetcher, is_gone
from scraping.gates import LEAP, leaps
from scraping.product_page import read_product
from scraping.shops import ShopConfig

logger = logging.getLogger(__name__)

FRESH_FOR = timedelta(hours=24)


class OfferCheck:
    """Asks the shops about single products, politely, and saves what they say.

    A check that takes longer than an answer can wait goes on beside it, so that the next answer
    knows; there are at most ``at_once`` of them.
    """

    def __init__(
        self,
        shops: Sequence[ShopConfig],
        *,
        fetcher: Fetcher,
        catalogue: CatalogueStore,
        now: Callable[[], datetime],
        within_s: float = 2.0,
        at_once: int = 32,
    ) -> None:
        self._shops = {shop.name: shop for shop in shops}
        self._fetcher = fetcher
        self._catalogue = catalogue
        self._now = now
        self._within_s = within_s
        self._at_once = at_once
        self._running: dict[int, asyncio.Task[bool]] = {}
        self._away: dict[int, datetime] = {}

    async def now(self, products: Sequence[Product]) -> Mapping[int, Product]:
        """By id, as they are now, those whose pages still show them; the others are missing.

        What was seen within ``FRESH_FOR`` is taken as it is, and so is what cannot be asked in
        time. A page that leads somewhere else counts as missing until it shows the product again.
        """
        at = self._now()
        old = [product for product in products if self._is_old(product, at)]
        checks = [check for product in old if (check := self._check(product))]
        if checks:
            await asyncio.wait(checks, timeout=self._within_s)
        known = {product.id: product for product in products if product not in old}
        if old:
            known |= await self._catalogue.products([product.id for product in old])
        return {number: one for number, one in known.items() if number not in self._away}

    async def aclose(self) -> None:
        """Give up the checks that are still going on."""
        for check in list(self._running.values()):
            check.cancel()
        await asyncio.gather(*self._running.values(), return_exceptions=True)

    def _is_old(self, product: Product, at: datetime) -> bool:
        away = self._away.get(product.id)
        if away is not None and at - away < FRESH_FOR:
            return False
        self._away.pop(product.id, None)
        return (
            product.url is not None
            and product.shop in self._shops
            and at - product.checked_at > FRESH_FOR
        )

    def _check(self, product: Product) -> "asyncio.Task[bool] | None":
        if product.id not in self._running:
            if len(self._running) >= self._at_once:
                return None
            check = asyncio.create_task(self._ask(product))
            self._running[product.id] = check
            check.add_done_callback(lambda _: self._running.pop(product.id, None))
        return self._running[product.id]

    async def _ask(self, product: Product) -> bool:
        """Save what the page shows now; whether that was to be had. Never raises."""
        try:
            return await self._asked(product, self._shops[product.shop])
        except FetchFailed as error:
            gone = is_gone(error, product.url or "")
            if gone:
                await self._catalogue.mark_gone(product.shop, [product.key])
            logger.info("%s: %s", product.key, error)
            return gone
        except (FetchError, TwinsetError) as error:
            logger.info("%s: %s", product.key, error)
        except Exception:  # an answer must not fail for a page that we trip over
            logger.exception("%s could not be checked", product.key)
        return False

    async def _asked(self, product: Product, shop: ShopConfig) -> bool:
        answer = await self._fetcher.fetch(
            product.url or "", PAGE, pace_per_s=shop.pace_per_s, max_wait_s=self._within_s
        )
        found = await asyncio.to_thread(_read, answer, shop, product)
        records = [record for record in found if record.key == product.key]
        known = Sold(url=product.url, price=product.price, has_picture=bool(product.picture))
        if records and leaps(records[0], known, by=LEAP):
            # Whether all the shop's prices went mad, only a night can tell.
            raise FetchFailed(f"{product.url} has a price that is hard to believe.")
        if records:
            await self._catalogue.save(shop.name, records[:1], seen_at=self._now())
        elif canonical(answer.url) != canonical(product.url or ""):
            self._away[product.id] = self._now()
        return bool(records)


def _read(answer: Fetched, shop: ShopConfig, product: Product) -> list[ProductRecord]:
    """What the page shows; what lies at the product's address is the product.

    A stocklist may have named it otherwise than its page does.
    """
    records = [found.record for found in read_product(answer, shop)]
    return [replace(one, key=product.key) if one.url == product.url else one for one in records]
