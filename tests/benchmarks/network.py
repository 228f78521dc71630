"""From a JPEG to an embedding: bulk, and one photo on an idle machine."""

import asyncio
import sys
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import numpy as np
from PIL import Image

from core.measuring import answer_seconds, bulk_rates
from core.vision.embedder import Embedder, open_embedder
from core.vision.features import Backbone
from core.vision.loading import resnet50
from tests.benchmarks.bars import Bar, emit, say
from tests.benchmarks.catalogue import open_catalogue
from tests.benchmarks.photos import phone_photos, product_photos
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
        await one_photo(embedder, network, phone_photos(photos, _PHONE_PHOTOS))


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
