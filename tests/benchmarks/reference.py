"""What stands beside us: Keras's ResNet-50 as everybody runs it, in a process of its own."""

import json
import os
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from io import BytesIO
from pathlib import Path

import numpy as np

from core.memory import read_memory
from core.vision.loading import resnet50
from core.vision.weights import load_weights
from tests.benchmarks.photos import product_photos

CACHE_DIR = Path(os.environ.get("TWINSET_CACHE_DIR", "~/.cache/twinset")).expanduser()


@dataclass(frozen=True, slots=True)
class Reference:
    """Seconds from a bare process to a frozen network, its memory, and its photos a second.

    ``predict_per_s`` is the loop that everybody writes: load a JPEG, ``model.predict`` on it.
    ``frozen_per_s`` is the frozen graph on ready arrays in batches of 8, in bfloat16 where the
    processor has it.
    """

    ready_s: float
    resident_mb: float
    predict_per_s: float
    frozen_per_s: float


def measure_reference(photos: Path) -> Reference:
    """Run this module and read what it says."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.reference", str(photos)],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return Reference(**json.loads(done.stdout.splitlines()[-1]))


def main() -> None:
    """Measure in this process and print the result as JSON."""
    jpegs = product_photos(Path(sys.argv[1]), 80)
    tensors = load_weights(path=None, cache_dir=CACHE_DIR).tensors
    started = time.perf_counter()
    from core.vision.tensorflow_runtime import freeze  # noqa: PLC0415 - measured here

    freeze(tensors)
    ready_s = time.perf_counter() - started
    memory = read_memory().resident_mb
    reference = Reference(
        ready_s=ready_s,
        resident_mb=memory,
        predict_per_s=_predict_per_s(jpegs),
        frozen_per_s=_frozen_per_s(),
    )
    print(json.dumps(asdict(reference)))


def _predict_per_s(jpegs: list[bytes]) -> float:
    import keras  # noqa: PLC0415 - part of what was measured above

    resnet = keras.applications.ResNet50(weights=None)  # their values cost nothing
    model = keras.Model(resnet.input, resnet.get_layer("avg_pool").output)
    for number, jpeg in enumerate(jpegs):
        if number == 5:
            started = time.perf_counter()
        image = keras.utils.load_img(BytesIO(jpeg), target_size=(224, 224))
        pixels = keras.utils.img_to_array(image)[None]
        model.predict(keras.applications.resnet50.preprocess_input(pixels), verbose=0)
    return (len(jpegs) - 5) / (time.perf_counter() - started)


def _frozen_per_s() -> float:
    network = resnet50(path=None, cache_dir=CACHE_DIR, runtime="tensorflow")()
    pixels = np.random.default_rng(0).integers(0, 255, (8, 224, 224, 3), dtype=np.uint8)
    network.forward(pixels)
    times = []
    for _ in range(8):
        started = time.perf_counter()
        network.forward(pixels)
        times.append(time.perf_counter() - started)
    return 8 / float(np.median(times))


if __name__ == "__main__":
    main()
