"""Shop descriptions."""

from pathlib import Path

import pytest

import data
from core.errors import ShopError
from scraping.shops import Take, load_shops, read_shop


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
    take = "listing"
    pace_per_s = 50
    local = true
    max_products = 10
    include = ["/p/"]
    exclude = ["gift"]
    """
    shop = read_shop(write(tmp_path, text))
    assert (shop.country, shop.currency, shop.take) == ("DE", "EUR", Take.LISTING)
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
        ("start = ", "acme.toml"),
    ],
)
def test_an_error_names_the_file_and_the_key(tmp_path: Path, text: str, key: str) -> None:
    path = write(tmp_path, text)
    with pytest.raises(ShopError) as caught:
        read_shop(path)
    assert str(path) in str(caught.value)
    assert key in str(caught.value)


def test_the_operators_description_comes_before_the_shipped_one(tmp_path: Path) -> None:
    for folder, title in (("shipped", "Theirs"), ("own", "Mine")):
        (tmp_path / folder).mkdir()
        write(tmp_path / folder, f'title = "{title}"\nstart = "https://a.example"')
    shops = load_shops(tmp_path / "shipped", tmp_path / "own", tmp_path / "nowhere")
    assert [shop.title for shop in shops] == ["Mine"]


def test_the_shipped_shops_are_well_described() -> None:
    shops = load_shops(Path(data.__file__).parent / "shops")
    assert [(shop.name, shop.local) for shop in shops] == [("demo", True)]
