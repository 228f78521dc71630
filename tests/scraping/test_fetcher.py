"""Fetching: polite, bounded, and nowhere that is not public."""

import asyncio
import email.utils
import gzip
import tracemalloc
import zlib
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from core.errors import FetchFailed, FetchRefused
from scraping.fetcher import PICTURE, SITEMAP, Fetcher, Validators, open_fetcher
from tests.support.shop_world import (
    ShopWorld,
    body,
    bomb,
    broken_off,
    drip,
    lost,
    png,
    redirect,
    status,
)


async def test_a_page_comes_with_its_address_type_and_body(
    world: ShopWorld, fetcher: Fetcher
) -> None:
    world.stock(1)
    answer = await fetcher.fetch(f"{world.url}products/thing-0#size")
    assert answer.status == 200
    assert answer.url == f"{world.url}products/thing-0"
    assert b"navy dress" in answer.body
    assert answer.content_type is not None
    assert answer.content_type.startswith("text/html")
    assert not answer.redirected


async def test_the_user_agent_carries_a_contact(world: ShopWorld, fetcher: Fetcher) -> None:
    world.stock(1)
    await fetcher.fetch(f"{world.url}shop")
    assert {headers["User-Agent"] for headers in world.headers} == {
        "Twinset/1.0 (+https://twinset.example/)"
    }


async def test_validators_come_back_and_save_the_body(world: ShopWorld, fetcher: Fetcher) -> None:
    world.stock(1)
    url = f"{world.url}pictures/thing-0.png"
    first = await fetcher.fetch(url, PICTURE)
    assert first.validators == Validators('"v1"', "Mon, 01 Jan 2024 00:00:00 GMT")
    again = await fetcher.fetch(url, PICTURE, validators=first.validators)
    assert again.not_modified
    assert again.body == b""


async def test_a_304_that_was_not_asked_for_is_a_failure(
    world: ShopWorld, fetcher: Fetcher
) -> None:
    world.fail("/x", status(304))
    with pytest.raises(FetchFailed):
        await fetcher.fetch(f"{world.url}x")


async def test_a_redirect_is_followed_and_told(world: ShopWorld, fetcher: Fetcher) -> None:
    world.stock(1)
    world.fail("/old", redirect("/products/thing-0", 301))
    answer = await fetcher.fetch(f"{world.url}old")
    assert answer.redirected
    assert answer.url.endswith("/products/thing-0")


async def test_redirects_in_a_circle_end(world: ShopWorld, fetcher: Fetcher) -> None:
    world.fail("/round", redirect("/round"), times=50)
    with pytest.raises(FetchFailed) as caught:
        await fetcher.fetch(f"{world.url}round")
    assert caught.value.status not in {404, 410}
    assert world.asked_for("/round") <= 6


@pytest.mark.parametrize(
    "target",
    [
        "http://127.0.0.1:1/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[::ffff:7f00:1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://[2002:7f00:1::]/",
        "http://169.254.169.254/latest/meta-data/",
        "http://168.63.129.16/",
        "http://100.64.0.1/",
        "http://10.0.0.1/",
        "http://192.168.1.1/",
        "http://0.0.0.0/",
        "http://224.0.0.1/",
        "http://[fd00::1]/",
        "http://[fe80::1]/",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://127.1/",
        "http://localhost/",
        "ftp://127.0.0.1/",
        "file:///etc/passwd",
        "http://user:secret@example.com/",
    ],
)
async def test_a_redirect_to_what_is_not_public_is_refused(
    world: ShopWorld, fetcher: Fetcher, target: str
) -> None:
    world.fail("/way-out", redirect(target))
    with pytest.raises(FetchRefused):
        await fetcher.fetch(f"{world.url}way-out")


async def test_another_port_of_a_local_host_is_refused(world: ShopWorld, fetcher: Fetcher) -> None:
    port = int(world.origin.rpartition(":")[2])
    with pytest.raises(FetchRefused):
        await fetcher.fetch(f"http://127.0.0.1:{port - 1}/")


async def test_a_name_of_a_private_address_is_refused(world: ShopWorld) -> None:
    port = world.origin.rpartition(":")[2]
    async with open_fetcher(contact="x", local_origins=[world.origin]) as fetcher:
        with pytest.raises(FetchRefused):
            await fetcher.fetch(f"http://localhost:{port}/shop")
    assert world.asked == []


