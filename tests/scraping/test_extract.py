"""Products from pages: each trap that was seen on a real one."""

import json
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.catalogue import Availability, Gender, Money, ProductRecord
from scraping.extract import Page, canonical, extract, extract_with_sources

URL = "https://www.shop.example/products/dress"


def page(head: str = "", content: str = "", *, url: str = URL) -> Page:
    return Page.parse(f"<html><head>{head}</head><body>{content}</body></html>", url=url)


def script(data: object) -> str:
    text = data if isinstance(data, str) else json.dumps(data)
    return f'<script type="application/ld+json">{text}</script>'


def product(**fields: object) -> dict[str, object]:
    offer = {"@type": "Offer", "price": "10.00", "priceCurrency": "EUR"}
    return {"@context": "https://schema.org", "@type": "Product", "name": "A dress",
            "image": "/a.jpg", "offers": offer, **fields}  # fmt: skip


def only(found: Page) -> ProductRecord:
    records = extract(found)
    assert len(records) == 1
    return records[0]


def offer(price: object, stock: str = "InStock", **more: object) -> dict[str, object]:
    return {"@type": "Offer", "price": price, "priceCurrency": "EUR", "availability": stock, **more}


def eur(amount: str) -> Money:
    return Money(Decimal(amount), "EUR")


def test_a_plain_product_is_read_in_full() -> None:
    record = only(
        page(
            script(
                product(
                    name="Women&#39;s navy &amp;amp; white dress",
                    brand={"@type": "Brand", "name": "Acme"},
                    category="Clothing > Dresses",
                    color="navy blue",
                    offers=offer("49.90", "https://schema.org/InStock"),
                )
            )
        )
    )
    assert record == ProductRecord(
        key=URL,
        title="Women's navy & white dress",
        url=URL,
        brand="Acme",
        kind="dress",
        colour="navy",
        gender=Gender.WOMEN,
        price=eur("49.90"),
        availability=Availability.IN_STOCK,
        image_urls=("https://www.shop.example/a.jpg",),
    )


@pytest.mark.parametrize(
    ("category", "kind"),
    [
        ("Clothing > Salopettes", "salopettes"),
        ("Clothing > Skirts", "skirt"),
        ("Default", None),
        ("", None),
    ],
)
def test_a_kind_that_we_have_no_word_for_keeps_the_shops_own(
    category: str, kind: str | None
) -> None:
    assert only(page(script(product(name="The Alpine", category=category)))).kind == kind


@pytest.mark.parametrize(
    "wrap",
    [
        lambda data: {"@graph": [{"@type": "WebPage"}, data]},
        lambda data: [{"@type": "Organization", "name": "X"}, data],
        lambda data: {"@type": "WebPage", "mainEntity": data},
        lambda data: {**data, "@type": "product"},
        lambda data: {**data, "@type": ["Product", "Thing"]},
        lambda data: {**data, "@type": "http://schema.org/Product"},
        lambda data: {**data, "@type": "schema:Product"},
        lambda data: "/*<![CDATA[*/" + json.dumps(data) + "/*]]>*/",
        lambda data: "<!--" + json.dumps(data) + "-->",
        lambda data: json.dumps(data)[:-1] + ",}",
        lambda data: json.dumps(data) + ";",
        lambda data: json.dumps(data).replace("A dress", "A\tdress"),
    ],
)
def test_every_wrapping_of_json_ld_is_opened(wrap) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001  one of many
    assert only(page(script(wrap(product())))).title == "A dress"


