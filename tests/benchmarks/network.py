"""From a JPEG to an embedding: bulk, and one photo on an idle machine."""

import asyncio
import sys
import time
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import numpy as np
from PIL import Image

from core.looks import recognise
from core.vision.embedder import Embedder, Sight, open_embedder
from core.vision.features import Backbone
from core.vision.loading import resnet50
from tests.benchmarks.bars import Bar, emit, say
from tests.benchmarks.catalogue import open_catalogue
from tests.benchmarks.photos import phone_photos, product_photos
from tests.benchmarks.raw import photos_per_s, seconds_a_pass
from tests.benchmarks.reference import CACHE_DIR, measure_reference

_PHOTOS = 1_200
_ROUNDS = 4
_PHONE_PHOTOS = 8
_ASKED = 60


async def main(photos: Path) -> None:
    """Measure and emit."""
    say("the reference: TensorFlow and Keras")
    reference = measure_reference(photos)
    network = resnet50(path=None, cache_dir=CACHE_DIR)()
    async with open_embedder(lambda: network) as embedder:
        say("bulk, in turns with the raw forward pass")
        jpegs = product_photos(photos, _PHOTOS)
        raw, bulk = [], []
        for _ in range(_ROUNDS):
            raw.append(await asyncio.to_thread(photos_per_s, network))
            bulk.append(await bulk_per_s(embedder, jpegs))
        raw_per_s = max(float(np.median(raw)), reference.frozen_per_s)
        bulk_rate = float(np.median(bulk))
        emit(
            [
                Bar(
                    name="bulk embedding from JPEGs, of the raw forward rate",
                    measured=float(np.median(np.divide(bulk, raw))),
                    sense="at least",
                    limit=0.9,
                    details={"bulk /s": bulk_rate, "raw /s": raw_per_s},
                    bound="arithmetic: decoding takes what is missing to 1, on the same cores",
                ),
                Bar(
                    name="bulk embedding, of the one-by-one model.predict loop",
                    measured=bulk_rate / reference.predict_per_s,
                    sense="at least",
                    limit=10,
                    details={
                        "bulk /s": bulk_rate,
                        "predict /s": reference.predict_per_s,
                        "TensorFlow frozen /s": reference.frozen_per_s,
                    },
                    bound="arithmetic in bfloat16: 4.1 GMAC a photo",
                ),
            ]
        )
        await one_photo(embedder, network, phone_photos(photos, _PHONE_PHOTOS))


async def bulk_per_s(embedder: Embedder, jpegs: Sequence[bytes]) -> float:
    """Photos a second through the bulk lane."""

    async def read(data: bytes) -> bytes:
        return data

    items = ((place, lambda data=data: read(data)) for place, data in enumerate(jpegs))
    started = time.perf_counter()
    seen = [sight async for _, sight in embedder.see_many(items)]
    taken = time.perf_counter() - started
    if not all(isinstance(sight, Sight) for sight in seen):
        raise ValueError("A photo of the benchmark could not be read.")
    return len(seen) / taken


async def one_photo(embedder: Embedder, network: Backbone, jpegs: Sequence[bytes]) -> None:
    """A 12-megapixel JPEG in, five products and what was recognised out, at 45,000 products."""
    say("one photo at a time, in turns with its decoding and one raw pass")
    async with open_catalogue(
        embedder.fingerprint, dimension=await dimension_of(embedder)
    ) as search:
        ours, bare = [], []
        for number in range(_ASKED):
            jpeg = jpegs[number % len(jpegs)]
            started = time.perf_counter()
            sight = await embedder.see(jpeg)
            matches = await search.similar(sight.embedding)
            recognise(sight, matches)
            ours.append(time.perf_counter() - started)
            started = time.perf_counter()
            _decoded(jpeg)
            bare.append(time.perf_counter() - started)
            [forward] = await asyncio.to_thread(seconds_a_pass, network, 1, passes=1)
            bare[-1] += forward
    floor = {"decoding and a pass, ms": 1000 * float(np.median(bare))}
    for name, share, limit in (("median", 50, 1.25), ("p95", 95, 1.6)):
        taken = float(np.percentile(ours, share))
        emit(
            [
                Bar(
                    name=f"one 12-megapixel photo to matches, {name}, of decoding and a raw pass",
                    measured=taken / float(np.median(bare)),
                    sense="at most",
                    limit=limit,
                    details={f"{name} ms": 1000 * taken, **floor},
                    bound="the JPEG's entropy decoding, that no smaller size spares, and the pass",
                )
            ]
        )


async def dimension_of(embedder: Embedder) -> int:
    """How many floats an embedding has."""
    out = BytesIO()
    Image.new("RGB", (300, 300), "navy").save(out, "JPEG")
    return len((await embedder.see(out.getvalue())).embedding)


def _decoded(jpeg: bytes) -> None:
    """As quick as Pillow decodes a JPEG for a network that takes 224 pixels."""
    with Image.open(BytesIO(jpeg)) as image:
        image.draft("RGB", (448, 448))
        image.convert("RGB").resize((224, 224), Image.Resampling.BILINEAR)


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
