"""From a JPEG to an embedding: bulk, and one photo on an idle machine."""

import asyncio
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path

import numpy as np
from PIL import Image

from core.measuring import answer_seconds, bulk_rates
from core.photos import open_photo
from core.vision.embedder import Embedder, open_embedder
from core.vision.features import Backbone
from core.vision.loading import resnet50
from core.vision.regions import regions_in
from tests.benchmarks.bars import Bar, emit, say
from tests.benchmarks.catalogue import open_catalogue
from tests.benchmarks.photos import phone_photos, product_photos
from tests.benchmarks.reference import CACHE_DIR, measure_reference

_PHOTOS = 1_200
_ROUNDS = 4
_PHONE_PHOTOS = 8
_ASKED = 60
_LOOKED_AT = 192


async def main(photos: Path) -> None:
    """Measure and emit."""
    say("the reference: TensorFlow and Keras")
    reference = measure_reference(photos)
    network = resnet50(path=None, cache_dir=CACHE_DIR)()
    async with open_embedder(lambda: network) as embedder:
        say("bulk, in turns with the raw forward pass")
        jpegs = product_photos(photos, _PHOTOS)
        rates = await bulk_rates(embedder, network, jpegs, rounds=_ROUNDS)
        raw_per_s = max(float(np.median(rates.limit)), reference.frozen_per_s)
        bulk_rate = float(np.median(rates.ours))
        emit(
            [
                Bar(
                    name="bulk embedding from JPEGs, of the raw forward rate",
                    measured=float(np.median(np.divide(rates.ours, rates.limit))),
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
        say("all that is read off a pass, in turns with plain ResNet-50's")
        emit([await asyncio.to_thread(cost_of_the_eye, network, jpegs[:_LOOKED_AT])])
        await one_photo(embedder, network, phone_photos(photos, _PHONE_PHOTOS))


def cost_of_the_eye(network: Backbone, jpegs: Sequence[bytes]) -> Bar:
    """Heads, readings, embeddings and garments of photos, over plain ResNet-50's pass."""
    plain = resnet50(path=None, cache_dir=CACHE_DIR, eye=None)()
    opened = [open_photo(jpeg) for jpeg in jpegs]
    pixels = np.stack([photo.pixels for photo in opened])
    size = network.batch_sizes[-1]

    def pass_over(start: int) -> None:
        plain.forward(pixels[start : start + size])

    def look_at(start: int) -> None:
        seen = network.forward(pixels[start : start + size])
        for row in range(size):
            if network.eye and seen.maps:
                regions_in(network.eye, seen.maps.of(row), opened[start + row].frame)

    def seconds(work: Callable[[int], None]) -> float:
        started = time.perf_counter()
        with ThreadPoolExecutor(network.streams) as threads:
            list(threads.map(work, range(0, len(pixels), size)))
        return time.perf_counter() - started

    turns = [(seconds(look_at), seconds(pass_over)) for _ in range(_ROUNDS + 1)][1:]
    ours, floor = np.median(turns, axis=0)
    return Bar(
        name="recognition and garments, of plain ResNet-50's pass",
        measured=float(ours / floor) - 1,
        sense="at most",
        limit=0.1,
        details={"looks /s": len(pixels) / float(ours), "passes /s": len(pixels) / float(floor)},
        bound="two small networks over the last stages' maps, and numpy for the boxes",
    )


async def one_photo(embedder: Embedder, network: Backbone, jpegs: Sequence[bytes]) -> None:
    """A 12-megapixel JPEG in, five products and what was recognised out, at 45,000 products."""
    say("one photo at a time, in turns with its decoding and one raw pass")
    async with open_catalogue(
        embedder.fingerprint, dimension=await dimension_of(embedder)
    ) as search:
        seconds = await answer_seconds(embedder, network, search, jpegs, times=_ASKED)
    floor_s = float(np.median(seconds.limit))
    floor = {"decoding and a pass, ms": 1000 * floor_s}
    for name, share, limit in (("median", 50, 1.25), ("p95", 95, 1.6)):
        taken = float(np.percentile(seconds.ours, share))
        emit(
            [
                Bar(
                    name=f"one 12-megapixel photo to matches, {name}, of decoding and a raw pass",
                    measured=taken / floor_s,
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


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
