"""The demo shop: open while there is no other."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from aiohttp import ClientSession, web

from bot.demo import DEMO, demo_is_wanted, moved, open_demo, switch_demo
from bot.settings import PROJECT, DemoSettings, Switch
from core.errors import ConfigurationError
from core.storage.catalogue import CatalogueStore
from core.storage.database import Database, database_url, migrate
from data.demo_shop.site import SERVER_NAME
from scraping.shops import ShopConfig, read_shop
from tests.e2e.process import free_port
from tests.storage.records import record, with_pictures

OWN = ShopConfig(name="corner", title="Corner", start="https://corner.example/")
SHIPPED = read_shop(PROJECT / "data" / "shops" / f"{DEMO}.toml")
NOW = datetime(2026, 5, 4, tzinfo=UTC)


@pytest.fixture
async def catalogue(tmp_path: Path) -> CatalogueStore:
    url = database_url(None, tmp_path)
    await migrate(url)
    async with Database.open(url) as database:
        yield CatalogueStore(database)


async def test_it_is_wanted_until_a_shop_is_described_or_imported(
    catalogue: CatalogueStore,
) -> None:
    assert await demo_is_wanted(Switch.AUTO, [], catalogue)
    assert not await demo_is_wanted(Switch.AUTO, [OWN], catalogue)
    await catalogue.shop_seen(DEMO, "Demo", None)
    assert await demo_is_wanted(Switch.AUTO, [], catalogue)
    await catalogue.shop_seen("imported", "Imported", None)
    await catalogue.save("imported", [record("dress")], seen_at=NOW)
    assert await demo_is_wanted(Switch.AUTO, [], catalogue)  # no photo of it was read
    await with_pictures(catalogue, "imported")
    assert not await demo_is_wanted(Switch.AUTO, [], catalogue)


async def test_the_setting_has_the_last_word(catalogue: CatalogueStore) -> None:
    assert await demo_is_wanted(Switch.ON, [OWN], catalogue)
    assert not await demo_is_wanted(Switch.OFF, [], catalogue)


async def test_switching_tells_whether_it_changed_anything(catalogue: CatalogueStore) -> None:
    assert not await switch_demo(catalogue, on=True)
    await catalogue.shop_seen(DEMO, "Demo", None)
    assert not await switch_demo(catalogue, on=True)
    assert await switch_demo(catalogue, on=False)
    assert not await switch_demo(catalogue, on=False)
    [shop] = await catalogue.shops()
    assert not shop.enabled


async def test_what_was_sold_at_another_address_is_gone_once_it_has_moved(
    catalogue: CatalogueStore,
) -> None:
    before, after = (replace(SHIPPED, start=f"http://127.0.0.1:{port}/") for port in (8081, 8082))
    await catalogue.shop_seen(DEMO, "Demo", before.start)
    await catalogue.save(DEMO, [record("a", url=f"{before.start}products/a")], seen_at=NOW)
    assert not await moved(catalogue, before)
    await catalogue.save(DEMO, [record("b", url=f"{after.start}products/b")], seen_at=NOW)
    assert await moved(catalogue, after)
    assert set(await catalogue.sold(DEMO)) == {"b"}
    assert not await moved(catalogue, after)


async def test_a_second_process_shares_the_first_ones_shop() -> None:
    settings = DemoSettings(port=free_port())
    async with (
        open_demo(settings, SHIPPED, opened_at=NOW, now=lambda: NOW) as first,
        open_demo(settings, SHIPPED, opened_at=NOW, now=lambda: NOW) as second,
        ClientSession() as session,
        session.get(first.start) as response,
    ):
        assert first == second
        assert response.headers["Server"] == SERVER_NAME


async def test_a_port_that_something_else_holds_is_named() -> None:
    runner = web.AppRunner(web.Application())
    await runner.setup()
    port = free_port()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    try:
        with pytest.raises(ConfigurationError, match="TWINSET_DEMO_PORT"):
            async with open_demo(DemoSettings(port=port), SHIPPED, opened_at=NOW, now=lambda: NOW):
                pass
    finally:
        await runner.cleanup()
