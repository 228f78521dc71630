"""A large shop as a process of its own: ``python -m tests.benchmarks.shop PORT PRODUCTS``."""

import asyncio
import json
import sys
import zlib
from collections import Counter
from decimal import Decimal

from aiohttp import web

from core.catalogue import Availability, Money, ProductRecord

_SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_FILLER = "<p>Washed cotton, cut straight, sewn to last. Machine wash at 30 degrees.</p>" * 400
"""Brings a page to 30 KB: what shops send around their few facts."""

_Answer = web.StreamResponse


def record(number: int, origin: str) -> ProductRecord:
    """What a scraper finds on the page of a product."""
    url = f"{origin}/products/{number}"
    return ProductRecord(
        key=url,
        title=f"Cotton shirt {number}",
        url=url,
        brand="Large",
        kind="shirt",
        price=Money(Decimal(number % 90 + 10), "EUR"),
        availability=Availability.IN_STOCK,
        image_urls=(f"{origin}/pictures/{number}.jpg",),
    )


class Shop:
    """Answers for its pages, with ETags or without, and counts what it is asked for."""

    def __init__(self, origin: str, products: int) -> None:
        self._origin = origin
        self._products = products
        self._asked: Counter[str] = Counter()
        self._etags = True

    def application(self) -> web.Application:
        """What serves it."""
        application = web.Application()
        application.router.add_get("/sitemap.xml", self._sitemap)
        application.router.add_get("/products/{number}", self._product)
        application.router.add_get("/pictures/{name}", self._picture)
        application.router.add_get("/asked", self._tell)
        application.router.add_post("/etags/{on}", self._set_etags)
        return application

    async def _sitemap(self, _request: web.Request) -> _Answer:
        urls = "".join(
            f"<url><loc>{self._origin}/products/{number}</loc></url>"
            for number in range(self._products)
        )
        body = f'<?xml version="1.0"?><urlset xmlns="{_SPACE}">{urls}</urlset>'
        return web.Response(text=body, content_type="application/xml")

    async def _product(self, request: web.Request) -> _Answer:
        self._asked["pages"] += 1
        text = _page(record(int(request.match_info["number"]), self._origin))
        if not self._etags:
            return web.Response(text=text, content_type="text/html")
        headers = {"ETag": f'"{zlib.crc32(text[:1000].encode()):x}"'}
        if request.headers.get("If-None-Match") == headers["ETag"]:
            return web.Response(status=304, headers=headers)
        return web.Response(text=text, content_type="text/html", headers=headers)

    async def _picture(self, _request: web.Request) -> _Answer:
        self._asked["pictures"] += 1
        return web.Response(status=404)

    async def _tell(self, _request: web.Request) -> _Answer:
        return web.json_response(dict(self._asked))

    async def _set_etags(self, request: web.Request) -> _Answer:
        self._etags = request.match_info["on"] == "on"
        return web.Response()


def _page(product: ProductRecord) -> str:
    assert product.price is not None
    facts = {
        "@context": "https://schema.org",
        "@type": "Product",
        "name": product.title,
        "brand": {"@type": "Brand", "name": product.brand},
        "image": list(product.image_urls),
        "offers": {
            "@type": "Offer",
            "price": str(product.price.amount),
            "priceCurrency": product.price.currency,
            "availability": "https://schema.org/InStock",
        },
    }
    return (
        f'<!doctype html><html><head><link rel="canonical" href="{product.url}">'
        f'<script type="application/ld+json">{json.dumps(facts)}</script></head>'
        f"<body><h1>{product.title}</h1>{_FILLER}</body></html>"
    )


async def main(port: int, products: int) -> None:
    """Serve until killed."""
    runner = web.AppRunner(
        Shop(f"http://127.0.0.1:{port}", products).application(), access_log=None
    )
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    print("ready", flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), int(sys.argv[2])))
