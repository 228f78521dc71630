"""Ways in to a shop's products that need no product page: what it tells machines of them.

A *stocklist* is one or several pages of data with products in it. Each platform's is a module
of its own; ``stocklist_of`` says which one a shop is read by, if any.
"""

from datetime import datetime

from scraping.shops import ShopConfig, Take
from scraping.ways.feed import Feed
from scraping.ways.shopify import ShopifyProducts
from scraping.ways.stocklist import Part, Stocklist, StockPage, walk
from scraping.ways.woocommerce import WooCommerceProducts

__all__ = ["Part", "StockPage", "Stocklist", "stocklist_of", "walk"]


def stocklist_of(shop: ShopConfig, *, at: datetime) -> Stocklist | None:
    """What the shop is read by, None where its products' own pages are; ``at`` is now."""
    match shop.take:
        case Take.SHOPIFY:
            return ShopifyProducts(shop)
        case Take.WOOCOMMERCE:
            return WooCommerceProducts(shop)
        case Take.FEED:
            return Feed(shop, at=at)
        case _:
            return None
