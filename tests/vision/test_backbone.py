"""The network is Keras's ResNet-50 with its ImageNet weights, in each of its runtimes."""

import csv
import shutil
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageOps

from core.errors import WeightsUnavailable
from core.photos import open_photo
from core.vision.backbone import graph_name
from core.vision.embedder import open_embedder
from core.vision.eye import SHIPPED, Eye
from core.vision.features import Backbone, Features
from core.vision.loading import resnet50
from core.vision.sources import read_h5
from core.vision.tensors import IMAGENET_DIGEST, digest
from core.vision.weights import load_weights
from data.labels import imagenet_classes
from tests.support.shared import SHARED, needs_shared

EYE = Eye.read_file()
GRAPH = f"resnet50-{graph_name(IMAGENET_DIGEST, EYE)}"
RUNTIMES = ("openvino", "tensorflow")
IMAGES = SHARED / "photos" / "other"


@pytest.fixture(scope="module")
def photos() -> NDArray[np.uint8]:
    """Eight pictures with something in them."""
    rng = np.random.default_rng(0)
    coarse = rng.integers(0, 255, (8, 7, 7, 3), dtype=np.uint8)
    smooth = [Image.fromarray(c).resize((224, 224), Image.Resampling.BICUBIC) for c in coarse]
    return np.stack([np.asarray(image) for image in smooth])


def seen(backbone: Backbone, pixels: NDArray[np.uint8]) -> Features:
    """Any number of photos, in the batches that the network is prepared for."""
    size = backbone.batch_sizes[-1]
    whole = len(pixels) // size * size
    batches = [backbone.forward(pixels[n : n + size]) for n in range(0, whole, size)]
    batches += [backbone.forward(pixels[n : n + 1]) for n in range(whole, len(pixels))]
    return Features(
        embeddings=np.concatenate([batch.embeddings for batch in batches]),
        logits=np.concatenate([batch.logits for batch in batches]),
    )


def in_runtime(
    runtime: str, cache_dir: Path, *, precision: str = "auto", eye: Path | None = SHIPPED
) -> Backbone:
    load = resnet50(path=None, cache_dir=cache_dir, precision=precision, runtime=runtime, eye=eye)
    return load()


def labelled() -> list[dict[str, str]]:
    with (IMAGES / "labels.csv").open(encoding="utf-8") as file:
        return [row for row in csv.DictReader(file) if row["kind"] == "imagenet"]


def cropped(file: Path) -> NDArray[np.uint8]:
    """The middle of a picture, as ImageNet's accuracies are measured."""
    with Image.open(file) as image:
        fitted = ImageOps.fit(image.convert("RGB"), (224, 224), Image.Resampling.BILINEAR)
    return np.asarray(fitted)


@needs_shared
@pytest.mark.usefixtures("backbone")
def test_untaught_it_names_what_real_photos_show(cache_dir: Path) -> None:
    """Top-1 on one photo of every other class; 0.88 of all 291 was measured."""
    names, rows = imagenet_classes(), labelled()[::6]
    pixels = np.stack([cropped(IMAGES / row["image"]) for row in rows])
    best = seen(in_runtime("auto", cache_dir, eye=None), pixels).logits.argmax(axis=1)
    right = [names[k] == row["label"].replace("_", " ") for k, row in zip(best, rows, strict=True)]
    assert np.mean(right) >= 0.8


def test_features_have_their_shapes_and_embeddings_length_one(
    backbone: Backbone, photos: NDArray[np.uint8]
) -> None:
    features = seen(backbone, photos)
    assert features.embeddings.shape == (8, EYE.dimension)
    assert features.logits.shape == (8, 1000)
    assert features.embeddings.dtype == features.logits.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(features.embeddings, axis=1), 1, rtol=1e-5)


