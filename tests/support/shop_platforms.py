"""What shops of several platforms tell machines of their products, besides their pages."""

import csv
import io
import json
from collections.abc import Collection, Sequence
from typing import Any, Protocol
from xml.sax.saxutils import escape

from aiohttp import web


class Sold(Protocol):
    """What is told of one product."""

    handle: str
    title: str
    price: str
    stock: str


PLATFORMS = ("shopify", "woocommerce", "feed")


def answer(request: web.Request, things: Collection[Sold], at: str) -> web.Response | None:
    """What the shop at this address says where a platform's data is asked for."""
    query = request.query
    number = int(query.get("page", "1"))
    if request.path == "/products.json":
        size = int(query.get("limit", "30"))
        return data({"products": [shopify(one, at) for one in cut(things, number, size)]})
    if request.path == "/wp-json/wc/store/v1/products":
        size = int(query.get("per_page", "10"))
        return data([woocommerce(one, at) for one in cut(things, number, size)])
    if request.path == "/feed.xml":
        return web.Response(body=google_feed(things, at), content_type="application/xml")
    return None


def data(value: object) -> web.Response:
    return web.Response(text=json.dumps(value), content_type="application/json")


def cut(things: Collection[Sold], number: int, size: int) -> Sequence[Sold]:
    return list(things)[(number - 1) * size : number * size]


def shopify(thing: Sold, at: str) -> dict[str, Any]:
    """A product in two sizes, the smaller sold out."""
    there = thing.stock == "InStock"
    return {
        "handle": thing.handle,
        "title": thing.title,
        "vendor": "Worldly",
        "product_type": "Dress",
        "tags": ["women", "summer"],
        "variants": [
            {"title": "S", "price": "1.00", "available": False, "compare_at_price": None},
            {"title": "M", "price": thing.price, "available": there},
        ],
        "images": [{"src": f"{at}pictures/{thing.handle}.png"}],
        "options": [
            {"name": "Size", "values": ["S", "M"]},
            {"name": "Colour", "values": ["Navy"]},
        ],
    }


def woocommerce(thing: Sold, at: str) -> dict[str, Any]:
    """A product with an old and a current price, in cents."""
    cents = thing.price.replace(".", "")
    return {
        "id": 7,
        "name": escape(thing.title),
        "permalink": f"{at}products/{thing.handle}",
        "is_in_stock": thing.stock == "InStock",
        "prices": {
            "price": cents,
            "regular_price": cents + "0",
            "sale_price": cents,
            "price_range": None,
            "currency_code": "EUR",
            "currency_minor_unit": 2,
        },
        "images": [{"id": 1, "src": f"{at}pictures/{thing.handle}.png"}],
        "categories": [{"name": "Dresses"}],
        "tags": [{"name": "Women"}],
        "attributes": [
            {"name": "Colour", "terms": [{"name": "Navy"}]},
            {"name": "Brand", "terms": [{"name": "Worldly"}]},
        ],
    }


def rows(things: Collection[Sold], at: str) -> list[dict[str, str]]:
    """A feed's items: each product in two sizes, the smaller sold out."""
    return [
        {
            "id": f"{thing.handle}-{size}",
            "item_group_id": thing.handle,
            "title": f"{thing.title} - {size}",
            "link": f"{at}products/{thing.handle}?variant={number}",
            "image_link": f"{at}pictures/{thing.handle}.png",
            "brand": "Worldly",
            "price": "99.00 EUR",
            "sale_price": f"{thing.price if size == 'M' else '1.00'} EUR",
            "availability": "in_stock"
            if size == "M" and thing.stock == "InStock"
            else "out of stock",
            "color": "Navy",
            "gender": "female",
            "product_type": "Women > Dresses",
        }
        for thing in things
        for number, size in enumerate("SM")
    ]


def google_feed(things: Collection[Sold], at: str) -> bytes:
    """An RSS feed as Google takes it, with what such feeds have nested in their items."""
    plain = {"title", "link"}
    items = "".join(
        "<item>"
        + "".join(
            f"<{'' if name in plain else 'g:'}{name}>{escape(value)}"
            f"</{'' if name in plain else 'g:'}{name}>"
            for name, value in row.items()
        )
        + "<g:shipping><g:price>4.99 USD</g:price></g:shipping></item>"
        for row in rows(things, at)
    )
    space = "http://base.google.com/ns/1.0"
    return (
        f'<?xml version="1.0"?><rss xmlns:g="{space}" version="2.0"><channel>'
        f"<title>World</title><link>{at}</link>{items}</channel></rss>"
    ).encode()


def atom_feed(things: Collection[Sold], at: str) -> bytes:
    """The same as Atom."""
    items = "".join(
        "<entry>"
        + "".join(
            f'<link rel="alternate" href="{escape(value)}"/>'
            if name == "link"
            else f"<g:{name}>{escape(value)}</g:{name}>"
            for name, value in row.items()
        )
        + '<link rel="self" href="https://elsewhere.example/"/></entry>'
        for row in rows(things, at)
    )
    return (
        '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:g="http://base.google.com/ns/1.0">'
        f"{items}</feed>"
    ).encode()


def table_feed(things: Collection[Sold], at: str, *, delimiter: str) -> bytes:
    """The same as CSV or TSV."""
    out = io.StringIO()
    items = rows(things, at)
    table = csv.DictWriter(out, list(items[0]), delimiter=delimiter)
    table.writeheader()
    table.writerows(items)
    return out.getvalue().encode()
