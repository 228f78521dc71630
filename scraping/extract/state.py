"""The product in a page's scripts: in its application's state, in what analytics are told."""

import re
from collections.abc import Callable, Iterator
from decimal import Decimal

from core.catalogue import Availability
from scraping.extract.draft import Draft, OfferDraft, availability, best_offer, brand_name
from scraping.extract.embedded import State, objects, plain_keys
from scraping.extract.money import currency_code, machine_price
from scraping.extract.page import Page, clean
from scraping.extract.visible import plain

_TITLES = ("title", "name", "productname", "producttitle", "displayname", "itemname", "skutitle")
_BRANDS = ("brand", "brandname", "vendor", "manufacturer", "productbrand", "itembrand",
           "manufacturername", "designer", "designername")  # fmt: skip
_REDUCED = ("saleprice", "specialprice", "discountedprice", "discountprice", "finalprice",
            "currentprice", "sellingprice", "salesprice", "pricesale", "promoprice", "actualprice",
            "offerprice")  # fmt: skip
_PRICES = ("price", "pricevalue", "priceamount", "productprice", "minprice", "pricemin", "prices",
           "pricing", "priceinfo", "itemprice", "lowprice", "regularprice")  # fmt: skip
_AMOUNTS = (*_REDUCED, "current", "sales", "sale", "now", "final", "value", "amount", "centamount",
            "price", "min", "decimalprice", "raw", "gross")  # fmt: skip
_CURRENCIES = ("currency", "currencycode", "pricecurrency", "currencyiso", "currencyisocode")
_STOCK = ("availability", "availabilitystatus", "stockstatus", "stocklevelstatus", "available",
          "isavailable", "instock", "isinstock", "availableforsale", "purchasable", "orderable",
          "issaleable", "salable", "stock", "inventory", "availabilityinfo")  # fmt: skip
_NO_STOCK = ("soldout", "issoldout", "outofstock", "isoutofstock")
_VARIANTS = ("variants", "skus", "sizes", "units", "simples", "items", "variations", "children",
             "products", "nodes", "edges")  # fmt: skip
_IMAGES = ("image", "images", "featuredimage", "media", "imageurl", "mainimage", "pictures",
           "gallery", "galleryimages", "primaryimage", "thumbnail", "photo")  # fmt: skip
_URLS = ("src", "url", "original", "large", "zoom", "full", "href", "contenturl", "originalsrc",
         "default", "medium", "path")  # fmt: skip
_PICTURE = re.compile(r"\.(?:jpe?g|png|webp|avif)(?:$|[?&#])|/image|/media|img", re.IGNORECASE)
_SHOPIFY = frozenset({"pricemin", "pricemax", "compareatprice"})
_MAX_MATCHES = 12


def drafts(page: Page, *, titles: list[str], shown: Callable[[], set[Decimal]]) -> list[Draft]:
    """What the scripts say of the product with one of these titles, the fullest first.

    ``shown`` gives the prices that the page shows: a whole number that is shown only as its
    hundredth counts cents, and a price that is shown in no way is not taken.
    """
    wanted = {plain(title) for title in titles if len(plain(title)) > 2}
    if not wanted:
        return []
    lengths = range(min(map(len, wanted)), 2 * max(map(len, wanted)) + 20)
    starts = {title[0] for title in wanted} | set("&\"'([<*")

    def matcher(text: str) -> bool:
        likely = len(text) in lengths and text.lstrip()[:1].casefold() in starts
        return likely and plain(clean(text) or "") in wanted

    found: list[Draft] = []
    read: set[int] = set()
    for title in titles[:2]:
        for state in objects(page, about=title, names=matcher, read=read):
            name = _title(state)
            if name and matcher(name):
                found.append(_draft(page, state, name, shown))
                if len(found) >= _MAX_MATCHES:
                    break
        if found:
            break
    return sorted(found, key=_fullness, reverse=True)


def _fullness(draft: Draft) -> int:
    best = best_offer(draft.offers)
    stock = best.availability is not Availability.UNKNOWN
    return 4 * bool(best.price) + 2 * stock + bool(draft.brand) + bool(draft.images)


def _draft(page: Page, state: State, title: str, shown: Callable[[], set[Decimal]]) -> Draft:
    currency = _currency(state, 0)
    offers = list(_offers(state, currency, shown))
    images = [url for key in _IMAGES for url in _images(page, state.get(key), 0)]
    return Draft(
        source="state",
        title=title,
        brand=next((name for key in _BRANDS if (name := _brand(state.get(key)))), None),
        offers=tuple(offers),
        images=tuple(dict.fromkeys(images))[:20],
        category=tuple(
            word for key in ("type", "producttype", "category") if (word := _word(state.get(key)))
        )[:1],
        colour=_word(state.get("color") or state.get("colour") or state.get("colorname")),
        gender=_word(state.get("gender")),
    )  # fmt: skip


