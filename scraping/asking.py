"""Asks for what a shop has, at the shop's pace: on the web, or in a file of the operator's."""

import asyncio

from scraping.fetcher import Fetched, Fetcher, Validators, Wanted
from scraping.shops import ShopConfig
from scraping.ways.files import read_file


class Asking:
    """Of one shop; where it must wait for its turn longer than ``max_wait_s``, it gives up."""

    def __init__(self, shop: ShopConfig, fetcher: Fetcher, *, max_wait_s: float) -> None:
        self._fetcher = fetcher
        self._pace_per_s = shop.pace_per_s
        self._max_wait_s = max_wait_s

    async def __call__(
        self, url: str, wanted: Wanted, validators: Validators | None = None
    ) -> Fetched:
        """As ``Fetcher.fetch``; a ``file:`` address is read from the disk."""
        if url.startswith("file:"):
            return await asyncio.to_thread(read_file, url, wanted)
        return await self._fetcher.fetch(
            url,
            wanted,
            validators=validators,
            pace_per_s=self._pace_per_s,
            max_wait_s=self._max_wait_s,
        )
