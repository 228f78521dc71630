"""Which runtime computes the network, and the files that each starts from, made once and kept."""

import functools
import importlib.util
import logging
import multiprocessing
import os
import signal
import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from multiprocessing.connection import Connection
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.errors import Unavailable, WeightsUnavailable
from core.vision.backbone import ResNet50, fingerprint, graph_name
from core.vision.eye import SHIPPED, Eye
from core.vision.features import (
    EYE,
    FINDING,
    MAPS,
    MAPS_VERSION,
    PLAIN,
    Backbone,
    Network,
    Runtime,
)
from core.vision.kept import forget_unused, keep, kept
from core.vision.machine import wants_bfloat16
from core.vision.tensors import IMAGENET_DIGEST, Tensors
from core.vision.weights import load_weights

logger = logging.getLogger(__name__)

_UNUSED_FOR = timedelta(days=30)


def resnet50(
    *,
    path: Path | None,
    cache_dir: Path,
    precision: str = "auto",
    runtime: str = "auto",
    eye: Path | None = SHIPPED,
) -> Callable[[], Backbone]:
    """A function that loads ResNet-50; a runtime is imported when, and where, it is called.

    ``path`` is the operator's own file of the ImageNet weights, see ``load_weights`` for the
    other ways to them. ``precision`` is ``float32``, ``bfloat16`` or ``auto``: bfloat16 where
    the CPU computes it. ``runtime`` is ``openvino``, ``tensorflow`` or ``auto``: OpenVINO where
    it works. ``eye`` is what was learned of clothes; without it the network is ImageNet's, and
    the embeddings are its own 2,048 features. What a runtime starts from is kept in
    ``cache_dir``, so that later starts build nothing. The function raises
    ``WeightsUnavailable``, and ``Unavailable`` when the eye cannot be read or the runtime that
    was asked for by name does not work here.
    """
    return lambda: resnet50_network(
        eye, path=path, cache_dir=cache_dir, precision=precision, runtime=runtime
    ).load()


def resnet50_network(
    eye: Path | None, *, path: Path | None, cache_dir: Path, precision: str, runtime: str
) -> Network:
    """ResNet-50 before it is loaded: only its eye is read, and ``Unavailable`` if it cannot be.

    The arguments are those of ``resnet50``.
    """
    learned = Eye.read_file(eye) if eye else None
    name = fingerprint(IMAGENET_DIGEST, learned)
    graph = _graph(learned, path, cache_dir)

    def load() -> Backbone:
        network = graph.open(precision=precision, runtime=runtime)
        logger.info("Network: ResNet-50 %s, %s", name, type(network).__name__)
        return ResNet50(network, learned, fingerprint=name)

    return Network(name, learned, load, lambda: graph.prepare(runtime=runtime))


def resnet50_maps(
    eye: Eye, *, path: Path | None, cache_dir: Path, precision: str = "auto", runtime: str = "auto"
) -> Runtime:
    """ResNet-50 as ``eye`` was taught, with ``MAPS``' outputs; the rest is as for ``resnet50``."""

    def tensors() -> Tensors:
        return eye.tuned(load_weights(path=path, cache_dir=cache_dir).tensors)

    name = f"maps{MAPS_VERSION}-{graph_name(IMAGENET_DIGEST, eye)}"
    return _Graph(name, MAPS, _freeze_maps, tensors, cache_dir).open(
        precision=precision, runtime=runtime
    )


def _graph(eye: Eye | None, path: Path | None, cache_dir: Path) -> "_Graph":
    def tensors() -> Tensors:
        plain = load_weights(path=path, cache_dir=cache_dir).tensors
        return eye.tuned(plain) if eye else plain

    name = graph_name(IMAGENET_DIGEST, eye)
    if eye is None:
        return _Graph(name, PLAIN, _freeze_plain, tensors, cache_dir)
    freeze = functools.partial(
        _freeze_eye,
        look=dict(eye.look),
        kernels=eye.kernels,
        finders=[dict(one) for one in eye.finders],
    )
    outputs = (*EYE, *FINDING) if eye.finders else EYE
    return _Graph(name, outputs, freeze, tensors, cache_dir)


