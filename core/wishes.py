"""What people wish for in words: "black midi dress under 50 € from Corner"."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from core.catalogue import Availability, Gender, Money, Product
from core.price_words import DEAREST, take_prices, take_sizes, wish_words
from core.rates import NO_RATES, Rates
from core.sizes import names_asked
from core.spelling import spelt
from core.words import Phrase, colours, folded, genders, kinds, patterns, phrase_in, words_in

_SHORTEST = 3
"""Letters of a word that tells titles apart."""
_MOST_WORDS = 8
_ENDINGS = {
    **dict.fromkeys(("es", "er", "en", "em", "e", "s"), ("",)),
    **dict.fromkeys(("ая", "ую", "ое", "ее", "ые", "ие"), ("ый", "ий", "ой")),
}
_TAKEN = ""  # in the place of words that are understood, so that no phrase reaches over it


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A wish, as far as it is understood.

    Something may cost from ``least`` to ``most``, in ``currency`` (ISO 4217; None where none is
    said), and is to come from one of ``shops``, each with name and title, and from none of those
    whose names are in ``elsewhere``. Of several ``colours`` any is right, and of several ``sizes``
    (as ``core.sizes`` spells them) any will do; where a shop says nothing of sizes, that will do
    too unless it is to be ``sure_size``. ``words`` are the others, folded, to be looked for in
    titles. ``barred`` are shops that are not searched where it is wished: nobody said so, and it
    is not said again. ``as_kind`` is what is to be like something else, but of this ``kind``: "as
    a skirt".
    """

    kind: str | None = None
    as_kind: bool = False
    colours: tuple[str, ...] = ()
    pattern: str | None = None
    gender: Gender | None = None
    least: Decimal | None = None
    most: Decimal | None = None
    currency: str | None = None
    shops: tuple[tuple[str, str], ...] = ()
    elsewhere: tuple[str, ...] = ()
    sizes: tuple[str, ...] = ()
    sure_size: bool = False
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
        """Whether there is nothing to search by; a currency alone is nothing."""
        return replace(self, currency=None, sure_size=False) == Wish()

    @property
    def is_priced(self) -> bool:
        """Whether it says what something may cost."""
        return self.least is not None or self.most is not None

    def holds(self, product: Product, rates: Rates = NO_RATES) -> bool:
        """Whether a product, as it is now, is from such a shop, at such a price and in stock.

        And in such a size. Prices in other currencies are compared by the ``rates``.
        """
        return (
            (not self.is_priced or (product.price is not None and self._pays(product.price, rates)))
            and (not self.shops or product.shop in dict(self.shops))
            and product.shop not in {*self.elsewhere, *self.barred}
            and (not self.in_stock or product.availability is Availability.IN_STOCK)
            and (not self.sizes or self._is_worn(product.sizes))
        )

    def fits(self, product: Product, rates: Rates = NO_RATES) -> bool:
        """Whether it ``holds`` for a product whose shop says no other colour or gender."""
        return (
            self.holds(product, rates)
            and (not self.colours or product.colour in {None, *self.colours})
            and (not self.gender or product.gender in {None, Gender.UNISEX, self.gender})
            and (not self.as_kind or product.kind == self.kind)
        )

    def limits(self, amount: Decimal, rates: Rates) -> Mapping[str, Decimal] | None:
        """``least`` or ``most`` in each currency that can be compared; None for: in any."""
        return rates.limits(Money(amount, self.currency)) if self.currency else None

    def _pays(self, price: Money, rates: Rates) -> bool:
        def limit(amount: Decimal) -> Decimal | None:
            limits = self.limits(amount, rates)
            return amount if limits is None else limits.get(price.currency)

        least, most = limit(self.least or Decimal(0)), limit(self.most or DEAREST)
        return least is not None and most is not None and least <= price.amount <= most

    def _is_worn(self, sizes: Collection[str] | None) -> bool:
        if sizes is None:
            return not self.sure_size
        return not set(names_asked(self.sizes)).isdisjoint(sizes)

    @property
    def narrowing(self) -> "Wish":
        """What of it narrows down what is like a garment that is known already.

        Of another kind it is to be where that is said, and nothing that is not understood.
        """
        as_kind = self.as_kind and not (self.pattern or self.words)
        kind = self.kind if as_kind else None
        return replace(self, kind=kind, as_kind=as_kind, pattern=None, words=())

    def refined(self, then: "Wish") -> "Wish":
        """The same as far as another wish, that came later, does not say otherwise."""
        priced = then if then.is_priced else self
        placed = then if then.shops or then.elsewhere else self
        return Wish(
            kind=then.kind or self.kind,
            as_kind=then.as_kind if then.kind else self.as_kind,
            colours=then.colours or self.colours,
            pattern=then.pattern or self.pattern,
            gender=then.gender or self.gender,
            least=priced.least,
            most=priced.most,
            currency=then.currency or self.currency,
            shops=placed.shops,
            elsewhere=placed.elsewhere,
            sizes=then.sizes or self.sizes,
            sure_size=then.sure_size or self.sure_size,
            new=then.new or self.new,
            in_stock=then.in_stock or self.in_stock,
            words=then.words or self.words,
            barred=then.barred or self.barred,
        )

    def inside(self, filters: "Wish") -> "Wish":
        """The same inside filters; of them it goes before what is of the same sort.

        From *other* shops is still from the filters' shops.
        """
        both = filters.refined(self)
        elsewhere = tuple(dict.fromkeys((*filters.elsewhere, *self.elsewhere)))
        return both if self.shops else replace(both, shops=filters.shops, elsewhere=elsewhere)

    def beside(self, own: "Wish") -> "Wish":
        """What of these filters stands beside a wish of its own, and is told."""
        return replace(
            self,
            barred=(),
            gender=None if own.gender else self.gender,
            least=None if own.is_priced else self.least,
            most=None if own.is_priced else self.most,
            shops=() if own.shops else self.shops,
            sizes=() if own.sizes else self.sizes,
            new=self.new and not own.new,
            in_stock=self.in_stock and not own.in_stock,
        )


