"""Keras's ResNet-50, frozen, in a TensorFlow session; the only module that imports TensorFlow.

Importing it takes seconds and hundreds of megabytes, so it is imported where a network must be
built, or run for want of a quicker runtime, and not before.
"""

import os
from typing import cast

import numpy as np
from numpy.typing import NDArray

from core.photos import SIDE_PX
from core.vision.machine import cores
from core.vision.quiet import without_announcements
from core.vision.tensors import Tensors

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")  # read while TensorFlow is imported

with without_announcements():
    import tensorflow as tf
    from tensorflow.python.framework.convert_to_constants import convert_variables_to_constants_v2

_MEAN_BGR = (103.939, 116.779, 123.68)  # Keras's "caffe" preprocessing


def freeze(tensors: Tensors) -> bytes:
    """A GraphDef, serialized: ``pixels`` uint8[n, 224, 224, 3] → ``pooled`` and ``logits``."""
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
    return cast("bytes", graph.SerializeToString())


class TensorFlowRuntime:
    """A frozen graph in a session of its own."""

    batch_sizes = (1, 2, 4, 8)
    streams = 1  # its threads share every batch

    def __init__(self, graph: bytes, *, bfloat16: bool) -> None:
        """``graph`` is what ``freeze`` gave."""
        # A session, as its ConfigProto carries the rewrite for this graph alone
        # (docs/decisions/0010-a-kept-frozen-graph.md).
        config = tf.compat.v1.ConfigProto(
            intra_op_parallelism_threads=cores(),
            device_count={"GPU": 0},
        )
        if bfloat16:
            config.graph_options.rewrite_options.auto_mixed_precision_onednn_bfloat16 = 1
        with tf.Graph().as_default() as network:
            tf.import_graph_def(tf.compat.v1.GraphDef.FromString(graph), name="")
        session = tf.compat.v1.Session(graph=network, config=config)
        self._run = session.make_callable(["pooled:0", "logits:0"], feed_list=["pixels:0"])

    def run(self, pixels: NDArray[np.uint8]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Float32[n, 2048], pooled, and float32[n, 1000], logits."""
        pooled, logits = self._run(pixels)
        return pooled, logits
