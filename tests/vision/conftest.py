"""Weights to test with: made-up ones, and the real ones, fetched once for all runs."""

import os
from collections.abc import Iterator
from pathlib import Path

import h5py
import numpy as np
import pytest

from core.errors import WeightsUnavailable
from core.vision.features import Backbone
from core.vision.loading import resnet50
from core.vision.tensors import SHAPES, Tensors

_OLD_BRANCHES = {"0": "1", "1": "2a", "2": "2b", "3": "2c"}


def made_up(value: float = 1.0) -> dict[str, np.ndarray]:
    """Tensors of the right names and shapes; each is filled with its number times ``value``."""
    return {
        name: np.full(shape, value * place, dtype="<f4")
        for place, (name, shape) in enumerate(SHAPES.items())
    }


def old_name(layer: str) -> str:
    """What Keras 2.2 called a layer."""
    plain = {"conv1_conv": "conv1", "conv1_bn": "bn_conv1", "predictions": "fc1000"}
    if layer in plain:
        return plain[layer]
    stage, block, branch, kind = layer.removeprefix("conv").split("_")
    letter = "abcdef"[int(block.removeprefix("block")) - 1]
    prefix = "res" if kind == "conv" else "bn"
    return f"{prefix}{stage}{letter}_branch{_OLD_BRANCHES[branch]}"


def layers(tensors: Tensors) -> dict[str, list[str]]:
    """Variable names by layer."""
    by_layer: dict[str, list[str]] = {}
    for name in tensors:
        layer, _, part = name.partition("/")
        by_layer.setdefault(layer, []).append(part)
    return by_layer


def write_legacy_h5(path: Path, tensors: Tensors, *, old_names: bool = False) -> Path:
    """A weights file as Keras 2 writes it, and as Keras's own download is."""
    with h5py.File(path, "w") as file:
        for layer, parts in layers(tensors).items():
            name = old_name(layer) if old_names else layer
            group = file.create_group(name)
            group.attrs["weight_names"] = [f"{name}/{part}:0".encode() for part in parts]
            for part in parts:
                group[f"{name}/{part}:0"] = tensors[f"{layer}/{part}"]
    return path


@pytest.fixture(scope="session")
def cache_dir() -> Path:
    """Where this machine keeps the real weights."""
    setting = os.environ.get("TWINSET_CACHE_DIR", "~/.cache/twinset")
    return Path(setting).expanduser()


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """No way out for npm, and no Keras cache; yields the folder of executables, first on PATH."""
    programs = tmp_path / "bin"
    programs.mkdir()
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("KERAS_HOME", str(tmp_path / "keras"))
    monkeypatch.setenv("npm_config_registry", "http://127.0.0.1:9/")
    return programs


@pytest.fixture(scope="session")
def backbone(cache_dir: Path) -> Backbone:
    """The real network, at the precision of this machine's choice."""
    try:
        return resnet50(path=None, cache_dir=cache_dir)()
    except WeightsUnavailable as error:
        pytest.skip(f"the real weights cannot be had here: {error}")
