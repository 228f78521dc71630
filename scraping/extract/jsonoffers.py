"""Offers and prices in JSON-LD."""

import re
from collections.abc import Iterator
from decimal import Decimal

from core.catalogue import Availability
from scraping.extract.draft import OfferDraft, availability
from scraping.extract.money import currency_code, machine_price

_OLD_PRICE = frozenset({"listprice", "strikethroughprice", "srp", "msrp", "regularprice"})

_MEMBERS = re.compile(
    r"\bmembers?\b|\bloyalty\b|\bclub (?:price|card)|\bcard ?holders?\b", re.IGNORECASE
)

Node = dict[str, object]


def lowered(node: dict[object, object]) -> Node:
    """The object with its keys in lower case and without their vocabulary."""
    return {
        str(key).rpartition("/")[2].removeprefix("schema:").lower(): value
        for key, value in node.items()
    }


def as_list(value: object) -> list[object]:
    """What a property holds, as a list."""
    if isinstance(value, list):
        return value
    return [] if value is None else [value]


def offers_of(value: object, depth: int = 0) -> Iterator[OfferDraft]:
    """The offers in an ``offers`` property, those within an ``AggregateOffer`` one by one."""
    if depth > 3:
        return
    offers = [lowered(item) for item in as_list(value) if isinstance(item, dict)]
    for offer in [offer for offer in offers if not _for_few(offer)] or offers:
        nested = list(offers_of(offer.get("offers"), depth + 1))
        stock = _stock(offer)
        if any(inner.price for inner in nested):
            for inner in nested:
                unknown = inner.availability is Availability.UNKNOWN
                yield OfferDraft(
                    price=inner.price,
                    currency=inner.currency or currency_code(offer.get("pricecurrency")),
                    availability=stock if unknown else inner.availability,
                )
            continue
        price, currency = _price(offer)
        if price or stock is not Availability.UNKNOWN:
            yield OfferDraft(price=price, currency=currency, availability=stock)


def _for_few(offer: Node) -> bool:
    """Whether an offer is for members only, or of a used piece."""
    if "used" in _last_word(offer.get("itemcondition")) or offer.get("validformembertier"):
        return True
    words = (offer.get(key) for key in ("name", "description", "eligiblecustomertype"))
    return any(isinstance(word, str) and _MEMBERS.search(word) for word in words)


def _stock(offer: Node) -> Availability:
    stock = availability(offer.get("availability"))
    level = offer.get("inventorylevel")
    if stock is Availability.UNKNOWN and level is not None:
        left = lowered(level).get("value") if isinstance(level, dict) else level
        if isinstance(left, int | float) and not isinstance(left, bool):
            return Availability.IN_STOCK if left > 0 else Availability.SOLD_OUT
    return stock


def _price(offer: Node) -> tuple[Decimal | None, str | None]:
    currency = currency_code(_first(offer.get("pricecurrency")))
    specified = list(_specified(offer.get("pricespecification"), currency))
    for key in ("price", "lowprice"):
        value = offer.get(key)
        price, found = _amount(value, currency)
        if price:
            lower = [
                other
                for other in specified
                if other[0] and other[0] < price and price < 5 * other[0]
            ]
            if key == "price" and lower and (_is_old(offer) or price in _former(offer)):
                return min(lower)
            return price, currency or found or next((code for _, code in specified if code), None)
    if specified:
        return min(specified, key=lambda pair: pair[0] or Decimal(0))
    price, found = _amount(offer.get("highprice"), currency)
    return price, currency or found


def _former(offer: Node) -> list[Decimal | None]:
    """Prices in ``priceSpecification`` that are said to be old."""
    entries = [
        lowered(item) for item in as_list(offer.get("pricespecification")) if isinstance(item, dict)
    ]
    return [_amount(entry.get("price"), None)[0] for entry in entries if _is_old(entry)]


def _is_old(offer: Node) -> bool:
    return _last_word(offer.get("pricetype")) in _OLD_PRICE


def _last_word(value: object) -> str:
    return value.rpartition("/")[2].lower() if isinstance(value, str) else ""


def _specified(value: object, currency: str | None) -> Iterator[tuple[Decimal | None, str | None]]:
    """Prices in ``priceSpecification`` that anyone pays now, for the whole thing."""
    for item in as_list(value):
        if not isinstance(item, dict):
            continue
        entry = lowered(item)
        if _is_old(entry) or entry.get("validformembertier") or entry.get("membershippointsearned"):
            continue
        if (
            entry.get("referencequantity")
            or _last_word(entry.get("@type")) == "deliverychargespecification"
        ):
            continue
        own = currency_code(_first(entry.get("pricecurrency"))) or currency
        for key in ("price", "minprice"):
            price, found = _amount(entry.get(key), own)
            if price:
                yield price, own or found
                break


def _amount(
    value: object, currency: str | None, depth: int = 0
) -> tuple[Decimal | None, str | None]:
    if isinstance(value, list) and value and depth < 4:
        return _amount(value[0], currency, depth + 1)
    if isinstance(value, dict) and depth < 4:
        entry = lowered(value)
        own = currency_code(entry.get("currency") or entry.get("pricecurrency")) or currency
        for key in ("sales", "decimalprice", "value", "price", "amount"):
            price, found = _amount(entry.get(key), own, depth + 1)
            if price:
                return price, found or own
        return None, own
    price = machine_price(value, currency=currency)
    return price, currency or (currency_code(value) if price else None)


def _first(value: object) -> object:
    return value[0] if isinstance(value, list) and value else value
