"""What a shop may do to us on purpose: refused, told in the log, in bounded memory and time."""

import asyncio
import gzip
import socket
import struct
import tracemalloc
import zlib
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager

import pytest
from aiohttp import web
from aiohttp.abc import AbstractResolver, ResolveResult

from core.errors import FetchError, FetchFailed, FetchRefused
from core.storage.catalogue import CatalogueStore
from scraping.crawl import Crawl
from scraping.fetcher import PAGE, PICTURE, SITEMAP, Fetcher, Wanted, open_fetcher
from scraping.refresh import ShopRefresher
from scraping.shops import Take
from tests.scraping.nights import Calendar, night
from tests.support.shop_world import ShopWorld, body, html, status


class Names(AbstractResolver):
    """A name server that says what it is told to."""

    def __init__(self, answers: Mapping[str, tuple[str, ...]]) -> None:
        self._answers = answers

    async def resolve(
        self,
        host: str,
        port: int = 0,
        family: socket.AddressFamily = socket.AF_INET,  # noqa: ARG002  its signature
    ) -> list[ResolveResult]:
        return [
            ResolveResult(
                hostname=host,
                host=address,
                port=port,
                family=socket.AF_INET6 if ":" in address else socket.AF_INET,
                proto=0,
                flags=socket.AI_NUMERICHOST,
            )
            for address in self._answers[host]
        ]

    async def close(self) -> None:
        pass


@contextmanager
def little_memory(megabytes: int = 30) -> Iterator[None]:
    tracemalloc.start()
    try:
        yield
        assert tracemalloc.get_traced_memory()[1] < megabytes * 1_000_000
    finally:
        tracemalloc.stop()


@asynccontextmanager
async def raw_server(piece: bytes, *, pause_s: float = 0.0) -> AsyncIterator[str]:
    """Says ``HTTP/1.1 200 OK`` and then the same for ever; yields its origin."""

    talks: set[asyncio.Task[None] | None] = set()

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        talks.add(asyncio.current_task())
        try:
            await reader.readuntil(b"\r\n\r\n")
            writer.write(b"HTTP/1.1 200 OK\r\n")
            while True:
                writer.write(piece)
                await writer.drain()
                await asyncio.sleep(pause_s)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.transport.abort()

    server = await asyncio.start_server(talk, "127.0.0.1", 0)
    async with server:
        yield f"127.0.0.1:{server.sockets[0].getsockname()[1]}"
    await asyncio.gather(*filter(None, talks))


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://169.254.169.254/latest/meta-data/",
        "http://[fd00:ec2::254]/latest/meta-data/",
        "http://100.100.100.200/",
        "http://168.63.129.16/",
        "http://2130706433/",
        "http://0177.0.0.1/",
        "file:///etc/passwd",
        "gopher://127.0.0.1/",
    ],
)
async def test_an_address_that_is_not_public_is_refused_and_told(
    fetcher: Fetcher, url: str, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(FetchRefused):
        await fetcher.fetch(url)
    assert any(line.startswith("refused: ") for line in caplog.messages)


@pytest.mark.parametrize(
    "answers",
    [
        ("169.254.169.254",),
        ("10.0.0.7",),
        ("93.184.216.34", "127.0.0.1"),
        ("fd00::1",),
        ("::ffff:192.168.0.1",),
        ("2002:7f00:1::",),
        (),
    ],
)
async def test_a_name_that_leads_to_such_an_address_is_refused_and_told(
    world: ShopWorld, answers: tuple[str, ...], caplog: pytest.LogCaptureFixture
) -> None:
    names = Names({"shop.example": answers})
    async with open_fetcher(
        contact="x", clock=world.clock, sleep=world.clock.sleep, resolver=names
    ) as fetcher:
        with pytest.raises(FetchRefused, match=r"shop\.example has an address"):
            await fetcher.fetch("https://shop.example/products/1")
    (line,) = (line for line in caplog.messages if line.startswith("refused: "))
    assert "shop.example has an address that is not public" in line


@pytest.mark.parametrize("encoding", ["br", "zstd", "gzip, gzip", "x-unheard-of"])
async def test_a_bomb_in_an_encoding_that_was_not_asked_for_stays_packed(
    world: ShopWorld, fetcher: Fetcher, encoding: str
) -> None:
    packed = gzip.compress(gzip.compress(bytes(50_000_000)))
    world.fail("/x", body(packed, encoding=encoding), times=3)
    await fetcher.sitemaps(world.url)
    with little_memory(10), pytest.raises(FetchFailed, match="not asked for"):
        await fetcher.fetch(f"{world.url}x")


async def test_an_endless_page_is_left(
    world: ShopWorld, fetcher: Fetcher, caplog: pytest.LogCaptureFixture
) -> None:
    async def endless(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "text/html"})
        await response.prepare(request)
        try:
            while True:
                await response.write(bytes(1_000_000))
        except (ConnectionError, asyncio.CancelledError):
            return response

    world.fail("/x", endless)
    await fetcher.sitemaps(world.url)
    with little_memory(40), pytest.raises(FetchRefused, match="larger than"):
        await fetcher.fetch(f"{world.url}x")
    assert "refused: The answer is larger than 10.0 MB" in caplog.text


