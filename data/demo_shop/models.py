"""The shop's range: models and their variants, read from ``range.toml``."""

import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial
from importlib.resources import files
from typing import Any

from data.demo_shop.canvas import Canvas
from data.demo_shop.garments import (
    bags,
    boots,
    bottoms,
    dresses,
    flats,
    hats,
    knits,
    outer,
    shirts,
    shoes,
    skirts,
    tailoring,
    tops,
)
from data.demo_shop.garments.torso import Cloth

Draw = Callable[[Canvas, Cloth], None]

_DRAWN_BY: dict[str, Callable[..., None]] = {
    function.__name__: function
    for function in (
        *(tops.tshirt, tops.polo, tops.tank, tops.camisole, tops.bodysuit),
        *(shirts.shirt, shirts.blouse, shirts.tunic),
        *(knits.sweater, knits.cardigan, knits.sweatshirt, knits.hoodie),
        *(tailoring.blazer, tailoring.coat),
        *(outer.denim_jacket, outer.bomber, outer.puffer, outer.parka, outer.biker),
        *(dresses.dress, dresses.dungarees, skirts.skirt),
        *(bottoms.jeans, bottoms.trousers, bottoms.joggers, bottoms.shorts),
        *(shoes.sneaker, shoes.formal, boots.boot, boots.heels, flats.slip_on, flats.sandal),
        *(bags.tote, bags.handbag, bags.crossbody, bags.backpack, bags.duffle),
        *(hats.cap, hats.side_cap, hats.beanie, hats.bucket_hat, hats.brimmed_hat, hats.scarf),
    )
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """A colouring: ``other`` dyes pattern and trim, ``motif`` names what is printed on it."""

    dye: str
    other: str | None
    pattern: str
    motif: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """One cut. ``kind`` names its shelf in the shop, ``noun`` the thing itself."""

    key: str
    section: str
    kind: str
    noun: str
    texture: str
    material: str
    trim: str | None
    trim_texture: str | None
    price: Decimal
    variants: tuple[Variant, ...]
    draw: Draw = field(repr=False, compare=False)


def load_range() -> Sequence[Model]:
    """Every model of the range, in the shop's order."""
    text = files("data.demo_shop").joinpath("range.toml").read_text("utf-8")
    return [_model(key, entry) for key, entry in tomllib.loads(text).items()]


def _model(key: str, entry: dict[str, Any]) -> Model:
    return Model(
        key=key,
        section=entry["section"],
        kind=entry["kind"],
        noun=entry["noun"],
        texture=entry["texture"],
        material=entry["material"],
        trim=entry.get("trim"),
        trim_texture=entry.get("trim_texture"),
        price=Decimal(entry["price"]),
        variants=tuple(_variant(text) for text in entry["variants"]),
        draw=partial(_DRAWN_BY[entry["drawn_by"]], **entry.get("cut", {})),
    )


def _variant(text: str) -> Variant:
    text, _, motif = text.partition("*")
    dyes, _, pattern = text.partition(":")
    dye, _, other = dyes.partition("/")
    return Variant(
        dye=dye.strip(),
        other=other.strip() or None,
        pattern=pattern.strip() or "solid",
        motif=motif.strip() or None,
    )
