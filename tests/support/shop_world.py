"""A shop on loopback that can be made to fail in the ways that shops do."""

import asyncio
import gzip
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from functools import cache
from io import BytesIO

from aiohttp import web
from PIL import Image

from scraping.guard import origin
from scraping.shops import ShopConfig, Take
from tests.support import shop_platforms
from tests.support.shop_shapes import Results, Shape, Thing, product_page, results_page
from tests.support.simulated_time import SimulatedTime

Fault = Callable[[web.Request], Awaitable[web.StreamResponse]]
Mood = Callable[["ShopWorld", web.Request], Awaitable[web.StreamResponse | None]]
PER_PAGE = 5


@dataclass(slots=True)
class ShopWorld:
    """What the shop sells, how it fails, and who asked what (path and query, in order).

    ``faults`` answer single requests; a ``mood`` is asked about every one, and lets through what
    it answers None to. ``shape`` is how the shop's platform writes product pages.
    """

    things: dict[str, Thing] = field(default_factory=dict)
    robots: str = "User-agent: *\nDisallow: /private/\n"
    faults: dict[str, list[Fault]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    asked_at: list[float] = field(default_factory=list)
    answered: list[int] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    pages: dict[str, web.Response] = field(default_factory=dict)
    etags: bool = False
    unlisted: set[str] = field(default_factory=set)
    shape: Shape = Shape.JSON_LD
    results_shape: Results = Results.CARDS
    mood: Mood | None = None
    name: str = "world"
    url: str = ""
    clock: SimulatedTime = field(default_factory=SimulatedTime)

    def stock(self, count: int) -> None:
        """Fill the shelves with so many different things."""
        for number in range(count):
            shade = (number * 37 % 256, number * 91 % 256, number * 53 % 256)
            handle = f"thing-{number}"
            title = f"Women's navy dress {number}"
            self.things[handle] = Thing(handle=handle, title=title, colour=shade)

    def change(self, handle: str, **changes: str) -> None:
        """Change one product."""
        self.things[handle] = replace(self.things[handle], **changes)

    def fail(self, path: str, *faults: Fault, times: int = 1) -> None:
        """Answer the next requests for ``path`` ("*" for any) with these faults, one each."""
        self.faults.setdefault(path, []).extend(fault for _ in range(times) for fault in faults)

    def shop(self, *, take: Take = Take.SITEMAP, **more: object) -> ShopConfig:
        """How to scrape this world."""
        start = f"{self.url}shop" if take is Take.LISTING else self.url
        values = {
            "name": self.name,
            "title": self.name.title(),
            "currency": "EUR",
            "pace_per_s": 1000.0,
        }
        if take is Take.FEED:
            values["feed"] = f"{self.url}feed.xml"
        if more.pop("searchable", False):
            values["search"] = f"{self.url}search?q={{words}}"
        return ShopConfig(start=start, take=take, local=True, **{**values, **more})  # type: ignore[arg-type]

    @property
    def listed(self) -> list[str]:
        """The handles that the sitemap and the listing name."""
        return [handle for handle in self.things if handle not in self.unlisted]

    @property
    def origin(self) -> str:
        """``host:port``."""
        return origin(self.url)

    def asked_for(self, path: str) -> int:
        """How often a path was asked for."""
        return sum(1 for asked in self.asked if asked.partition("?")[0] == path)

    async def answer(self, request: web.Request) -> web.StreamResponse:
        self.asked.append(str(request.rel_url))
        self.asked_at.append(self.clock())
        self.headers.append(dict(request.headers))
        number = len(self.answered)
        self.answered.append(0)
        response = await self._answer(request)
        if number < len(self.answered):
            self.answered[number] = response.status
        return response

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        for path in (str(request.rel_url), request.path, "*"):
            if self.faults.get(path):
                return await self.faults[path].pop(0)(request)
        if self.mood and (moody := await self.mood(self, request)):
            return moody
        if page := self.pages.get(request.path):
            return web.Response(body=page.body, status=page.status, headers=page.headers)
        if request.path == "/search":
            return self.results(request.query.get("q", ""))
        return self.page(request)

    def thing(self, request: web.Request) -> Thing | None:
        """The thing whose page is asked for."""
        kind, _, handle = request.path.strip("/").partition("/")
        return self.things.get(handle) if kind == "products" else None

    def show(
        self, request: web.Request, thing: Thing, *, shape: Shape | None = None
    ) -> web.Response:
        """The page of a thing."""
        page = product_page(thing, at=self.url, shape=shape or self.shape)
        return self.showing(request, page.encode(), "text/html")

    def showing(self, request: web.Request, shown: bytes, content_type: str) -> web.Response:
        """An answer, where the shop has ``etags`` with one that changes with it, or 304 for it."""
        etag = f'"{zlib.crc32(shown):x}"'
        headers = {"ETag": etag} if self.etags else {}
        if self.etags and request.headers.get("If-None-Match") == etag:
            return web.Response(status=304, headers=headers)
        return web.Response(body=shown, content_type=content_type, charset="utf-8", headers=headers)

    def page(self, request: web.Request) -> web.Response:
        """What the shop answers when all is well."""
        kind, _, rest = request.path.strip("/").partition("/")
        match kind, rest:
            case "" | "robots.txt", "":
                return web.Response(text=self.robots) if kind else html("<h1>Welcome</h1>")
            case "sitemap.xml", "":
                return self.showing(request, self.sitemap(), "application/xml")
            case "shop", "":
                return html(self._listing(int(request.query.get("page", "1"))))
            case "products", handle if handle in self.things:
                return self.show(request, self.things[handle])
            case "pictures", name if name.removesuffix(".png") in self.things:
                body = png(self.things[name.removesuffix(".png")].colour)
                return conditional(request, body, "image/png")
            case _:
                told = shop_platforms.answer(request, self.things.values(), self.url)
                return told or web.Response(status=404, text="not here")

    def found(self, words: str) -> list[Thing]:
        """The things whose titles have all of the words, as they begin."""
        return [
            thing
            for thing in self.things.values()
            if all(f" {word}" in f" {thing.title.lower()}" for word in words.split())
        ]

    def results(self, words: str) -> web.Response:
        """The search page, as ``results_shape`` writes it."""
        found = self.found(words)
        if self.results_shape is Results.STORE_API:
            return shop_platforms.data([shop_platforms.woocommerce(one, self.url) for one in found])
        if self.results_shape is Results.SUGGESTIONS:
            entries = [
                {"title": one.title, "url": f"/products/{one.handle}?_pos=1", "image": "/p.png"}
                for one in found
            ]
            return shop_platforms.data({"resources": {"results": {"products": entries}}})
        if self.results_shape is Results.JSON_LD:
            return html(results_page(found, at=self.url))
        return html(
            f"<html><body><h1>Results</h1>{_cards(one.handle for one in found)}</body></html>"
        )

    def sitemap(self) -> bytes:
        """The sitemap of all products."""
        urls = "".join(f"<url><loc>{self.url}products/{name}</loc></url>" for name in self.listed)
        space = "http://www.sitemaps.org/schemas/sitemap/0.9"
        return f'<?xml version="1.0"?><urlset xmlns="{space}">{urls}</urlset>'.encode()

    def _listing(self, number: int) -> str:
        names = self.listed[(number - 1) * PER_PAGE : number * PER_PAGE]
        cards = _cards(names)
        more = number * PER_PAGE < len(self.things)
        following = f'<a rel="next" href="/shop?page={number + 1}">Next</a>' if more else ""
        return f"<html><body><h1>All</h1>{cards}{following}</body></html>"


def _cards(names: Iterable[str]) -> str:
    return "".join(
        f'<div class="product-card"><a href="/products/{name}">'
        f'<img src="/pictures/{name}.png"></a><b>€ 19.90</b></div>'
        for name in names
    )


@asynccontextmanager
async def open_world(
    *,
    products: int = 0,
    clock: SimulatedTime | None = None,
    name: str = "world",
    shape: Shape = Shape.JSON_LD,
) -> AsyncIterator[ShopWorld]:
    """A world with so many products, served on a free port."""
    world = ShopWorld(clock=clock or SimulatedTime(), name=name, shape=shape)
    world.stock(products)
    application = web.Application()
    application.router.add_route("*", "/{path:.*}", world.answer)
    runner = web.AppRunner(application, shutdown_timeout=0.1)
    await runner.setup()
    try:
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        host, port = runner.addresses[0][:2]
        world.url = f"http://{host}:{port}/"
        yield world
    finally:
        await runner.cleanup()


def html(text: str) -> web.Response:
    """A page."""
    return web.Response(text=text, content_type="text/html")


def png(colour: tuple[int, int, int]) -> bytes:
    """A picture of one colour."""
    out = BytesIO()
    Image.new("RGB", (32, 40), colour).save(out, "PNG")
    return out.getvalue()


def conditional(request: web.Request, body: bytes, content_type: str) -> web.Response:
    """An answer with validators, or 304 where they are given back."""
    headers = {"ETag": '"v1"', "Last-Modified": "Mon, 01 Jan 2024 00:00:00 GMT"}
    if request.headers.get("If-None-Match") == '"v1"':
        return web.Response(status=304, headers=headers)
    return web.Response(body=body, content_type=content_type, headers=headers)


def status(code: int, **headers: str) -> Fault:
    """An answer with this status; ``retry_after`` becomes ``Retry-After``."""

    async def fault(_: web.Request) -> web.StreamResponse:
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        return web.Response(status=code, text="no", headers=names)

    return fault


def redirect(location: str, code: int = 302) -> Fault:
    """A redirect."""

    async def fault(_: web.Request) -> web.StreamResponse:
        return web.Response(status=code, headers={"Location": location})

    return fault


def body(data: bytes, content_type: str = "text/html", encoding: str | None = None) -> Fault:
    """Any bytes under any name."""

    async def fault(_: web.Request) -> web.StreamResponse:
        headers = {"Content-Type": content_type}
        if encoding:
            headers["Content-Encoding"] = encoding
        return web.Response(body=data, headers=headers)

    return fault


@cache
def bomb(megabytes: int) -> Fault:
    """A small gzip body that unpacks to so many megabytes."""
    return body(gzip.compress(bytes(megabytes * 1_000_000)), encoding="gzip")


def drip(pause_s: float = 0.05) -> Fault:
    """A page that comes byte by byte and never ends."""

    async def fault(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "text/html"})
        await response.prepare(request)
        try:
            while True:
                await response.write(b" ")
                await asyncio.sleep(pause_s)
        except (ConnectionError, asyncio.CancelledError):
            return response

    return fault


def broken_off(data: bytes, content_type: str = "text/html") -> Fault:
    """A body that ends before its announced length."""

    async def fault(request: web.Request) -> web.StreamResponse:
        headers = {"Content-Type": content_type, "Content-Length": str(len(data) + 1000)}
        response = web.StreamResponse(headers=headers)
        await response.prepare(request)
        await response.write(data)
        assert request.transport is not None
        request.transport.abort()
        return response

    return fault


def lost() -> Fault:
    """A connection that is cut before an answer."""

    async def fault(request: web.Request) -> web.StreamResponse:
        assert request.transport is not None
        request.transport.abort()
        return web.Response()

    return fault
