"""Amounts as people write them where a language is spoken."""

import re

from babel import Locale, UnknownLocaleError
from babel.numbers import (
    format_decimal,
    get_currency_precision,
    get_currency_symbol,
    get_territory_currencies,
)

from core.catalogue import Money

_NUMBER = re.compile(r"[#0,.]+")

# Signs that are one currency's alone, for locales that write its code instead.
_SIGNS = {
    "GBP": "£",
    "ILS": "₪",
    "INR": "₹",
    "KRW": "₩",
    "NGN": "₦",
    "PHP": "₱",
    "RUB": "₽",
    "TRY": "₺",
    "UAH": "₴",
    "VND": "₫",
}


def format_price(money: Money, locale: Locale) -> str:
    """ "€39.90", "39,90 €", "SEK 399": by locale, except that whole amounts stay whole."""
    digits = get_currency_precision(money.currency)
    if money.amount == money.amount.to_integral_value():
        digits = 0
    form = locale.currency_formats["standard"].pattern
    whole = _NUMBER.findall(form)[0].partition(".")[0]
    pattern = f"{whole}.{'0' * digits}" if digits else whole
    number = format_decimal(money.amount, pattern, locale)
    sign = get_currency_symbol(money.currency, locale)
    sign = _SIGNS.get(sign, sign)
    if form.startswith("¤") and sign[-1:].isalpha():
        sign += "\xa0"
    return _NUMBER.sub(lambda _: number, form).replace("¤", sign)


def currency_at_home(tag: str | None) -> str | None:
    """The currency of the country in a client's IETF tag ("GBP" for "en-GB").

    None where it names no country, or "en-US", which clients say until somebody tells them.
    """
    try:
        country = Locale.parse(tag or "", sep="-").territory
    except (UnknownLocaleError, ValueError):
        return None
    if country is None or not country.isalpha() or tag == "en-US":
        return None
    current: list[str] = get_territory_currencies(country)
    return current[0] if len(current) == 1 else None
