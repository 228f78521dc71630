"""Prices and sizes as people say them in a wish: "under 50 €", "2000 से कम", "size M or L"."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from core.sizes import PLAIN_SIZE, SIZE, sizes_in
from core.spelling import BEGINS, ENDS, LETTER, spelt
from core.wish_words import wish_words

DEAREST = Decimal(10**9)
_INDIAN = r"\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d{1,2})?"
_NUMBER = rf"{_INDIAN}|\d{{1,3}}(?:[.,' ]\d{{3}})+(?:[.,]\d{{1,2}})?|\d{{1,6}}(?:[.,]\d{{1,2}})?"


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceRange:
    """From ``least`` to ``most``, in ``currency`` (ISO 4217); None where nothing is said."""

    least: Decimal | None = None
    most: Decimal | None = None
    currency: str | None = None


def take_prices(text: str) -> tuple[str, PriceRange]:
    """The text, ``spelt``, without what it says of prices, and that."""
    said: dict[str, str] = {}
    for form in _price_forms():
        found = form.search(text)
        told = {name: part for name, part in found.groupdict().items() if part} if found else {}
        # Two numbers alone ("36-38") are no prices.
        if (
            found
            and told.keys() & {"word", "word_after", "before", "after", "before_it"}
            and not told.keys() & said.keys() & {"least", "most"}
        ):
            said = told | said
            text = f"{text[: found.start()]} | {text[found.end() :]}"
    least, most = _amount(said.get("least")), _amount(said.get("most"))
    if least is not None and most is not None and least > most:
        least, most = most, least
    signs = [said[name] for name in ("before", "after", "before_it") if name in said]
    currency = currencies()[signs[0].casefold()] if signs else None
    return text, PriceRange(least=least, most=most, currency=currency)


def take_sizes(text: str) -> tuple[str, tuple[str, ...]]:
    """The text, ``spelt``, without the sizes that it names; those, as ``core.sizes`` has them."""
    found = next(filter(None, (form.search(text) for form in _size_forms())), None)
    if found is None:
        return text, ()
    return f"{text[: found.start()]} | {text[found.end() :]}", sizes_in(found["sizes"])


def named_currency(text: str, known: Collection[str] = ()) -> str | None:
    """The currency that the text names, or the code in it of one of the ``known``."""
    words = re.findall(rf"{LETTER}+|[^\w\s]+", spelt(text.casefold()))
    codes = {code.casefold(): code for code in known} | dict(currencies())
    return next((codes[word] for word in words if word in codes), None)


@cache
def currencies() -> Mapping[str, str]:
    """What people call currencies, folded: the code of each."""
    table: Mapping[str, list[str]] = wish_words()["currencies"]
    return {
        spelt(name): code for code, names in table.items() for name in (*names, code.casefold())
    }


def _amount(number: str | None) -> Decimal | None:
    if number is None:
        return None
    figures = re.sub(r"\D+$", "", number)
    times = 1 if figures == number else 1000
    if re.fullmatch(_INDIAN, figures):
        figures = figures.replace(",", "")
    plain = re.sub(r"[.,' ](?=\d{3}(\D|$))", "", figures).replace(",", ".")
    return min(Decimal(plain) * times, DEAREST)


@cache
def _price_forms() -> tuple[re.Pattern[str], ...]:
    table = wish_words()
    sign = _any_of(currencies())
    least, most, between, to, no, no_after = (
        _any_of(table[name]) for name in ("least", "most", "between", "to", "not", "not_after")
    )
    # "No more than" is the most, and "no less than" the least.
    not_more, not_less = rf"(?:{no})\s+(?:{least})", rf"(?:{no})\s+(?:{most})"
    least_after, most_after = _any_of(table["least_after"]), _any_of(table["most_after"])
    most_after = rf"\s*(?P<word_after>{most_after}|(?:{least_after})\s+(?:{no_after})){ENDS}"
    least_after = rf"\s*(?P<word_after>{least_after}){ENDS}"
    begins = rf"{BEGINS}(?<![.,])"
    end = rf"(?![\d.,]*\d)(?:\s*(?P<after>{sign}){ENDS})?"
    # A letter alone stands right behind the number: "5 k" may be anything.
    thousand = rf"{_any_of(table['thousand_sign'])}|\s*(?:{_any_of(table['thousand'])})"
    amount = rf"(?:{_NUMBER})(?:(?:{thousand}){ENDS})?"
    number = rf"(?:(?P<before>{sign})\s*)?(?P<most>{amount}){end}"
    over = rf"(?:(?P<before>{sign})\s*)?(?P<least>{amount}){end}"
    first = rf"(?:(?P<before_it>{sign})\s*)?(?P<least>{amount})(?:\s*(?:{sign}){ENDS})?"
    both_after = rf"(?:\s*(?P<word_after>{between}){ENDS})?"
    return _compiled(
        rf"{begins}(?:(?P<word>{least})\s*)?{first}\s*(?:{to}|{most})\s*{number}{both_after}",
        rf"{BEGINS}(?P<word>{not_more})\s*{number}",
        rf"{BEGINS}(?P<word>{not_less})\s*{over}",
        rf"{BEGINS}(?P<word>{least})\s*{over}",
        rf"{BEGINS}(?P<word>{most})\s*{number}",
        rf"{begins}{number}{most_after}",
        rf"{begins}{over}{least_after}(?!\s*(?:{sign})?\s*\d)",
        # Without a word for it, a number is a price where a currency stands beside it.
        rf"{begins}(?=(?:{sign})|{amount}\s*(?:{sign}){ENDS}){number}",
    )


@cache
def _size_forms() -> tuple[re.Pattern[str], ...]:
    table = wish_words()
    sign = _any_of(currencies())
    size, size_after, or_, inside = (
        _any_of(table[name]) for name in ("size", "size_after", "or", "in")
    )
    between = rf"\s*(?:[,/|&-]|{or_})?\s*"
    # Blanks between sizes match in two ways, and "+" keeps from trying all of both.
    some = rf"(?P<sizes>{SIZE}(?:{between}{SIZE}(?!\s*(?:{sign}){ENDS})){{0,9}}+)"
    letter = r"(?<!\w)(?-i:[SML])(?![\w'%]|\.\w)"
    plain = rf"(?P<sizes>{PLAIN_SIZE}(?:{between}{PLAIN_SIZE}){{0,9}}+)"
    return _compiled(
        rf"{BEGINS}(?:{size})[.:\s]*{some}",
        rf"{some}\s*(?:{size_after}){ENDS}",
        plain,
        rf"{BEGINS}(?:{inside})\s+(?P<sizes>{letter}(?:{between}{letter}){{0,9}}+)",
    )


def _compiled(*forms: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(form, re.IGNORECASE) for form in forms)


def _any_of(phrases: Iterable[str]) -> str:
    ordered = sorted(set(map(spelt, phrases)), key=lambda phrase: (-len(phrase), phrase))
    return "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in ordered)
