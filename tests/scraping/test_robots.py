"""robots.txt, in the cases of RFC 9309."""

import pytest
from aiohttp import web

from core.errors import FetchRefused
from scraping.fetcher import Fetcher
from scraping.robots import Robots
from tests.support.shop_world import ShopWorld, redirect, status


async def test_what_is_disallowed_is_not_asked_for(world: ShopWorld, fetcher: Fetcher) -> None:
    with pytest.raises(FetchRefused, match="forbids"):
        await fetcher.fetch(f"{world.url}private/x")
    assert world.asked == ["/robots.txt"]


async def test_the_longest_rule_wins_and_wildcards_count(
    world: ShopWorld, fetcher: Fetcher
) -> None:
    world.stock(1)
    world.robots = "User-agent: *\nDisallow: /*?page=\nDisallow: /products\nAllow: /products/thing"
    assert (await fetcher.fetch(f"{world.url}products/thing-0")).status == 200
    with pytest.raises(FetchRefused):
        await fetcher.fetch(f"{world.url}shop?page=2")
    with pytest.raises(FetchRefused):
        await fetcher.fetch(f"{world.url}products/other")


async def test_rules_for_our_name_come_before_those_for_everybody(
    world: ShopWorld, fetcher: Fetcher
) -> None:
    world.stock(1)
    world.robots = "User-agent: *\nDisallow: /\n\nUser-agent: Twinset\nDisallow: /secret\n"
    assert (await fetcher.fetch(f"{world.url}shop")).status == 200


@pytest.mark.parametrize("code", [400, 401, 403, 404, 410])
async def test_a_4xx_allows_everything(world: ShopWorld, fetcher: Fetcher, code: int) -> None:
    world.fail("/robots.txt", status(code))
    world.stock(1)
    assert (await fetcher.fetch(f"{world.url}shop")).status == 200


@pytest.mark.parametrize("code", [429, 500, 503])
async def test_an_unreachable_robots_txt_forbids_everything_for_ten_minutes(
    world: ShopWorld, fetcher: Fetcher, code: int
) -> None:
    world.fail("/robots.txt", status(code), times=3)
    world.stock(1)
    with pytest.raises(FetchRefused):
        await fetcher.fetch(f"{world.url}shop")
    assert world.asked_for("/shop") == 0
    world.clock.now_s += 601
    assert (await fetcher.fetch(f"{world.url}shop")).status == 200


async def test_it_is_asked_once_a_day(world: ShopWorld, fetcher: Fetcher) -> None:
    world.stock(3)
    for number in range(3):
        await fetcher.fetch(f"{world.url}products/thing-{number}")
    assert world.asked_for("/robots.txt") == 1
    world.clock.now_s += 24 * 3600
    await fetcher.fetch(f"{world.url}products/thing-0")
    assert world.asked_for("/robots.txt") == 2


async def test_a_redirected_robots_txt_counts(world: ShopWorld, fetcher: Fetcher) -> None:
    world.fail("/robots.txt", redirect("/elsewhere"))
    world.pages["/elsewhere"] = web.Response(text="User-agent: *\nDisallow: /shop")
    with pytest.raises(FetchRefused):
        await fetcher.fetch(f"{world.url}shop")


async def test_half_a_megabyte_of_it_is_read(world: ShopWorld, fetcher: Fetcher) -> None:
    world.stock(1)
    filler = "# nothing\n" * 48_000
    world.robots = f"{filler}User-agent: *\nDisallow: /shop\n{filler}Disallow: /products\n"
    with pytest.raises(FetchRefused):
        await fetcher.fetch(f"{world.url}shop")
    assert (await fetcher.fetch(f"{world.url}products/thing-0")).status == 200


async def test_the_sitemaps_it_names_are_told(world: ShopWorld, fetcher: Fetcher) -> None:
    world.robots = "Sitemap: https://example.com/a.xml\nSitemap: https://example.com/b.xml\n"
    assert await fetcher.sitemaps(world.url) == (
        "https://example.com/a.xml",
        "https://example.com/b.xml",
    )


async def test_the_rules_of_many_long_files_are_kept_within_a_bound() -> None:
    """Those used last stay, so that strangers' links neither fill the memory nor push out shops."""
    asked: list[str] = []

    async def long_text(url: str) -> str:
        asked.append(url)
        return "#" * 400_000

    robots = Robots(long_text, agent="Twinset", clock=lambda: 0.0)
    for number in range(12):
        await robots.rules(f"https://site{number}.example/")
        await robots.rules("https://shop.example/")
    assert len(asked) == 13
    await robots.rules("https://site0.example/")
    assert asked[13:] == ["https://site0.example/robots.txt"]
