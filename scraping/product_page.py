"""A shop's product page, read as that shop's file says."""

from collections.abc import Sequence
from dataclasses import replace

from scraping.extract import Extracted, Page, extract_with_sources
from scraping.fetcher import Fetched
from scraping.selecting import NO_SELECTORS, with_selected
from scraping.shops import ShopConfig


def parsed(answer: Fetched) -> Page:
    """The page that was answered."""
    return Page.parse(answer.body, url=answer.url, content_type=answer.content_type)


def read_product(
    answer: Fetched, shop: ShopConfig, *, pictures: Sequence[str] = ()
) -> list[Extracted]:
    """The products that the page shows, with where each field comes from; pure.

    ``pictures`` are those that a sitemap shows of the page, for one product without any.
    """
    page = parsed(answer)
    found = extract_with_sources(page, currency=shop.currency)
    if shop.selectors != NO_SELECTORS:
        found = with_selected(page, found, shop.selectors, currency=shop.currency)
    if len(found) == 1 and pictures and not found[0].record.image_urls:
        record = replace(found[0].record, image_urls=tuple(pictures))
        return [replace(found[0], record=record, sources={**found[0].sources, "image": "sitemap"})]
    return found
