"""Keras's ResNet-50, frozen, in a TensorFlow session; the only module that imports TensorFlow.

Importing it takes seconds and hundreds of megabytes, so it is imported where a network must be
built, or run for want of a quicker runtime, and not before.
"""

import os
from collections.abc import Callable, Mapping, Sequence
from typing import cast

import numpy as np
from numpy.typing import NDArray

from core.photos import SIDE_PX
from core.vision.features import TILE_PX
from core.vision.machine import cores
from core.vision.quiet import without_announcements
from core.vision.tensors import Tensors

# Both are read while it is imported; training may have another backend of Keras's.
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
os.environ["KERAS_BACKEND"] = "tensorflow"

with without_announcements():
    import tensorflow as tf
    from tensorflow.python.framework.convert_to_constants import convert_variables_to_constants_v2

__all__ = [
    "TensorFlowRuntime",
    "found_in",
    "freeze",
    "freeze_eye",
    "freeze_maps",
    "tf",
]

# Conv4's last block but one: where nothing else asks for the last one, runtimes compute only the
# quarter of it that conv5 takes.
_MAPS = ("conv4_block5_out", "conv5_block3_out")
_TILES_A_CELL = 4  # side by side: a cell of the last feature map is 32 pixels wide
_FOUND_CELLS = 14  # side by side
_FOUND_NUMBERS = 6  # of each place and family
_FOUND_PX = 40.0  # about half a garment
_MEAN_RGB = (123.68, 116.779, 103.939)  # Keras's "caffe" preprocessing


def freeze(tensors: Tensors) -> bytes:
    """A GraphDef, serialized, from ``pixels`` uint8[n, 224, 224, 3] to ``PLAIN``'s outputs."""
    model = _resnet(tensors)
    both = tf.keras.Model(model.input, [model.get_layer("avg_pool").output, model.output])

    def network(pixels: tf.Tensor) -> dict[str, tf.Tensor]:
        pooled, logits = both(_centred(pixels), training=False)
        return {"pooled": pooled, "logits": logits}

    return _frozen(network)


def freeze_eye(
    tensors: Tensors,
    look: Mapping[str, NDArray[np.float32]],
    kernels: NDArray[np.float32],
    finders: Sequence[Mapping[str, NDArray[np.float32]]],
) -> bytes:
    """The same with ``EYE``'s outputs, from tensors that are tuned and what ``Eye`` holds.

    With ``FINDING``'s too, where something is held for that. All that is read is linear in the
    features, and so is averaging them: the ``kernels`` are applied to each cell, and a seventh
    of the numbers leaves the graph.
    """
    model = _resnet(tensors)
    layers = [model.get_layer(name).output for name in _MAPS]
    three = tf.keras.Model(model.input, [*layers, model.output])
    channels = layers[-1].shape[-1]
    at_cells = np.concatenate([kernels[:channels], look["attention"][:-1, None]], axis=1)

    def network(pixels: tf.Tensor) -> dict[str, tf.Tensor]:
        conv4, cells, logits = three(_centred(pixels), training=False)
        seen = tf.nn.conv2d(cells, at_cells[None, None], 1, "VALID")
        attention = tf.sigmoid(seen[..., -1] + look["attention"][-1])
        seen = seen[..., :-1]
        words = _words(_tiles_of(pixels) / 255, look)
        palette = _averaged(words, _finer(attention))
        outputs = {
            "seen": _averaged(seen, attention) + tf.matmul(palette, kernels[channels:]),
            "logits": logits,
        }
        if not finders:
            return outputs
        return outputs | {
            "cells": seen,
            "words": tf.nn.avg_pool2d(words, 2, 2, "VALID"),
            "attention": attention,
            "found": found_in(conv4, cells, finders),
        }

    return _frozen(network)


def _words(tiles: tf.Tensor, look: Mapping[str, tf.Tensor]) -> tf.Tensor:
    words = tf.nn.relu(tf.matmul(tiles, look["w1"]) + look["b1"])
    return tf.nn.relu(tf.matmul(words, look["w2"]) + look["b2"])


def _finer(weights: tf.Tensor) -> tf.Tensor:
    return tf.repeat(tf.repeat(weights, _TILES_A_CELL, 1), _TILES_A_CELL, 2)


def _averaged(seen: tf.Tensor, weights: tf.Tensor) -> tf.Tensor:
    total = tf.reduce_sum(weights, (1, 2))[:, None]
    return tf.reduce_sum(weights[..., None] * seen, (1, 2)) / total