@pytest.mark.parametrize(
    ("offers", "price", "stock"),
    [
        (offer("12.00", "InStock"), "12.00", "in_stock"),
        (offer(12.5, "SoldOut"), "12.5", "sold_out"),
        (offer("12.00", "in stock"), "12.00", "in_stock"),
        ([offer("9", "OutOfStock"), offer("12"), offer("15")], "12", "in_stock"),
        ([offer("9", "OutOfStock"), offer("8", "OutOfStock")], "8", "sold_out"),
        ({"@type": "AggregateOffer", "lowPrice": "7", "highPrice": "9", "priceCurrency": "EUR"},
         "7", "unknown"),
        ({"@type": "AggregateOffer", "lowPrice": "5", "priceCurrency": "EUR",
          "offers": [offer("6", "OutOfStock"), offer("7")]}, "7", "in_stock"),
        ({"@type": "AggregateOffer", "lowprice": {"sales": {"value": 3499, "currency": "EUR"}},
          "availability": "InStock"}, "3499", "in_stock"),
        ({"@type": "Offer", "availability": "InStock",
          "priceSpecification": {"price": 2.25, "priceCurrency": "EUR"}}, "2.25", "in_stock"),
        ({"@type": "Offer", "priceCurrency": "EUR", "priceSpecification": [
            {"price": 20, "priceType": "https://schema.org/ListPrice"},
            {"price": 5, "validForMemberTier": {"name": "card"}},
            {"price": 3, "referenceQuantity": {"value": 100, "unitCode": "MLT"}},
            {"price": 15}]}, "15", "unknown"),
        ({"@type": "Offer", "price": 20, "priceType": "ListPrice", "priceCurrency": "EUR",
          "priceSpecification": [{"price": 15}]}, "15", "unknown"),
        ({"@type": "Offer", "url": {}, "price": ["12.00"], "priceCurrency": ["EUR"]},
         "12.00", "unknown"),
        ({"@type": "Offer", "price": "1,795.00", "priceCurrency": "EUR"}, "1795.00", "unknown"),
    ],
)  # fmt: skip
def test_the_price_is_the_lowest_that_anyone_pays_now_for_what_is_there(
    offers: object, price: str, stock: str
) -> None:
    record = only(page(script(product(offers=offers))))
    assert record.price == eur(price)
    assert record.availability == stock


def test_one_product_for_its_variants() -> None:
    group = {
        "@type": "ProductGroup",
        "name": "A dress",
        "productGroupID": "d1",
        "hasVariant": [
            product(name="A dress, S", color="Red", offers=offer("9", "OutOfStock")),
            product(name="A dress, M", color="Blue", offers=offer("11"), image="/m.jpg"),
        ],
    }
    record = only(page(script(group)))
    assert record.title == "A dress"
    assert record.price == eur("11")
    assert record.availability is Availability.IN_STOCK
    assert record.colour is None


def test_a_product_a_size_is_one_product() -> None:
    sizes = [
        product(offers=offer("10", "OutOfStock"), url="/s"),
        product(offers=offer("12"), url="/m"),
    ]
    record = only(page(script({"@graph": sizes})))
    assert record.price == eur("12")
    assert record.url == URL


def test_sizes_are_those_of_the_variants_that_can_be_had() -> None:
    small = product(offers=offer("10", "OutOfStock"), url="/s", size="S")
    others = [product(offers=offer("12"), url=f"/{name}", size=name) for name in ("M", "L")]
    assert only(page(script({"@graph": [small, *others]}))).sizes == ("M", "L")
    assert only(page(script({"@graph": [small, small]}))).sizes == ("S",)


def test_related_products_are_not_this_one() -> None:
    data = product(isRelatedTo=[product(name="Other", offers=offer("1"))])
    more = product(name="Another thing", url="https://www.shop.example/products/other")
    record = only(page(script(data) + script(more), "<h1>A dress</h1>"))
    assert record.title == "A dress"


def test_markup_of_other_products_only_is_left() -> None:
    others = [product(name=name, url=f"/{name}", offers=offer("9")) for name in ("Hat", "Cap")]
    head = metas(og__type="product", og__title="Linen Shirt")
    content = '<h1>Linen Shirt</h1><p class="price">39,00 €</p><button>Add to cart</button>'
    record = only(page(head + script(others), content))
    assert (record.title, record.price) == ("Linen Shirt", eur("39.00"))


def test_a_page_of_many_products_gives_all_of_them() -> None:
    items = [product(name=f"Dress {n}", url=f"/products/{n}") for n in range(3)]
    found = extract(page(script({"@graph": items}), "<h1>Dresses</h1>", url=URL + "es"))
    assert [record.title for record in found] == ["Dress 0", "Dress 1", "Dress 2"]


def test_pictures_in_bad_shapes_are_passed_over() -> None:
    images = [None, {}, {"url": "//cdn.example/b.jpg"}, "/{width}/c.jpg", "data:image/png;base64,x"]
    record = only(page(script(product(image=images))))
    assert record.image_urls == ("https://cdn.example/b.jpg",)


def test_a_logo_is_no_product_picture() -> None:
    head = '<meta property="og:image" content="/logo.png">'
    record = only(page(head + script(product(image=[None])), '<img alt="A dress" src="/d.jpg">'))
    assert record.image_urls == ("https://www.shop.example/d.jpg",)


