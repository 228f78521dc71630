"""What ``meta`` tags say: Open Graph, its product vocabulary, and plain names."""

import re

from core.catalogue import Availability
from scraping.extract.draft import Draft, OfferDraft, availability, brand_name
from scraping.extract.money import currency_code, machine_price
from scraping.extract.page import Page, clean

_LOGO = re.compile(
    r"(^|[/_.-])(logo|placeholder|no[_-]?image|noimage|default[_-]?image|blank|spacer|favicon|sprite|"
    r"share[_-]?image|og[_-]?image|social[_-]?share|fb[_-]?share)",
    re.IGNORECASE,
)
_IMAGES = (
    "og:image:secure_url",
    "og:image",
    "og:image:url",
    "twitter:image",
    "twitter:image:src",
)
_PRODUCT_TYPE = re.compile(r"product|(^|:)item$|og:product", re.IGNORECASE)


def draft(page: Page) -> Draft | None:
    """The product in the ``meta`` tags, None when they do not speak of one."""
    price, currency = None, None
    for stem in ("product:sale_price", "product:price", "og:price", "product:original_price"):
        code = currency_code(page.meta(f"{stem}:currency"))
        if price is None:
            price = machine_price(page.meta(f"{stem}:amount"), currency=code)
            currency = code
        currency = currency or (code if price else None)
    stock = availability(
        page.meta("product:availability", "og:availability", "og:product:availability")
    )
    if not (
        price
        or stock is not Availability.UNKNOWN
        or _PRODUCT_TYPE.search(page.meta("og:type") or "")
    ):
        return None
    offers: tuple[OfferDraft, ...] = ()
    if price or stock is not Availability.UNKNOWN:
        offers = (OfferDraft(price=price, currency=currency, availability=stock),)
    brand = clean(page.meta("product:brand", "og:brand", "product:brand_name"))
    category = clean(page.meta("product:category", "og:category")) or ""
    age = (page.meta("product:age_group") or "").lower()
    gender = clean(page.meta("product:target_gender", "product:gender"))
    if re.search(r"kid|child|toddler|infant|newborn", age):
        gender = "kids"
    return Draft(
        source="open-graph",
        title=title(page),
        url=page.absolute(page.meta("og:url")),
        brand=brand_name(brand),
        offers=offers,
        images=images(page),
        category=tuple(
            part
            for raw in re.split(r"[>/|»]", category)
            if (part := raw.strip()) and not part.isdigit()
        ),
        colour=clean(page.meta("product:color", "product:colour"), limit=60),
        gender=gender,
    )


def title(page: Page) -> str | None:
    """``og:title`` without the shop's name at its end, or in brackets before."""
    name = clean(page.meta("og:title", "twitter:title"))
    site = clean(page.meta("og:site_name"))
    if name and site:
        own = re.escape(site)
        shorter = re.sub(
            rf"\s*[-|–—·:]\s*{own}\s*$|^[【\[]{own}[】\]]", "", name, flags=re.IGNORECASE
        )
        return shorter.strip() or name
    return name


def images(page: Page) -> tuple[str, ...]:
    """The ``og:image`` addresses that are not the shop's logo."""
    values = [value for name in _IMAGES for value in page.metas.get(name, ())]
    urls = [url for value in values if "{" not in value and (url := page.absolute(value))]
    return tuple(dict.fromkeys(url for url in urls if not is_logo(url)))


def is_logo(url: str) -> bool:
    """Whether an image's address reads like a logo or a placeholder."""
    return bool(_LOGO.search(url.partition("?")[0].rpartition("//")[2].partition("/")[2]))
