"""The demo shop as a web site: an aiohttp application, and a server for it on loopback."""

import asyncio
import hashlib
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from importlib.resources import files
from importlib.resources.abc import Traversable

from aiohttp import web

from data.demo_shop import pages
from data.demo_shop.catalogue import DemoCatalogue, DemoProduct, picture

SERVER_NAME = "twinset-demo-shop"
OPENING = date(2025, 3, 3)

_HTML, _TEXT, _XML, _CSS = "text/html", "text/plain", "application/xml", "text/css"
_KEPT_PICTURES = 256
_WORTH_ZIPPING_BYTES = 1_000


class DemoShop:
    """The site. ``day`` chooses what is sold; ``base_url`` its address, else the request's host."""

    def __init__(self, *, day: int | Callable[[], int] = 0, base_url: str | None = None) -> None:
        self._day = day if callable(day) else lambda: day
        self._base_url = base_url.rstrip("/") + "/" if base_url else None
        self._catalogue = DemoCatalogue(day=self._day())
        self._revision = _revision()
        self._pictures: OrderedDict[str, bytes] = OrderedDict()
        self._pool: ThreadPoolExecutor | None = None

    @property
    def catalogue(self) -> DemoCatalogue:
        """What is sold today."""
        day = self._day()
        if day != self._catalogue.day:
            self._catalogue = DemoCatalogue(day=day)
        return self._catalogue

    def application(self) -> web.Application:
        """The site, ready to be served; one at a time of a shop."""
        app = web.Application()
        app.cleanup_ctx.append(self._drawing)
        app.on_response_prepare.append(_sign)
        app.add_routes(
            [
                web.get("/", self._home),
                web.get("/robots.txt", self._robots),
                web.get("/sitemap.xml", self._sitemap),
                web.get("/sitemap-products.xml", self._product_sitemap),
                web.get("/sitemap-pages.xml", self._page_sitemap),
                web.get("/style.css", self._style),
                web.get(f"/{pages.SEARCH}", self._search),
                web.get("/cart", self._private),
                web.get("/account", self._private),
                web.get("/products/{slug}", self._product),
                web.get("/images/{slug}.jpg", self._image),
                web.get("/{path:.+}", self._listing),
            ]
        )
        return app

    async def _drawing(self, _: web.Application) -> AsyncIterator[None]:
        with ThreadPoolExecutor(2, thread_name_prefix="demo-shop") as pool:
            self._pool = pool
            yield
            self._pool = None

    # -- pages -------------------------------------------------------------------------------

    async def _home(self, request: web.Request) -> web.Response:
        return self._page(request, pages.home_page(self._base(request), self.catalogue))

    async def _listing(self, request: web.Request) -> web.Response:
        shelf = pages.shelves(self.catalogue).get(request.match_info["path"].rstrip("/"))
        number = request.query.get("page", "1")
        if shelf is None or number not in map(str, range(1, shelf.pages + 1)):
            return self._missing(request)
        return self._page(request, pages.listing_page(self._base(request), shelf, int(number)))

    async def _search(self, request: web.Request) -> web.Response:
        shelf = pages.found(self.catalogue, request.query.get("q", "")[:200])
        return self._page(request, pages.listing_page(self._base(request), shelf, 1))

    async def _product(self, request: web.Request) -> web.Response:
        product = self._asked_for(request)
        if product is None:
            return self._missing(request)
        return self._page(request, pages.product_page(self._base(request), product))

    async def _image(self, request: web.Request) -> web.Response:
        product = self._asked_for(request)
        if product is None:
            return self._missing(request)
        # Named after what it is drawn from, so that nothing is drawn to say "not modified".
        tag = _digest(f"{self._revision} {product.slug}".encode())
        response = _unless_known(request, tag, OPENING)
        if response is None:
            response = web.Response(body=await self._drawn(product), content_type="image/jpeg")
        return _dated(response, tag, OPENING, max_age_s=86_400)

    async def _private(self, request: web.Request) -> web.Response:
        return self._page(request, pages.cart_page(self._base(request)))

    # -- for machines ------------------------------------------------------------------------

    async def _robots(self, request: web.Request) -> web.Response:
        return self._page(request, pages.robots_txt(self._base(request)), _TEXT)

    async def _sitemap(self, request: web.Request) -> web.Response:
        text = pages.sitemap_index(self._base(request), self._changed.isoformat())
        return self._page(request, text, _XML)

    async def _product_sitemap(self, request: web.Request) -> web.Response:
        base, changed = self._base(request), self._changed.isoformat()
        return self._page(request, pages.product_sitemap(base, self.catalogue, changed), _XML)

    async def _page_sitemap(self, request: web.Request) -> web.Response:
        base, changed = self._base(request), self._changed.isoformat()
        return self._page(request, pages.page_sitemap(base, self.catalogue, changed), _XML)

    async def _style(self, request: web.Request) -> web.Response:
        text = files("data.demo_shop").joinpath("style.css").read_text("utf-8")
        return self._page(request, text, _CSS)

    # -- parts -------------------------------------------------------------------------------

    @property
    def _changed(self) -> date:
        return OPENING + timedelta(days=self.catalogue.day)

    def _base(self, request: web.Request) -> str:
        return self._base_url or f"{request.scheme}://{request.host}/"

    def _asked_for(self, request: web.Request) -> DemoProduct | None:
        return self.catalogue.by_slug.get(request.match_info["slug"])

    async def _drawn(self, product: DemoProduct) -> bytes:
        kept = self._pictures.get(product.slug)
        if kept is None:
            loop = asyncio.get_running_loop()
            kept = await loop.run_in_executor(self._pool, picture, product)
            self._pictures[product.slug] = kept
            if len(self._pictures) > _KEPT_PICTURES:
                self._pictures.popitem(last=False)
        return kept

    def _page(self, request: web.Request, text: str, content_type: str = _HTML) -> web.Response:
        body = text.encode()
        tag = _digest(body)
        response = _unless_known(request, tag, self._changed)
        if response is None:
            response = web.Response(body=body, content_type=content_type, charset="utf-8")
            if len(body) > _WORTH_ZIPPING_BYTES:
                # What the client takes is looked up again; gzip goes first as every shop's does.
                zips = "gzip" in request.headers.get("Accept-Encoding", "")
                response.enable_compression(web.ContentCoding.gzip if zips else None)
                response.headers["Vary"] = "Accept-Encoding"
        return _dated(response, tag, self._changed, max_age_s=0)

    def _missing(self, request: web.Request) -> web.Response:
        text = pages.missing_page(self._base(request))
        return web.Response(status=404, text=text, content_type=_HTML)


