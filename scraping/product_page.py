"""A shop's product page, read as that shop's file says."""

from scraping.extract import Extracted, Page, extract_with_sources
from scraping.fetcher import Fetched
from scraping.selecting import NO_SELECTORS, with_selected
from scraping.shops import ShopConfig


def parsed(answer: Fetched) -> Page:
    """The page that was answered."""
    return Page.parse(answer.body, url=answer.url, content_type=answer.content_type)


def read_product(answer: Fetched, shop: ShopConfig) -> list[Extracted]:
    """The products that the page shows, with where each field comes from; pure."""
    page = parsed(answer)
    found = extract_with_sources(page, currency=shop.currency)
    if shop.selectors == NO_SELECTORS:
        return found
    return with_selected(page, found, shop.selectors, currency=shop.currency)
