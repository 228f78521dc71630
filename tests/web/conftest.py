"""A browser, and the page that it opens over a real conversation."""

import os
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright, expect

from tests.scenarios.fixtures import stocked
from tests.scenarios.running import copied_world
from tests.scenarios.web import WebHouse, open_web
from tests.scenarios.world import World
from tests.web.visitor import Visitor

__all__ = ["stocked"]

Visit = Callable[..., Awaitable[Visitor]]

_DESKTOP = {"width": 1100, "height": 900}
_FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run")
_MAX_WAIT_MS = 15_000


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def world(stocked: Path, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[World]:
    async with copied_world(stocked, tmp_path_factory.mktemp("page")) as world:
        yield world


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    chromium = shutil.which("chromium")
    if chromium is None:
        reason = "the chat page is tested in Debian's chromium, which is not installed"
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)
    expect.set_options(timeout=_MAX_WAIT_MS)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=[*_FLAGS])
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="module")
async def house(world: World) -> AsyncIterator[WebHouse]:
    async with open_web(world) as house:
        yield house


@pytest_asyncio.fixture(loop_scope="module")
async def visit(house: WebHouse, browser: Browser) -> AsyncIterator[Visit]:
    """Open the page as somebody new; at the end nothing may have been amiss."""
    visitors: list[Visitor] = []

    async def arrive(
        *, size: dict[str, int] = _DESKTOP, scheme: str = "light", url: str | None = None
    ) -> Visitor:
        context = await browser.new_context(viewport=size, color_scheme=scheme)
        context.set_default_timeout(_MAX_WAIT_MS)
        visitors.append(await Visitor.arriving(house, context, url=url or house.url("/")))
        return visitors[-1]

    yield arrive
    for visitor in visitors:
        within = (visitor.url, "blob:")
        await visitor.page.context.close()
        assert visitor.troubles == []
        assert [url for url in visitor.asked if not url.startswith(within)] == []


@pytest_asyncio.fixture(loop_scope="module")
async def visitor(visit: Visit) -> Visitor:
    return await visit()
