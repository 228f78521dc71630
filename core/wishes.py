"""What people wish for in words: "black midi dress under 50 € from Corner"."""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from importlib.resources import files

from core.catalogue import Availability, Gender, Money, Product
from core.words import Phrase, colours, folded, genders, kinds, patterns, phrase_in, words_in

_SHORTEST = 3
"""Letters of a word that tells titles apart."""
_MOST_WORDS = 8
_DEAREST = Decimal(10**9)
_NUMBER = r"(?P<number>\d{1,3}(?:[.,\u2019 ]\d{3})+(?:[.,]\d{1,2})?|\d{1,6}(?:[.,]\d{1,2})?)"
_ENDINGS = {
    **dict.fromkeys(("es", "er", "en", "em", "e", "s"), ("",)),
    **dict.fromkeys(("ая", "ую", "ое", "ее", "ые", "ие"), ("ый", "ий", "ой")),
}
_TAKEN = ""  # in the place of words that are understood, so that no phrase reaches over it


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A wish, as far as it is understood.

    Something may cost ``most``, in ``currency`` (ISO 4217; None where none is said), and is to
    come from one of ``shops``, each with name and title, and from none of those whose names are
    in ``elsewhere``. Of several ``colours`` any is right. ``words`` are the others, folded, to be
    looked for in titles. ``barred`` are shops that are not searched where it is wished: nobody
    said so, and it is not said again.
    """

    kind: str | None = None
    colours: tuple[str, ...] = ()
    pattern: str | None = None
    gender: Gender | None = None
    most: Decimal | None = None
    currency: str | None = None
    shops: tuple[tuple[str, str], ...] = ()
    elsewhere: tuple[str, ...] = ()
    new: bool = False
    in_stock: bool = False
    words: tuple[str, ...] = ()
    barred: tuple[str, ...] = ()

    @property
    def names_a_thing(self) -> bool:
        """Whether it says what something is like, in words that we know."""
        return bool(self.kind or self.colours or self.pattern or self.gender)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to search by."""
        return self == Wish()

    def holds(self, product: Product) -> bool:
        """Whether a product, as it is now, is from such a shop, at such a price and in stock."""
        price = product.price
        return (
            (self.most is None or (price is not None and self._affords(price)))
            and (not self.shops or product.shop in dict(self.shops))
            and product.shop not in {*self.elsewhere, *self.barred}
            and (not self.in_stock or product.availability is Availability.IN_STOCK)
        )

    def fits(self, product: Product) -> bool:
        """Whether it ``holds`` for a product whose shop says no other colour or gender."""
        return (
            self.holds(product)
            and (not self.colours or product.colour in {None, *self.colours})
            and (not self.gender or product.gender in {None, Gender.UNISEX, self.gender})
        )

    def _affords(self, price: Money) -> bool:
        return self.currency in {None, price.currency} and price.amount <= (self.most or 0)

    @property
    def narrowing(self) -> "Wish":
        """What of it narrows down what is like a garment that is known already."""
        return replace(self, kind=None, pattern=None, words=())

    def refined(self, then: "Wish") -> "Wish":
        """The same as far as another wish, that came later, does not say otherwise."""
        priced = then if then.most is not None else self
        placed = then if then.shops or then.elsewhere else self
        return Wish(
            kind=then.kind or self.kind,
            colours=then.colours or self.colours,
            pattern=then.pattern or self.pattern,
            gender=then.gender or self.gender,
            most=priced.most,
            currency=priced.currency,
            shops=placed.shops,
            elsewhere=placed.elsewhere,
            new=then.new or self.new,
            in_stock=then.in_stock or self.in_stock,
            words=then.words or self.words,
            barred=then.barred or self.barred,
        )


def wish_of(text: str, shops: Mapping[str, str]) -> Wish:
    """What the text wishes for; ``shops`` are the titles of those that there are, by name."""
    text, most, currency = _price(text[:500])
    words = words_in(text)
    in_stock = bool(_every(_vocabulary().in_stock, words, words))
    new = _new(words)
    named = _shops(words, shops)
    kind = _kind(words)
    chosen = _every(colours(), [_plain_colour(word) for word in words], words)
    pattern = next(iter(_every(patterns(), words, words)), None)
    gender = _gender(words)
    said = _vocabulary().said
    left = [word for word in words if len(word) >= _SHORTEST and word not in said]
    return Wish(
        kind=kind,
        colours=chosen,
        pattern=pattern,
        gender=gender,
        most=most,
        currency=currency,
        shops=named,
        new=new,
        in_stock=in_stock,
        words=tuple(dict.fromkeys(map(folded, left)))[:_MOST_WORDS],
    )


def _price(text: str) -> tuple[str, Decimal | None, str | None]:
    """The text without its price, and the most that something may cost."""
    for pattern in _vocabulary().prices:
        if found := pattern.search(text):
            sign = found["before"] or found["after"]
            number = re.sub(r"[.,’ ](?=\d{3}(\D|$))", "", found["number"]).replace(",", ".")
            rest = f"{text[: found.start()]} | {text[found.end() :]}"
            currency = _vocabulary().currencies.get(sign.casefold()) if sign else None
            return rest, min(Decimal(number), _DEAREST), currency
    return text, None, None


