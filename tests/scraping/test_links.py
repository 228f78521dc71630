"""What lies behind a link that a stranger sent: a picture, or a problem that can be told."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from core.catalogue import ProductRecord
from core.errors import Busy, LinkError, LinkProblem, PhotoTooLarge, UnsupportedFormat
from core.photos import open_photo
from core.storage.catalogue import CatalogueStore
from core.storage.pictures import PictureStore
from scraping.fetcher import Fetcher, open_fetcher
from scraping.links import LinkReader
from scraping.pictures import PictureSource
from tests.scraping.nights import Calendar
from tests.scraping.test_guard import Fickle
from tests.support.shop_world import ShopWorld, body, bomb, drip, lost, png, redirect, status

RED = png((200, 30, 40))


@pytest.fixture
def store(tmp_path: Path) -> PictureStore:
    return PictureStore(tmp_path / "pictures")


@pytest.fixture
async def reader(
    fetcher: Fetcher, catalogue: CatalogueStore, store: PictureStore
) -> AsyncIterator[LinkReader]:
    links = LinkReader(fetcher, catalogue=catalogue, pictures=PictureSource(store, fetcher))
    yield links
    links.close()


@pytest.fixture
async def strangers(
    catalogue: CatalogueStore, store: PictureStore, fetcher: Fetcher
) -> AsyncIterator[LinkReader]:
    """A reader to which nothing is local, as the app makes it."""
    async with open_fetcher(contact="x", tell_at=logging.DEBUG) as guarded:
        links = LinkReader(guarded, catalogue=catalogue, pictures=PictureSource(store, fetcher))
        yield links
        links.close()


async def problem(reader: LinkReader, url: str) -> LinkProblem:
    with pytest.raises(LinkError) as caught:
        await reader.open(url)
    return caught.value.problem


async def test_an_image_is_the_picture(world: ShopWorld, reader: LinkReader) -> None:
    world.stock(1)
    linked = await reader.open(f"{world.url}pictures/thing-0.png")
    assert linked.picture == png(world.things["thing-0"].colour)
    assert (linked.title, linked.product) == ("", None)


async def test_a_product_page_gives_its_main_picture_and_its_name(
    world: ShopWorld, reader: LinkReader
) -> None:
    world.stock(3)
    linked = await reader.open(f"{world.url}products/thing-2?utm_source=chat#top")
    assert linked.picture == png(world.things["thing-2"].colour)
    assert (linked.title, linked.product) == ("Women's navy dress 2", None)
    assert world.asked == [
        "/robots.txt",
        "/products/thing-2?utm_source=chat",
        "/pictures/thing-2.png",
    ]


async def test_what_the_catalogue_has_is_told_without_asking_anybody(
    world: ShopWorld,
    strangers: LinkReader,
    catalogue: CatalogueStore,
    store: PictureStore,
    calendar: Calendar,
) -> None:
    """So a shop that is local, as the demo shop is, needs no way past the guard."""
    url = f"{world.url}products/red-dress"
    record = ProductRecord(key=url, title="Red dress", url=url, image_urls=("http://x.example/",))
    await catalogue.shop_seen("world", "World", world.url)
    await catalogue.save("world", [record], seen_at=calendar())
    (image,) = await catalogue.pending_images()
    await catalogue.set_image_content(image.id, store.put(RED))
    linked = await strangers.open(f"{url}?utm_source=chat")
    assert (linked.picture, linked.title) == (RED, "Red dress")
    assert linked.product
    assert linked.product.shop_title == "World"
    assert world.asked == []


async def test_a_page_without_a_product_gives_the_image_that_it_is_shared_by(
    world: ShopWorld, reader: LinkReader
) -> None:
    tags = '<meta property="og:image" content="/lost.png"><meta name="twitter:image" content="/a">'
    world.fail("/blog", body(f"<html><head>{tags}</head><h1>Spring</h1></html>".encode()))
    world.fail("/a", body(RED, "image/png"))
    linked = await reader.open(f"{world.url}blog")
    assert (linked.picture, linked.title) == (RED, "")


async def test_content_decides_and_a_lying_type_does_not(
    world: ShopWorld, reader: LinkReader
) -> None:
    world.fail("/picture", body(RED, "text/html"))
    assert (await reader.open(f"{world.url}picture")).picture == RED
    world.fail("/page", body(b"<html><h1>Hello</h1></html>", "image/png"))
    assert await problem(reader, f"{world.url}page") is LinkProblem.EMPTY


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"<html><h1>Nothing to see</h1></html>", "text/html"),
        (b"", "text/html"),
        (b"%PDF-1.7", "application/pdf"),
        (b"PK\x03\x04", "application/octet-stream"),
        (b"<html>" + b" " * 6_000_000, "text/html"),
        (b'<meta property="og:image" content="javascript:alert(1)">', "text/html"),
        (b'<meta property="og:image" content="/robots.txt">', "text/html"),
    ],
)
async def test_where_no_picture_is_the_link_is_empty(
    world: ShopWorld, reader: LinkReader, content: bytes, kind: str
) -> None:
    world.fail("/x", body(content, kind))
    assert await problem(reader, f"{world.url}x") is LinkProblem.EMPTY


async def test_a_format_that_is_not_read_is_named(world: ShopWorld, reader: LinkReader) -> None:
    out = BytesIO()
    Image.new("RGB", (9, 9)).save(out, "BMP")
    world.fail("/x", body(out.getvalue(), "image/bmp"))
    with pytest.raises(UnsupportedFormat):
        await reader.open(f"{world.url}x")


async def test_a_site_that_lets_no_bot_look_is_let_be(world: ShopWorld, reader: LinkReader) -> None:
    assert await problem(reader, f"{world.url}private/dress") is LinkProblem.CLOSED
    assert world.asked == ["/robots.txt"]


async def test_who_does_not_answer_is_away(world: ShopWorld, reader: LinkReader) -> None:
    assert await problem(reader, f"{world.url}nowhere") is LinkProblem.AWAY
    world.fail("/x", lost(), times=9)
    assert await problem(reader, f"{world.url}x") is LinkProblem.AWAY
    world.fail("/busy", status(429, retry_after="3600"))
    assert await problem(reader, f"{world.url}busy") is LinkProblem.AWAY


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://[::1]/",
        "http://[::ffff:10.0.0.1]/x.jpg",
        "http://169.254.169.254/latest/meta-data/",
        "http://2130706433/",
        "http://0x7f.1/",
        "http://ann:secret@shop.example/",
        "file:///etc/passwd",
        "https://",
        "http://[",
    ],
)
async def test_an_address_that_is_not_public_is_refused(strangers: LinkReader, url: str) -> None:
    assert await problem(strangers, url) in {LinkProblem.REFUSED, LinkProblem.AWAY}


async def test_what_is_local_to_us_is_not_for_strangers(
    world: ShopWorld, strangers: LinkReader
) -> None:
    assert await problem(strangers, f"{world.url}shop") is LinkProblem.REFUSED
    assert await problem(strangers, world.url.replace("127.0.0.1", "localhost")) is LinkProblem.AWAY
    assert world.asked == []


async def test_a_redirect_or_a_picture_that_leads_inside_is_refused(
    world: ShopWorld, reader: LinkReader
) -> None:
    inside = "http://127.0.0.1:9/secret.png"
    world.fail("/x", redirect(inside))
    assert await problem(reader, f"{world.url}x") is LinkProblem.REFUSED
    world.fail("/y", body(f'<meta property="og:image" content="{inside}">'.encode()))
    assert await problem(reader, f"{world.url}y") is LinkProblem.REFUSED


async def test_a_name_that_turns_inwards_is_judged_by_the_answer_used(
    world: ShopWorld, catalogue: CatalogueStore, store: PictureStore, fetcher: Fetcher
) -> None:
    port = world.url.rstrip("/").rpartition(":")[2]
    async with open_fetcher(contact="x", resolver=Fickle("127.0.0.1")) as guarded:
        links = LinkReader(guarded, catalogue=catalogue, pictures=PictureSource(store, fetcher))
        assert await problem(links, f"http://rebinding.example:{port}/x") is LinkProblem.AWAY
        links.close()
    assert world.asked == []


async def test_an_endless_page_ends_in_time_and_nobody_waits_for_it(
    world: ShopWorld, catalogue: CatalogueStore, store: PictureStore, fetcher: Fetcher
) -> None:
    world.stock(1)
    pictures = PictureSource(store, fetcher)
    links = LinkReader(fetcher, catalogue=catalogue, pictures=pictures, within_s=0.5, at_once=2)
    world.fail("/endless", drip(), times=2)
    started = time.perf_counter()
    slow = asyncio.create_task(problem(links, f"{world.url}endless"))
    await asyncio.sleep(0.1)
    assert (await links.open(f"{world.url}pictures/thing-0.png")).picture
    another = asyncio.create_task(problem(links, f"{world.url}endless"))
    await asyncio.sleep(0)
    with pytest.raises(Busy):
        await links.open(f"{world.url}pictures/thing-0.png")
    assert {await slow, await another} == {LinkProblem.SLOW}
    assert time.perf_counter() - started < 2
    assert (await links.open(f"{world.url}pictures/thing-0.png")).picture
    links.close()


async def test_bombs_are_refused_packed_or_drawn(world: ShopWorld, reader: LinkReader) -> None:
    world.fail("/packed", bomb(200))
    assert await problem(reader, f"{world.url}packed") is LinkProblem.REFUSED
    out = BytesIO()
    Image.new("1", (20_000, 10_000)).save(out, "PNG")
    world.fail("/drawn", body(out.getvalue(), "image/png"))
    linked = await reader.open(f"{world.url}drawn")
    with pytest.raises(PhotoTooLarge):
        open_photo(linked.picture)


async def test_what_people_link_to_is_not_logged(
    strangers: LinkReader, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        for url in ("http://10.0.0.1/secret-dress", "http://localhost:9/secret-dress"):
            await problem(strangers, url)
    assert not caplog.records
