"""How several platforms write the page of one product."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """One product of a shop."""

    handle: str
    title: str
    price: str = "19.90"
    stock: str = "InStock"
    colour: tuple[int, int, int] = (200, 30, 30)


class Shape(StrEnum):
    """What a page gives machines to read; the last two are of pages that were rebuilt."""

    JSON_LD = "a product in JSON-LD"
    GRAPH = "a graph with a price specification"
    VARIANTS = "a product group with sizes"
    MICRODATA = "microdata"
    OPEN_GRAPH = "product tags"
    PRICELESS = "a product without its price"
    NOTHING = "nothing at all"


class Results(StrEnum):
    """What a search page gives; the last two are data, as a page's script would ask for it."""

    CARDS = "boxes with links"
    JSON_LD = "a list of products in JSON-LD"
    STORE_API = "WooCommerce's Store API"
    SUGGESTIONS = "Shopify's suggestions"


def results_page(things: Iterable[Thing], *, at: str) -> str:
    """A search page that tells machines of everything on it."""
    items = []
    for place, thing in enumerate(things, 1):
        product = dict(_data(thing, f"{at}pictures/{thing.handle}.png", Shape.JSON_LD))
        product["url"] = f"{at}products/{thing.handle}"
        items.append({"@type": "ListItem", "position": place, "item": product})
    data = {"@context": "https://schema.org", "@type": "ItemList", "itemListElement": items}
    return (
        f'<html><head><script type="application/ld+json">{json.dumps(data)}</script></head>'
        "<body><h1>Results</h1></body></html>"
    )


def product_page(thing: Thing, *, at: str, shape: Shape) -> str:
    """The page of a thing in a shop that lies at an address."""
    picture = f"{at}pictures/{thing.handle}.png"
    head = f'<link rel="canonical" href="{at}products/{thing.handle}">'
    text = f"<h1>{thing.title}</h1>"
    match shape:
        case Shape.MICRODATA:
            text = _microdata(thing, picture)
        case Shape.OPEN_GRAPH:
            head += _tags(thing, picture)
        case Shape.NOTHING:
            text = "<div id=app></div>"
        case _:
            data = _data(thing, picture, shape)
            head += f'<script type="application/ld+json">{json.dumps(data)}</script>'
    return f"<html><head>{head}</head><body>{text}</body></html>"


def _data(thing: Thing, picture: str, shape: Shape) -> Mapping[str, Any]:
    stock = f"https://schema.org/{thing.stock}"
    offer: dict[str, Any] = {"@type": "Offer", "availability": stock}
    cost = {"price": thing.price, "priceCurrency": "EUR"}
    product = {
        "@type": "Product",
        "name": thing.title,
        "brand": {"name": "Worldly"},
        "image": [picture],
    }
    match shape:
        case Shape.GRAPH:
            offer["priceSpecification"] = [{"@type": "UnitPriceSpecification", **cost}]
            graph = [{"@type": "WebPage", "name": "A page"}, {**product, "offers": [offer]}]
            return {"@context": "https://schema.org", "@graph": graph}
        case Shape.VARIANTS:
            sizes = [
                {"@type": "Product", "size": size, "offers": {**offer, **cost}} for size in "SML"
            ]
            group = {**product, "@type": "ProductGroup", "hasVariant": sizes}
            return {"@context": "https://schema.org", **group}
        case Shape.PRICELESS:
            return {"@context": "https://schema.org", **product, "offers": offer}
    return {"@context": "https://schema.org", **product, "offers": {**offer, **cost}}


def _microdata(thing: Thing, picture: str) -> str:
    return (
        '<div itemscope itemtype="http://schema.org/Product">'
        f'<h1 itemprop="name">{thing.title}</h1><img itemprop="image" src="{picture}">'
        '<div itemprop="offers" itemscope itemtype="http://schema.org/Offer">'
        f'<meta itemprop="price" content="{thing.price}">'
        '<meta itemprop="priceCurrency" content="EUR">'
        f'<link itemprop="availability" href="http://schema.org/{thing.stock}"></div></div>'
    )


def _tags(thing: Thing, picture: str) -> str:
    tags = {
        "og:type": "product",
        "og:title": thing.title,
        "og:image": picture,
        "product:price:amount": thing.price,
        "product:price:currency": "EUR",
        "product:availability": "in stock" if thing.stock == "InStock" else "out of stock",
    }
    return "".join(f'<meta property="{name}" content="{value}">' for name, value in tags.items())
