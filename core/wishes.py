"""What people wish for in words: "black midi dress under 50 € from Corner"."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from core.catalogue import Availability, Gender, Money, Product
from core.inflections import plain_colour, plain_kind
from core.negations import take_unwanted
from core.price_words import DEAREST, take_prices, take_sizes
from core.rates import NO_RATES, Rates
from core.sizes import names_asked
from core.spelling import spelt
from core.wish_words import TAKEN, length, take_all, telling, vocabulary
from core.words import colours, folded, genders, kinds, patterns, phrase_in, words_in

_MOST_WORDS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A wish, as far as it is understood.

    Something may cost from ``least`` to ``most``, in ``currency`` (ISO 4217; None where none is
    said), and is to come from one of ``shops``, each with name and title, and from none of those
    whose names are in ``elsewhere``. Of several ``colours`` any is right, and it is of none of the
    colours and patterns in ``but``. Of several ``sizes`` (as ``core.sizes`` spells them) any will
    do; where a shop says nothing of sizes, that will do too unless it is to be ``sure_size``.
    ``words`` are the others, folded, to be looked for in titles. ``barred`` are shops that are not
    searched where it is wished: nobody said so, and it is not said again. ``as_kind`` is what is
    to be like something else, but of this ``kind``: "as a skirt".
    """

    kind: str | None = None
    as_kind: bool = False
    colours: tuple[str, ...] = ()
    but: tuple[str, ...] = ()
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
            and product.colour not in self.but
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
        kept = (one for one in self.but if one not in {*then.colours, then.pattern})
        return Wish(
            kind=then.kind or self.kind,
            as_kind=then.as_kind if then.kind else self.as_kind,
            colours=then.colours or tuple(one for one in self.colours if one not in then.but),
            but=tuple(dict.fromkeys((*kept, *then.but))),
            pattern=then.pattern or (None if self.pattern in then.but else self.pattern),
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
    in_stock = bool(take_all(vocabulary().in_stock, list(words), words))
    new = _new(words)
    but = take_unwanted(words)
    named, elsewhere = _shops(words, shops)
    things = [plain_kind(word) for word in words]
    place = phrase_in(kinds(), things)
    kind = _kind(words, things, place) if place else None
    chosen = take_all(colours(), [plain_colour(word) for word in words], words)
    pattern = next(iter(take_all(patterns(), list(words), words)), None)
    gender = _gender(words)
    as_kind = place is not None and _as(words, place)
    return Wish(
        kind=kind,
        as_kind=as_kind,
        colours=tuple(one for one in chosen if one not in but),
        but=but,
        pattern=pattern,
        gender=gender,
        least=price.least,
        most=price.most,
        currency=price.currency,
        shops=named,
        elsewhere=elsewhere,
        sizes=sizes,
        new=new,
        in_stock=in_stock,
        words=tuple(dict.fromkeys(map(folded, telling(words))))[:_MOST_WORDS],
    )


def _shops(
    words: list[str], shops: Mapping[str, str]
) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
    """The shops that are named after a "from", or by their whole titles; takes the words out.

    Those before which a "not" stands are by themselves, by their names alone.
    """
    best: dict[str, slice] = {}
    for name, title in shops.items():
        called = [words_in(title), words_in(name)]
        places = [place for some in called if some and (place := _named(words, some))]
        if places:
            best[name] = max(places, key=length)
    longest = max(map(length, best.values()), default=0)
    chosen = {name: place for name, place in best.items() if length(place) == longest}
    unwanted = {name: place for name, place in chosen.items() if _is_unwanted(words, place)}
    for name, place in chosen.items():
        there = slice(place.start - (name in unwanted), place.stop)
        words[there] = [TAKEN] * length(there)
    wanted = tuple((name, shops[name]) for name in chosen if name not in unwanted)
    return wanted, tuple(unwanted)


def _is_unwanted(words: Sequence[str], place: slice) -> bool:
    return place.start > 0 and words[place.start - 1] in vocabulary().not_


def _named(words: Sequence[str], title: Sequence[str]) -> slice | None:
    """Where a shop's title is said: after a "from", or before a "से", its beginning will do."""
    for start, word in enumerate(words):
        after_from = start + 1 if word in vocabulary().from_ else start
        said = 0
        for one, other in zip(words[after_from:], title, strict=False):
            if one != other:
                break
            said += 1
        end = after_from + said
        if said and words[end : end + 1] and words[end] in vocabulary().from_before:
            return slice(start, end + 1)
        if said and (after_from > start or said == len(title) > 1):
            return slice(start, end)
    return None


def _kind(words: list[str], read: Sequence[str], place: slice) -> str:
    """The kind there; what its phrase says beyond that ("midi dress") stays among the words."""
    phrase = read[place]
    words[place] = [TAKEN if (word,) in kinds() else word for word in phrase]
    return kinds()[tuple(phrase)]


def _as(words: list[str], place: slice) -> bool:
    """Whether there is an "as a" before that place, but for what is taken, or after it.

    Takes it out.
    """
    lists = vocabulary()
    between = {TAKEN, *lists.articles} - lists.as_
    start = place.start
    while start and words[start - 1] in between:
        start -= 1
    if start and words[start - 1] in lists.as_:
        words[start - 1] = TAKEN
        return True
    for phrase in lists.as_before:
        there = slice(place.stop, place.stop + len(phrase))
        if tuple(words[there]) == phrase:
            words[there] = [TAKEN] * len(phrase)
            return True
    return False


def _new(words: list[str]) -> bool:
    """Whether it is to be new; takes the words out, but not out of a name that begins so."""
    table = vocabulary().new
    places = []
    read = list(words)
    while place := phrase_in(table, read):
        if table[tuple(read[place])]:
            places.append(place)
        read[place] = [TAKEN] * length(place)
    for place in places:
        words[place] = [TAKEN] * length(place)
    return bool(places)


def _gender(words: list[str]) -> Gender | None:
    """For whom a thing is made; where that is not said, for whom it is looked for."""
    table = genders()
    found = {table[word,] for word in words if (word,) in table}
    words[:] = [TAKEN if (word,) in table else word for word in words]
    whom = take_all(vocabulary().whom, list(words), words)
    found = found or set(whom)
    if Gender.KIDS in found:
        return Gender.KIDS
    if Gender.UNISEX in found or len(found) > 1:
        return Gender.UNISEX
    return next(iter(found), None)
