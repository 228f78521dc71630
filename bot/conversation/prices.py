"""Amounts as people write them."""

from decimal import Decimal

from core.catalogue import Money

_SIGNS = {
    "AUD": "A$",
    "BRL": "R$",
    "CAD": "C$",
    "CNY": "CN¥",
    "EUR": "€",
    "GBP": "£",
    "ILS": "₪",
    "INR": "₹",
    "JPY": "¥",
    "KRW": "₩",
    "MXN": "MX$",
    "NGN": "₦",
    "PHP": "₱",
    "RUB": "₽",
    "TRY": "₺",
    "UAH": "₴",
    "USD": "$",
    "VND": "₫",
}
_WHOLE = {"JPY", "KRW", "VND", "CLP", "ISK", "HUF"}  # no smaller coin is in use


def format_price(money: Money) -> str:
    """ "€39.90", "$24", "₹1,299", "SEK 399": an English reader's form; whole amounts stay whole."""
    amount = money.amount.quantize(Decimal(1) if money.currency in _WHOLE else Decimal("0.01"))
    digits = f"{amount:,.0f}" if amount == amount.to_integral_value() else f"{amount:,.2f}"
    sign = _SIGNS.get(money.currency)
    return f"{sign}{digits}" if sign else f"{money.currency} {digits}"
