"""``extract``, as somebody types it."""

import json
from pathlib import Path

import pytest

from tests.e2e.process import command, environment
from tests.scraping import platforms


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    return environment(tmp_path / "state", TWINSET_DEMO_SHOP="off")


async def test_a_saved_page_yields_its_product(env: dict[str, str], tmp_path: Path) -> None:
    saved = tmp_path / "page.html"
    saved.write_text(platforms.next_js())
    url = "https://shop.example/linen-shirt"
    status, out, err = await command("extract", str(saved), "--url", url, "--json", env=env)
    assert status == 0, err
    (product,) = json.loads(out)
    assert product["title"] == "Linen Shirt"
    assert (product["price"], product["currency"]) == (39.0, "GBP")
    assert product["availability"] == "InStock"
    assert product["brand"] == "Nordhaus"
    assert product["image"] == platforms.PICTURE
    assert product["url"] == url
    assert product["sources"]["price"] == "state"


async def test_a_page_from_nowhere_is_read_all_the_same(
    env: dict[str, str], tmp_path: Path
) -> None:
    saved = tmp_path / "page.html"
    saved.write_text(platforms.rdfa())
    status, out, _ = await command("extract", str(saved), "--json", env=env)
    assert status == 0
    (product,) = json.loads(out)
    assert product["url"] is None
    assert product["price"] == 39.95
    status, out, _ = await command("extract", str(saved), env=env)
    assert status == 0
    assert "39.95  (rdfa)" in out


async def test_a_page_without_a_product_says_so(env: dict[str, str], tmp_path: Path) -> None:
    saved = tmp_path / "page.html"
    saved.write_text("<h1>Our story</h1>")
    assert (await command("extract", str(saved), "--json", env=env))[:2] == (1, "[]\n")


@pytest.mark.parametrize(
    ("content", "arguments", "says"),
    [
        (None, (), "There is no file"),
        (b"", (), "is empty"),
        (b"\x89PNG\r\n\x1a\n\0\0", (), "is no HTML page"),
        (b"a\0b" * 50, (), "is no HTML page"),
        (b" " * 10_000_001, (), "at most 10 MB"),
        (b"<h1>A</h1>", ("--url", "ftp://shop.example/"), "is not a web address"),
        (b"<h1>A</h1>", ("--currency", "dollars"), "no code of ISO 4217"),
    ],
)
async def test_what_is_no_page_gets_a_sentence(
    env: dict[str, str],
    tmp_path: Path,
    content: bytes | None,
    arguments: tuple[str, ...],
    says: str,
) -> None:
    saved = tmp_path / "page.html"
    if content is not None:
        saved.write_bytes(content)
    status, out, err = await command("extract", str(saved), *arguments, env=env)
    assert status == 1
    assert out == ""
    assert says in err
    assert "Traceback" not in err


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/", "http://[::1]/", "http://169.254.169.254/"])
async def test_an_address_goes_through_the_guard(env: dict[str, str], url: str) -> None:
    status, out, err = await command("extract", url, env=env)
    assert (status, out) == (1, "")
    assert "is not a public address" in err


async def test_a_folder_is_no_page(env: dict[str, str], tmp_path: Path) -> None:
    status, _, err = await command("extract", str(tmp_path), env=env)
    assert status == 1
    assert "is a folder" in err
