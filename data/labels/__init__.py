"""Names of the classes that the network's logits stand for."""

from importlib.resources import files


def imagenet_classes() -> tuple[str, ...]:
    """The 1,000 ImageNet classes in the order of the logits, as words: ``great white shark``."""
    text = files(__name__).joinpath("imagenet.txt").read_text(encoding="utf-8")
    lines = (line.strip() for line in text.splitlines())
    return tuple(line.replace("_", " ") for line in lines if line and not line.startswith("#"))