@pytest.mark.parametrize(
    ("piece", "pause_s"), [(b"X-More: and more\r\n", 0.0), (b"X", 0.02), (b"X" * 9000, 0.0)]
)
async def test_headers_without_end_are_left(world: ShopWorld, piece: bytes, pause_s: float) -> None:
    async with (
        raw_server(piece, pause_s=pause_s) as origin,
        open_fetcher(
            contact="x",
            local_origins=[origin],
            clock=world.clock,
            sleep=world.clock.sleep,
            total_s=0.3,
        ) as fetcher,
    ):
        with little_memory(60), pytest.raises(FetchRefused, match=r"robots\.txt cannot be read"):
            await fetcher.fetch(f"http://{origin}/")


@pytest.mark.parametrize(
    ("content_type", "wanted"),
    [
        ("text/html", PICTURE),
        ("text/html", SITEMAP),
        ("application/x-msdownload", PICTURE),
        ("application/json", SITEMAP),
        ("image/jpeg", PAGE),
        ("application/octet-stream", PAGE),
    ],
)
async def test_what_says_that_it_is_something_else_is_not_read(
    world: ShopWorld,
    fetcher: Fetcher,
    content_type: str,
    wanted: Wanted,
    caplog: pytest.LogCaptureFixture,
) -> None:
    world.fail("/x", body(b"<html>", content_type))
    with pytest.raises(FetchRefused, match="not a"):
        await fetcher.fetch(f"{world.url}x", wanted)
    assert f"is {content_type}, not a" in caplog.text


LAUGHS = "".join(
    f'<!ENTITY l{number} "{f"&l{number - 1};" * 10}">' if number else '<!ENTITY l0 "laugh">'
    for number in range(12)
)
SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
ENTITIES = {
    "multiplied": f"<!DOCTYPE urlset [{LAUGHS}]>"
    f'<urlset xmlns="{SPACE}"><url><loc>http://x/&l11;</loc></url></urlset>',
    "fetched": '<!DOCTYPE urlset [<!ENTITY x SYSTEM "{url}secret">]>'
    f'<urlset xmlns="{SPACE}"><url><loc>&x;</loc></url></urlset>',
    "a file": '<!DOCTYPE urlset [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    f'<urlset xmlns="{SPACE}"><url><loc>http://x/&x;</loc></url></urlset>',
    "a foreign DTD": '<!DOCTYPE urlset SYSTEM "{url}secret.dtd">'
    f'<urlset xmlns="{SPACE}"><url><loc>http://x/</loc></url></urlset>',
}


@pytest.mark.parametrize("kind", ENTITIES)
async def test_entities_of_a_sitemap_are_neither_multiplied_nor_fetched(
    world: ShopWorld, fetcher: Fetcher, kind: str
) -> None:
    text = ENTITIES[kind].replace("{url}", world.url)
    world.fail("/sitemap.xml", body(text.encode(), "application/xml"))
    crawl = Crawl(world.shop(), fetcher)
    with little_memory():
        assert [page async for page in crawl.pages() if page.page.keys] == []
    assert not crawl.report.complete
    assert world.asked_for("/secret") + world.asked_for("/secret.dtd") == 0
    assert not [path for path in world.asked if "root:" in path or "laugh" in path]


