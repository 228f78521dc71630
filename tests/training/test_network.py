"""The network that learns is the one that is served."""

import numpy as np

from core.vision.eye import STAGES, Eye, Reading, folded
from core.vision.features import EYE
from tests.training.test_training import tensors


def test_what_learns_sees_what_is_served() -> None:
    from core.training.network import PlainNetwork  # noqa: PLC0415 - imports TensorFlow
    from core.training.pupil import Lesson, Pupil  # noqa: PLC0415 - likewise
    from core.vision.tensorflow_runtime import TensorFlowRuntime, freeze_eye  # noqa: PLC0415

    rng = np.random.default_rng(5)

    def drawn(*shape: int) -> np.ndarray:
        return rng.normal(0, 0.3, shape).astype(np.float32)

    learned = tensors()
    pixels = rng.integers(0, 256, (2, 224, 224, 3)).astype(np.uint8)
    look = {
        "attention": drawn(2049) / 50,
        "w1": drawn(3, 64),
        "b1": drawn(64),
        "w2": drawn(64, 64),
        "b2": drawn(64),
    }
    reading = Reading(kernel=drawn(2112, 3), bias=drawn(3), names=("a", "b", "c"))
    eye = Eye(trunk={}, look=look, readings={"kind": reading}, spaces={})
    pupil = Pupil(
        folded(learned, *STAGES),
        {f"look/{name}": values for name, values in look.items()},
        taught=(),
        classifier=(learned["predictions/kernel"], learned["predictions/bias"]),
        lesson=Lesson(),
        precision="float32",
    )
    served = TensorFlowRuntime(freeze_eye(learned, look, eye.kernels, []), EYE, bfloat16=False)
    found = served.run(pixels)
    near(pupil.features(pixels) @ eye.kernels, found["seen"])
    near(PlainNetwork(learned, precision="float32").plain(pixels)["logits"], found["logits"])


def near(values: np.ndarray, wanted: np.ndarray) -> None:
    np.testing.assert_allclose(values, wanted, atol=1e-3 * np.abs(wanted).max())
