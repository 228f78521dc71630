"""What a page shows: prices that hold now, stock, and what belongs to other things."""

from decimal import Decimal

import pytest

from core.catalogue import Availability
from scraping.extract import Page, extract, extract_with_sources
from scraping.extract.shown import current_price, named_prices
from scraping.extract.stock import shown_stock

URL = "https://shop.example/linen-shirt"
IN_STOCK, SOLD_OUT, UNKNOWN = Availability.IN_STOCK, Availability.SOLD_OUT, Availability.UNKNOWN


def page(body: str, head: str = "") -> Page:
    return Page.parse(f"<html><head>{head}</head><body>{body}</body></html>", url=URL)


@pytest.mark.parametrize(
    ("body", "price"),
    [
        ('<h1>A</h1><p class="price">12,50 €</p>', "12.50"),
        ('<b class="price">0 €</b><b class="price">1 €</b><h1>A</h1><b class="price">9 €</b>', "9"),
        ('<h1>A</h1><p class="price"><del>59 €</del> <ins>39 €</ins></p>', "39"),
        ('<h1>A</h1><p class="price">statt 59,00 € 39,00 €</p>', "39.00"),
        ('<h1>A</h1><p class="price">Was £59 Now £39</p>', "39"),
        ('<h1>A</h1><p class="price">UVP: CHF 59.90 CHF 39.90</p>', "39.90"),
        ('<h1>A</h1><p class="price"><span>63</span><sup>07</sup> Lei</p>', "63.07"),
        ('<h1>A</h1><p class="price"><b>19</b>,<small>99</small> €</p>', "19.99"),
        ('<h1>A</h1><p class="price">35€ 99</p>', "35.99"),
        (
            (
                '<h1>A</h1><p class="price-old">59 €</p><p class="member-price">29 €</p>'
                '<p class="price">39 €</p>'
            ),
            "39",
        ),
        ('<h1>A</h1><p class="price" style="display:none">1 €</p><p class="price">39 €</p>', "39"),
        ('<h1>A</h1><div class="x1"><i>€ 39,00</i></div>', "39.00"),
        ('<h1>A</h1><li><a href="/b"><img src="b.jpg"><b class="price">5 €</b></a></li>', None),
        ('<h1>A</h1><div class="related"><b class="price">5 €</b></div>', None),
        ('<h1>A</h1><p class="price">Call us</p>', None),
    ],
)
def test_the_price_that_holds_now_is_told_from_the_others(body: str, price: str | None) -> None:
    shown = page(body)
    found = current_price(shown, named_prices(shown), currency=None)
    assert (found and found.value) == (price and Decimal(price))


@pytest.mark.parametrize(
    ("body", "stock"),
    [
        ("<h1>A</h1><button>Add to bag</button>", IN_STOCK),
        ("<h1>A</h1><button disabled>Add to bag</button>", UNKNOWN),
        ("<h1>A</h1><button disabled>Sold out</button><button>Add to bag</button>", SOLD_OUT),
        ('<h1>A</h1><p class="stock" hidden>Sold out</p><button>Kosárba</button>', IN_STOCK),
        ('<h1>A</h1><li class="size soldout">S sold out</li><button>Add to bag</button>', IN_STOCK),
        ('<p class="stock">Sold out</p><h1>A</h1><button>Acheter</button>', IN_STOCK),
        ('<h1>A</h1><p class="availability">Niet op voorraad</p>', SOLD_OUT),
        ('<h1>A</h1><p class="availability">Есть в наличии</p>', IN_STOCK),
        ('<h1>A</h1><p class="stock">Slut i lager</p>', SOLD_OUT),
        ('<h1>A</h1><p class="stock">På lager</p>', IN_STOCK),
        ('<h1>A</h1><p class="stock">Varastossa</p>', IN_STOCK),
        ('<h1>A</h1><p class="stock">Skladem</p>', IN_STOCK),
        ('<h1>A</h1><p class="stock">Ikke på lager</p>', SOLD_OUT),
        ('<h1>A</h1><div class="related"><button>Add to bag</button></div>', UNKNOWN),
        ("<h1>A</h1><p>In stock since 1905</p>", UNKNOWN),
    ],
)
def test_the_first_evidence_after_the_heading_tells_the_stock(
    body: str, stock: Availability
) -> None:
    assert shown_stock(page(body)) is stock


def json_ld(price: str) -> str:
    return (
        '<script type="application/ld+json">{"@type": "Product", "name": "Linen Shirt", "offers": '
        f'{{"@type": "Offer", "price": "{price}", "priceCurrency": "EUR"}}}}</script>'
    )


@pytest.mark.parametrize(
    ("body", "price"),
    [
        ('<h1>Linen Shirt</h1><p class="price"><s>59 €</s> <b>39 €</b></p>', "39"),
        (
            (
                '<h1>Linen Shirt</h1><p class="price">59 €</p>'
                '<div class="also-like"><s>59 €</s> <b>39 €</b></div>'
            ),
            "59",
        ),
        (
            (
                '<h1>Linen Shirt</h1><i>59 €</i><li><a href="/b"><img src="b.jpg"></a>'
                '<p class="price"><s>59 €</s> <b>39 €</b></p></li>'
            ),
            "59",
        ),
        ('<h1>Linen Shirt</h1><p class="price"><s>79 €</s> <b>59 €</b></p>', "59"),
    ],
)
def test_markup_that_names_a_crossed_out_price_is_set_right(body: str, price: str) -> None:
    (found,) = extract(page(json_ld("59") + body))
    assert found.price is not None
    assert found.price.amount == Decimal(price)


@pytest.mark.parametrize(
    "field",
    [
        '<select name="attribute_pa_size">',
        '<select aria-label="Größe wählen">',
        '<select id="taille-select">',
    ],
)
def test_sizes_are_read_off_the_field_to_choose_them(field: str) -> None:
    options = (
        '<option value="">-</option><option value="1">S</option><option value="2">M</option>'
        '<option value="3" disabled>L</option><option value="4">XL - sold out</option>'
    )
    other = '<select name="quantity"><option value="1">1</option></select>'
    body = json_ld("59") + "<h1>Linen Shirt</h1>" + other + field + options + "</select>"
    (found,) = extract_with_sources(page(body))
    assert found.record.sizes == ("S", "M")
    assert found.sources["sizes"] == "text"


def test_a_price_before_tax_in_meta_tags_gives_way_to_what_is_shown() -> None:
    head = (
        '<meta property="og:type" content="product">'
        '<meta property="og:title" content="Linen Shirt">'
        '<meta property="product:price:amount" content="33.61">'
        '<meta property="product:price:currency" content="EUR">'
    )
    body = '<h1>Linen Shirt</h1><p class="price">39,99 €</p>'
    (found,) = extract(page(body, head))
    assert found.price is not None
    assert found.price.amount == Decimal("39.99")


def test_thousands_of_a_currency_without_cents_are_no_decimals() -> None:
    data = '{"@type": "Product", "name": "Polera", "offers": {"@type": "Offer", "price": "24.990"}}'
    body = f'<script type="application/ld+json">{data}</script><h1>Polera</h1>'
    (found,) = extract(Page.parse(body, url="https://tienda.cl/polera"))
    assert found.price is not None
    assert (found.price.amount, found.price.currency) == (Decimal(24990), "CLP")
