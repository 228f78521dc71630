"""What a whole night of a shop can be like; each is a mood of a ``ShopWorld``."""

import asyncio
import zlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal

from aiohttp import web

from tests.support.shop_shapes import Shape
from tests.support.shop_world import Mood, ShopWorld, body, bomb, html, lost, redirect, status

Which = Callable[[web.Request], bool]


@dataclass(frozen=True, slots=True)
class Trouble:
    """A night's mood, and what it hides.

    ``blinds``: a page that is no more cannot be told from one that is, or is not believed.
    ``hides_prices``: a change of price cannot be seen, or is not believed. ``spoils``: what comes
    with status 200 is of no use. ``nights`` is how many in a row are to do no harm: a page that
    shows no product on two good nights is that of a product that is gone.
    """

    name: str
    mood: Mood
    blinds: bool = False
    hides_prices: bool = False
    spoils: bool = False
    nights: int = 3


def a_few(path: str, *, share: float = 0.08) -> bool:
    """Whether a path belongs to a share of all, always the same."""
    return zlib.crc32(path.encode()) % 1000 < share * 1000


def of_products(request: web.Request) -> bool:
    """A product's page."""
    return request.path.startswith("/products/")


def of_lists(request: web.Request) -> bool:
    """A sitemap or a listing."""
    return request.path in {"/sitemap.xml", "/shop"}


def any_page(request: web.Request) -> bool:
    """All but pictures."""
    return not request.path.startswith("/pictures/")


def _some_products(request: web.Request) -> bool:
    return of_products(request) and a_few(request.path)


def answering(which: Which, fault: Callable[[web.Request], object]) -> Mood:
    """Gives one fault to all requests of a kind."""

    async def mood(_world: ShopWorld, request: web.Request) -> web.StreamResponse | None:
        return await fault(request) if which(request) else None  # type: ignore[misc, no-any-return]

    return mood


def bursts(code: int, *, of: int = 3, every: int = 12, **headers: str) -> Mood:
    """So many errors in a row, then calm, then again."""
    seen = 0

    async def mood(_world: ShopWorld, request: web.Request) -> web.StreamResponse | None:
        nonlocal seen
        seen += 1
        return await status(code, **headers)(request) if seen % every < of else None

    return mood


def dearer(times: int) -> Mood:
    """Every price so many times what it is."""

    async def mood(world: ShopWorld, request: web.Request) -> web.StreamResponse | None:
        if thing := world.thing(request):
            return world.show(request, replace(thing, price=str(Decimal(thing.price) * times)))
        return None

    return mood


def rebuilt(shape: Shape, which: Which = of_products) -> Mood:
    """Product pages are written otherwise."""

    async def mood(world: ShopWorld, request: web.Request) -> web.StreamResponse | None:
        thing = world.thing(request)
        return world.show(request, thing, shape=shape) if thing and which(request) else None

    return mood


def half_missing(*, pages_too: bool) -> Mood:
    """Every second product is on no list; with ``pages_too``, its page is not there either."""

    async def mood(world: ShopWorld, request: web.Request) -> web.StreamResponse | None:
        hidden = set(list(world.things)[::2])
        if pages_too and request.path.rpartition("/")[2] in hidden:
            return web.Response(status=404)
        if of_lists(request):
            rest = {name: one for name, one in world.things.items() if name not in hidden}
            return replace(world, things=rest).page(request)
        return None

    return mood


async def _hang(_request: web.Request) -> web.StreamResponse:
    await asyncio.sleep(3600)
    raise web.HTTPGatewayTimeout


async def _empty(_request: web.Request) -> web.StreamResponse:
    return html("<html><body>Nothing found</body></html>")


def _robots(request: web.Request) -> bool:
    return request.path == "/robots.txt"


def _of_empty_sitemap(request: web.Request) -> bool:
    return request.path == "/sitemap.xml"


def troubles() -> list[Trouble]:
    """Every kind of bad night, none of them begun."""
    return [
        Trouble("a few pages hang", answering(_some_products, _hang), True, True, nights=1),
        Trouble("nobody answers", answering(lambda _: True, lost()), True, True),
        Trouble("every answer is 500", answering(any_page, status(500)), True, True),
        Trouble("bursts of 502", bursts(502), True, True),
        Trouble("a storm of 429", bursts(429, of=2, every=9, retry_after="30"), True, True),
        Trouble("503 in between", bursts(503, of=1, every=7), True, True),
        Trouble("every page is 403", answering(of_products, status(403)), True, True),
        Trouble("every page is 404", answering(of_products, status(404)), True, True),
        Trouble("robots.txt is away", answering(_robots, status(503)), True, True),
        Trouble("lists are away", answering(of_lists, status(500))),
        Trouble("lists are empty", answering(of_lists, _empty)),
        Trouble(
            "the sitemap is empty",
            answering(_of_empty_sitemap, body(b"<urlset></urlset>", "application/xml")),
        ),
        Trouble("half is on no list", half_missing(pages_too=False)),
        Trouble("half is missing", half_missing(pages_too=True), True, True),
        Trouble("pages show nothing", rebuilt(Shape.NOTHING), False, True),
        Trouble(
            "a few pages show nothing",
            rebuilt(Shape.NOTHING, _some_products),
            False,
            True,
            nights=1,
        ),
        Trouble("pages lost their price", rebuilt(Shape.PRICELESS), True, True),
        Trouble("everything costs a hundred times as much", dearer(100), True, True),
        Trouble("all lead home", answering(of_products, redirect("/")), True, True),
        Trouble("some lead home", answering(_some_products, redirect("/")), True, True),
        Trouble(
            "pages are called PDF",
            answering(of_products, body(b"x", "application/pdf")),
            True,
            True,
            True,
        ),
        Trouble("some are bombs", answering(_some_products, bomb(12)), True, True, True),
    ]