def test_the_larger_of_two_sizes_of_one_picture_is_taken() -> None:
    head = '<meta property="og:image" content="https://c.example/a.jpg?imwidth=762">'
    record = only(page(head + script(product(image="https://c.example/a.jpg?imwidth=103"))))
    assert record.image_urls[0] == "https://c.example/a.jpg?imwidth=762"


@pytest.mark.parametrize(("title", "brand"), [("Nord shirt", "Nord"), ("Nordic shirt", None)])
def test_a_brand_in_a_script_counts_where_the_title_begins_with_it(
    title: str, brand: str | None
) -> None:
    head = script(product(name=title, brand=None)) + '<script>f({"brand":"Nord"})</script>'
    assert only(page(head)).brand == brand


def test_a_tag_that_says_what_it_is_about_is_read_once_all_the_same() -> None:
    found = Page.parse('<meta name="size" content="M" class="bold" itemtype="https://x/Thing">')
    assert found.metas == {"size": ["M"]}
    assert "thing" in found.types


@pytest.mark.parametrize("brand", ["$metabrand", "{{ brand }}", "null", "", None, {"name": None}])
def test_a_template_left_unfilled_is_no_brand(brand: object) -> None:
    assert only(page(script(product(brand=brand)))).brand is None


@pytest.mark.parametrize(
    ("head", "url", "expected"),
    [
        ('<link rel="canonical" href="/products/x">', URL, "https://www.shop.example/products/x"),
        ('<link rel="canonical" href="https://www.shop.example/">', URL, URL),
        ('<link rel="canonical" href="https://elsewhere.test/x">', URL, URL),
        ('<meta property="og:url" content="https://i.shop.example/x.jpg">', URL, URL),
        ('<meta property="og:url" content="https://www.shop.example/on/store/P">', URL, URL),
        ("", URL + "?utm_source=a&colour=2&gclid=5#top", URL + "?colour=2"),
        ("", "https://s.example/collections/all/products/x?variant=7", "https://s.example/products/x"),
        ('<base href="https://www.shop.example/de/"><link rel="canonical" href="x">', URL,
         "https://www.shop.example/de/x"),
    ],
)  # fmt: skip
def test_a_product_is_named_by_its_canonical_address(head: str, url: str, expected: str) -> None:
    record = only(page(head + script(product()), url=url))
    assert record.url == record.key == expected


def test_canonical_addresses_stay_as_they_are() -> None:
    for url in (URL, "https://s.example/a?b=1&c=%20", "https://s.example/%D0%B4"):
        assert canonical(canonical(url)) == canonical(url)


MICRODATA = """
<div itemscope itemtype="http://schema.org/Product">
  <ol itemscope itemtype="https://schema.org/BreadcrumbList"><li itemscope
    itemprop="itemListElement" itemtype="https://schema.org/ListItem">
    <span itemprop="name">Women</span></li></ol>
  <h1 itemprop="name">A coat</h1>
  <div itemprop="brand" itemscope itemtype="https://schema.org/Brand">
    <span itemprop="name">Acme</span></div>
  <img itemprop="image" src="//cdn.example/coat.jpg">
  <div itemprop="offers" itemscope itemtype="http://schema.org/Offer">
    <del><span itemprop="price">80,00 €</span></del>
    <span itemprop="price">56,00 €</span><meta itemprop="priceCurrency" content="EUR">
    <link itemprop="availability" href="http://schema.org/InStock"></div>
  <div itemscope itemtype="http://schema.org/Product" itemprop="isRelatedTo">
    <span itemprop="name">Socks</span><div itemprop="offers" itemscope
    itemtype="http://schema.org/Offer"><span itemprop="price">2,00 €</span></div></div>
</div>"""


def test_microdata_is_read_without_the_old_price_and_the_related() -> None:
    record = only(page(content=MICRODATA))
    assert record.title == "A coat"
    assert record.brand == "Acme"
    assert record.price == eur("56.00")
    assert record.availability is Availability.IN_STOCK
    assert record.gender is Gender.WOMEN
    assert record.image_urls == ("https://cdn.example/coat.jpg",)


def metas(**contents: str) -> str:
    return "".join(
        f'<meta property="{name.replace("__", ":")}" content="{content}">'
        for name, content in contents.items()
    )


def test_the_sale_price_comes_before_the_old_one_in_meta_tags() -> None:
    head = metas(
        og__type="product",
        og__title="A bag | Shop",
        og__site_name="Shop",
        og__image="//c.example/b.jpg",
        product__price__amount="1148.00",
        product__price__currency="pln",
        product__sale_price__amount="997.00",
    )
    record = only(page(head))
    assert record.title == "A bag"
    assert record.price == Money(Decimal("997.00"), "PLN")


