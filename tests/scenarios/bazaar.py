"""A shop that no night has seen, and that can be searched."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from core.storage.pages import PageStore
from core.storage.pictures import PictureStore
from scraping.fetcher import open_fetcher
from scraping.pictures import PictureSource
from scraping.searching import ShopSearch
from tests.scenarios.photos import COLOURS
from tests.scenarios.world import World
from tests.support.shop_shapes import Results, Thing
from tests.support.shop_world import ShopWorld
from tests.support.shop_world import open_world as open_shop

FINDS = 7
"""Red dresses that the bazaar has."""


@asynccontextmanager
async def open_bazaar(world: World, directory: Path) -> AsyncIterator[ShopWorld]:
    """Serve the bazaar, and let the world's conversations search it."""
    async with (
        open_shop(name="bazaar") as shop,
        open_fetcher(contact="x", local_origins=[shop.origin], total_s=5.0) as fetcher,
    ):
        shop.results_shape = Results.JSON_LD
        for number in range(FINDS):
            red, green, blue = COLOURS["red"]
            shade = (red, green + 6 * number, blue)
            handle = f"red-dress-{number}"
            title = f"Women's red dress, Bazaar {number}"
            shop.things[handle] = Thing(handle=handle, title=title, colour=shade)
        searching = ShopSearch(
            [shop.shop(searchable=True)],
            fetcher=fetcher,
            catalogue=world.catalogue,
            pages=PageStore(world.database),
            vectors=world.vectors,
            pictures=PictureSource(PictureStore(directory / "pictures"), fetcher),
            embedder=world.embedder,
            now=world.clock,
        )
        world.searching = searching
        try:
            yield shop
        finally:
            await searching.aclose()
