"""Sizes as shops and people write them: "M", "medium", "EU 38", "W32 L34", "36/38", "one size"."""

import re
from collections.abc import Iterable

ONE_SIZE = "one size"
"""What fits everybody, as far as its shop says."""

_LETTERS = {
    ONE_SIZE: r"one[\s-]?size|o/s|einheitsgröße|taille\s+unique|talla\s+única|единый\s+размер",
    "xxs": r"xxs|2xs",
    "xs": r"xs|x-small|extra\s+small",
    "xl": r"xl|x-large|extra\s+large",
    "xxl": r"xxl|2xl|xx-large",
    "xxxl": r"xxxl|3xl",
    "4xl": r"xxxxl|4xl",
    "5xl": r"xxxxxl|5xl",
    "s": r"s|small",
    "m": r"m|medium",
    "l": r"l|large",
}
_SPELT = [(name, re.compile(form, re.IGNORECASE)) for name, form in _LETTERS.items()]
_WAIST = re.compile(r"w(\d\d)(?:[\s/x-]{0,3}l(\d\d))?", re.IGNORECASE)
_CUP = re.compile(r"\d{2,3}[a-h]", re.IGNORECASE)
_NUMBER = re.compile(r"(?:(eur?|uk|us|it|fr|de)[\s-]?)?(\d{1,3})([.,]5|½)?", re.IGNORECASE)
_FORMS = [*_LETTERS.values(), *(form.pattern for form in (_WAIST, _CUP, _NUMBER))]
_BARE = re.sub(r"\((?!\?)", "(?:", "|".join(_FORMS))

SIZE = rf"(?<![\w'’.,])(?:{_BARE})(?![\w%])"
"""A pattern of one size; has no groups of its own, and wants ``re.IGNORECASE``."""
_PLAIN = (
    r"x{1,2}s|x{1,5}l|[2-5]xl",
    r"eu\s?\d\d(?:[.,]5)?|uk\s?\d{1,2}",
    r"w\d\d\s?/?\s?l\d\d",
)
PLAIN_SIZE = rf"(?<![\w'’.,])(?:{'|'.join(_PLAIN)})(?![\w%])"
"""A pattern of one size that means nothing else, as ``SIZE`` is otherwise."""
_SIZE = re.compile(SIZE, re.IGNORECASE)
_SEVERAL = re.compile(rf"{SIZE}(?:\s*[,/|()–-]?\s*{SIZE})*", re.IGNORECASE)


def sizes_in(text: str) -> tuple[str, ...]:
    """The sizes that stand in a text, each once, in our spelling ("m", "eu 38", "w32 l34")."""
    return tuple(dict.fromkeys(map(_spelt, _SIZE.findall(text))))


def names_of(written: Iterable[str]) -> tuple[str, ...]:
    """All names by which what comes in these sizes, as a shop writes them, may be asked for.

    A number goes by itself, and with the system that it is of; one of no system by "any".
    """
    names: dict[str, None] = {}
    listed = (found[0] for text in written if (found := _SEVERAL.search(text)))
    for size in (size for text in listed for size in sizes_in(text)):
        names[size] = None
        system, blank, number = size.rpartition(" ")
        if size.startswith("w"):
            waist = size.partition(" ")[0]
            names |= {waist: None, waist[1:]: None}
        elif size[0].isdigit() and size[-1].isdigit():
            names[f"any {size}"] = None
        elif blank and system != "one":
            names[number] = None
    return tuple(names)


def names_asked(sizes: Iterable[str]) -> tuple[str, ...]:
    """The names of which a product has one that comes in one of the sizes, in our spelling.

    A number of one system is looked for among those of no system, too; what has one size fits all.
    """
    names = {ONE_SIZE: None}
    for size in sizes:
        names[size] = None
        number = size[1:3] if size.startswith("w") else size.rpartition(" ")[2]
        if number != size and number[0].isdigit():
            names[f"any {number}"] = None
    return tuple(names)


def _spelt(size: str) -> str:
    for name, form in _SPELT:
        if form.fullmatch(size):
            return name
    if waist := _WAIST.fullmatch(size):
        return f"w{waist[1]} l{waist[2]}" if waist[2] else f"w{waist[1]}"
    if number := _NUMBER.fullmatch(size):
        system = (number[1] or "").lower().removesuffix("r")
        half = ".5" if number[3] else ""
        return f"{system} {number[2]}{half}".strip()
    return size.lower()