def _title(state: State) -> str | None:
    return next((text for key in _TITLES if (text := clean(state.get(key)))), None)


def _word(value: object) -> str | None:
    if isinstance(value, dict):
        value = plain_keys(value).get("name")
    text = clean(value, limit=60)
    return text if text and not text.isdecimal() else None


def _brand(value: object) -> str | None:
    if isinstance(value, dict):
        entry = plain_keys(value)
        value = entry.get("name") or entry.get("label") or entry.get("title")
    name = brand_name(clean(value, limit=200))
    return name if name and (len(name) > 2 or name.isupper()) else None  # else it is a code


def _currency(state: State, depth: int) -> str | None:
    for key in _CURRENCIES:
        value = state.get(key)
        if isinstance(value, dict):
            value = plain_keys(value).get("code")
        if code := currency_code(value):
            return code
    if depth < 3:
        for key in (*_PRICES, *_REDUCED, *_VARIANTS, "current", "value", "offers"):
            inner = state.get(key)
            inner = inner[0] if isinstance(inner, list) and inner else inner
            if isinstance(inner, dict) and (code := _currency(plain_keys(inner), depth + 1)):
                return code
    return None


def _offers(
    state: State, currency: str | None, shown: Callable[[], set[Decimal]]
) -> Iterator[OfferDraft]:
    in_cents = len(_SHOPIFY & state.keys()) > 1
    own = _price(state, 0)
    stock = _stock(state)
    variants = list(_variants(state, 0))
    for variant in variants:
        price = _price(variant, 0) or own
        known = _stock(variant)
        yield OfferDraft(
            price=_confirmed(price, shown, in_cents=in_cents) if price else None,
            currency=currency,
            availability=stock if known is Availability.UNKNOWN else known,
        )
    if all(_stock(variant) is Availability.UNKNOWN for variant in variants):
        price = _confirmed(own, shown, in_cents=in_cents) if own else None
        yield OfferDraft(price=price, currency=currency, availability=stock)


def _variants(state: State, depth: int) -> Iterator[State]:
    for key in _VARIANTS:
        value = state.get(key)
        if isinstance(value, dict) and depth < 2:
            yield from _variants(plain_keys(value), depth + 1)
        for item in (value if isinstance(value, list) else [])[:200]:
            if isinstance(item, dict):
                entry = plain_keys(item)
                if isinstance(inner := entry.get("node"), dict):
                    entry = plain_keys(inner)
                if _stock(entry) is not Availability.UNKNOWN or _price(entry, 0):
                    yield entry


def _price(state: State, depth: int) -> Decimal | None:
    """The reduced price where there is one and it is lower, else the plain one."""
    plain_price = next(
        (found for key in _PRICES if (found := _amount(state.get(key), depth))), None
    )
    reduced = next((found for key in _REDUCED if (found := _amount(state.get(key), depth))), None)
    if plain_price and reduced:
        return min(plain_price, reduced)
    return reduced or plain_price


def _amount(value: object, depth: int) -> Decimal | None:
    if isinstance(value, dict) and depth < 4:
        entry = plain_keys(value)
        for key in _AMOUNTS:
            if found := _amount(entry.get(key), depth + 1):
                return found
        return _price(entry, depth + 1)
    if isinstance(value, list) and len(value) == 1:
        return _amount(value[0], depth + 1) if depth < 4 else None
    return machine_price(value)


def _confirmed(
    price: Decimal, shown: Callable[[], set[Decimal]], *, in_cents: bool
) -> Decimal | None:
    hundredth = price / 100
    if in_cents and price == price.to_integral_value():
        return hundredth
    if price in shown():
        return price
    return hundredth if hundredth in shown() else None


def _stock(state: State) -> Availability:
    for key in _NO_STOCK:
        if isinstance(value := state.get(key), bool):
            return Availability.SOLD_OUT if value else Availability.IN_STOCK
    for key in _STOCK:
        value = state.get(key)
        if isinstance(value, dict):
            inner = _stock(plain_keys(value))
            if inner is not Availability.UNKNOWN:
                return inner
        elif isinstance(value, int | float) and not isinstance(value, bool):
            return Availability.IN_STOCK if value > 0 else Availability.SOLD_OUT
        elif (known := availability(value)) is not Availability.UNKNOWN:
            return known
    return Availability.UNKNOWN


def _images(page: Page, value: object, depth: int) -> Iterator[str]:
    if depth > 4:
        return
    if isinstance(value, list):
        for item in value[:30]:
            yield from _images(page, item, depth + 1)
    elif isinstance(value, dict):
        entry = plain_keys(value)
        for key in (*_URLS, "node", "nodes", "edges"):
            if urls := list(_images(page, entry.get(key), depth + 1)):
                yield from urls
                return
    elif (
        isinstance(value, str)
        and "/" in value
        and "{" not in value
        and _PICTURE.search(value)
        and (url := page.absolute(value))
    ):
        yield url