def found_in(
    conv4: tf.Tensor,
    cells: tf.Tensor,
    finders: Sequence[Mapping[str, tf.Tensor]],
    *,
    dropout: Callable[[tf.Tensor], tf.Tensor] = lambda seen: seen,
) -> tf.Tensor:
    """Float32[n, 14, 14, families, 6], as ``Maps.found``, from two stages' outputs.

    From conv4 what is where, from the last stage what it belongs to: its cells know the whole
    picture, are widened once more, and laid over conv4's twice as fine ones (a feature pyramid,
    Lin et al. 2017). Boxes are read off without anchors (Tian et al. 2019). Several ``finders``
    give the mean of what each says. ``dropout`` is for training.
    """
    said = tf.add_n([_said(conv4, cells, one, dropout) for one in finders]) / len(finders)
    families = said.shape[-1] // _FOUND_NUMBERS
    said = tf.reshape(said, (-1, _FOUND_CELLS, _FOUND_CELLS, families, _FOUND_NUMBERS))
    sides = _FOUND_PX * tf.exp(tf.clip_by_value(said[..., 2:], -4.0, 3.0))
    return tf.concat([said[..., :2], sides], axis=-1)


def _said(
    conv4: tf.Tensor,
    cells: tf.Tensor,
    finder: Mapping[str, tf.Tensor],
    dropout: Callable[[tf.Tensor], tf.Tensor],
) -> tf.Tensor:
    def layer(seen: tf.Tensor, name: str) -> tf.Tensor:
        return tf.nn.conv2d(seen, finder[f"{name}/kernel"], 1, "SAME") + finder[f"{name}/bias"]

    far = layer(dropout(cells), "far")
    whole = tf.reduce_mean(far, (1, 2), keepdims=True)
    far = layer(tf.nn.relu(far + layer(whole, "whole")), "wide")
    fine = tf.image.resize(far, (_FOUND_CELLS, _FOUND_CELLS), "bilinear")
    seen = tf.nn.relu(layer(dropout(conv4), "near") + fine)
    for name in ("first", "second"):
        seen = tf.nn.relu(layer(dropout(seen), name))
    return layer(dropout(seen), "out")


def freeze_maps(tensors: Tensors) -> bytes:
    """The same with ``MAPS``' outputs, from tensors that are tuned."""
    model = _resnet(tensors)
    layers = [model.get_layer(name).output for name in _MAPS]
    both = tf.keras.Model(model.input, layers)

    def network(pixels: tf.Tensor) -> dict[str, tf.Tensor]:
        return dict(zip(("conv4", "cells"), both(_centred(pixels), training=False), strict=True))

    return _frozen(network)


def _resnet(tensors: Tensors) -> tf.keras.Model:
    """Keras's model, but for RGB: turning each photo's channels round costs 2 % of a pass."""
    model = tf.keras.applications.ResNet50(weights=None, classifier_activation=None)
    first = "conv1_conv/kernel"
    for_rgb = dict(tensors) | {first: tensors[first][:, :, ::-1]}
    for layer in model.layers:
        layer.set_weights([for_rgb[f"{layer.name}/{part.name}"] for part in layer.weights])
    return model


def _centred(pixels: tf.Tensor) -> tf.Tensor:
    """Float32 of the same shape: RGB less ImageNet's means."""
    return tf.cast(pixels, tf.float32) - tf.constant(_MEAN_RGB)


def _tiles_of(pixels: tf.Tensor) -> tf.Tensor:
    """Float32[n, side / 8, side / 8, 3]: the mean colours of tiles, 0 to 255."""
    # Convolved, as the pixels would be laid out anew for a pooling: 0.5 % of a pass.
    kernel = np.zeros((TILE_PX, TILE_PX, 3, 3), np.float32)
    kernel[..., range(3), range(3)] = 1 / TILE_PX**2
    means = tf.nn.conv2d(_centred(pixels), kernel, TILE_PX, "VALID")
    return means + tf.constant(_MEAN_RGB)


def _frozen(network: Callable[[tf.Tensor], dict[str, tf.Tensor]]) -> bytes:
    def named(pixels: tf.Tensor) -> list[tf.Tensor]:
        return [tf.identity(output, name) for name, output in network(pixels).items()]

    pixels = tf.TensorSpec((None, SIDE_PX, SIDE_PX, 3), tf.uint8, "pixels")
    function = tf.function(named, input_signature=[pixels]).get_concrete_function()
    graph = convert_variables_to_constants_v2(function).graph.as_graph_def()
    tf.keras.backend.clear_session()
    return cast("bytes", graph.SerializeToString())


class TensorFlowRuntime:
    """A frozen graph in a session of its own."""

    batch_sizes = (1, 2, 4, 8)
    streams = 1  # its threads share every batch

    def __init__(self, graph: bytes, outputs: Sequence[str], *, bfloat16: bool) -> None:
        """``graph`` is what ``freeze`` gave, with these ``outputs``."""
        self._outputs = outputs
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
        tensors = [f"{name}:0" for name in outputs]
        self._run = session.make_callable(tensors, feed_list=["pixels:0"])

    def run(self, pixels: NDArray[np.uint8]) -> dict[str, NDArray[np.float32]]:
        """Each output by its name, a row a photo."""
        return dict(zip(self._outputs, self._run(pixels), strict=True))
