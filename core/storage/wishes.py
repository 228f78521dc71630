"""Wishes as the database keeps them, in JSON."""

from dataclasses import asdict, fields
from decimal import Decimal
from typing import Any

from core.catalogue import Gender
from core.wishes import Wish

_AMOUNTS = ("least", "most")
_LISTS = ("colours", "but", "elsewhere", "sizes", "words", "barred")


def written_wish(wish: Wish) -> dict[str, object]:
    """The wish as JSON."""
    amounts = {name: getattr(wish, name) for name in _AMOUNTS}
    return {
        **asdict(wish),
        **{name: None if amount is None else str(amount) for name, amount in amounts.items()},
    }


def read_wish(kept: dict[str, Any] | None) -> Wish | None:
    """The wish of such JSON, also of an older version's."""
    if kept is None:
        return None
    known = {field.name: kept[field.name] for field in fields(Wish) if field.name in kept}
    for name in _LISTS:
        known[name] = tuple(known.get(name, ()))
    for name in _AMOUNTS:
        known[name] = Decimal(known[name]) if known.get(name) else None
    known["shops"] = tuple((name, title) for name, title in known.get("shops", ()))
    known["gender"] = Gender(known["gender"]) if known.get("gender") else None
    return Wish(**known)
