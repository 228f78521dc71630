"""Prices as pages write them: machine values, and visible text in the typography of its country."""

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

_ISO = frozenset(
    [
        "AED",
        "AFN",
        "ALL",
        "AMD",
        "ANG",
        "AOA",
        "ARS",
        "AUD",
        "AZN",
        "BAM",
        "BDT",
        "BGN",
        "BHD",
        "BND",
        "BOB",
        "BRL",
        "BWP",
        "BYN",
        "CAD",
        "CHF",
        "CLP",
        "CNY",
        "COP",
        "CRC",
        "CZK",
        "DKK",
        "DOP",
        "DZD",
        "EGP",
        "ETB",
        "EUR",
        "GBP",
        "GEL",
        "GHS",
        "GTQ",
        "HKD",
        "HNL",
        "HRK",
        "HUF",
        "IDR",
        "ILS",
        "INR",
        "IQD",
        "ISK",
        "JMD",
        "JOD",
        "JPY",
        "KES",
        "KHR",
        "KRW",
        "KWD",
        "KZT",
        "LBP",
        "LKR",
        "LTL",
        "LVL",
        "MAD",
        "MDL",
        "MKD",
        "MMK",
        "MOP",
        "MUR",
        "MXN",
        "MYR",
        "MZN",
        "NAD",
        "NGN",
        "NIO",
        "NOK",
        "NPR",
        "NZD",
        "OMR",
        "PAB",
        "PEN",
        "PHP",
        "PKR",
        "PLN",
        "PYG",
        "QAR",
        "RON",
        "RSD",
        "RUB",
        "SAR",
        "SEK",
        "SGD",
        "SKK",
        "THB",
        "TND",
        "TRY",
        "TTD",
        "TWD",
        "TZS",
        "UAH",
        "UGX",
        "USD",
        "UYU",
        "UZS",
        "VEF",
        "VES",
        "VND",
        "XAF",
        "XOF",
        "ZAR",
        "ZMW",
    ]
)
_WITHOUT_CENTS = frozenset(
    ["CLP", "COP", "HUF", "IDR", "ISK", "JPY", "KRW", "PYG", "UGX", "VND", "XAF", "XOF"]
)
_WITH_MILLS = frozenset(["BHD", "IQD", "JOD", "KWD", "OMR", "TND"])
_SYMBOLS = {
    "€": "EUR", "£": "GBP", "zł": "PLN", "kč": "CZK", "lei": "RON", "₽": "RUB", "руб": "RUB",
    "₹": "INR", "₩": "KRW", "₺": "TRY", "₴": "UAH", "грн": "UAH", "₫": "VND", "฿": "THB",
    "₪": "ILS", "₦": "NGN", "₱": "PHP", "ft": "HUF", "лв": "BGN", "r$": "BRL", "us$": "USD",
    "c$": "CAD", "a$": "AUD", "ca$": "CAD", "au$": "AUD", "nz$": "NZD", "hk$": "HKD",
    "s$": "SGD", "mx$": "MXN", "chf": "CHF", "fr.": "CHF", "sfr": "CHF", "rs.": "INR",
    "د.إ": "AED", "ر.س": "SAR", "s/": "PEN", "rm": "MYR", "rp": "IDR", "euro": "EUR",
    "kd": "KWD", "د.ك": "KWD", "درهم": "AED", "ريال": "SAR", "元": "CNY", "円": "JPY", "원": "KRW",
    "tl": "TRY", "din": "RSD",
}  # fmt: skip
_SHARED = {
    "$": frozenset(
        ["USD", "AUD", "CAD", "NZD", "HKD", "SGD", "TWD", "MXN", "ARS", "CLP", "COP", "UYU"]
    ),
    "¥": frozenset(["JPY", "CNY"]),
    "￥": frozenset(["JPY", "CNY"]),
    "kr": frozenset(["SEK", "NOK", "DKK", "ISK"]),
}
_COMMONEST = {"$": "USD", "¥": "JPY", "￥": "JPY"}
_BY_DOMAIN = {
    "ar": "ARS", "at": "EUR", "au": "AUD", "be": "EUR", "bg": "BGN", "br": "BRL", "ca": "CAD",
    "ch": "CHF", "cl": "CLP", "cn": "CNY", "co": "COP", "cz": "CZK", "de": "EUR", "dk": "DKK",
    "ee": "EUR", "es": "EUR", "eu": "EUR", "fi": "EUR", "fr": "EUR", "gr": "EUR", "hk": "HKD",
    "hu": "HUF", "ie": "EUR", "il": "ILS", "in": "INR", "is": "ISK", "it": "EUR", "jp": "JPY",
    "kr": "KRW", "lt": "EUR", "lu": "EUR", "lv": "EUR", "mx": "MXN", "my": "MYR", "nl": "EUR",
    "no": "NOK", "nz": "NZD", "pe": "PEN", "pl": "PLN", "pt": "EUR", "ro": "RON", "rs": "RSD",
    "ru": "RUB", "se": "SEK", "sg": "SGD", "si": "EUR", "sk": "EUR", "th": "THB", "tr": "TRY",
    "tw": "TWD", "ua": "UAH", "uk": "GBP", "uy": "UYU", "vn": "VND", "za": "ZAR",
}  # fmt: skip
_BY_LANGUAGE = {
    "sv": "SEK", "da": "DKK", "nb": "NOK", "nn": "NOK", "no": "NOK", "is": "ISK", "pl": "PLN",
    "cs": "CZK", "hu": "HUF", "ja": "JPY", "he": "ILS",
}  # fmt: skip

