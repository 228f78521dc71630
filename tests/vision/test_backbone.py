"""The network is Keras's ResNet-50 with its ImageNet weights, and sees what it should."""

import csv
import shutil
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageOps

from core.errors import WeightsUnavailable
from core.vision.embedder import open_embedder
from core.vision.features import Backbone
from core.vision.sources import read_h5
from core.vision.tensors import IMAGENET_DIGEST, digest
from core.vision.weights import load_weights
from data.labels import imagenet_classes
from tests.support.shared import SHARED, needs_shared

IMAGES = SHARED / "photos" / "other"


@pytest.fixture(scope="module")
def photos() -> NDArray[np.uint8]:
    """Eight pictures with something in them."""
    rng = np.random.default_rng(0)
    coarse = rng.integers(0, 255, (8, 7, 7, 3), dtype=np.uint8)
    smooth = [Image.fromarray(c).resize((224, 224), Image.Resampling.BICUBIC) for c in coarse]
    return np.stack([np.asarray(image) for image in smooth])


def labelled() -> list[dict[str, str]]:
    with (IMAGES / "labels.csv").open(encoding="utf-8") as file:
        return [row for row in csv.DictReader(file) if row["kind"] == "imagenet"]


def cropped(file: Path) -> NDArray[np.uint8]:
    """The middle of a picture, as ImageNet's accuracies are measured."""
    with Image.open(file) as image:
        fitted = ImageOps.fit(image.convert("RGB"), (224, 224), Image.Resampling.BILINEAR)
    return np.asarray(fitted)


@needs_shared
def test_it_names_what_real_photos_show(backbone: Backbone) -> None:
    """Top-1 on one photo a class; 0.88 was measured, and 0.91 over all thousand classes."""
    names, rows = imagenet_classes(), labelled()
    pixels = np.stack([cropped(IMAGES / row["image"]) for row in rows])
    batches = [backbone.forward(pixels[n : n + 16]) for n in range(0, len(pixels), 16)]
    best = np.concatenate([batch.logits for batch in batches]).argmax(axis=1)
    right = [names[k] == row["label"].replace("_", " ") for k, row in zip(best, rows, strict=True)]
    assert np.mean(right) >= 0.85


def test_features_have_their_shapes_and_embeddings_length_one(
    backbone: Backbone, photos: NDArray[np.uint8]
) -> None:
    features = backbone.forward(photos)
    assert features.embeddings.shape == (8, 2048)
    assert features.logits.shape == (8, 1000)
    assert features.embeddings.dtype == features.logits.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(features.embeddings, axis=1), 1, rtol=1e-5)


def test_a_photo_is_seen_alike_alone_and_in_company(
    backbone: Backbone, photos: NDArray[np.uint8]
) -> None:
    together = backbone.forward(photos).embeddings
    for place in range(3):
        alone = backbone.forward(photos[place : place + 1]).embeddings[0]
        assert alone @ together[place] > 0.999


@pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")  # Keras's own
@pytest.mark.usefixtures("backbone")
def test_in_float32_it_computes_what_keras_computes(
    cache_dir: Path, tmp_path: Path, photos: NDArray[np.uint8]
) -> None:
    """Preprocessing, epsilon and all: against Keras's own model, fed by Keras's own function.

    Keras's files of both layouts, written here, give back the pinned tensors.
    """
    import keras  # noqa: PLC0415 - seconds

    from core.vision.backbone import load_backbone  # noqa: PLC0415 - likewise

    ours = load_backbone(path=None, cache_dir=cache_dir, precision="float32").forward(photos[:2])
    model = keras.applications.ResNet50(weights=None, classifier_activation=None)
    tensors = load_weights(path=None, cache_dir=cache_dir).tensors
    for layer in model.layers:
        layer.set_weights([tensors[f"{layer.name}/{part.name}"] for part in layer.weights])
    prepared = keras.applications.resnet50.preprocess_input(photos[:2].astype(np.float32))
    both = keras.Model(model.input, [model.get_layer("avg_pool").output, model.output])
    pooled, logits = (np.asarray(value) for value in both(prepared, training=False))
    np.testing.assert_allclose(ours.logits, logits, rtol=1e-3, atol=1e-3)
    expected = pooled / np.linalg.norm(pooled, axis=1, keepdims=True)
    np.testing.assert_allclose(ours.embeddings, expected, rtol=1e-3, atol=1e-5)

    model.save_weights(tmp_path / "new.weights.h5")
    model.save(tmp_path / "whole.h5")
    for name in ("new.weights.h5", "whole.h5"):
        assert digest(read_h5(tmp_path / name)) == IMAGENET_DIGEST


@needs_shared
def test_bfloat16_sees_real_photos_as_float32_does(backbone: Backbone, cache_dir: Path) -> None:
    from core.vision.backbone import load_backbone  # noqa: PLC0415 - seconds

    exact = load_backbone(path=None, cache_dir=cache_dir, precision="float32")
    assert exact.fingerprint == backbone.fingerprint
    pixels = np.stack([cropped(IMAGES / row["image"]) for row in labelled()[:16]])
    cosines = (exact.forward(pixels).embeddings * backbone.forward(pixels).embeddings).sum(axis=1)
    assert cosines.min() > 0.999


def test_a_kept_graph_needs_no_weights_and_a_damaged_one_does(
    backbone: Backbone, cache_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from core.vision.backbone import load_backbone  # noqa: PLC0415 - seconds

    [graph] = cache_dir.glob(f"resnet50-{backbone.fingerprint}.graph")
    copy = Path(shutil.copy(graph, tmp_path))
    monkeypatch.setenv("npm_config_registry", "http://127.0.0.1:9/")
    monkeypatch.setenv("https_proxy", "http://127.0.0.1:9/")
    monkeypatch.setenv("KERAS_HOME", str(tmp_path))
    assert load_backbone(path=None, cache_dir=tmp_path).fingerprint == backbone.fingerprint
    data = bytearray(copy.read_bytes())
    data[1000] ^= 1
    copy.write_bytes(data)
    with pytest.raises(WeightsUnavailable):
        load_backbone(path=None, cache_dir=tmp_path)


async def test_the_whole_way_from_bytes_to_a_sight(backbone: Backbone) -> None:
    out = BytesIO()
    Image.new("RGB", (300, 400), "navy").save(out, "JPEG")
    async with open_embedder(lambda: backbone, queue=4, decoders=1) as embedder:
        sight = await embedder.see(out.getvalue())
    assert sight.embedding.shape == (2048,)
    assert embedder.fingerprint == backbone.fingerprint


def test_tensorflow_comes_in_silence_and_only_when_it_is_needed() -> None:
    code = (
        "import sys, core.vision.embedder, core.vision.loading, core.photos;"
        "assert 'tensorflow' not in sys.modules;"
        "import core.vision.backbone;"
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
