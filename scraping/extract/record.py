"""One product from what a page's sources say of it: each field from the most trustworthy."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from selectolax.lexbor import LexborNode
from yarl import URL

from core.catalogue import Availability, Money, ProductRecord
from core.words import colour_of, gender_of, kind_of
from scraping.extract import opengraph, scripts, state, visible
from scraping.extract.draft import Draft, OfferDraft, best_offer, is_placeholder
from scraping.extract.money import Amount, without_cents
from scraping.extract.page import Page, canonical, clean
from scraping.extract.shown import amounts, current_price, lower_than_crossed_out, named_prices
from scraping.extract.stock import shown_stock
from scraping.extract.visible import plain

MAX_IMAGES = 10
_MARKUP = frozenset({"json-ld", "microdata", "rdfa"})
_IMAGE_WIDTH = re.compile(
    r"(?:[?&](?:imwidth|w|width|wid|sw)=|_)(\d{2,4})(?:x\d*)?(?=[&._]|$)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Extracted:
    """A product and, field by field, the source that it was taken from.

    Sources are "json-ld", "microdata", "rdfa", "open-graph", "state" (the page's scripts),
    "link" (the canonical address), "address" (where the page was), "text" and "country" (for
    want of a currency on the page, that of its shop).
    """

    record: ProductRecord
    sources: Mapping[str, str]


class Reading:
    """What a page about one product holds beyond its markup, read when it is first needed."""

    def __init__(self, page: Page, *, titles: Sequence[str], hint: str | None) -> None:
        """``titles`` are what the page calls its product; ``hint`` is the likely currency."""
        self.page = page
        self.hint = hint
        self._titles = [title for title in dict.fromkeys(titles) if title]

    @cached_property
    def _named(self) -> list[LexborNode]:
        return named_prices(self.page)

    @cached_property
    def shown(self) -> Amount | None:
        """What the product visibly costs."""
        return current_price(self.page, self._named, currency=self.hint)

    @cached_property
    def all_shown(self) -> set[Decimal]:
        """Every price that is to be seen."""
        seen = amounts(self._named, currency=self.hint)
        return seen | {self.shown.value} if self.shown else seen

    @cached_property
    def stated(self) -> list[Draft]:
        """What the page's scripts say of the product."""
        return state.drafts(self.page, titles=self._titles, shown=lambda: self.all_shown)

    @cached_property
    def stock(self) -> Availability:
        """Whether it visibly can be bought."""
        return shown_stock(self.page)


def record_of_page(
    reading: Reading, drafts: Sequence[Draft], crumbs: list[str], *, own: str | None, named: str
) -> Extracted | None:
    """The product that the page is about; ``own`` is its address, ``named`` whence that is known.

    None where there is no title.
    """
    return _Choice(drafts, reading).record(crumbs, own=own, named=named)


def record_of_entry(draft: Draft, crumbs: list[str], *, hint: str | None) -> Extracted | None:
    """One product of a page that shows several; None without a title and an address."""
    return (
        _Choice([draft], None, hint=hint).record(crumbs, own=None, named="") if draft.url else None
    )


class _Choice:
    """Takes field after field, and keeps from where."""

    def __init__(
        self, drafts: Sequence[Draft], reading: Reading | None, *, hint: str | None = None
    ) -> None:
        self._drafts = drafts
        self._reading = reading
        self._hint = reading.hint if reading else hint
        self._sources: dict[str, str] = {}

    def record(self, crumbs: list[str], *, own: str | None, named: str) -> Extracted | None:
        title = self._title()
        url = own or next((canonical(d.url) for d in self._drafts if d.url), None)
        if not title:
            return None
        if url:
            self._sources["url"] = named if own else self._drafts[0].source
        offer = self._offer()
        vendor = scripts.shopify(self._reading.page) if self._reading else {}
        brand = self._text("brand") or self._late_brand(vendor, title)
        images = self._images() or self._late_images(title)
        declared = next((d.category for d in self._all() if d.category), ())
        categories = [*declared, *crumbs]
        if "type" in vendor:
            declared = (vendor["type"],)
            categories += declared
        colour = self._text("colour")
        gender = next((g for d in self._all() if (g := gender_of(d.gender))), None)
        return Extracted(
            ProductRecord(
                key=url or title,
                title=title,
                url=url,
                brand=brand,
                kind=kind_of(title, *reversed(categories)) or _own_kind(declared),
                colour=colour_of(colour) or colour_of(title),
                gender=gender or gender_of(*categories) or gender_of(title),
                price=Money(offer.price, offer.currency)
                if offer.price and offer.currency
                else None,
                availability=offer.availability,
                image_urls=tuple(images[:MAX_IMAGES]),
                sizes=self._sizes(),
            ),
            self._sources,
        )

    def _sizes(self) -> tuple[str, ...]:
        for draft in self._all():
            if draft.sizes:
                self._sources["sizes"] = draft.source
                return draft.sizes
        shown = visible.sizes(self._reading.page) if self._reading else ()
        if shown:
            self._sources["sizes"] = "text"
        return shown

    def _all(self) -> Iterable[Draft]:
        """The drafts, and those from the scripts where they are known by now."""
        yield from self._drafts
        if self._reading and "stated" in self._reading.__dict__:
            yield from self._reading.stated

    def _title(self) -> str | None:
        for draft in self._drafts:
            if draft.title:
                self._sources["title"] = draft.source
                name = re.sub(r"^Details about\s+", "", draft.title)
                if draft.source == "open-graph" and self._reading:
                    return _without_advertising(self._reading.page, name)
                return name
        return None

    def _text(self, name: str) -> str | None:
        for draft in self._drafts:
            if value := getattr(draft, name):
                self._sources[name] = draft.source
                return str(value)
        return None

    def _offer(self) -> OfferDraft:
        price, currency, stock = None, None, Availability.UNKNOWN
        for draft in self._drafts:
            best = best_offer(draft.offers)
            if price is None and best.price:
                price, self._sources["price"] = best.price, draft.source
                currency = best.currency
            currency = currency or best.currency
            if stock is Availability.UNKNOWN and best.availability is not Availability.UNKNOWN:
                stock, self._sources["availability"] = best.availability, draft.source
        found = OfferDraft(price=price, currency=currency, availability=stock)
        return self._completed(found) if self._reading else self._with_hint(found)

    def _completed(self, offer: OfferDraft) -> OfferDraft:
        reading = self._reading
        if reading is None:
            return offer
        price, currency, stock = self._checked(reading, offer), offer.currency, offer.availability
        incomplete = price is None or stock is Availability.UNKNOWN
        for draft in reading.stated if incomplete else ():
            found = best_offer(draft.offers)
            if price is None and found.price:
                price, self._sources["price"] = found.price, "state"
                currency = currency or found.currency
            if stock is Availability.UNKNOWN and found.availability is not Availability.UNKNOWN:
                stock, self._sources["availability"] = found.availability, "state"
        if price and self._sources.get("price") == "state" and reading.shown:
            price = self._lower(price, reading.shown)
        if price is None and reading.shown:
            price, self._sources["price"] = reading.shown.value, "text"
            currency = currency or reading.shown.currency
        if stock is Availability.UNKNOWN and reading.stock is not Availability.UNKNOWN:
            stock, self._sources["availability"] = reading.stock, "text"
        return self._with_hint(OfferDraft(price=price, currency=currency, availability=stock))

    def _lower(self, stated: Decimal, shown: Amount) -> Decimal:
        """Of two prices that are both to be seen the one that holds now."""
        if stated / 3 < shown.value < stated:
            self._sources["price"] = "text"
            return shown.value
        return stated

    def _checked(self, reading: Reading, offer: OfferDraft) -> Decimal | None:
        """The price as it is, unless the page shows plainly that it is another."""
        price, source = offer.price, self._sources.get("price")
        if price is None:
            return None
        likely = offer.currency or self._hint
        if source in _MARKUP:
            lower = lower_than_crossed_out(reading.page, price, currency=likely)
            if lower and not (reading.shown and reading.shown.value == lower):
                lower = None
        elif price in reading.all_shown or reading.shown is None:
            lower = None
        else:  # before tax, or the old one
            same = reading.shown.currency in {None, offer.currency}
            near = price / 3 < reading.shown.value < 3 * price
            lower = reading.shown.value if same and near else None
        if lower:
            self._sources["price"] = "text"
        return lower or price

    def _with_hint(self, offer: OfferDraft) -> OfferDraft:
        """With the currency, from whatever tells it."""
        if not offer.price:
            return offer
        ways: list[tuple[str, str | None]] = [(self._sources["price"], offer.currency)]
        if self._reading and not offer.currency:
            shown = self._reading.shown
            ways.append(("text", shown.currency if shown else None))
            ways.append(("state", scripts.currency(self._reading.page)))
        ways.append(("country", self._hint))
        for source, currency in ways:
            if currency:
                self._sources["currency"] = source
                price = without_cents(offer.price, currency)
                return replace(offer, currency=currency, price=price)
        return offer

    def _late_brand(self, vendor: Mapping[str, str], title: str) -> str | None:
        reading = self._reading
        if reading is None:
            return None
        ways: tuple[tuple[str, Callable[[], str | None]], ...] = (
            ("state", lambda: vendor.get("vendor")),
            ("text", lambda: visible.brand(reading.page)),
            ("state", lambda: scripts.brand(reading.page, title=title)),
            ("state", lambda: next((d.brand for d in reading.stated if d.brand), None)),
        )
        for source, way in ways:
            if found := way():
                self._sources["brand"] = source
                return found
        return None

    def _images(self) -> list[str]:
        shared = list(opengraph.images(self._reading.page)) if self._reading else []
        for draft in self._drafts:
            found = [
                url
                for url in draft.images
                if not opengraph.is_logo(url) and URL(url).path not in {"", "/"}
            ]
            if found:
                self._sources["image"] = draft.source
                return list(dict.fromkeys(_larger(url, shared) for url in found))
        if shared:
            self._sources["image"] = "open-graph"
        return shared

    def _late_images(self, title: str) -> list[str]:
        if self._reading is None:
            return []
        if shown := visible.picture(self._reading.page, title=title):
            self._sources["image"] = "text"
            return [shown]
        for draft in self._reading.stated:
            if draft.images:
                self._sources["image"] = "state"
                return list(draft.images)
        return []


def _without_advertising(page: Page, name: str) -> str:
    """``og:title`` without what search engines are to read: the heading, where it holds that."""
    heading = visible.heading(page)
    if heading and plain(heading) in plain(name):
        return heading
    return visible.without_advertising(name)


def _own_kind(declared: Sequence[str]) -> str | None:
    """The shop's own word for what it sells, where we have none."""
    word = clean(declared[-1].lower(), limit=60) if declared else None
    return word if word and not is_placeholder(word) else None


def _larger(url: str, others: Iterable[str]) -> str:
    """The same picture in the greater width, where another address differs in nothing else."""
    place = url.partition("?")[0]
    same = [other for other in others if other.partition("?")[0] == place]
    return max([url, *same], key=_width) if same else url


def _width(url: str) -> int:
    found = _IMAGE_WIDTH.search(url)
    return int(found.group(1)) if found else 0
