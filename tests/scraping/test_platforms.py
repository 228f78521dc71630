"""The page shapes of the wide-spread platforms, each read in full."""

from collections.abc import Callable

import pytest

from core.catalogue import Availability
from scraping.extract import Page, extract_with_sources
from tests.scraping import platforms
from tests.scraping.platforms import PICTURE

IN_STOCK, SOLD_OUT = Availability.IN_STOCK, Availability.SOLD_OUT
URL = "https://shop.example/linen-shirt"


@pytest.mark.parametrize(
    ("shape", "title", "price", "stock", "brand"),
    [
        (platforms.magento, "Leinenhemd Oslo", "39.99 EUR", IN_STOCK, "Nordhaus Atelier"),
        (platforms.woocommerce, "Chemise en lin", "39.00 EUR", IN_STOCK, None),
        (platforms.woocommerce_yoast, "Linen Shirt", "39.00 EUR", IN_STOCK, "Atelier Nord"),
        (platforms.prestashop, "Camisa de lino", "39.90 EUR", SOLD_OUT, "Nordhaus"),
        (platforms.shopware, "Leinenhemd", "39.99 EUR", IN_STOCK, "Nordhaus"),
        (platforms.salesforce, "Linen Shirt", "39.00 GBP", IN_STOCK, "Nordhaus"),
        (platforms.hybris, "Linneskjorta", "399.00 SEK", IN_STOCK, "Nordhaus"),
        (platforms.bigcommerce, "Linen Shirt", "39.00 AUD", IN_STOCK, "Nordhaus"),
        (platforms.squarespace, 'Linen Shirt — "Oslo"', "39.00 USD", IN_STOCK, None),
        (platforms.opencart, "Рубашка льняная", "3990.00 RUB", IN_STOCK, "Nordhaus"),
        (platforms.shopify, "Linen Shirt", "39.00 CAD", IN_STOCK, "Nordhaus"),
        (platforms.next_js, "Linen Shirt", "39.00 GBP", IN_STOCK, "Nordhaus"),
        (platforms.nuxt, "Linen Shirt", "39.50 EUR", IN_STOCK, "Nordhaus"),
        (platforms.data_vocabulary, "Linen Shirt", "39.00 GBP", IN_STOCK, "Nordhaus"),
        (platforms.good_relations, "Linen Shirt", "39.00 USD", IN_STOCK, "Nordhaus"),
        (platforms.rdfa, "Linnen overhemd", "39.95 EUR", IN_STOCK, "Nordhaus"),
    ],
)
def test_each_platforms_page_is_read_in_full(
    shape: Callable[[], str],
    title: str,
    price: str,
    stock: Availability,
    brand: str | None,
) -> None:
    site = URL.replace(".example", ".se") if shape is platforms.hybris else URL
    (found,) = extract_with_sources(Page.parse(shape(), url=site))
    record = found.record
    assert record.title == title
    assert record.price is not None
    assert f"{record.price.amount:.2f} {record.price.currency}" == price
    assert record.availability is stock
    assert record.brand == brand
    assert record.image_urls[0] == PICTURE
    assert {"title", "price", "currency", "url", "availability"} <= found.sources.keys()