async def test_endless_sitemaps_end_and_the_shop_is_not_taken_for_seen(
    world: ShopWorld, fetcher: Fetcher
) -> None:
    async def deeper(request: web.Request) -> web.StreamResponse:
        number = int(request.query.get("n", "0")) + 1
        links = "".join(
            f"<sitemap><loc>{world.url}sitemap.xml?n={number * 10 + one}</loc></sitemap>"
            for one in range(10)
        )
        text = f'<sitemapindex xmlns="{SPACE}">{links}</sitemapindex>'
        return web.Response(body=text.encode(), content_type="application/xml")

    world.fail("/sitemap.xml", deeper, times=10_000)
    crawl = Crawl(world.shop(), fetcher)
    assert [page async for page in crawl.pages()] == []
    assert crawl.report.incomplete_because is not None
    assert "More than 200 sitemaps" in crawl.report.incomplete_because
    assert world.asked_for("/sitemap.xml") == 200


async def test_a_listing_that_makes_up_products_for_ever_ends(
    world: ShopWorld, fetcher: Fetcher
) -> None:
    async def more(request: web.Request) -> web.StreamResponse:
        number = int(request.query.get("page", "1"))
        return html(
            f'<a href="/products/made-up-{number}">x</a>'
            f'<a rel="next" href="/shop?page={number + 1}">More</a>'
        )

    world.fail("/shop", more, times=10_000)
    crawl = Crawl(world.shop(take=Take.LISTING, max_products=40), fetcher)
    assert len([page async for page in crawl.pages() if page.gone]) == 40
    assert world.asked_for("/shop") <= 41
    assert not crawl.report.complete


def huge_png(side: int) -> bytes:
    """A PNG of one colour, side by side pixels, in a few kilobytes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    rows = zlib.compress(bytes((side + 1) * 100), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    "fault",
    [
        body(huge_png(50_000), "image/png"),
        body(b"<svg onload=alert(1)>", "image/svg+xml"),
        body(b"<html>not a picture", "image/jpeg"),
        body(gzip.compress(bytes(50_000_000)), "image/jpeg", encoding="gzip"),
    ],
    ids=["a bomb of pixels", "SVG", "a page called JPEG", "a packed bomb"],
)
async def test_a_picture_that_attacks_is_left_told_and_the_shop_goes_on(
    world: ShopWorld,
    refresher: ShopRefresher,
    calendar: Calendar,
    caplog: pytest.LogCaptureFixture,
    fault: object,
) -> None:
    world.stock(3)
    world.fail("/pictures/thing-1.png", fault)  # type: ignore[arg-type]
    with little_memory(45):
        report = await night(refresher, world, calendar)
    assert (report.counts["pictures"], report.counts["pictures_failed"]) == (2, 1)
    assert any("/pictures/thing-1.png" in line for line in caplog.messages)


async def test_a_storm_of_429_is_left_for_today_after_few_requests(
    world: ShopWorld, refresher: ShopRefresher, catalogue: CatalogueStore, calendar: Calendar
) -> None:
    world.stock(60)
    await night(refresher, world, calendar)
    for number in range(60):
        world.fail(f"/products/thing-{number}", status(429, retry_after="2"), times=99)
    begun = world.clock()
    report = await night(refresher, world, calendar)
    assert report.problem == "20 pages failed in a row"
    assert len(world.asked) < 80
    assert world.clock() - begun > 60 * 2
    assert (await catalogue.counts()).products == 60


async def test_who_complains_with_longer_and_longer_waits_is_not_waited_for_all_night(
    world: ShopWorld, fetcher: Fetcher
) -> None:
    world.stock(3)
    world.fail("*", *[status(429, retry_after=str(10**number)) for number in range(9)], times=9)
    begun = world.clock()
    crawl = Crawl(world.shop(), fetcher)
    assert [page async for page in crawl.pages()] == []
    assert not crawl.report.complete
    assert world.clock() - begun < 3 * 3600


@pytest.mark.parametrize(
    "answer",
    [
        status(302, location="http://169.254.169.254/robots.txt"),
        status(302, location="/robots.txt"),
        body(gzip.compress(bytes(90_000_000)), "text/plain", encoding="gzip"),
        body(b"\xff\xfe\x00" * 999, "image/png"),
    ],
    ids=["leads inside", "in a circle", "a bomb", "no text at all"],
)
async def test_a_robots_txt_that_attacks_is_survived(
    world: ShopWorld, fetcher: Fetcher, answer: object
) -> None:
    world.stock(1)
    world.fail("/robots.txt", answer, times=20)  # type: ignore[arg-type]
    with little_memory():
        try:
            await fetcher.fetch(f"{world.url}products/thing-0")
        except FetchError as error:
            assert "robots.txt cannot be read" in str(error)  # noqa: PT017
    assert world.asked_for("/robots.txt") <= 6