@dataclass(frozen=True, slots=True)
class _Graph:
    """A frozen graph: its name and outputs, what makes it and of what, and where it is kept."""

    name: str
    outputs: Sequence[str]
    freeze: Callable[[Tensors], bytes]
    tensors: Callable[[], Tensors]
    cache_dir: Path

    def open(self, *, precision: str, runtime: str) -> Runtime:
        """In the runtime of that name, or for ``auto`` in the quickest that works here."""
        bfloat16 = wants_bfloat16(precision)
        if runtime == "tensorflow":
            return self._tensorflow(bfloat16=bfloat16)
        try:
            return self._openvino(bfloat16=bfloat16)
        except WeightsUnavailable:
            raise
        except Exception as error:
            if runtime == "openvino":
                raise Unavailable(f"OpenVINO does not work here: {error}") from error
            logger.warning("TensorFlow serves, as OpenVINO does not work here: %s", error)
            return self._tensorflow(bfloat16=bfloat16)

    def _openvino(self, *, bfloat16: bool) -> Runtime:
        if importlib.util.find_spec("openvino") is None:
            raise Unavailable("it is not installed")
        from core.vision.openvino_runtime import OpenVINORuntime  # noqa: PLC0415 - when needed

        if model := kept(self._file("openvino")):
            network = OpenVINORuntime(model.data, self.outputs, bfloat16=bfloat16)
            model.forget_pages()
            return network
        writable = np.frombuffer(bytearray(self._convert()), dtype=np.uint8)
        return OpenVINORuntime(writable, self.outputs, bfloat16=bfloat16)

    def prepare(self, *, runtime: str) -> None:
        """Make what OpenVINO starts from, where it would serve and has nothing yet."""
        serves = runtime != "tensorflow" and importlib.util.find_spec("openvino") is not None
        if serves and not self._file("openvino").exists():
            self._convert()

    def _convert(self) -> bytes:
        logger.info("The network is converted for OpenVINO, once")
        data = _converted(self.tensors(), self.freeze)
        self._keep(self._file("openvino"), data)
        return data

    def _tensorflow(self, *, bfloat16: bool) -> Runtime:
        from core.vision.tensorflow_runtime import TensorFlowRuntime  # noqa: PLC0415 - seconds

        file = self._file("graph")
        if graph := kept(file):
            return TensorFlowRuntime(graph.data.tobytes(), self.outputs, bfloat16=bfloat16)
        frozen = self.freeze(self.tensors())
        self._keep(file, frozen)
        return TensorFlowRuntime(frozen, self.outputs, bfloat16=bfloat16)

    def _keep(self, file: Path, data: bytes) -> None:
        """In place of those of other versions that are in use nowhere: 100 MB each."""
        forget_unused(self.cache_dir, f"resnet50-*{file.suffix}", unused_for=_UNUSED_FOR)
        keep(file, data)

    def _file(self, suffix: str) -> Path:
        return self.cache_dir / f"resnet50-{self.name}.{suffix}"


# Each imports TensorFlow where it runs: in a process of its own, or for want of OpenVINO.


def _freeze_plain(tensors: Tensors) -> bytes:
    from core.vision.tensorflow_runtime import freeze  # noqa: PLC0415

    return freeze(tensors)


def _freeze_eye(
    tensors: Tensors,
    *,
    look: Mapping[str, NDArray[np.float32]],
    kernels: NDArray[np.float32],
    finders: Sequence[Mapping[str, NDArray[np.float32]]],
) -> bytes:
    from core.vision.tensorflow_runtime import freeze_eye  # noqa: PLC0415

    return freeze_eye(tensors, look, kernels, finders)


def _freeze_maps(tensors: Tensors) -> bytes:
    from core.vision.tensorflow_runtime import freeze_maps  # noqa: PLC0415

    return freeze_maps(tensors)


def _converted(tensors: Tensors, freeze: Callable[[Tensors], bytes]) -> bytes:
    """Freeze and convert in a process of its own, whose gigabytes go with it."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    worker = context.Process(target=_convert, args=(theirs, dict(tensors), freeze), daemon=True)
    worker.start()
    theirs.close()
    try:
        return ours.recv_bytes()
    except EOFError:
        worker.join()
        raise Unavailable(
            f"The network could not be converted (exit {worker.exitcode}); is there enough memory?"
        ) from None
    finally:
        worker.kill()
        worker.join()
        ours.close()


def _convert(parent: Connection, tensors: Tensors, freeze: Callable[[Tensors], bytes]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent's to answer
    os.nice(10)  # chats may be answered meanwhile, by the network before
    warnings.simplefilter("ignore")  # Keras's and TensorFlow's quarrels over names

    from core.vision.openvino_runtime import convert  # noqa: PLC0415

    parent.send_bytes(convert(freeze(tensors)))
