"""The same network converted for OpenVINO; the only module that imports OpenVINO.

It computes bfloat16 half as long again as quickly as TensorFlow and is there in half a second,
with a tenth of the memory (docs/decisions/0012-a-converted-graph-serves.md).
"""

import os
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue

import numpy as np
from numpy.typing import NDArray

from core.photos import SIDE_PX
from core.vision.machine import cores

os.environ.setdefault("OPENVINO_TELEMETRY_OPTOUT", "1")

import openvino as ov

_LENGTH_BYTES = 8
_ALIGNMENT = 32  # of the weights, that are read where they lie
_STREAMS = 2


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
    """A plan for each batch size: one with the size left open computes 7 % more slowly.

    One photo has all cores. Fours run side by side, each on cores of its own: whatever else takes
    a core for a moment, decoding say, then holds up one stream and not the whole network.
    """

    batch_sizes = (1, 4)  # longer batches are no quicker a photo, and others wait longer for them

    def __init__(self, model: NDArray[np.uint8], outputs: Sequence[str], *, bfloat16: bool) -> None:
        """``model`` is what ``convert`` gave, as writable uint8[n], with these ``outputs``."""
        self._outputs = outputs
        self._model = model  # biases are read from there as long as the plans live
        split = _LENGTH_BYTES + int.from_bytes(model[:_LENGTH_BYTES].tobytes(), "little")
        core = ov.Core()
        plan = core.read_model(
            model=model[_LENGTH_BYTES:split].tobytes(),
            weights=ov.Tensor(model[split:], shared_memory=True),
        )
        self.streams = _STREAMS if cores() >= _STREAMS else 1
        options = {
            "INFERENCE_PRECISION_HINT": "bf16" if bfloat16 else "f32",
            "INFERENCE_NUM_THREADS": cores(),
            "ENABLE_CPU_PINNING": False,  # the decoders share the cores
        }

        def requests(size: int) -> "SimpleQueue[ov.InferRequest]":
            sized = plan.clone()
            sized.reshape([size, SIDE_PX, SIDE_PX, 3])
            side_by_side = {"NUM_STREAMS": 1 if size == 1 else self.streams}
            compiled = core.compile_model(sized, "CPU", options | side_by_side)
            free: SimpleQueue[ov.InferRequest] = SimpleQueue()
            for _ in range(self.streams):
                free.put(compiled.create_infer_request())
            return free

        with ThreadPoolExecutor() as pool:
            self._requests = dict(
                zip(self.batch_sizes, pool.map(requests, self.batch_sizes), strict=True)
            )

    def run(self, pixels: NDArray[np.uint8]) -> dict[str, NDArray[np.float32]]:
        """Each output by its name, a row a photo."""
        free = self._requests[len(pixels)]
        request = free.get()
        try:
            request.infer([ov.Tensor(np.ascontiguousarray(pixels))])
            return {name: request.get_tensor(f"{name}:0").data.copy() for name in self._outputs}
        finally:
            free.put(request)