_MACHINE = re.compile(r"[+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,2})?")
_NUMBER = re.compile(r"(?<![\d.])\.\d{1,2}(?![\d.,])|\d(?:[\d.,'’` \u00a0\u202f\u2009]*\d)?")
_CENTS_APART = re.compile(r"(\d)\s*[€£$]\s*(\d{2})(?!\s*[\d.,%])")
_SEPARATOR_APART = re.compile(r"(?<=\d) ([.,]) ?(?=\d{2}(?!\d))|(?<=\d)([.,]) (?=\d{2}(?!\d))")
_FOREIGN = re.compile(r"(?![0-9])\d|[٫٬]")
_SIGNS = {"٫": ".", "٬": ","}
_MINUS = re.compile(r"(?:^|\s)[-−]$")
_PERCENT = re.compile(r"\s?%")
_SPACES = re.compile(r"\s+")
_WORD_SYMBOL = re.compile(
    "|".join(
        rf"(?<![^\W\d_]){re.escape(symbol)}(?![^\W\d_])"
        if symbol[-1].isalpha()
        else re.escape(symbol)
        for symbol in sorted((*_SYMBOLS, *_SHARED), key=len, reverse=True)
    )
)
_CODE = re.compile(r"(?<![A-Za-z])([A-Z]{3})(?![A-Za-z])")
_MOST = Decimal(10) ** 9


@dataclass(frozen=True, slots=True)
class Amount:
    """A price found in text, and the currency if the text named one."""

    value: Decimal
    currency: str | None


def currency_code(text: object, *, hint: str | None = None) -> str | None:
    """The ISO 4217 code in ``text`` ("pln", "€", "Kč", "EUR 12"), None when there is none.

    A sign that several currencies share means ``hint`` where that is one of them.
    """
    if not isinstance(text, str) or not text.strip():
        return None
    text = text[:200].strip()
    if text.upper() in _ISO:
        return text.upper()
    for code in _CODE.findall(text):
        if code in _ISO:
            return str(code)
    found = _WORD_SYMBOL.search(text.lower())
    if not found:
        return None
    symbol = found.group()
    if symbol in _SYMBOLS:
        return _SYMBOLS[symbol]
    return hint if hint in _SHARED[symbol] else _COMMONEST.get(symbol)


def currency_of_host(host: str) -> str | None:
    """What shops under this host's top-level domain usually charge in, None when unclear."""
    rest, _, last = host.lower().rpartition(".")
    if last == "co" and not rest.endswith(".com"):
        return None  # used all over the world
    return _BY_DOMAIN.get(last)


def currency_of_language(tag: str) -> str | None:
    """What shops charge in where a language (BCP 47) is spoken, None where that is no one thing."""
    return _BY_LANGUAGE.get(tag.strip().lower().replace("_", "-").partition("-")[0])


def machine_price(value: object, *, currency: str | None = None) -> Decimal | None:
    """A price from a machine-readable field: a number, or text with ``.`` before the cents.

    What is written as for people (``1,795.00``, ``10,75 €``) is read as such. None for nothing,
    for nonsense, and for prices that are not positive.
    """
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal | str):
        return None
    text = str(value)[:200].strip()
    if not _MACHINE.fullmatch(text):
        found = text_price(text, hint=currency)
        return found.value if found else None
    if currency in _WITHOUT_CENTS and re.fullmatch(r"[1-9]\d{0,2}(\.\d{3})+", text):
        text = text.replace(".", "")
    try:
        return _checked(Decimal(text))
    except InvalidOperation:
        return None


def without_cents(price: Decimal, currency: str) -> Decimal:
    """The price, whose ``.`` groups thousands where the currency has no cents (``24.990`` CLP)."""
    grouped = currency in _WITHOUT_CENTS and price.as_tuple().exponent == -3 and price < 1000
    return price.scaleb(3) if grouped else price


def text_price(text: str, *, hint: str | None = None) -> Amount | None:
    """The first price in visible text that holds one price; ``hint`` is the likely currency.

    The last separator is decimal when one or two digits follow it, and groups thousands when
    three do; a space, an apostrophe or a repeated sign never is decimal, but for cents set
    apart ("63 07 Lei").
    """
    text = _ascii_digits(text[:400])
    currency = currency_code(text, hint=hint)
    text = _SEPARATOR_APART.sub(lambda found: found[1] or found[2], text)
    text = _CENTS_APART.sub(r"\1.\2", text)
    for found in _NUMBER.finditer(text):
        if _MINUS.search(text, 0, found.start()) or _PERCENT.match(text, found.end()):
            continue
        value = _read(found.group(), currency or hint)
        if value is not None:
            return Amount(value, currency)
    return None


def _ascii_digits(text: str) -> str:
    if text.isascii():
        return text
    return _FOREIGN.sub(lambda found: _SIGNS.get(found[0]) or str(int(found[0])), text)


def _read(number: str, currency: str | None) -> Decimal | None:
    number = _SPACES.sub(" ", number).replace("’", "'").replace("`", "'").strip()
    signs = re.findall(r"[.,' ]", number)
    whole, fraction = number, ""
    if signs:
        last = signs[-1]
        head, _, tail = number.rpartition(last)
        if _is_decimal(last, head, tail, signs, currency):
            whole, fraction = head, tail
    digits = re.sub(r"\D", "", whole)
    try:
        return _checked(Decimal(f"{digits or '0'}.{fraction or '0'}"))
    except InvalidOperation:
        return None


def _is_decimal(last: str, head: str, tail: str, signs: list[str], currency: str | None) -> bool:
    if last == " ":
        return len(tail) == 2 and " " not in head
    if last == "'" or signs.count(last) > 1:
        return False
    if len(tail) == 3:
        return currency in _WITH_MILLS or head == "0"
    return len(tail) in {1, 2} or (len(tail) > 3 and last == ".")


def _checked(value: Decimal) -> Decimal | None:
    return value if value.is_finite() and 0 < value < _MOST else None