def test_a_photo_is_seen_alike_alone_and_in_company(
    backbone: Backbone, photos: NDArray[np.uint8]
) -> None:
    together = seen(backbone, photos).embeddings
    for place in range(3):
        alone = backbone.forward(photos[place : place + 1]).embeddings[0]
        assert alone @ together[place] > 0.999


@pytest.fixture(scope="module")
def kerass(cache_dir: Path) -> Any:  # noqa: ANN401 - Keras has no types
    """Keras's own model with the pinned tensors."""
    import keras  # noqa: PLC0415 - seconds

    model = keras.applications.ResNet50(weights=None, classifier_activation=None)
    tensors = load_weights(path=None, cache_dir=cache_dir).tensors
    for layer in model.layers:
        layer.set_weights([tensors[f"{layer.name}/{part.name}"] for part in layer.weights])
    return model


@pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")  # Keras's own
@pytest.mark.usefixtures("backbone")
def test_in_float32_it_computes_what_keras_computes(
    cache_dir: Path,
    photos: NDArray[np.uint8],
    kerass: Any,  # noqa: ANN401 - likewise
) -> None:
    """Preprocessing, epsilon and all: against Keras's own model, fed by Keras's own function."""
    import keras  # noqa: PLC0415 - seconds

    prepared = keras.applications.resnet50.preprocess_input(photos[:2].astype(np.float32))
    both = keras.Model(kerass.input, [kerass.get_layer("avg_pool").output, kerass.output])
    pooled, logits = (np.asarray(value) for value in both(prepared, training=False))
    expected = pooled / np.linalg.norm(pooled, axis=1, keepdims=True)
    for runtime in RUNTIMES:
        ours = seen(in_runtime(runtime, cache_dir, precision="float32", eye=None), photos[:2])
        np.testing.assert_allclose(ours.logits, logits, rtol=1e-3, atol=1e-3)
        np.testing.assert_allclose(ours.embeddings, expected, rtol=1e-3, atol=1e-5)


@pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")  # Keras's own
@pytest.mark.usefixtures("backbone")
@pytest.mark.parametrize("name", ["new.weights.h5", "whole.h5"])
def test_keras_files_of_both_layouts_give_back_the_pinned_tensors(
    name: str,
    kerass: Any,  # noqa: ANN401 - likewise
    tmp_path: Path,
) -> None:
    save = kerass.save_weights if name == "new.weights.h5" else kerass.save
    save(tmp_path / name)
    assert digest(read_h5(tmp_path / name)) == IMAGENET_DIGEST


@needs_shared
def test_both_runtimes_see_real_photos_alike_at_either_precision(cache_dir: Path) -> None:
    """Against TensorFlow in float32: each embedding, and the five nearest of 24 photos."""
    files = sorted((SHARED / "photos" / "shop" / "large").iterdir())[:24]
    pixels = np.stack([open_photo(file.read_bytes()).pixels for file in files])
    reference = seen(in_runtime("tensorflow", cache_dir, precision="float32"), pixels).embeddings
    for runtime, precision, cosine in (
        ("openvino", "float32", 0.99999),
        ("openvino", "bfloat16", 0.999),
        ("tensorflow", "bfloat16", 0.999),
    ):
        network = in_runtime(runtime, cache_dir, precision=precision)
        embeddings = seen(network, pixels).embeddings
        assert (embeddings * reference).sum(axis=1).mean() > cosine
        assert overlap(nearest(embeddings), nearest(reference)) >= 0.98


def nearest(embeddings: NDArray[np.float32]) -> list[set[int]]:
    cosines = embeddings @ embeddings.T
    np.fill_diagonal(cosines, -1)
    return [set(row) for row in np.argsort(-cosines, axis=1)[:, :5].tolist()]


def overlap(found: list[set[int]], expected: list[set[int]]) -> float:
    pairs = zip(found, expected, strict=True)
    return float(np.mean([len(ours & theirs) / 5 for ours, theirs in pairs]))


