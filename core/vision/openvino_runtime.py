"""The same network converted for OpenVINO; the only module that imports OpenVINO.

It computes bfloat16 half as long again as quickly as TensorFlow and is there in half a second,
with a tenth of the memory (docs/decisions/0012-a-converted-graph-serves.md).
"""

import os
import tempfile
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.photos import SIDE_PX
from core.vision.machine import cores

os.environ.setdefault("OPENVINO_TELEMETRY_OPTOUT", "1")

import openvino as ov

_LENGTH_BYTES = 8
_ALIGNMENT = 32  # of the weights, that are read where they lie


def convert(graph: bytes) -> bytes:
    """The model that ``OpenVINORuntime`` reads, from a frozen TensorFlow graph."""
    with tempfile.TemporaryDirectory(prefix="twinset-") as name:
        folder = Path(name)
        (folder / "graph.pb").write_bytes(graph)
        model = ov.convert_model(folder / "graph.pb")
        ov.save_model(model, folder / "model.xml", compress_to_fp16=False)
        plan, weights = (folder / "model.xml").read_bytes(), (folder / "model.bin").read_bytes()
    plan += b" " * (-(_LENGTH_BYTES + len(plan)) % _ALIGNMENT)
    return len(plan).to_bytes(_LENGTH_BYTES, "little") + plan + weights


class OpenVINORuntime:
    """A plan for each batch size: one with the size left open computes 7 % more slowly."""

    batch_sizes = (1, 4)  # longer batches are no quicker a photo, and others wait longer for them

    def __init__(self, model: NDArray[np.uint8], *, bfloat16: bool) -> None:
        """``model`` is what ``convert`` gave, as writable uint8[n]."""
        self._model = model  # biases are read from there as long as the plans live
        split = _LENGTH_BYTES + int.from_bytes(model[:_LENGTH_BYTES].tobytes(), "little")
        core = ov.Core()
        plan = core.read_model(
            model=model[_LENGTH_BYTES:split].tobytes(),
            weights=ov.Tensor(model[split:], shared_memory=True),
        )
        options = {
            "INFERENCE_PRECISION_HINT": "bf16" if bfloat16 else "f32",
            "INFERENCE_NUM_THREADS": cores(),
            "NUM_STREAMS": 1,
        }
        self._requests = {}
        for size in self.batch_sizes:
            plan.reshape([size, SIDE_PX, SIDE_PX, 3])
            self._requests[size] = core.compile_model(plan, "CPU", options).create_infer_request()

    def run(self, pixels: NDArray[np.uint8]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Float32[n, 2048], pooled, and float32[n, 1000], logits."""
        request = self._requests[len(pixels)]
        request.infer([ov.Tensor(np.ascontiguousarray(pixels))])
        pooled, logits = (request.get_tensor(name).data.copy() for name in ("pooled:0", "logits:0"))
        return pooled, logits