def wish_of(text: str, shops: Mapping[str, str]) -> Wish:
    """What the text wishes for; ``shops`` are the titles of those that there are, by name."""
    text, sizes = take_sizes(spelt(text[:500]))
    text, price = take_prices(text)
    words = words_in(text)
    in_stock = bool(_every(_vocabulary().in_stock, words, words))
    new = _new(words)
    named = _shops(words, shops)
    place = phrase_in(kinds(), words)
    kind = _kind(words, place) if place else None
    chosen = _every(colours(), [_plain_colour(word) for word in words], words)
    pattern = next(iter(_every(patterns(), words, words)), None)
    gender = _gender(words)
    as_kind = place is not None and _as(words, place)
    said = _vocabulary().said
    left = [word for word in words if len(word) >= _SHORTEST and word not in said]
    return Wish(
        kind=kind,
        as_kind=as_kind,
        colours=chosen,
        pattern=pattern,
        gender=gender,
        least=price.least,
        most=price.most,
        currency=price.currency,
        shops=named,
        sizes=sizes,
        new=new,
        in_stock=in_stock,
        words=tuple(dict.fromkeys(map(folded, left)))[:_MOST_WORDS],
    )


def says_off(text: str) -> bool:
    """Whether the text says that there is to be no filter any more."""
    return spelt(text.strip().casefold()) in map(spelt, wish_words()["off"])


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
    """Where a shop's title is said: after a "from", or before a "से", its beginning will do."""
    for start, word in enumerate(words):
        after_from = start + 1 if word in _vocabulary().from_ else start
        said = 0
        for one, other in zip(words[after_from:], title, strict=False):
            if one != other:
                break
            said += 1
        end = after_from + said
        if said and words[end : end + 1] and words[end] in _vocabulary().from_before:
            return slice(start, end + 1)
        if said and (after_from > start or said == len(title) > 1):
            return slice(start, end)
    return None


def _length(place: slice) -> int:
    return int(place.stop - place.start)


def _kind(words: list[str], place: slice) -> str:
    """The kind there; what its phrase says beyond that ("midi dress") stays among the words."""
    phrase = words[place]
    words[place] = [_TAKEN if (word,) in kinds() else word for word in phrase]
    return kinds()[tuple(phrase)]


def _as(words: list[str], place: slice) -> bool:
    """Whether there is an "as a" before that place, but for what is taken, or after it.

    Takes it out.
    """
    vocabulary = _vocabulary()
    between = {_TAKEN, *vocabulary.articles} - vocabulary.as_
    start = place.start
    while start and words[start - 1] in between:
        start -= 1
    if start and words[start - 1] in vocabulary.as_:
        words[start - 1] = _TAKEN
        return True
    for phrase in vocabulary.as_before:
        there = slice(place.stop, place.stop + len(phrase))
        if tuple(words[there]) == phrase:
            words[there] = [_TAKEN] * len(phrase)
            return True
    return False


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
    from_before: frozenset[str]
    as_: frozenset[str]
    as_before: tuple[Phrase, ...]
    articles: frozenset[str]
    said: frozenset[str]


@cache
def _vocabulary() -> _Vocabulary:
    table = wish_words()
    return _Vocabulary(
        in_stock={tuple(words_in(phrase)): phrase for phrase in table["in_stock"]},
        new={
            tuple(words_in(phrase)): name == "new"
            for name in ("new", "not_new")
            for phrase in table[name]
        },
        from_=_single(table["from"]),
        from_before=_single(table["from_before"]),
        as_=_single(table["as"]),
        as_before=tuple(tuple(words_in(phrase)) for phrase in table["as_before"]),
        articles=_single(table["articles"]),
        said=_single(table["said"]),
    )


def _single(phrases: Sequence[str]) -> frozenset[str]:
    return frozenset(word for phrase in phrases for word in words_in(phrase))
