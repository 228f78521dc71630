"""What each command of the command line does; each returns the exit status."""

import argparse
import asyncio
import signal
import sys
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from tqdm import tqdm

from bot.app import Core, open_core, open_network
from bot.demo import DEMO, demo_is_wanted, switch_demo
from bot.outputs import say
from bot.service import open_service
from bot.settings import Settings
from bot.stores import migrate_database
from bot.terminal import answer_photo, as_json, as_text
from core.errors import ConfigurationError, FetchFailed
from core.vision.embedder import Sight
from scraping.night import NightReport, OnEmbedded
from scraping.shops import ShopConfig


async def run(settings: Settings, _options: argparse.Namespace) -> int:
    """Run the bot until it is told to stop."""
    async with open_core(settings) as core:
        if settings.web_chat_is_on():
            await fill_if_quick(core)  # else the page would open on an empty shelf
        stop = asyncio.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, stop.set)
        async with open_service(settings, core) as address:
            say("Twinset is ready" + (f": open {address} and send a photo." if address else "."))
            await stop.wait()
            say("Stopping; what was begun is answered first.")
    return 0


async def ask(settings: Settings, options: argparse.Namespace) -> int:
    """Answer one photo through the conversation that the chats have."""
    photo = options.photo if _is_address(options.photo) else Path(options.photo)
    if isinstance(photo, Path) and not await asyncio.to_thread(photo.is_file):
        raise ConfigurationError(f"There is no file {photo}.")
    async with open_core(settings) as core:
        await fill_if_quick(core)
        reply = await answer_photo(core.conversation, photo, anyway=options.anyway)
    say(as_json(reply) if options.json else as_text(reply))
    return 0 if reply.look else 1


async def scrape(settings: Settings, options: argparse.Namespace) -> int:
    """Scrape the shops, or the named one, and put what they have into the index."""
    async with open_core(settings) as core:
        shops = [shop for shop in core.shops if options.shop in (None, shop.name)]
        if not shops:
            known = ", ".join(shop.name for shop in core.shops) or "none"
            raise ConfigurationError(f"There is no shop {options.shop!r}; configured: {known}.")
        if options.accept and len(shops) > 1:
            raise ConfigurationError("Name the one shop to --accept.")
        report = await _fill(core, shops, accept=options.accept)
    for shop in report.shops:
        counts = [f"{count} {name}" for name, count in shop.counts.items() if name != "before"]
        kinds = [f"{count} × {kind}" for kind, count in shop.errors.items()]
        say(f"{shop.shop}: {', '.join([*counts, *kinds])}")
    for fit in report.fits:
        say(f"{fit}.")
    for problem in report.problems:
        print(problem, file=sys.stderr)
    return 1 if report.problems else 0


async def import_(settings: Settings, options: argparse.Namespace) -> int:
    """Take in a folder of product photos with a CSV, and put it into the index."""
    if not await asyncio.to_thread(options.directory.exists):
        raise ConfigurationError(f"There is no folder {options.directory}.")
    async with open_core(settings) as core:
        with progress("photos") as on_progress:
            report = await core.importer.run(
                options.directory,
                shop=options.shop,
                currency=options.currency,
                on_progress=on_progress,
            )
        catalogue = core.stores.catalogue
        own = [shop for shop in core.shops if shop.name != DEMO]
        await switch_demo(catalogue, on=await demo_is_wanted(settings.demo.shop, own, catalogue))
        if core.embedder.changing:  # or only what was imported would be in the new index
            with progress("photos") as on_progress:
                await core.night.embed_missing(on_progress=on_progress)
        await core.night.rebuild(allow_shrink=True)
        pictured = await catalogue.pictured()
    for row in report.skipped:
        print(f"{report.table.name}, line {row.line}: {row.reason}", file=sys.stderr)
    for note in report.notes:
        print(note, file=sys.stderr)
    say(
        f"{report.products} products of {', '.join(report.shops)}: {report.saved.new} new, "
        f"{report.saved.changed} changed, {report.gone} gone; {report.embedded} photos embedded, "
        f"{len(report.skipped)} rows skipped."
    )
    if pictured.isdisjoint(report.shops):
        raise ConfigurationError("None of the photos could be read, so nothing of it can be found.")
    return 0


