"""Which runtime computes the network, and the files that each starts from, made once and kept."""

import importlib.util
import logging
import multiprocessing
import signal
import warnings
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path

import numpy as np

from core.errors import Unavailable, WeightsUnavailable
from core.vision.backbone import ResNet50, fingerprint, graph_name
from core.vision.features import Backbone, Runtime
from core.vision.head import SHIPPED, Head
from core.vision.kept import keep, kept
from core.vision.machine import wants_bfloat16
from core.vision.tensors import IMAGENET_DIGEST, Tensors
from core.vision.weights import load_weights

logger = logging.getLogger(__name__)


def resnet50(
    *,
    path: Path | None,
    cache_dir: Path,
    precision: str = "auto",
    runtime: str = "auto",
    head: Path | None = SHIPPED,
) -> Callable[[], Backbone]:
    """A function that loads ResNet-50; a runtime is imported when, and where, it is called.

    ``path`` is the operator's own file of the ImageNet weights, see ``load_weights`` for the
    other ways to them. ``precision`` is ``float32``, ``bfloat16`` or ``auto``: bfloat16 where
    the CPU computes it. ``runtime`` is ``openvino``, ``tensorflow`` or ``auto``: OpenVINO where
    it works. ``head`` is what was learned on top; without one the embeddings are ResNet-50's
    own 2,048 features. What a runtime starts from is kept in ``cache_dir``, so that later
    starts build nothing. The function raises ``WeightsUnavailable``, and ``Unavailable`` when
    the head cannot be read or the runtime that was asked for by name does not work here.
    """

    def load() -> Backbone:
        learned = Head.read(head) if head else None
        name = fingerprint(IMAGENET_DIGEST, learned)
        bfloat16 = wants_bfloat16(precision)
        files = _Files(graph_name(IMAGENET_DIGEST), path, cache_dir)
        if runtime == "tensorflow":
            network = files.tensorflow(bfloat16=bfloat16)
        else:
            try:
                network = files.openvino(bfloat16=bfloat16)
            except WeightsUnavailable:
                raise
            except Exception as error:
                if runtime == "openvino":
                    raise Unavailable(f"OpenVINO does not work here: {error}") from error
                logger.warning("TensorFlow serves, as OpenVINO does not work here: %s", error)
                network = files.tensorflow(bfloat16=bfloat16)
        logger.info(
            "Network: ResNet-50 %s, %s, %s",
            *(name, "bfloat16" if bfloat16 else "float32", type(network).__name__),
        )
        return ResNet50(network, learned, fingerprint=name)

    return load


class _Files:
    """What runtimes start from, by the graph's name."""

    def __init__(self, name: str, path: Path | None, cache_dir: Path) -> None:
        self._stem = cache_dir / f"resnet50-{name}"
        self._path = path
        self._cache_dir = cache_dir

    def openvino(self, *, bfloat16: bool) -> Runtime:
        if importlib.util.find_spec("openvino") is None:
            raise Unavailable("it is not installed")
        from core.vision.openvino_runtime import OpenVINORuntime  # noqa: PLC0415 - when needed

        file = self._stem.with_suffix(".openvino")
        if model := kept(file):
            network = OpenVINORuntime(model.data, bfloat16=bfloat16)
            model.forget_pages()
            return network
        logger.info("The network is converted for OpenVINO, once")
        data = _converted(self._tensors())
        keep(file, data)
        return OpenVINORuntime(np.frombuffer(bytearray(data), dtype=np.uint8), bfloat16=bfloat16)

    def tensorflow(self, *, bfloat16: bool) -> Runtime:
        from core.vision.tensorflow_runtime import (  # noqa: PLC0415 - takes seconds
            TensorFlowRuntime,
            freeze,
        )

        file = self._stem.with_suffix(".graph")
        if graph := kept(file):
            return TensorFlowRuntime(graph.data.tobytes(), bfloat16=bfloat16)
        frozen = freeze(self._tensors())
        keep(file, frozen)
        return TensorFlowRuntime(frozen, bfloat16=bfloat16)

    def _tensors(self) -> Tensors:
        return load_weights(path=self._path, cache_dir=self._cache_dir).tensors


def _converted(tensors: Tensors) -> bytes:
    """Freeze and convert in a process of its own, whose gigabytes go with it."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    worker = context.Process(target=_convert, args=(theirs, dict(tensors)), daemon=True)
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


def _convert(parent: Connection, tensors: Tensors) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent's to answer
    warnings.simplefilter("ignore")  # Keras's and TensorFlow's quarrels over names

    from core.vision.openvino_runtime import convert  # noqa: PLC0415
    from core.vision.tensorflow_runtime import freeze  # noqa: PLC0415

    parent.send_bytes(convert(freeze(tensors)))
