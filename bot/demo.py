"""The demo shop: when it is open, and how the catalogue learns of it."""

import dataclasses
import errno
import logging
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime

from aiohttp import ClientError, ClientSession, ClientTimeout

from bot.settings import DemoSettings, Switch
from core.errors import ConfigurationError
from core.storage.catalogue import CatalogueStore
from scraping.shops import ShopConfig

logger = logging.getLogger(__name__)

DEMO = "demo"


async def demo_is_wanted(
    switch: Switch, configured: Sequence[ShopConfig], catalogue: CatalogueStore
) -> bool:
    """Whether the demo shop is part of the catalogue: by setting, or while there is no other.

    One of which no picture could be read is no other.
    """
    if switch is not Switch.AUTO:
        return switch is Switch.ON
    return not configured and await catalogue.pictured() <= {DEMO}


async def switch_demo(catalogue: CatalogueStore, *, on: bool) -> bool:
    """Show the demo shop's products or not; whether that is a change."""
    known = next((shop for shop in await catalogue.shops() if shop.name == DEMO), None)
    if known is None or known.enabled is on:
        return False
    await catalogue.set_enabled(DEMO, on)
    logger.info("The demo shop %s.", "is open again" if on else "steps back: there is another")
    return True


async def moved(catalogue: CatalogueStore, shop: ShopConfig) -> bool:
    """Mark gone what the demo shop sold at another address; whether there was anything.

    Its buy links lead nowhere, and a night could not look at it.
    """
    sold = await catalogue.sold(DEMO)
    there = [key for key, known in sold.items() if not (known.url or "").startswith(shop.start)]
    return await catalogue.mark_gone(DEMO, there) > 0


@asynccontextmanager
async def open_demo(
    settings: DemoSettings, shop: ShopConfig, *, opened_at: datetime, now: Callable[[], datetime]
) -> AsyncIterator[ShopConfig]:
    """Serve the demo shop, unless another process of ours does, and yield how to scrape it.

    What it sells changes with the days since ``opened_at``.
    """
    from data.demo_shop.site import SERVER_NAME, serve  # noqa: PLC0415 - most bots have no demo

    address = f"http://127.0.0.1:{settings.port}/"
    if await _is_served(address, SERVER_NAME):
        yield _served_at(address, shop)
        return
    try:
        server = serve(settings.port, day=lambda: (now() - opened_at).days)
        base_url = await server.__aenter__()
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        raise ConfigurationError(
            f"Port {settings.port} is taken, and the demo shop needs one: set TWINSET_DEMO_PORT."
        ) from None
    try:
        yield _served_at(base_url, shop)
    finally:
        await server.__aexit__(None, None, None)


def _served_at(address: str, shop: ShopConfig) -> ShopConfig:
    search = shop.search and shop.search.replace(shop.start, address)
    return dataclasses.replace(shop, start=address, search=search)


async def _is_served(address: str, server_name: str) -> bool:
    try:
        async with (
            ClientSession(timeout=ClientTimeout(total=2)) as session,
            session.get(address + "robots.txt", allow_redirects=False) as response,
        ):
            return response.headers.get("Server") == server_name
    except (ClientError, TimeoutError, OSError):
        return False