async def test_a_bomb_is_refused_in_little_memory(world: ShopWorld, fetcher: Fetcher) -> None:
    world.fail("/bomb", bomb(100))
    await fetcher.sitemaps(world.url)
    tracemalloc.start()
    try:
        with pytest.raises(FetchRefused, match="larger than"):
            await fetcher.fetch(f"{world.url}bomb")
        peak_bytes = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak_bytes < 30_000_000


async def test_a_slow_drip_ends_at_the_total_limit(world: ShopWorld) -> None:
    world.fail("/drip", drip(), times=3)
    async with open_fetcher(
        contact="x",
        local_origins=[world.origin],
        clock=world.clock,
        sleep=world.clock.sleep,
        total_s=0.2,
    ) as fetcher:
        with pytest.raises(FetchFailed, match="took longer"):
            await fetcher.fetch(f"{world.url}drip")


async def test_a_body_that_breaks_off_is_a_failure_and_asked_again(
    world: ShopWorld, fetcher: Fetcher
) -> None:
    world.stock(1)
    world.fail("/products/thing-0", broken_off(b"<html>half"))
    answer = await fetcher.fetch(f"{world.url}products/thing-0")
    assert b"navy dress" in answer.body
    world.fail("/products/thing-0", broken_off(b"<html>half"), times=3)
    with pytest.raises(FetchFailed):
        await fetcher.fetch(f"{world.url}products/thing-0")


async def test_gzip_that_breaks_off_is_a_failure(world: ShopWorld, fetcher: Fetcher) -> None:
    world.fail("/x", body(gzip.compress(bytes(5000))[:-9], encoding="gzip"), times=3)
    with pytest.raises(FetchFailed, match="breaks off"):
        await fetcher.fetch(f"{world.url}x")


@pytest.mark.parametrize("pack", ["gzip", "zlib", "bare", "two members"])
async def test_every_kind_of_packing_is_read(world: ShopWorld, fetcher: Fetcher, pack: str) -> None:
    text = b"<html>" + b"abc" * 50_000
    bare = zlib.compressobj(wbits=-15)
    packed, encoding = {
        "gzip": (gzip.compress(text), "gzip"),
        "zlib": (zlib.compress(text), "deflate"),
        "bare": (bare.compress(text) + bare.flush(), "deflate"),
        "two members": (gzip.compress(text[:9]) + gzip.compress(text[9:]), "gzip"),
    }[pack]
    world.fail("/x", body(packed, encoding=encoding))
    assert (await fetcher.fetch(f"{world.url}x")).body == text


@pytest.mark.parametrize("encoding", ["br", "gzip"])
async def test_packing_that_is_not_what_it_says_is_a_failure(
    world: ShopWorld, fetcher: Fetcher, encoding: str
) -> None:
    world.fail("/x", body(b"<html>plain", encoding=encoding), times=3)
    with pytest.raises(FetchFailed):
        await fetcher.fetch(f"{world.url}x")


async def test_the_wrong_type_is_refused(world: ShopWorld, fetcher: Fetcher) -> None:
    world.fail("/x", body(b"%PDF", "application/pdf"))
    world.fail("/y", body(b"<html>", "text/html"))
    with pytest.raises(FetchRefused, match="not a page"):
        await fetcher.fetch(f"{world.url}x")
    with pytest.raises(FetchRefused, match="not a picture"):
        await fetcher.fetch(f"{world.url}y", PICTURE)


async def test_an_unheard_of_picture_type_still_counts_as_one(
    world: ShopWorld, fetcher: Fetcher
) -> None:
    world.fail("/x", body(png((1, 2, 3)), "image/x-strange"))
    assert (await fetcher.fetch(f"{world.url}x", PICTURE)).status == 200
    world.fail("/m", body(b"<urlset/>", "text/xml; charset=utf-8"))
    assert (await fetcher.fetch(f"{world.url}m", SITEMAP)).status == 200


@pytest.mark.parametrize("code", [400, 401, 403, 404, 410, 418])
async def test_what_will_not_change_is_asked_once(
    world: ShopWorld, fetcher: Fetcher, code: int
) -> None:
    world.fail("/x", status(code), times=5)
    with pytest.raises(FetchFailed) as caught:
        await fetcher.fetch(f"{world.url}x")
    assert caught.value.status == code
    assert world.asked_for("/x") == 1


async def test_a_passing_error_is_asked_again_twice_with_growing_pauses(
    world: ShopWorld, fetcher: Fetcher
) -> None:
    world.fail("/x", status(500), times=5)
    with pytest.raises(FetchFailed) as caught:
        await fetcher.fetch(f"{world.url}x")
    assert caught.value.status == 500
    times = [at for path, at in zip(world.asked, world.asked_at, strict=True) if path == "/x"]
    assert len(times) == 3
    assert times[1] - times[0] >= 2
    assert times[2] - times[1] >= 4


