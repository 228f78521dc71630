"""The demo shop's products on a given day, and their pictures."""

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property

import numpy as np

from data.demo_shop import patterns
from data.demo_shop.canvas import Canvas
from data.demo_shop.fabrics import DYES, Fabric, Rgb, plain
from data.demo_shop.garments.torso import Cloth
from data.demo_shop.light import GROUNDS
from data.demo_shop.models import Model, Variant, load_range

NAME = "demo"
TITLE = "Corner & Thread"
CURRENCY = "EUR"

_BRANDS = {
    "women": ("Maren Vale", "Odette & Fils", "Lumière Nord", "Hazel Row"),
    "men": ("Northgate Supply", "Alder & Finch", "Harrow Lane", "Kestrel Works"),
    "unisex": ("Common Thread", "Field Day", "Polar Avenue"),
    "kids": ("Little Otter", "Pip & Plum"),
}
_WHOSE = {"women": "Women's ", "men": "Men's ", "unisex": "", "kids": "Kids' "}
_COLOURS = {"indigo": "dark blue", "mid blue": "blue", "light wash": "light blue"}
_SIZES = {
    "clothes": ("XS", "S", "M", "L", "XL"),
    "kids": ("92", "104", "116", "128"),
    "women's shoes": ("37", "38", "39", "40", "41"),
    "men's shoes": ("41", "42", "43", "44", "45"),
    "one": ("One size",),
}
_SHOES = frozenset(
    {
        "Sneakers",
        "Sports shoes",
        "Formal shoes",
        "Casual shoes",
        "Boots",
        "Heels",
        "Flats",
        "Slippers",
        "Sandals",
    }
)
_ONE_SIZE = frozenset({"Bags", "Backpacks", "Caps", "Hats", "Scarves"})
# How much nearer the camera goes, so that small things fill the picture too.
_CLOSER = dict.fromkeys(_SHOES, 1.07) | {
    "Hats": 1.18,
    "Caps": 1.36,
    "Shorts": 1.3,
    "Skirts": 1.12,
    "T-shirts": 1.14,
    "Polo shirts": 1.12,
    "Tank tops": 1.4,
    "Tops": 1.42,
    "Bodysuits": 1.25,
    "Long sleeves": 1.02,
    "Shirts": 1.02,
    "Blouses": 1.02,
    "Sweaters": 1.02,
    "Cardigans": 1.02,
    "Sweatshirts": 1.02,
    "Hoodies": 1.0,
    "Blazers": 1.12,
    "Jackets": 1.0,
    "Jeans": 1.08,
    "Trousers": 1.08,
    "Track pants": 1.08,
    "Leggings": 1.08,
    "Bags": 1.12,
    "Backpacks": 1.15,
    "Dresses": 1.03,
    "Tunics": 1.08,
    "Coats": 1.06,
}
_FIRST_VARIANTS = 2
_SEASON_DAYS = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoProduct:
    """One product as the shop shows it on its day.

    ``sizes`` maps each size to whether it is in stock; ``was`` is the price before a reduction.
    """

    sku: str
    slug: str
    title: str
    brand: str
    section: str
    kind: str
    colour: str
    pattern: str
    material: str
    price: Decimal
    was: Decimal | None
    sizes: Mapping[str, bool]
    model: Model = field(repr=False)
    variant: Variant = field(repr=False)

    @property
    def in_stock(self) -> bool:
        """Whether any size can be bought."""
        return any(self.sizes.values())

    @property
    def path(self) -> str:
        """Its page."""
        return f"/products/{self.slug}"

    @property
    def image_path(self) -> str:
        """Its picture."""
        return f"/images/{self.slug}.jpg"

    @property
    def description(self) -> str:
        """A sentence or two about it."""
        pattern = "" if self.pattern == "solid" else f", {self.pattern}"
        plural = self.model.noun.endswith("s") and not self.model.noun.endswith("ss")
        verb = "fit" if plural else "fits"
        thing = self.model.noun[0].upper() + self.model.noun[1:]
        return (
            f"{thing} by {self.brand} in {self.colour}{pattern}. Made of {self.material}; "
            f"{verb} true to size."
        )


