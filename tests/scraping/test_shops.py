"""Shop descriptions."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import data
from core.errors import ShopError
from scraping.selecting import Selectors
from scraping.shop_file import write_shop
from scraping.shops import ShopConfig, Take, load_shops, read_shop


def write(folder: Path, text: str, name: str = "acme.toml") -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def test_a_shop_is_a_few_lines(tmp_path: Path) -> None:
    shop = read_shop(write(tmp_path, 'title = "Acme"\nstart = "https://acme.example/"\n'))
    assert (shop.name, shop.title, shop.take) == ("acme", "Acme", Take.SITEMAP)
    assert shop.pace_per_s == 1.0
    assert not shop.local
    assert shop.origin == "acme.example:443"


def test_every_key_is_read(tmp_path: Path) -> None:
    text = """
    name = "x"
    title = "X"
    start = "http://127.0.0.1:9000/shop"
    listings = ["http://127.0.0.1:9000/women"]
    country = "de"
    currency = "eur"
    language = "FR"
    take = "listing"
    pace_per_s = 50
    local = true
    max_products = 10
    include = ["/p/"]
    exclude = ["gift"]
    every_days = 3
    sitemaps = ["http://127.0.0.1:9000/s.xml"]
    search = "http://127.0.0.1:9000/find?q={words}&x=1"
    [selectors]
    price = ".price > b"
    """
    shop = read_shop(write(tmp_path, text))
    assert (shop.country, shop.currency, shop.take) == ("DE", "EUR", Take.LISTING)
    assert shop.spoken == "fr"
    assert (shop.every_days, shop.selectors.price) == (3, ".price > b")
    assert shop.sitemaps == ("http://127.0.0.1:9000/s.xml",)
    assert shop.search == "http://127.0.0.1:9000/find?q={words}&x=1"
    assert shop.wants("https://x/p/1")
    assert not shop.wants("https://x/p/gift-card")
    assert not shop.wants("https://x/about")


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ('title = "A"', "start"),
        ('start = "acme.example"', "start"),
        ('start = "http://[x"', "start"),
        ('start = "https://a.example"\nname = "A b"', "name"),
        ('start = "https://a.example"\ntake = "guess"', "take"),
        ('start = "https://a.example"\npace_per_s = 0', "pace_per_s"),
        ('start = "https://a.example"\npace_per_s = 100', "pace_per_s"),
        ('start = "https://a.example"\nlocal = 1', "local"),
        ('start = "https://a.example"\ncurrency = "euros"', "currency"),
        ('start = "https://a.example"\nmax_products = 0', "max_products"),
        ('start = "https://a.example"\ninclude = ["("]', "include"),
        ('start = "https://a.example"\ninclude = "x"', "include"),
        ('start = "https://a.example"\npaces = 1', "paces"),
        ('start = "https://a.example"\npace_per_z = 1', "did you mean pace_per_s?"),
        ('start = "https://a.example"\npace_per_s = nan', "pace_per_s"),
        ('start = "https://a.example"\nlistings = ["/x"]', "listings"),
        ('start = "https://a.example"\nevery_days = 0', "every_days"),
        ('start = "https://a.example"\nevery_days = 1000000000', "every_days is above 365."),
        ('start = "https://a.example"\npace_per_s = 1e-300', "pace_per_s is below 0.01"),
        ('start = "https://a.example"\ntake = "feed"', "feed"),
        ('start = "https://a.example"\nfeed = "https://a.example/f"', "feed"),
        ('start = "https://a.example"\ntake = "feed"\nfeed = "none.csv"', "none.csv"),
        ('start = "https://a.example"\nsearch = "https://a.example/?q=x"', "search"),
        ('start = "https://a.example"\nsearch = "/?q={words}"', "search"),
        ('start = "https://a.example"\nselectors = "h1"', "selectors"),
        ('start = "https://a.example"\n[selectors]\nprice = "p >"', "selectors.price"),
        ('start = "https://a.example"\n[selectors]\npric = "p"', "selectors.pric"),
        ("start = ", "acme.toml"),
    ],
)
def test_an_error_names_the_file_and_the_key(tmp_path: Path, text: str, key: str) -> None:
    path = write(tmp_path, text)
    with pytest.raises(ShopError) as caught:
        read_shop(path)
    assert str(path) in str(caught.value)
    assert key in str(caught.value)


def test_a_feed_is_an_address_or_a_file_beside_the_shops(tmp_path: Path) -> None:
    (tmp_path / "feed.csv").write_text("title,link\n")
    for feed, address in (
        ("https://f.example/x.xml", "https://f.example/x.xml"),
        ("feed.csv", (tmp_path / "feed.csv").as_uri()),
    ):
        text = f'start = "https://a.example/"\ntake = "feed"\nfeed = "{feed}"'
        assert read_shop(write(tmp_path, text)).feed == address


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20).map(str.strip).filter(bool)
ADDRESSES = st.sampled_from(["https://a.example/", "http://127.0.0.1:1/x?y=1&z=%20"])
PATTERNS = st.sampled_from(["/p/", r"\d+\.html$", 'a"b', "[^\\\\]"]).map(re.compile)


@given(
    st.builds(
        ShopConfig,
        name=st.just("x"),
        title=TEXTS,
        start=ADDRESSES,
        listings=st.lists(ADDRESSES, max_size=2).map(tuple),
        country=st.sampled_from([None, "DE"]),
        currency=st.sampled_from([None, "EUR"]),
        language=st.sampled_from([None, "de"]),
        take=st.sampled_from([take for take in Take if take is not Take.FEED]),
        every_days=st.integers(1, 365),
        pace_per_s=st.floats(0.01, 10),
        local=st.booleans(),
        max_products=st.integers(1, 10**6),
        include=st.lists(PATTERNS, max_size=2).map(tuple),
        exclude=st.lists(PATTERNS, max_size=2).map(tuple),
        selectors=st.builds(Selectors, price=st.sampled_from([None, 'b[x="1"]'])),
    )
)
def test_what_is_written_is_read_again(
    tmp_path_factory: pytest.TempPathFactory, shop: ShopConfig
) -> None:
    path = tmp_path_factory.mktemp("shops") / "x.toml"
    write_shop(path, shop, replace=False)
    assert read_shop(path) == shop
    with pytest.raises(ShopError, match="is there already"):
        write_shop(path, shop, replace=False)
    write_shop(path, replace(shop, title="Another"), replace=True)
    assert read_shop(path).title == "Another"


def test_the_operators_description_comes_before_the_shipped_one(tmp_path: Path) -> None:
    for folder, title in (("shipped", "Theirs"), ("own", "Mine")):
        (tmp_path / folder).mkdir()
        write(tmp_path / folder, f'title = "{title}"\nstart = "https://a.example"')
    shops = load_shops(tmp_path / "shipped", tmp_path / "own", tmp_path / "nowhere")
    assert [shop.title for shop in shops] == ["Mine"]


def test_the_shipped_shops_are_well_described() -> None:
    shops = load_shops(Path(data.__file__).parent / "shops")
    assert [(shop.name, shop.local) for shop in shops] == [("demo", True)]