@pytest.mark.parametrize("code", [429, 503])
async def test_a_complaint_stops_all_requests_to_the_host(
    world: ShopWorld, fetcher: Fetcher, code: int
) -> None:
    world.stock(2)
    world.fail("/products/thing-0", status(code, retry_after="120"))
    before = world.clock()
    await fetcher.fetch(f"{world.url}products/thing-0")
    await fetcher.fetch(f"{world.url}products/thing-1")
    assert world.clock() - before >= 120
    later = [at for path, at in zip(world.asked, world.asked_at, strict=True) if "1" in path]
    assert min(later) - before >= 120


async def test_retry_after_may_be_a_date_and_is_capped(world: ShopWorld, fetcher: Fetcher) -> None:
    world.stock(1)
    at = email.utils.format_datetime(datetime.now(UTC) + timedelta(seconds=300), usegmt=True)
    world.fail("/products/thing-0", status(429, retry_after=at))
    before = world.clock()
    await fetcher.fetch(f"{world.url}products/thing-0")
    assert 250 < world.clock() - before < 350
    world.fail("/products/thing-0", status(429, retry_after="999999"))
    before = world.clock()
    await fetcher.fetch(f"{world.url}products/thing-0")
    assert 800 < world.clock() - before < 1000


async def test_who_will_not_wait_long_is_told_at_once(world: ShopWorld, fetcher: Fetcher) -> None:
    world.fail("/x", status(429, retry_after="600"))
    with pytest.raises(FetchFailed) as caught:
        await fetcher.fetch(f"{world.url}x", max_wait_s=30)
    assert caught.value.status == 429
    assert caught.value.retry_after_s == 600
    with pytest.raises(FetchFailed, match="left alone"):
        await fetcher.fetch(f"{world.url}y", max_wait_s=30)
    assert world.asked_for("/y") == 0


async def test_the_pace_is_never_exceeded_as_the_host_measures_it(
    world: ShopWorld, fetcher: Fetcher
) -> None:
    world.stock(12)
    for number in range(12):
        await fetcher.fetch(f"{world.url}products/thing-{number}", pace_per_s=2.0)
    pages = [
        at for path, at in zip(world.asked, world.asked_at, strict=True) if path != "/robots.txt"
    ]
    gaps = [later - earlier for earlier, later in pairwise(pages)]
    assert min(gaps) >= 0.5
    assert max(gaps) <= 0.61


async def test_no_trouble_brings_two_requests_closer_than_the_pace(
    world: ShopWorld, fetcher: Fetcher
) -> None:
    world.stock(12)
    world.fail("/products/thing-1", redirect("/products/thing-0"))
    world.fail("/products/thing-2", status(500), times=2)
    world.fail("/products/thing-3", lost(), times=2)
    world.fail("/products/thing-4", status(503, retry_after="3"))
    urls = [f"{world.url}products/thing-{number}" for number in range(12)]
    await asyncio.gather(*(fetcher.fetch(url, pace_per_s=2.0) for url in urls))
    gaps = [later - earlier for earlier, later in pairwise(world.asked_at)]
    assert len(gaps) == 12 + 6  # robots.txt is the first of them
    assert min(gaps) >= 0.5


async def test_a_longer_crawl_delay_wins(world: ShopWorld, fetcher: Fetcher) -> None:
    world.stock(2)
    world.robots = "User-agent: twinset\nCrawl-delay: 7\n"
    await fetcher.fetch(f"{world.url}products/thing-0", pace_per_s=2.0)
    await fetcher.fetch(f"{world.url}products/thing-1", pace_per_s=2.0)
    assert world.asked_at[-1] - world.asked_at[-2] >= 7


async def test_nothing_listening_is_refused_after_its_robots_txt(world: ShopWorld) -> None:
    async with open_fetcher(
        contact="x", local_origins=["127.0.0.1:9"], clock=world.clock, sleep=world.clock.sleep
    ) as lonely:
        with pytest.raises(FetchRefused, match=r"robots\.txt cannot be read"):
            await lonely.fetch("http://127.0.0.1:9/")


@pytest.mark.parametrize("url", ["", "nonsense", "http://", "http://[broken/", "http:///x"])
async def test_what_is_no_address_is_refused(fetcher: Fetcher, url: str) -> None:
    with pytest.raises(FetchRefused):
        await fetcher.fetch(url)
