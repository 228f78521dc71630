"""How the rest of the program asks for the network without importing TensorFlow itself."""

from collections.abc import Callable
from pathlib import Path

from core.vision.features import Backbone


def resnet50(
    *, path: Path | None, cache_dir: Path, precision: str = "auto"
) -> Callable[[], Backbone]:
    """A function that loads ResNet-50; TensorFlow is imported when, and where, it is called."""

    def load() -> Backbone:
        from core.vision.backbone import load_backbone  # noqa: PLC0415 - seconds, see above

        return load_backbone(path=path, cache_dir=cache_dir, precision=precision)

    return load