@pytest.mark.parametrize("runtime", RUNTIMES)
@pytest.mark.usefixtures("no_network")
def test_what_is_kept_needs_no_weights_and_damaged_it_does(
    runtime: str, cache_dir: Path, tmp_path: Path
) -> None:
    in_runtime(runtime, cache_dir)
    suffix = {"openvino": "openvino", "tensorflow": "graph"}[runtime]
    copy = Path(shutil.copy(cache_dir / f"{GRAPH}.{suffix}", tmp_path))
    in_runtime(runtime, tmp_path)
    data = bytearray(copy.read_bytes())
    data[1000] ^= 1
    copy.write_bytes(data)
    with pytest.raises(WeightsUnavailable):
        in_runtime(runtime, tmp_path)


def test_a_conversion_is_kept_and_a_disk_that_refuses_it_is_no_obstacle(
    cache_dir: Path, tmp_path: Path, photos: NDArray[np.uint8]
) -> None:
    weights = next(cache_dir.glob("resnet50-*.f32"))
    (tmp_path / weights.name).symlink_to(weights)
    (tmp_path / f"{GRAPH}.openvino").mkdir()  # cannot be replaced
    made = in_runtime("openvino", tmp_path).forward(photos[:1])
    kept = in_runtime("openvino", cache_dir).forward(photos[:1])
    np.testing.assert_array_equal(made.embeddings, kept.embeddings)


def test_tensorflow_serves_where_openvino_is_missing(
    cache_dir: Path, photos: NDArray[np.uint8], tmp_path: Path
) -> None:
    """In a process whose path has everything but OpenVINO."""
    np.save(tmp_path / "photo.npy", photos[:1])
    code = f"""
import importlib.machinery, sys
from pathlib import Path

class Missing(importlib.machinery.PathFinder):
    @classmethod
    def find_spec(cls, name, path=None, target=None):
        return None if name == "openvino" else super().find_spec(name, path, target)

sys.meta_path[sys.meta_path.index(importlib.machinery.PathFinder)] = Missing
import numpy as np
from core.errors import Unavailable
from core.vision.eye import SHIPPED
from core.vision.loading import resnet50
photo = np.load({str(tmp_path / "photo.npy")!r})
network = resnet50(path=None, cache_dir=Path({str(cache_dir)!r}))()
np.save({str(tmp_path / "embedding.npy")!r}, network.forward(photo).embeddings)
assert "tensorflow" in sys.modules
try:
    resnet50(path=None, cache_dir=Path({str(cache_dir)!r}), runtime="openvino")()
except Unavailable as error:
    print(error)
"""
    done = subprocess.run(  # noqa: S603 - our own code
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout == "OpenVINO does not work here: it is not installed\n"
    quick = in_runtime("auto", cache_dir).forward(photos[:1]).embeddings[0]
    assert np.load(tmp_path / "embedding.npy")[0] @ quick > 0.999


async def test_the_whole_way_from_bytes_to_a_sight(backbone: Backbone) -> None:
    out = BytesIO()
    Image.new("RGB", (300, 400), "navy").save(out, "JPEG")
    async with open_embedder(lambda: backbone, queue=4, decoders=1) as embedder:
        sight = await embedder.see(out.getvalue())
    assert sight.embedding.shape == (EYE.dimension,)
    assert embedder.fingerprint == backbone.fingerprint


def test_tensorflow_comes_in_silence_and_only_when_it_is_needed() -> None:
    code = (
        "import sys, core.vision.embedder, core.vision.loading, core.photos;"
        "assert not {'tensorflow', 'openvino'} & set(sys.modules);"
        "import core.vision.tensorflow_runtime;"
        "assert 'tensorflow' in sys.modules"
    )
    done = subprocess.run(  # noqa: S603 - our own code
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=120
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_the_classes_have_names() -> None:
    names = imagenet_classes()
    assert len(names) == 1000
    assert (names[0], names[2], names[281], names[610]) == (
        "tench",
        "great white shark",
        "tabby",
        "jersey",
    )