def test_markup_is_trusted_before_meta_tags() -> None:
    head = metas(
        og__type="product",
        og__title="Buy A coat",
        product__price__amount="45.00",
        product__price__currency="EUR",
    )
    found = extract_with_sources(page(head, MICRODATA))[0]
    assert found.record.price == eur("56.00")
    assert found.sources["price"] == found.sources["title"] == "microdata"


def test_visible_text_is_the_last_resort() -> None:
    content = """<h1>Bralne leče</h1><ul><li class="price">40.00€</li>
    <li class="price-tax">Brez DDV: 36.53€</li></ul><button>Add to cart</button>
    <div class="related"><b class="price">1.00€</b></div>"""
    record = only(page(content=content))
    assert record.price == eur("40.00")
    assert record.availability is Availability.IN_STOCK


def test_a_button_that_is_dead_sells_nothing() -> None:
    content = '<h1>A dress</h1><button disabled>Add to cart</button><p class="stock">Sold out</p>'
    assert only(page(script(product()), content)).availability is Availability.SOLD_OUT


def test_a_page_without_a_product_gives_none() -> None:
    assert extract(page(content="<h1>Our story</h1><p>From 1905, for €5</p>")) == []
    assert extract(Page.parse(b"", url="")) == []


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8"])
def test_the_header_tells_the_encoding(encoding: str) -> None:
    text = script(json.dumps(product(name="Größe ärmellos"), ensure_ascii=False))
    kind = f"text/html; charset={encoding}"
    assert only(Page.parse(text.encode(encoding), url=URL, content_type=kind)).title == (
        "Größe ärmellos"
    )


def test_the_page_tells_its_encoding() -> None:
    text = script(json.dumps(product(name="シャツ"), ensure_ascii=False))
    body = ('<meta charset="shift_jis">' + text).encode("shift_jis")
    assert only(Page.parse(body, url=URL)).title == "シャツ"


def test_addresses_of_other_schemes_are_never_taken() -> None:
    record = only(
        page(script(product(image=["file:///etc/passwd", "ftp://x/y.jpg", "javascript:1"])))
    )
    assert record.image_urls == ()


KEYS = st.sampled_from(
    [
        *("@type", "@graph", "@id", "name", "url", "image", "offers", "price", "priceCurrency"),
        *("availability", "brand", "hasVariant", "lowPrice", "priceSpecification", "category"),
        *("color", "itemListElement", "position", "additionalProperty", "audience"),
    ]
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
    | st.sampled_from(["Product", "Offer", "BreadcrumbList", "ItemList", "http://[", "//", "1,5"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=6),
    max_leaves=20,
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(VALUES)
def test_any_json_ld_gives_products_or_none(value: object) -> None:
    wrapped = {"@type": "Product", "name": "X", "offers": value, "image": value, "brand": value}
    for data in (value, wrapped):
        for record in extract(page(script(json.dumps(data)))):
            assert record.title
            assert record.key
            assert record.price is None or record.price.amount > 0


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode), st.text(max_size=30))
def test_any_bytes_give_products_or_none(data: bytes, url: str) -> None:
    extract(Page.parse(data, url="https://s.example/" + url))
    extract(
        Page.parse(b'<h1>A</h1><div itemscope itemtype="http://schema.org/Product">' + data, url="")
    )


@pytest.mark.parametrize(
    "content",
    [
        '<div class="price old">' * 100_000 + "5 €",
        '<div class="add-to stock">' * 300 + "<b class=x>5 €</b>" * 100_000,
        '<script type="application/ld+json">{' + "/*" * 500_000 + "</script>",
        '<script type="application/ld+json">{"a":1} -->' + " " * 1_000_000 + "x</script>",
        "<script>A dress" + "push   (" * 100_000 + "</script>",
    ],
    ids=["deep", "wide", "comments", "blanks", "calls"],
)
def test_a_page_made_to_take_long_is_read_as_far_as_that_is_cheap(content: str) -> None:
    assert extract(page(content="<h1>A dress</h1>" + content)) == []


@settings(max_examples=100, deadline=None)
@given(VALUES)
def test_any_state_of_an_application_gives_products_or_none(value: object) -> None:
    state = json.dumps({"name": "A dress", "price": value, "brand": value, "variants": value})
    found = page(content=f'<h1>A dress</h1><script type="application/json">{state}</script>')
    for record in extract(found):
        assert record.title == "A dress"
        assert record.price is None or record.price.amount > 0
