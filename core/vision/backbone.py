"""Keras's ResNet-50 as a frozen graph; the only module that imports TensorFlow.

Importing it takes seconds, so it is imported where a backbone is loaded, and not before.
"""

import hashlib
import logging
import os
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.photos import PREPROCESSING, SIDE_PX
from core.vision.features import Features
from core.vision.quiet import without_announcements
from core.vision.tensors import IMAGENET_DIGEST, Tensors
from core.vision.weights import load_weights, write_atomically

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")  # read while TensorFlow is imported

with without_announcements():
    import tensorflow as tf
    from tensorflow.python.framework.convert_to_constants import convert_variables_to_constants_v2

logger = logging.getLogger(__name__)

_GRAPH_VERSION = 1
_MEAN_BGR = (103.939, 116.779, 123.68)  # Keras's "caffe" preprocessing
_BFLOAT16_FLAGS = frozenset({"avx512_bf16", "amx_bf16"})


class ResNet50Backbone:
    """A frozen graph in a session of its own; ``forward`` is called from one thread at a time."""

    def __init__(self, graph: tf.compat.v1.GraphDef, *, fingerprint: str, bfloat16: bool) -> None:
        self.fingerprint = fingerprint
        self.bfloat16 = bfloat16
        config = tf.compat.v1.ConfigProto(
            intra_op_parallelism_threads=_cores(),
            device_count={"GPU": 0},
        )
        if bfloat16:
            config.graph_options.rewrite_options.auto_mixed_precision_onednn_bfloat16 = 1
        with tf.Graph().as_default() as network:
            tf.import_graph_def(graph, name="")
        self._session = tf.compat.v1.Session(graph=network, config=config)
        self._run = self._session.make_callable(["pooled:0", "logits:0"], feed_list=["pixels:0"])

    def forward(self, pixels: NDArray[np.uint8]) -> Features:
        """One pass over uint8[n, 224, 224, 3], RGB."""
        pooled, logits = self._run(pixels)
        # Here, because bfloat16 would leave lengths that are one only to half a percent.
        lengths = np.linalg.norm(pooled, axis=1, keepdims=True)
        return Features(embeddings=pooled / np.maximum(lengths, 1e-12), logits=logits)


def load_backbone(
    *, path: Path | None, cache_dir: Path, precision: str = "auto"
) -> ResNet50Backbone:
    """The network with its ImageNet weights, see ``load_weights`` for where they come from.

    ``precision`` is ``float32``, ``bfloat16`` or ``auto``: bfloat16 where the CPU computes it.
    The frozen graph is kept in ``cache_dir``, so that later starts neither build nor freeze.
    Raises ``WeightsUnavailable``.
    """
    name = fingerprint(IMAGENET_DIGEST)
    file = cache_dir / f"resnet50-{name}.graph"
    graph = _kept_graph(file)
    if graph is None:
        graph = _frozen(load_weights(path=path, cache_dir=cache_dir).tensors)
        _keep_graph(file, graph)
    bfloat16 = precision == "bfloat16" or (precision == "auto" and _cpu_has_bfloat16())
    logger.info("Network: ResNet-50 %s, %s", name, "bfloat16" if bfloat16 else "float32")
    return ResNet50Backbone(graph, fingerprint=name, bfloat16=bfloat16)


def fingerprint(weights_digest: str) -> str:
    """The embedding space's name: 12 hex digits over the weights and the preprocessing."""
    parts = f"{weights_digest}\n{PREPROCESSING}\n{_GRAPH_VERSION}"
    return hashlib.sha256(parts.encode()).hexdigest()[:12]


def _frozen(tensors: Tensors) -> tf.compat.v1.GraphDef:
    """A GraphDef from ``pixels`` uint8[n, 224, 224, 3] to ``pooled`` and ``logits``."""
    model = tf.keras.applications.ResNet50(weights=None, classifier_activation=None)
    for layer in model.layers:
        layer.set_weights([tensors[f"{layer.name}/{part.name}"] for part in layer.weights])
    both = tf.keras.Model(model.input, [model.get_layer("avg_pool").output, model.output])

    def network(pixels: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        caffe = tf.cast(pixels, tf.float32)[..., ::-1] - tf.constant(_MEAN_BGR)
        pooled, logits = both(caffe, training=False)
        return tf.identity(pooled, "pooled"), tf.identity(logits, "logits")

    pixels = tf.TensorSpec((None, SIDE_PX, SIDE_PX, 3), tf.uint8, "pixels")
    function = tf.function(network, input_signature=[pixels]).get_concrete_function()
    graph = convert_variables_to_constants_v2(function).graph.as_graph_def()
    tf.keras.backend.clear_session()
    return graph


def _kept_graph(file: Path) -> tf.compat.v1.GraphDef | None:
    """The GraphDef in ``file``, None when there is none or it is damaged."""
    try:
        data = file.read_bytes()
    except OSError:
        return None
    checksum, graph = data[:32], data[32:]
    if hashlib.sha256(graph).digest() != checksum:
        logger.warning("%s is damaged and made again", file)
        return None
    return tf.compat.v1.GraphDef.FromString(graph)


def _keep_graph(file: Path, graph: tf.compat.v1.GraphDef) -> None:
    data = graph.SerializeToString()
    try:
        write_atomically(file, hashlib.sha256(data).digest() + data)
    except OSError as error:
        logger.warning("The network's graph cannot be kept in %s: %s", file, error)


def _cores() -> int:
    """The cores that this process may use, 0 (TensorFlow's own guess) where that is not told."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 0


def _cpu_has_bfloat16() -> bool:
    try:
        text = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    flags = next((line for line in text.splitlines() if line.startswith("flags")), "")
    return not _BFLOAT16_FLAGS.isdisjoint(flags.split())