class DemoCatalogue:
    """What is sold on a day, counted from the opening (0).

    Each day a product arrives, prices and stock move; the same day is always the same.
    """

    def __init__(self, *, day: int = 0) -> None:
        self.day = day

    @cached_property
    def products(self) -> Sequence[DemoProduct]:
        """All products, in the shop's order."""
        arrivals = _arrivals(load_range())
        return tuple(
            self._product(model, variant) for model, variant, day in arrivals if day <= self.day
        )

    @cached_property
    def by_slug(self) -> Mapping[str, DemoProduct]:
        """The products by the last part of their address."""
        return {product.slug: product for product in self.products}

    def shelf(self, section: str | None, kind: str | None) -> Sequence[DemoProduct]:
        """The products of a section, of a kind, or of both."""
        return [
            product
            for product in self.products
            if section in {None, product.section} and kind in {None, product.kind}
        ]

    @property
    def kinds(self) -> Sequence[str]:
        """The shelves, in the shop's order."""
        return list(dict.fromkeys(product.kind for product in self.products))

    def _product(self, model: Model, variant: Variant) -> DemoProduct:
        colour = _COLOURS.get(variant.dye, variant.dye)
        slug = _slug(model, variant)
        number = zlib.crc32(slug.encode())
        luck = np.random.default_rng((number, self.day))
        steady = np.random.default_rng(number)
        brands = _BRANDS[model.section]
        reduced = (steady.random() < 0.12) != (self.day > 0 and luck.random() < 0.04)
        names = _sizes(model)
        sold_out = luck.random() < 0.06
        return DemoProduct(
            sku=f"CT{number % 10**8:08d}",
            slug=slug,
            title=_title(model, variant, colour),
            brand=brands[number % len(brands)],
            section=model.section,
            kind=model.kind,
            colour=colour,
            pattern="printed" if variant.motif else variant.pattern,
            material=model.material,
            price=_reduced(model.price) if reduced else model.price,
            was=model.price if reduced else None,
            sizes={name: bool(not sold_out and luck.random() < 0.8) for name in names[:-1]}
            | {names[-1]: not sold_out},
            model=model,
            variant=variant,
        )


def picture(product: DemoProduct) -> bytes:
    """The product's picture, a JPEG of 640 by 800 pixels; always the same bytes."""
    seed = zlib.crc32(product.slug.encode())
    canvas = Canvas(seed)
    variant, model = product.variant, product.model
    dye = _batch(DYES[variant.dye], canvas.rng)
    other = variant.other or model.trim
    second = (
        DYES[other] if other else (patterns.contrast(dye) if variant.pattern != "solid" else dye)
    )
    fabric = plain(dye, model.texture)
    if variant.pattern != "solid":
        fabric = replace(fabric, pattern=patterns.tile(variant.pattern, dye, second, canvas.rng))
    trim = _trim(model, variant, dye, second)
    askew = (seed // 64 % 5 - 2) * 0.8
    with canvas.moved(zoom=_CLOSER.get(model.kind, 1.0), turn_deg=askew):
        model.draw(canvas, Cloth(fabric=fabric, trim=trim, motif=variant.motif))
    return canvas.jpeg(ground=seed // 7 % GROUNDS)


def _slug(model: Model, variant: Variant) -> str:
    parts = (model.key, variant.dye, variant.pattern, variant.motif or "solid")
    return "-".join(part.replace(" ", "-") for part in parts if part != "solid")


def _arrivals(models: Sequence[Model]) -> list[tuple[Model, Variant, int]]:
    """Everything in the shop's order with the day it arrives on.

    A model opens with its first variants; the others come over a season, some every day.
    """
    late = sorted(
        (_slug(model, variant) for model in models for variant in model.variants[_FIRST_VARIANTS:]),
        key=lambda slug: zlib.crc32(slug.encode()),
    )
    opening = len(late) // 10
    day = {slug: 1 + i * _SEASON_DAYS // len(late) for i, slug in enumerate(late[opening:])}
    return [
        (model, variant, day.get(_slug(model, variant), 0))
        for model in models
        for variant in model.variants
    ]


def _trim(model: Model, variant: Variant, dye: Rgb, second: Rgb) -> Fabric:
    """Bindings and collars are of the second dye where the model says so, else of the first."""
    own = variant.pattern == "solid" or model.trim is not None
    texture = model.trim_texture or model.texture
    return plain(second if own else dye, texture)


def _batch(dye: Rgb, rng: np.random.Generator) -> Rgb:
    """No two batches of a dye come out quite alike."""
    depth = 0.3 + 0.7 * sum(dye) / 720
    shift = depth * (rng.normal(0, 1.8, 3) + rng.normal(0, 5))
    r, g, b = (int(np.clip(c + s, 8, 248)) for c, s in zip(dye, shift, strict=True))
    return r, g, b


def _reduced(price: Decimal) -> Decimal:
    return (price * Decimal("0.7")).quantize(Decimal("0.01"))


def _title(model: Model, variant: Variant, colour: str) -> str:
    words = [colour]
    if variant.pattern != "solid":
        words.append(variant.pattern)
    name = f"{_WHOSE[model.section]}{' '.join(words)} {model.noun}"
    if variant.motif:
        name += f" with {variant.motif} print"
    return name[0].upper() + name[1:]


def _sizes(model: Model) -> Sequence[str]:
    if model.kind in _ONE_SIZE:
        return _SIZES["one"]
    if model.section == "kids":
        return _SIZES["kids"]
    if model.kind in _SHOES:
        return _SIZES["men's shoes" if model.section == "men" else "women's shoes"]
    return _SIZES["clothes"]
