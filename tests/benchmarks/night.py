"""A night over a shop of 45,000 products of which none has changed."""

import asyncio
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from aiohttp import ClientSession, TCPConnector

from bot.app import Core, open_core
from bot.settings import Settings
from core.vision.embedder import open_embedder
from core.vision.loading import resnet50
from scraping.night import NightReport
from tests.benchmarks.bars import Bar, emit, say
from tests.benchmarks.catalogue import PRODUCTS, SHOP, fill
from tests.benchmarks.network import dimension_of
from tests.benchmarks.reference import CACHE_DIR
from tests.e2e.process import PROJECT, free_port

_AT_ONCE = 4  # as many as the scraper asks of one host


async def main(_photos: Path) -> None:
    """Measure and emit."""
    async with open_embedder(resnet50(path=None, cache_dir=CACHE_DIR)) as embedder:
        fingerprint, dimension = embedder.fingerprint, await dimension_of(embedder)
    with TemporaryDirectory(prefix="twinset-benchmark-") as name:
        state = Path(name)
        async with open_shop() as origin:
            say("a catalogue of 45,000 products")
            await fill(state, fingerprint, dimension=dimension, origin=origin)
            async with open_core(_settings(state, origin)) as core:
                say("the first night, which reads every page")
                await timed_night(core)
                for etags in (True, False):
                    await measure(core, origin, etags=etags)


async def measure(core: Core, origin: str, *, etags: bool) -> None:
    """One more night, and the same requests by themselves."""
    how = "its server says so" if etags else "the pages are the same"
    say(f"a night in which nothing changed, and {how}")
    async with ClientSession() as session:
        await session.post(f"{origin}/etags/{'on' if etags else 'off'}")
        before = await asked(session, origin)
        report, night_s = await timed_night(core)
        after = await asked(session, origin)
    counts = report.shops[0].counts
    if (counts["products"], counts["unchanged"]) != (PRODUCTS, PRODUCTS):
        raise ValueError(f"The night was to find {PRODUCTS} unchanged products: {counts}")
    network_s = await requests_alone(origin, etags=etags)
    pictures = after.get("pictures", 0) - before.get("pictures", 0)
    emit(
        [
            Bar(
                name=f"a night with 45,000 unchanged products ({how}), beyond the network",
                measured=night_s - network_s,
                sense="at most",
                limit=60,
                unit="s",
                details={"night s": night_s, "the same requests alone s": network_s},
                bound="Python: robots.txt, the address's guard and the turns of each request",
            ),
            Bar(
                name=f"pictures fetched and embedded that night ({how})",
                measured=pictures + report.embedded.embedded,
                sense="at most",
                limit=0,
                unit="",
            ),
        ]
    )


async def timed_night(core: Core) -> tuple[NightReport, float]:
    """A whole night: scraping, embedding, the index."""
    started = time.perf_counter()
    report = await core.night.run(core.shops)
    if report.problems:
        raise ValueError("; ".join(report.problems))
    return report, time.perf_counter() - started


async def requests_alone(origin: str, *, etags: bool) -> float:
    """How long a plain client takes for the same pages, with what it knows of them."""
    urls = [f"{origin}/products/{number}" for number in range(PRODUCTS)]
    headers = {}
    if etags:
        async with ClientSession() as session:
            for url in urls:
                async with session.get(url) as response:
                    headers[url] = {"If-None-Match": response.headers["ETag"]}
    left = iter(urls)

    async def ask(session: ClientSession) -> None:
        for url in left:
            async with session.get(url, headers=headers.get(url)) as response:
                await response.read()

    async with ClientSession(connector=TCPConnector(limit=_AT_ONCE)) as session:
        started = time.perf_counter()
        await asyncio.gather(*(ask(session) for _ in range(_AT_ONCE)))
        return time.perf_counter() - started


async def asked(session: ClientSession, origin: str) -> dict[str, int]:
    """What the shop has been asked for so far."""
    async with session.get(f"{origin}/asked") as response:
        counts: dict[str, int] = await response.json()
        return counts


@asynccontextmanager
async def open_shop() -> AsyncIterator[str]:
    """The shop's process; yields its origin."""
    port = free_port()
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.benchmarks.shop", str(port), str(PRODUCTS)),
        cwd=PROJECT,
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        assert process.stdout is not None
        if not await process.stdout.readline():
            raise RuntimeError("The shop did not start.")
        yield f"http://127.0.0.1:{port}"
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()


def _settings(state: Path, origin: str) -> Settings:
    shops = state / "shops"
    shops.mkdir()
    (shops / f"{SHOP}.toml").write_text(
        f'title = "Large"\nstart = "{origin}/"\nlocal = true\n'
        f"pace_per_s = 1_000_000\nmax_products = {PRODUCTS}\n"
    )
    return Settings(state_dir=state, shops_dir=shops, cache_dir=CACHE_DIR)


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
