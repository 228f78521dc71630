"""Which products are one and the same, sold in several shops."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from core.catalogue import Availability, Match, Product

_Name = tuple[str, str, str | None]


def is_buyable(product: Product) -> bool:
    """Whether it may be had now, as far as is known."""
    return product.availability is not Availability.SOLD_OUT


def one_card_each(ranked: Sequence[Match | None]) -> list[Match | None]:
    """The same list with each product once: at the place of the nearest, its best offer.

    Products are the same that have one picture or, in different shops, one brand, title and
    colour. The other places are None. What can be bought goes before what is sold out, then the
    cheapest; ``also`` are the other shops that have it, each with its best offer.
    """
    groups: dict[int, list[Match]] = {}
    by_picture: dict[str, list[Match]] = {}
    by_name: dict[_Name, list[Match]] = {}
    for place, match in enumerate(ranked):
        if match is None:
            continue
        picture, name = match.product.picture, _name(match.product)
        group = by_picture.get(picture or "")
        if group is None and name is not None:
            group = _elsewhere(match.product, by_name.get(name))
        if group is None:
            group = groups[place] = []
        group.append(match)
        if picture:
            by_picture.setdefault(picture, group)
        if name is not None:
            by_name.setdefault(name, group)
    return [_card(groups[place]) if place in groups else None for place in range(len(ranked))]


def _name(product: Product) -> _Name | None:
    """What a product is called in every shop; None without a brand, as any shop has a "dress"."""
    if product.brand is None:
        return None
    return product.brand.casefold(), product.title.casefold(), product.colour


def _elsewhere(product: Product, group: list[Match] | None) -> list[Match] | None:
    """The group, unless the product's own shop has one in it: it tells its own products apart."""
    if group is None or any(match.product.shop == product.shop for match in group):
        return None
    return group


def _card(group: Sequence[Match]) -> Match:
    best, *others = sorted(group, key=lambda match: _offer(match.product))
    elsewhere: dict[str, Product] = {}
    for other in others:
        if other.product.shop != best.product.shop and is_buyable(other.product):
            elsewhere.setdefault(other.product.shop, other.product)
    return replace(best, also=tuple(elsewhere.values())) if elsewhere else best


def _offer(product: Product) -> tuple[bool, str, Decimal]:
    """Sorts what can be bought first, then the cheapest of a currency."""
    price = product.price
    return (
        not is_buyable(product),
        price.currency if price else "~",
        price.amount if price else Decimal(0),
    )