async def rebuild(settings: Settings, _options: argparse.Namespace) -> int:
    """Embed what has no vector yet and build the index anew."""
    async with open_core(settings) as core:
        with progress("photos") as on_progress:
            await core.night.embed_missing(on_progress=on_progress)
        info = await core.night.rebuild(allow_shrink=True)
        for fit in await core.night.fit_heads():
            say(f"{fit}.")
    say(f"The index holds {info.products} products.")
    return 0


async def migrate(settings: Settings, _options: argparse.Namespace) -> int:
    """Bring the database to this version's tables."""
    await migrate_database(settings)
    say("The database is up to date.")
    return 0


async def embed(settings: Settings, options: argparse.Namespace) -> int:
    """One vector for each image of a list, into an ``.npz`` file.

    It holds ``paths``, ``vectors`` (float32[n, d] of length 1, in the order of the list; a row
    of NaN where the image could not be read) and ``fingerprint``.
    """
    paths = _read_list(options.list)
    rows: dict[int, np.ndarray] = {}
    async with open_network(settings) as embedder:
        started = time.monotonic()
        items = ((number, _loader(path)) for number, path in enumerate(paths))
        with progress("photos") as on_progress:
            async for number, seen in embedder.see_many(items):
                if isinstance(seen, Sight):
                    rows[number] = seen.embedding
                else:
                    tqdm.write(f"{paths[number]}: {seen}", file=sys.stderr)
                on_progress(number + 1, len(paths))
        took_s = time.monotonic() - started
    if not rows:
        raise ConfigurationError("None of the images could be read.")
    vectors = np.full((len(paths), len(next(iter(rows.values())))), np.nan, np.float32)
    for number, row in rows.items():
        vectors[number] = row
    try:
        with options.out.open("wb") as file:
            np.savez(file, paths=paths, vectors=vectors, fingerprint=embedder.fingerprint)
    except OSError as error:
        raise ConfigurationError(f"{options.out} cannot be written: {error.strerror}.") from None
    say(f"{len(rows)} of {len(paths)} images in {took_s:.1f} s: {len(rows) / took_s:.1f} a second.")
    return 0 if len(rows) == len(paths) else 1


async def fill_if_quick(core: Core) -> None:
    """Fill an empty catalogue, unless that means hours of polite scraping."""
    if await core.fills_quickly():
        await _fill(core, core.shops)


@contextmanager
def progress(what: str) -> Iterator[OnEmbedded]:
    """A progress bar on standard error, for as long as the block runs."""
    with tqdm(unit=f" {what}", disable=None) as bar:

        def on_progress(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        yield on_progress


async def _fill(core: Core, shops: Sequence[ShopConfig], *, accept: bool = False) -> NightReport:
    """Scrape, embed and index, with bars."""
    seen: dict[str, int] = {}
    with tqdm(unit=" products", desc="Shops", disable=None) as bar:

        def on_scraped(shop: str, done: int) -> None:
            seen[shop] = done
            bar.update(sum(seen.values()) - bar.n)

        with progress("photos") as on_embedded:
            return await core.night.run(
                shops, accept=accept, on_scraped=on_scraped, on_embedded=on_embedded
            )


def _is_address(words: str) -> bool:
    return words.lower().startswith(("http://", "https://"))


def _loader(path: str) -> Callable[[], Awaitable[bytes]]:
    def read() -> bytes:
        try:
            return Path(path).read_bytes()
        except OSError as error:
            raise FetchFailed(f"cannot be read: {error.strerror}") from None

    return lambda: asyncio.to_thread(read)


def _read_list(name: str) -> list[str]:
    try:
        text = sys.stdin.read() if name == "-" else Path(name).read_text()
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"The list {name} cannot be read: {error}") from None
    paths = [line.strip() for line in text.splitlines() if line.strip()]
    if not paths:
        raise ConfigurationError(f"The list {name} names no image.")
    return paths
