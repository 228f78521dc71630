"""The command that measures the operator's own machine on the operator's own catalogue."""

import argparse
import asyncio
import itertools
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bot.app import Core, open_core
from bot.commands import fill_if_quick, progress
from bot.figures import Bar, Figure, Report
from bot.outputs import say
from bot.settings import Settings
from core.index.generation import Generation
from core.measuring import answer_seconds, bulk_rates, compare, phone_photo
from core.memory import PROC, machine_memory_mb, read_memory
from core.search import Search
from core.storage.pictures import PictureStore
from core.vision.features import Backbone
from core.vision.machine import cores, cpu_name

_FEWEST = 48
"""Pictures of their own that a catalogue has to have for its figures to be of them."""

_HELD_BYTES = 100_000_000
_QUERIES_SEED = 21  # not the build's, which search_k was tuned on

OnProgress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """How much is measured: pictures and rounds of bulk, answers to phone photos, and queries."""

    pictures: int = 400
    rounds: int = 3
    phone_photos: int = 4
    answers: int = 40
    queries: int = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The figures of one measure, and in sentences what it has no figure for."""

    figures: Sequence[Figure] = ()
    notes: Sequence[str] = ()


async def benchmark(settings: Settings, options: argparse.Namespace) -> int:
    """Measure this machine, and print each figure beside its limit; a missed bar is no error."""
    async with open_core(settings) as core:
        await fill_if_quick(core)
        with progress("measurements") as on_progress:
            report = await measured(core, on_progress=on_progress)
    say(report.as_json() if options.json else report.as_text())
    return 0


async def measured(
    core: Core,
    *,
    effort: Effort | None = None,
    on_progress: OnProgress = lambda _done, _total: None,
) -> Report:
    """Every figure of a core that does nothing else meanwhile.

    The raw pass is that of the very network which answers, so that no second one counts as memory.
    """
    effort = effort or Effort()
    network = core.embedder.backbone
    generation = await asyncio.to_thread(lambda: core.index.current)
    if generation and not generation.info.rows:
        generation = None
    held = memory_part(generation)  # first: what is measured with below is not the bot's
    jpegs, whose = await _pictures(core, effort.pictures)
    speed = await _speed_part(core, network, jpegs, effort)
    on_progress(1, 3)
    search = core.search if generation else None
    answer = await _answer_part(core, network, search, jpegs, effort)
    on_progress(2, 3)
    index = await asyncio.to_thread(index_part, generation, queries=effort.queries)
    on_progress(3, 3)
    parts = (speed, answer, held, index)
    return Report(
        cpu=cpu_name(),
        cores=cores() or os.cpu_count() or 1,
        fingerprint=network.fingerprint,
        figures=[figure for part in parts for figure in part.figures],
        notes=[whose, *(note for part in parts for note in part.notes)],
    )


async def _speed_part(
    core: Core, network: Backbone, jpegs: Sequence[bytes], effort: Effort
) -> Part:
    await core.embedder.prepare()  # which is not what is timed
    turns = list(itertools.islice(itertools.cycle(jpegs), effort.pictures))
    rates = await bulk_rates(core.embedder, network, turns, rounds=effort.rounds)
    figure = Figure(
        what="photos a second, many at once",
        measured=float(np.median(rates.ours)),
        unit="/s",
        limit=float(np.median(rates.limit)),
        limit_is="the network alone, on ready arrays",
        bar=Bar(sense="at least", ratio=0.9),
    )
    return Part(figures=[figure])


async def _answer_part(
    core: Core, network: Backbone, search: Search | None, jpegs: Sequence[bytes], effort: Effort
) -> Part:
    rng = np.random.default_rng(20)
    photos = [
        await asyncio.to_thread(phone_photo, jpeg, rng) for jpeg in jpegs[: effort.phone_photos]
    ]
    seconds = await answer_seconds(core.embedder, network, search, photos, times=effort.answers)
    floor_ms = 1000 * float(np.median(seconds.limit))
    figures = [
        Figure(
            what=f"answer to one 12-megapixel photo, {name}",
            measured=1000 * float(np.percentile(seconds.ours, share)),
            unit="ms",
            limit=floor_ms,
            limit_is="decoding it and one pass",
            bar=Bar(sense="at most", ratio=ratio),
        )
        for name, share, ratio in (("median", 50, 1.25), ("p95", 95, 1.6))
    ]
    return Part(figures=figures)


def memory_part(generation: Generation | None, *, proc: Path = PROC) -> Part:
    """What this process holds, of what the machine has, as the ``proc`` file system tells it."""
    try:
        held, machine_mb = read_memory(proc=proc), machine_memory_mb(proc=proc)
    except OSError:
        return Part(notes=["This system does not tell how much memory a process holds."])
    figures = [
        Figure(
            what="memory, ready to answer",
            measured=held.resident_mb,
            unit="MB",
            limit=machine_mb,
            limit_is="all that the machine has",
        ),
        Figure(what="memory, anonymous", measured=held.anonymous_mb, unit="MB"),
        Figure(what="memory, mapped files", measured=held.mapped_mb, unit="MB"),
    ]
    if generation:
        vectors_mb = generation.info.rows * generation.info.dimension * 4 / 2**20  # mapped as asked
        figures.append(
            Figure(what="memory for the index's vectors, at most", measured=vectors_mb, unit="MB")
        )
    return Part(figures=figures)


def index_part(generation: Generation | None, *, queries: int) -> Part:
    """Recall and time of a plain query, beside the exact scan where it is not one itself.

    ``queries`` are drawn from the generation, as hard as people's own photos. Takes seconds.
    """
    if generation is None:
        return Part(notes=["There is no index yet, so that an answer is a look without matches."])
    found = compare(generation, generation.queries(queries, seed=_QUERIES_SEED))
    ms = float(np.median(found.ms.ours))
    products = f"{generation.info.products:,} products"
    if generation.info.search_k is None:
        return Part(
            figures=[Figure(what=f"an exact scan of {products}", measured=ms, unit="ms")],
            notes=[f"The index scans all {products} for each query, so it is exact."],
        )
    return Part(
        figures=[
            Figure(
                what=f"recall@5 among {products}",
                measured=found.recall,
                unit="",
                limit=1.0,
                limit_is="the exact scan",
                bar=Bar(sense="at least", ratio=0.99),
            ),
            Figure(
                what=f"a query among {products}",
                measured=ms,
                unit="ms",
                limit=float(np.median(found.ms.limit)),
                limit_is="the exact scan",
                bar=Bar(sense="at most", ratio=0.25),
            ),
        ]
    )


async def _pictures(core: Core, count: int) -> tuple[list[bytes], str]:
    """Different JPEGs, at most ``count``, and a sentence that says whose they are."""
    fewest = min(_FEWEST, count)
    newest = await core.stores.catalogue.newest(count)
    hashes = dict.fromkeys(product.picture for product in newest if product.picture)
    own = await asyncio.to_thread(_stored_jpegs, core.stores.pictures, list(hashes))
    if len(own) >= fewest:
        return own, f"Measured on {len(own)} of the catalogue's own pictures."
    from data.demo_shop.catalogue import DemoCatalogue, picture  # noqa: PLC0415 - seldom

    drawn = DemoCatalogue().products[:fewest]
    jpegs = await asyncio.to_thread(lambda: [picture(product) for product in drawn])
    return jpegs, f"Measured on {fewest} drawn pictures, for want of enough of the catalogue's."


def _stored_jpegs(pictures: PictureStore, hashes: Sequence[str]) -> list[bytes]:
    found: list[bytes] = []
    size_bytes = 0
    for data in map(pictures.get, hashes):
        if data is None or not data.startswith(b"\xff\xd8\xff"):
            continue
        size_bytes += len(data)
        if size_bytes > _HELD_BYTES:
            break
        found.append(data)
    return found