@asynccontextmanager
async def serve(port: int, *, day: int | Callable[[], int] = 0) -> AsyncIterator[str]:
    """Serve the shop on loopback and yield its address, which ends in a slash.

    Port 0 takes any that is free; ``OSError`` when the port is taken.
    """
    runner = web.AppRunner(DemoShop(day=day).application(), access_log=None, shutdown_timeout=1)
    await runner.setup()
    try:
        site = web.TCPSite(runner, "127.0.0.1", port)
        await site.start()
        host, bound = runner.addresses[0][:2]
        yield f"http://{host}:{bound}/"
    finally:
        await runner.cleanup()


async def _sign(_: web.Request, response: web.StreamResponse) -> None:
    response.headers["Server"] = SERVER_NAME


def _unless_known(request: web.Request, tag: str, changed: date) -> web.Response | None:
    """304 when the client's copy is still right; the tag decides before the date (RFC 9110)."""
    known = request.headers.get("If-None-Match")
    if known is not None:
        tags = {item.strip().removeprefix("W/") for item in known.split(",")}
        return web.Response(status=304) if tags & {f'"{tag}"', "*"} else None
    since = request.headers.get("If-Modified-Since")
    if since is None:
        return None
    try:
        copy = parsedate_to_datetime(since)
    except ValueError:
        return None
    if copy.tzinfo is None:
        copy = copy.replace(tzinfo=UTC)
    return web.Response(status=304) if copy >= _midnight(changed) else None


def _dated(response: web.Response, tag: str, changed: date, *, max_age_s: int) -> web.Response:
    # Weak, because the same tag stands for the zipped and the plain form.
    response.headers["ETag"] = f'W/"{tag}"'
    response.headers["Last-Modified"] = format_datetime(_midnight(changed), usegmt=True)
    response.headers["Cache-Control"] = f"public, max-age={max_age_s}"
    return response


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:20]


def _revision() -> str:
    """Names the drawing code, so that a picture's tag changes with it."""
    digest = hashlib.sha256()
    for file in _sources(files("data.demo_shop")):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _sources(folder: Traversable) -> list[Traversable]:
    found = []
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            found += _sources(entry)
        elif entry.name.endswith(".py"):
            found.append(entry)
    return found
