"""A shop's own table: Kaggle's, ours, and everybody else's."""

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.catalogue import Availability, Gender, Money
from core.errors import ShopError
from scraping.pictures import read_file_url
from scraping.table import BadRow, Table, read_table
from tests.support.shared import SHARED, needs_shared
from tests.support.shop_world import png


def picture(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(png((1, 2, 3)))
    return path


def table(folder: Path, text: str | bytes, name: str = "products.csv", **options: str) -> Table:
    (folder / name).write_bytes(text.encode() if isinstance(text, str) else text)
    return read_table(folder, **options)


def titles(found: Table) -> list[str]:
    return [row.record.title for row in found.rows]


def test_kaggles_set_is_read_as_it_comes(tmp_path: Path) -> None:
    for number in (15970, 39386, 59263):
        picture(tmp_path / "images" / f"{number}.jpg")
    (tmp_path / "images.csv").write_text("filename,link\n1.jpg,http://assets.example/1.jpg\n")
    found = table(
        tmp_path,
        "id,gender,masterCategory,subCategory,articleType,baseColour,season,year,usage,"
        "productDisplayName\n"
        "15970,Men,Apparel,Topwear,Shirts,Navy Blue,Fall,2011,Casual,Turtle Check Shirt\n"
        "39386,Men,Apparel,Bottomwear,Jeans,NA,Summer,2012,Casual,Peter England Jeans\n"
        "6695,Men,Apparel,Topwear,Tshirts,Black,Fall,2011,Casual,Puma, Men, Tee\n"
        "59263,Women,Accessories,Watches,Watches,Silver,Winter,2016,Casual,Titan Watch\n"
        "1,Girls,Apparel,Dress,Dresses,Red,Winter,2016,Casual,Doodle Dress\n"
        "2,Girls,Apparel,Dress,Dresses,Red,Winter,2016,Casual,No picture\n"
        "3,Girls,Apparel,Dress,Dresses,Red,Winter,2016,Casual,\n",
        "styles.csv",
    )
    assert found.bad == (
        BadRow(4, "12 fields, the header has 10"),
        BadRow(7, "no picture 2.jpg"),
        BadRow(8, "no title"),
    )
    shirt, jeans, watch, dress = (row.record for row in found.rows)
    assert (shirt.key, shirt.kind, shirt.colour) == ("15970", "shirt", "navy")
    assert shirt.gender is Gender.MEN
    assert read_file_url(shirt.image_urls[0]) == png((1, 2, 3))
    assert (jeans.kind, jeans.colour) == ("jeans", None)
    assert watch.colour == "silver"
    assert dress.gender is Gender.KIDS
    assert dress.image_urls == ("http://assets.example/1.jpg",)


def test_the_larger_picture_is_preferred_where_it_is_there(tmp_path: Path) -> None:
    picture(tmp_path / "60x80" / "1.jpg")
    picture(tmp_path / "60x80" / "2.jpg")
    picture(tmp_path / "large" / "1.jpg")
    found = table(
        tmp_path,
        "image,id,productDisplayName,image_large\n"
        "60x80/1.jpg,1,A,large/1.jpg\n60x80/2.jpg,2,B,large/2.jpg\n",
        "labels.csv",
    )
    assert "large/1.jpg" in found.rows[0].record.image_urls[0]
    assert "60x80/2.jpg" in found.rows[1].record.image_urls[0]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_any_table_with_the_usual_words_is_read(
    tmp_path: Path, delimiter: str, encoding: str
) -> None:
    picture(tmp_path / "a.jpg")
    header = ["SKU", "Name", "Photo", "Price", "Link", "Brand", "Category", "Color", "Gender",
              "Availability"]  # fmt: skip
    row = ["K1", "Größe ärmellos", "a.jpg", "€ 12.50", "https://s.example/k1", "Acme",
           "Dresses", "Navy Blue", "female", "in stock"]  # fmt: skip
    text = "\r\n".join(delimiter.join(fields) for fields in (header, row))
    if encoding == "cp1252":
        text = text.replace("€ 12.50", "12.50 EUR")
    record = table(tmp_path, text.encode(encoding)).rows[0].record
    assert (record.key, record.title, record.brand) == ("K1", "Größe ärmellos", "Acme")
    assert record.price == Money(Decimal("12.50"), "EUR")
    assert (record.kind, record.colour, record.gender) == ("dress", "navy", Gender.WOMEN)
    assert record.availability is Availability.IN_STOCK
    assert record.url == "https://s.example/k1"


def test_prices_are_read_or_reported(tmp_path: Path) -> None:
    for name in "abcdef":
        picture(tmp_path / f"{name}.jpg")
    text = (
        "title;image;price;currency;stock\n"
        "A;a.jpg;12,99;EUR;5\nB;b.jpg;1.299,00;eur;0\nC;c.jpg;free;EUR;yes\n"
        "D;d.jpg;-5;EUR;no\nE;e.jpg;;;\nF;f.jpg;7.50;;\n"
    )
    found = table(tmp_path, text)
    prices = [row.record.price for row in found.rows]
    assert prices == [Money(Decimal("12.99"), "EUR"), Money(Decimal(1299), "EUR"), None, None]
    assert found.bad == (BadRow(4, "'free' is no price"), BadRow(5, "'-5' is no price"))
    assert found.rows[0].record.availability is Availability.IN_STOCK
    assert found.rows[1].record.availability is Availability.SOLD_OUT
    assert len(found.notes) == 1
    given = read_table(tmp_path, currency="USD").rows[-1].record.price
    assert given == Money(Decimal("7.50"), "USD")


def test_quotes_may_hold_line_breaks_and_one_that_never_closes_costs_one_line(
    tmp_path: Path,
) -> None:
    for name in "abcd":
        picture(tmp_path / f"{name}.jpg")
    found = table(
        tmp_path,
        'title,image\n"A, the\nfirst",a.jpg\n32" bag,b.jpg\n"C,c.jpg\n\n"D ""x""",d.jpg\n',
    )
    assert titles(found) == ["A, the first", '32" bag', '"C', 'D "x"']
    assert [row.line for row in found.rows] == [2, 4, 5, 7]


def test_pictures_outside_the_folder_are_not_read(tmp_path: Path) -> None:
    outside = picture(tmp_path / "secret.jpg")
    (tmp_path / "shop").mkdir()
    picture(tmp_path / "shop" / "a.jpg")
    text = f"title,image\nA,a.jpg\nB,../secret.jpg\nC,{outside}\nD,file://{outside}\n"
    found = table(tmp_path / "shop", text)
    assert titles(found) == ["A"]
    assert [bad.line for bad in found.bad] == [3, 4, 5]


def test_a_second_row_of_one_product_is_reported(tmp_path: Path) -> None:
    picture(tmp_path / "a.jpg")
    found = table(tmp_path, "id,title,image\n1,A,a.jpg\n1,B,a.jpg\n")
    assert titles(found) == ["A"]
    assert found.bad == (BadRow(3, "the same id as line 2"),)


def test_a_changed_picture_has_another_address(tmp_path: Path) -> None:
    path = picture(tmp_path / "a b#ü.jpg")
    first = table(tmp_path, "title,image\nA,a b#ü.jpg\n").rows[0].record.image_urls
    assert read_table(tmp_path).rows[0].record.image_urls == first
    path.write_bytes(png((9, 9, 9)) + b" ")
    second = read_table(tmp_path).rows[0].record.image_urls
    assert second != first
    assert read_file_url(second[0]) == path.read_bytes()


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({}, "no CSV"),
        ({"a.csv": "title,image\n", "b.csv": "title,image\n"}, "several tables"),
        ({"a.csv": ""}, "is empty"),
        ({"a.csv": "colour,image\nred,a.jpg\n"}, "a title"),
        ({"a.csv": "title,colour\nA,red\n"}, "an image"),
    ],
)
def test_a_folder_without_a_usable_table_is_refused(
    tmp_path: Path, files: dict[str, str], message: str
) -> None:
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    with pytest.raises(ShopError, match=message):
        read_table(tmp_path)


def test_one_of_several_tables_may_be_named(tmp_path: Path) -> None:
    picture(tmp_path / "a.jpg")
    (tmp_path / "b.csv").write_text("title,image\nB,a.jpg\n")
    (tmp_path / "a.csv").write_text("title,image\nA,a.jpg\n")
    assert titles(read_table(tmp_path / "b.csv")) == ["B"]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=200))
def test_any_bytes_are_a_table_or_refused(tmp_path: Path, data: bytes) -> None:
    for text in (data, b"title,image,price\n" + data):
        try:
            table(tmp_path, text)
        except ShopError:
            continue


@needs_shared
def test_the_real_shop_is_read_but_for_two_rows_without_a_title() -> None:
    found = read_table(SHARED / "photos" / "shop")
    assert len(found.rows) == 20_521
    assert {bad.reason for bad in found.bad} == {"no title"}
    known = sum(1 for row in found.rows if row.record.kind and row.record.gender)
    assert known / len(found.rows) > 0.98