def _shops(words: list[str], shops: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """The shops that are named after a "from", or by their whole titles; takes the words out."""
    best: dict[str, slice] = {}
    for name, title in shops.items():
        called = [words_in(title), words_in(name)]
        places = [place for some in called if some and (place := _named(words, some))]
        if places:
            best[name] = max(places, key=_length)
    longest = max(map(_length, best.values()), default=0)
    chosen = {name: place for name, place in best.items() if _length(place) == longest}
    for place in chosen.values():
        words[place] = [_TAKEN] * _length(place)
    return tuple((name, shops[name]) for name in chosen)


def _named(words: Sequence[str], title: Sequence[str]) -> slice | None:
    """Where a shop's title is said: after a "from" its beginning will do."""
    for start, word in enumerate(words):
        after_from = start + 1 if word in _vocabulary().from_ else start
        said = 0
        for one, other in zip(words[after_from:], title, strict=False):
            if one != other:
                break
            said += 1
        if said and (after_from > start or said == len(title) > 1):
            return slice(start, after_from + said)
    return None


def _length(place: slice) -> int:
    return int(place.stop - place.start)


def _kind(words: list[str]) -> str | None:
    """The kind; what its phrase says beyond that ("midi dress") stays among the words."""
    place = phrase_in(kinds(), words)
    if place is None:
        return None
    phrase = words[place]
    words[place] = [_TAKEN if (word,) in kinds() else word for word in phrase]
    return kinds()[tuple(phrase)]


def _every(table: Mapping[Phrase, str], read: list[str], words: list[str]) -> tuple[str, ...]:
    """All that the words, read as ``read``, say of the table; takes them out."""
    found: dict[str, None] = {}
    while place := phrase_in(table, read):
        found[table[tuple(read[place])]] = None
        read[place] = words[place] = [_TAKEN] * _length(place)
    return tuple(found)


def _plain_colour(word: str) -> str:
    """A colour as it stands alone, not as before a noun ("schwarzes", "noires", "чёрное")."""
    if (word,) in colours():
        return word
    plain = (
        word.removesuffix(ending) + alone
        for ending, forms in _ENDINGS.items()
        if word.endswith(ending)
        for alone in forms
    )
    return next((one for one in plain if (one,) in colours()), word)


def _new(words: list[str]) -> bool:
    """Whether it is to be new; takes the words out, but not out of a name that begins so."""
    table = _vocabulary().new
    places = []
    read = list(words)
    while place := phrase_in(table, read):
        if table[tuple(read[place])]:
            places.append(place)
        read[place] = [_TAKEN] * _length(place)
    for place in places:
        words[place] = [_TAKEN] * _length(place)
    return bool(places)


def _gender(words: list[str]) -> Gender | None:
    table = genders()
    found = {table[word,] for word in words if (word,) in table}
    words[:] = [_TAKEN if (word,) in table else word for word in words]
    if Gender.KIDS in found:
        return Gender.KIDS
    if Gender.UNISEX in found or len(found) > 1:
        return Gender.UNISEX
    return next(iter(found), None)


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    in_stock: Mapping[Phrase, str]
    new: Mapping[Phrase, bool]
    from_: frozenset[str]
    said: frozenset[str]
    currencies: Mapping[str, str]
    prices: tuple[re.Pattern[str], ...]


@cache
def _vocabulary() -> _Vocabulary:
    text = files("data").joinpath("vocabulary", "wishes.toml").read_text("utf-8")
    table = tomllib.loads(text)
    signs = {sign: code for code, some in table["currencies"].items() for sign in some}
    one_of = {"most": _alternatives(table["most"]), "sign": _alternatives(signs)}
    before = rf"(?:(?P<before>{one_of['sign']})\s*)?"
    after = rf"(?:\s*(?P<after>{one_of['sign']})(?!\w))?"
    priced = f"{before}{_NUMBER}(?![\\d.,]*\\d){after}"
    limited = rf"(?<!\w)(?:{one_of['most']})\s*{priced}"
    # Without a word for it, a number is a price where a currency stands beside it.
    alone = rf"(?<![\w.,])(?=(?:{one_of['sign']})|\d[\d.,]*\s*(?:{one_of['sign']})(?!\w)){priced}"
    return _Vocabulary(
        in_stock={tuple(words_in(phrase)): phrase for phrase in table["in_stock"]},
        new={
            tuple(words_in(phrase)): name == "new"
            for name in ("new", "not_new")
            for phrase in table[name]
        },
        from_=frozenset(word for phrase in table["from"] for word in words_in(phrase)),
        said=frozenset(word for phrase in table["said"] for word in words_in(phrase)),
        currencies=signs,
        prices=tuple(re.compile(one, re.IGNORECASE) for one in (limited, alone)),
    )


def _alternatives(phrases: Iterable[str]) -> str:
    ordered = sorted(set(phrases), key=lambda phrase: (-len(phrase), phrase))
    return "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in ordered)
