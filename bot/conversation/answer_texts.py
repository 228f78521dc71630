"""What is said of photos, of words, and of the products that answer them."""

from collections.abc import Sequence
from copy import copy
from datetime import UTC, datetime
from decimal import Decimal
from typing import Self

from babel.dates import format_skeleton
from babel.numbers import format_decimal

from bot.conversation.wording import Sentence, Wording, capital, legible, span
from core.catalogue import Availability, Money, Product
from core.looks import Look
from core.queries import ENGLISH
from core.rates import Conversion
from core.search import Strength
from core.wishes import Wish
from core.words import colours
from scraping.searching import Searched

_SWAP = "⇄"
_PIECES = {"bottom": "trousers"}  # pieces of an outfit that no kind is called like
_ALSO = 3  # shops that a card names besides its own


class AnswerTexts(Wording):
    """The sentences and labels of answers."""

    SEARCH_ANYWAY = Sentence()
    MORE = Sentence()
    SEARCH_SHOPS = Sentence()
    CHEAPER = Sentence()
    OTHER_COLOUR = Sentence()
    OTHER_SHOP = Sentence()
    NOTHING_CHEAPER = Sentence()
    NO_OTHER_COLOUR = Sentence()
    NO_OTHER_SHOP = Sentence()
    COMPLETE_OUTFIT = Sentence()
    ANOTHER_OUTFIT = Sentence()
    NO_OUTFITS = Sentence()
    NO_PIECE = Sentence()
    NO_OTHER_PIECE = Sentence()
    NOTHING_GOES_WITH = Sentence()
    OUTFIT_HOW_TO = Sentence()
    SHOPS_ASKED_ALREADY = Sentence()
    SHARE = Sentence()
    SHARED_ALREADY = Sentence()
    END_OF_LIST = Sentence()
    LIKED_BEFORE = Sentence()
    ALREADY_SHOWN = Sentence()
    NO_LONGER_WORKS = Sentence()
    PRODUCT_GONE = Sentence()
    FOUND_NO_WORDS = Sentence()
    LATER = Sentence()
    BUY = Sentence()
    UNNAMED = Sentence()
    FILTERS = Sentence()
    FILTERS_LEAVE_NOTHING = Sentence()
    SEARCH_UNFILTERED = Sentence()
    NOTHING_AT_ALL = Sentence()

    conversion: Conversion | None = None
    """Into the currency in which prices are told besides the shops' own."""

    def priced(self, conversion: Conversion | None) -> Self:
        """The same texts, with prices told in a currency besides, or as they are."""
        other = copy(self)
        other.conversion = conversion
        return other

    def look_line(self, look: Look) -> str:
        """What was recognised: "Dress · navy · floral · women's"."""
        seen = self.say("seen", thing=look.seen) if look.seen else self.say("kind-clothes")
        colours = [self.word("colour", word) for word, _ in look.colours[:2]]
        words = [
            self.word("kind", look.kind) or seen,
            self.both(colours) or self.word("colour", look.colour),
            self.word("pattern", look.pattern),
            self.word("gender", look.gender),
        ]
        return capital(" · ".join(word for word in words if word))

    def sureness(self, strengths: Sequence[tuple[int, Strength]]) -> str:
        """How sure, for (rank, strength) pairs, best first."""
        groups: dict[Strength, list[int]] = {}
        for rank, strength in strengths:
            groups.setdefault(strength, []).append(rank)
        if len(groups) > 1:
            parts = (
                self.say(f"ranks-{strength}", ranks=span(ranks))
                for strength, ranks in groups.items()
            )
            return f"{capital(' · '.join(parts))}."
        ((strength, ranks),) = groups.items()
        return self.say(f"sure-{strength}", count=len(ranks))

    def searched(self, *, products: int, shops: int) -> str:
        """Where the answer comes from."""
        return self.say("searched", products=products, shops=shops)

    def answer(
        self,
        look: Look,
        strengths: Sequence[tuple[int, Strength]],
        *,
        wish: Wish,
        products: int,
        shops: int,
        photos: int = 1,
        unread: int = 0,
        bare: int = 0,
        garments: Sequence[str] = (),
        asked: Searched | None = None,
    ) -> str:
        """The message under an album; ``photos`` is how many came in one message.

        Of them ``unread`` could not be read, and ``bare`` show no clothes; ``wish`` is what was
        said beside them. ``garments`` are what the others are called; ``asked`` is what came of
        asking the shops besides.
        """
        lines = [
            self.refined(look, wish, strengths),
            self.searched(products=products, shops=shops),
        ]
        if asked:
            lines.append(self.shops_asked(asked))
        if garments:
            names = self.both(garments)
            lines.append(self.say("also-in-photos", photos=photos, garments=names))
        if bare:
            lines.append(self.say("photos-bare", bare=bare, photos=photos))
        if unread:
            lines.append(self.say("photos-unread", unread=unread, photos=photos))
        return "\n".join(lines)

    def refined(self, look: Look, wish: Wish, strengths: Sequence[tuple[int, Strength]]) -> str:
        """What was recognised, what was wished for besides, if anything was, and how sure."""
        wished = self._wished(wish)
        asked = [self.say("asked-for", wish=wished)] if wished else []
        return "\n".join([self.look_line(look), *asked, self.sureness(strengths)])

    def from_link(self, title: str, product: Product | None, answer: str, *, now: datetime) -> str:
        """The same answer under what a link led to; ``product`` where it is in the catalogue."""
        shown = f"{title} · {self.details(product, now=now)}" if product else title
        return f"{self.say('from-link', shown=shown)}\n{answer}"

    def shops_asked(self, asked: Searched) -> str:
        """Whom we asked: "Asked 3 shops for "women navy dress"; one did not answer.".

        In the reader's language, though each shop was asked in its own.
        """
        words = self.quoted(asked.words.get(self.language, asked.words[ENGLISH]))
        if not asked.silent:
            return self.say("shops-asked", shops=asked.asked, words=words)
        if asked.silent == asked.asked:
            return self.say("shops-asked-in-vain", shops=asked.asked, words=words)
        return self.say(
            "shops-asked-with-silence", shops=asked.asked, words=words, silent=asked.silent
        )

    def offered(self, asked: Searched, strengths: Sequence[tuple[int, Strength]]) -> str:
        """The message under what the shops have besides; no strengths where that is nothing."""
        if strengths:
            said = self.sureness(strengths)
        elif asked.silent == asked.asked:
            said = self.LATER
        else:
            said = self.say("offered-nothing", shops=asked.asked)
        return f"{self.shops_asked(asked)}\n{said}"

    def wish_line(self, wish: Wish) -> str:
        """What was understood: "Dress · black · under €50 · Corner Shop · "midi""."""
        return capital(self._wished(wish))

    def _wished(self, wish: Wish) -> str:
        words = [
            self.word("kind", wish.kind),
            self.either([self.word("colour", colour) for colour in wish.colours]),
            *(self.say("but", what=self._colour_or_pattern(one)) for one in wish.but),
            self.word("pattern", wish.pattern),
            self.word("gender", wish.gender),
            self.limit(wish),
            self.either([title for _, title in wish.shops]),
            self.sizes(wish.sizes, sure=wish.sure_size),
            self.say("elsewhere") if wish.elsewhere else "",
            self.say("new") if wish.new else "",
            self.say("in-stock") if wish.in_stock else "",
            *(self.quoted(word) for word in wish.words),
        ]
        return " · ".join(word for word in words if word)

    def _colour_or_pattern(self, word: str) -> str:
        sort = "colour" if word in colours().values() else "pattern"
        return self.word(sort, word)

    def found(
        self, wish: Wish, strengths: Sequence[tuple[int, Strength]], *, unsaid: Sequence[str]
    ) -> str:
        """The message under what words found; ``unsaid`` are those that no title has."""
        lines = [self.wish_line(wish), self.sureness(strengths)]
        if unsaid:
            words = self.either([self.quoted(word) for word in unsaid])
            lines.append(self.say("found-unsaid", words=words))
        return "\n".join(lines)

    def found_nothing(self, wish: Wish) -> str:
        """For words that nothing in the shops fits."""
        return self.say("found-nothing", wish=self.wish_line(wish))

    def garment(self, kind: str, *, colour: str | None = None) -> str:
        """What a garment of a photo is called, with its colour where its kind does not do."""
        name = self.word("kind", kind)
        if colour is None:
            return name
        return self.say("garment-in-colour", kind=name, colour=self.word("colour", colour))

    def colour_button(self, name: str) -> str:
        """A button for a colour."""
        return capital(self.word("colour", name))

    def garment_button(self, name: str) -> str:
        """A button for another garment of the photo, which is called so."""
        return capital(name)

    def outfit(self, look: Look, *, stands_in: bool) -> str:
        """What an outfit is around; whether its first product stands for what a photo showed."""
        lines = [self.say("outfit", look=self.look_line(look))]
        if stands_in:
            lines.append(self.say("outfit-stand-in"))
        return "\n".join([*lines, self.say("outfit-swaps", sign=_SWAP)])

    def swap(self, kind: str) -> str:
        """A button for another piece of that kind, or of that name in an outfit."""
        return f"{_SWAP} {capital(self.word('kind', _PIECES.get(kind, kind)))}"

    def further(self, strengths: Sequence[tuple[int, Strength]], *, last: bool) -> str:
        """The message under a further album; no strengths where nothing was searched for."""
        sure = self.sureness(strengths) if strengths else self.LIKED_BEFORE
        return f"{sure} {self.END_OF_LIST}" if last else sure

    def no_clothes(self, look: Look, *, photos: int = 1) -> str:
        """For a photo that seems to show nothing to wear, or several."""
        seen = look.seen.strip()
        if photos > 1 or not seen:
            return self.say("no-clothes", photos=photos)
        return self.say("no-clothes-but", thing=seen)

    def buy(self, rank: int) -> str:
        """A buy button."""
        return self.say("buy-rank", rank=rank)

    def heart(self, rank: int, *, liked: bool) -> str:
        """A like button in its state, the same in every language."""
        return f"{'♥' if liked else '♡'} {rank}"

    def liked(self, title: str) -> str:
        """After a like."""
        return self.say("liked", title=title)

    def unliked(self, title: str) -> str:
        """After a like was taken back."""
        return self.say("unliked", title=title)

    def details(self, product: Product, *, now: datetime, also: Sequence[Product] = ()) -> str:
        """A product's line: price, shop, the price's age when it is not from today, other shops."""
        words = [legible(product.shop_title)]
        if product.availability is Availability.SOLD_OUT:
            words.insert(0, self.say("sold-out"))
        elif product.price is not None:
            about = self.conversion and self.conversion.of(product.price)
            asked = self.price(product.price)
            words.insert(0, f"≈\xa0{self.price(about)} ({asked})" if about else asked)
            days = (now.astimezone(UTC).date() - product.checked_at.astimezone(UTC).date()).days
            if days >= 1:
                words.append(self.say("price-age", days=days))
        if also:
            words.append(self._also([one.shop_title for one in also]))
        return capital(" · ".join(words))

    def _also(self, titles: Sequence[str]) -> str:
        shops = ", ".join(titles[:_ALSO])
        if len(titles) <= _ALSO:
            return self.say("also-at", shops=shops)
        return self.say("also-at-more", shops=shops, more=len(titles) - _ALSO)

    def limit(self, wish: Wish) -> str:
        """What it may cost: "under €80", "€20 to €80"."""

        def told(amount: Decimal) -> str:
            if wish.currency is None:
                return str(format_decimal(amount, locale=self.locale))
            return self.price(Money(amount, wish.currency))

        if wish.least is not None and wish.most is not None:
            return self.say("between", least=told(wish.least), most=told(wish.most))
        if wish.least is not None:
            return self.say("over", price=told(wish.least))
        return "" if wish.most is None else self.say("under", price=told(wish.most))

    def sizes(self, sizes: Sequence[str], *, sure: bool = False) -> str:
        """In which of the sizes, as ``core.sizes`` spells them: "size M or L"."""
        if not sizes:
            return ""
        names = self.either([size.upper() for size in sizes])
        return self.say("in-sure-size", sizes=names) if sure else self.say("in-size", sizes=names)

    def filters_line(self, filters: Wish) -> str:
        """What a search stays within, and by which day's rates; "" where that is nothing."""
        words = [] if filters.is_empty else [self._wished(filters)]
        if self.conversion and (day := self.conversion.rates.day):
            words.append(
                self.say(
                    "rates-of",
                    currency=self.conversion.currency,
                    day=format_skeleton("MMMd", day, locale=self.locale),
                )
            )
        return self.say("filters-line", filters=" · ".join(words)) if words else ""

    def within_filters(self, text: str, filters: Wish, *, own: Wish, shown: int | None) -> str:
        """An answer's text, and the filters that stand beside its ``own`` wish.

        And that they leave only so many to be ``shown``, where that is of interest.
        """
        lines = [text, self.filters_line(filters.beside(own))]
        if shown is not None and not filters.is_empty:
            lines.append(self.say("filters-leave", count=shown))
        return "\n".join(line for line in lines if line)
