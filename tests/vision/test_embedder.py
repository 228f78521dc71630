"""Bytes in, sights out: bounded for chats, steady for the night."""

import asyncio
import threading
from collections.abc import AsyncIterator, Awaitable, Callable
from io import BytesIO

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from core.errors import BrokenPhoto, Busy, FetchFailed, NotAPhoto, Unavailable, WeightsUnavailable
from core.vision.batching import Lane
from core.vision.embedder import Embedder, Sight, open_embedder
from core.vision.features import Backbone, Features
from tests.support.colour_backbone import ColourBackbone


def jpeg(colour: tuple[int, int, int] | str = "red", side: int = 64) -> bytes:
    out = BytesIO()
    Image.new("RGB", (side, side), colour).save(out, "JPEG")
    return out.getvalue()


def loader(data: bytes) -> Callable[[], Awaitable[bytes]]:
    async def load() -> bytes:
        return data

    return load


class HeldBackbone(ColourBackbone):
    """Runs only while it may."""

    def __init__(self) -> None:
        self.may_run = threading.Event()
        self.may_run.set()

    def forward(self, pixels: NDArray[np.uint8]) -> Features:
        assert self.may_run.wait(10)
        return super().forward(pixels)


@pytest.fixture
async def embedder() -> AsyncIterator[Embedder]:
    async with open_embedder(ColourBackbone) as embedder:
        yield embedder


async def test_a_sight_is_what_the_backbone_sees_in_the_photos_pixels(embedder: Embedder) -> None:
    sight = await embedder.see(jpeg())
    alone = ColourBackbone().forward(sight.photo.pixels[None])
    np.testing.assert_allclose(sight.embedding, alone.embeddings[0], rtol=1e-5)
    np.testing.assert_allclose(sight.logits, alone.logits[0], rtol=1e-5)
    assert sight.embedding.shape == (2048,)
    assert sight.logits.shape == (1000,)
    assert embedder.fingerprint == ColourBackbone.fingerprint


async def test_both_lanes_see_the_same(embedder: Embedder) -> None:
    chat, bulk = await asyncio.gather(embedder.see(jpeg()), embedder.see(jpeg(), lane=Lane.BULK))
    np.testing.assert_allclose(chat.embedding, bulk.embedding, rtol=1e-5)


async def test_alike_photos_are_nearer_than_others(embedder: Embedder) -> None:
    """Which is what tests that use the small backbone rely on."""
    red, wine, blue = [(await embedder.see(jpeg(c))).embedding for c in ("red", "darkred", "blue")]
    assert red @ wine > red @ blue


async def test_bad_photos_raise_and_nobody_else_notices(embedder: Embedder) -> None:
    outcomes = await asyncio.gather(
        embedder.see(b"no photo"),
        embedder.see(jpeg()),
        embedder.see(jpeg()[:300]),
        return_exceptions=True,
    )
    assert [type(outcome) for outcome in outcomes] == [NotAPhoto, Sight, BrokenPhoto]


async def test_of_a_hundred_photos_at_once_some_are_busy_at_once_and_the_rest_are_answered() -> (
    None
):
    backbone = HeldBackbone()
    async with open_embedder(lambda: backbone, queue=16) as embedder:
        backbone.may_run.clear()
        tasks = [asyncio.create_task(embedder.see(jpeg())) for _ in range(100)]
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        refused = [task for task in tasks if task.done()]
        assert len(refused) == 84
        assert all(isinstance(task.exception(), Busy) for task in refused)
        backbone.may_run.set()
        outcomes = await asyncio.gather(*tasks, return_exceptions=True)
        assert sum(isinstance(outcome, Sight) for outcome in outcomes) == 16
        assert isinstance(await embedder.see(jpeg()), Sight)


async def test_a_caller_who_gives_up_frees_the_place() -> None:
    backbone = HeldBackbone()
    async with open_embedder(lambda: backbone, queue=1) as embedder:
        backbone.may_run.clear()
        waiting = asyncio.create_task(embedder.see(jpeg()))
        await asyncio.sleep(0)
        with pytest.raises(Busy):
            await embedder.see(jpeg())
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        backbone.may_run.set()
        assert isinstance(await embedder.see(jpeg()), Sight)


async def test_many_come_back_in_order_each_with_its_key_and_its_own_error(
    embedder: Embedder,
) -> None:
    async def lost() -> bytes:
        raise FetchFailed("gone", status=404)

    loaders = {n: loader(jpeg((n * 2, 0, 0))) for n in range(120)}
    loaders |= {7: loader(b"no photo"), 50: lost}
    seen = [item async for item in embedder.see_many(loaders.items())]
    assert [key for key, _ in seen] == list(range(120))
    outcomes = dict(seen)
    assert isinstance(outcomes[7], NotAPhoto)
    assert isinstance(outcomes[50], FetchFailed)
    assert sum(isinstance(outcome, Sight) for outcome in outcomes.values()) == 118
    reds = [s.photo.pixels[0, 0, 0] for s in outcomes.values() if isinstance(s, Sight)]
    assert reds == sorted(reds)


async def test_many_takes_a_stream_as_well_and_reads_only_a_little_ahead(
    embedder: Embedder,
) -> None:
    started = 0

    async def stream() -> AsyncIterator[tuple[int, Callable[[], Awaitable[bytes]]]]:
        nonlocal started
        for number in range(500):
            started += 1
            yield number, loader(jpeg())

    taken = 0
    async for _ in embedder.see_many(stream()):
        taken += 1
        assert started - taken < 64
    assert taken == 500


async def test_leaving_early_stops_the_loading(embedder: Embedder) -> None:
    running = 0

    async def slow() -> bytes:
        nonlocal running
        running += 1
        try:
            await asyncio.sleep(30)
            return b""
        finally:
            running -= 1

    items = [(0, loader(jpeg())), *((number, slow) for number in range(1, 100))]
    seen = embedder.see_many(items)
    async for key, _ in seen:
        assert key == 0
        break
    assert running > 0
    await seen.aclose()
    assert running == 0


async def test_an_unknown_error_of_a_loader_ends_the_run(embedder: Embedder) -> None:
    async def broken() -> bytes:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        async for _ in embedder.see_many([("a", loader(jpeg())), ("b", broken)]):
            pass


async def test_a_chat_is_answered_while_the_night_is_at_work(embedder: Embedder) -> None:
    big = jpeg(side=1500)

    async def night() -> int:
        return len(
            [key async for key, _ in embedder.see_many((n, loader(big)) for n in range(150))]
        )

    work = asyncio.create_task(night())
    await asyncio.sleep(0.05)
    await embedder.see(jpeg())
    assert not work.done()
    assert await work == 150


async def test_after_the_end_there_is_a_clear_error() -> None:
    backbone = HeldBackbone()
    async with open_embedder(lambda: backbone) as embedder:
        backbone.may_run.clear()
        waiting = [asyncio.create_task(embedder.see(jpeg())) for _ in range(30)]
        await asyncio.sleep(0)
        asyncio.get_running_loop().call_later(0.05, backbone.may_run.set)
    outcomes = await asyncio.gather(*waiting, return_exceptions=True)
    assert {type(outcome) for outcome in outcomes} <= {Sight, Unavailable}
    with pytest.raises(Unavailable):
        await embedder.see(jpeg())


async def test_no_weights_no_embedder() -> None:
    def load() -> Backbone:
        raise WeightsUnavailable("no way is open")

    with pytest.raises(WeightsUnavailable):
        async with open_embedder(load):
            pass
