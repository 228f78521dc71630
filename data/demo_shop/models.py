"""What the demo shop's range is described by."""

from collections.abc import Callable
from dataclasses import dataclass

from data.demo_shop.canvas import Canvas
from data.demo_shop.garments.torso import Cloth

Draw = Callable[[Canvas, Cloth], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """One cut, sold in several variants.

    ``variants`` are separated by commas, each ``dye[/other dye] [pattern] [*motif]``; the other
    dye colours pattern and trim. ``kind`` names its shelf in the shop, ``noun`` the thing itself.
    """

    key: str
    section: str
    kind: str
    noun: str
    draw: Draw
    texture: str
    price_eur: float
    variants: str
    trim: str | None = None
    trim_texture: str | None = None
    material: str = "cotton"


@dataclass(frozen=True, slots=True)
class Variant:
    """One line of ``Model.variants``."""

    dye: str
    other: str | None
    pattern: str
    motif: str | None


def parse_variants(text: str) -> list[Variant]:
    """The variants that a model's line tells of."""
    return [_parsed(part.strip()) for part in text.split(",")]


def _parsed(text: str) -> Variant:
    text, _, motif = text.partition("*")
    dyes, _, pattern = text.strip().partition(" : ")
    dye, _, other = dyes.strip().partition("/")
    return Variant(dye.strip(), other.strip() or None, pattern.strip() or "solid", motif or None)
