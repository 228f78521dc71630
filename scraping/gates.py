"""What a night must pass before it is let into the catalogue."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from core.catalogue import Availability, ProductRecord
from core.storage.catalogue import Sold

SHRINK_LIMIT = 0.2
"""A shop that lists so much less than in the last good night was not seen as a whole."""
GONE_LIMIT = 1 / 3
"""The share of a shop whose pages may be gone (404, 410) in one night.

More is a mishap. It is more than a day takes away, since several bad nights may lie between.
"""
SMALL_LOSS = 2
"""So many may be lost, or be strange, however small the shop."""
FIELD_LIMIT = 0.1
"""Of the products seen, the share that may have lost their price, or their pictures, at once."""
JUMP = 3.0
"""A median price that is so many times what it was, or one by so many, is a mistake."""
LEAP = 10.0
"""A single price so far from what it was is strange; a mistake where there are many."""
LEAP_LIMIT = 0.1

_FEWEST_COMPARED = 3


@dataclass(slots=True)
class Comparison:
    """What a night saw of the products that were known, beside what was known of them.

    ``strange`` says why the night is not to be believed, if it is not.
    """

    seen: int = 0
    priced: int = 0
    jumped: int = 0
    leapt: int = 0
    lost_price: int = 0
    lost_pictures: int = 0

    def add_unread(self, keys: Iterable[str], sold: Mapping[str, Sold]) -> None:
        """Products whose pages are as they were."""
        for key in keys:
            if known := sold.get(key):
                self.seen += 1
                self.priced += known.price is not None

    def add(self, record: ProductRecord, known: Sold | None) -> None:
        """A product whose page was read."""
        if known is None:
            return
        self.seen += 1
        self.lost_pictures += known.has_picture and not record.image_urls
        if known.price is None:
            return
        if record.price is None:
            self.lost_price += record.availability is not Availability.SOLD_OUT
            return
        self.priced += 1
        self.jumped += leaps(record, known, by=JUMP)
        self.leapt += leaps(record, known, by=LEAP)

    @property
    def strange(self) -> str | None:
        """Why nothing of it is believed, None where nothing speaks against it."""
        if self.priced >= _FEWEST_COMPARED and 2 * self.jumped > self.priced:
            return f"the prices of {self.jumped} in {self.priced} products jumped"
        if self.leapt > max(SMALL_LOSS, LEAP_LIMIT * self.priced):
            return f"{self.leapt} of {self.priced} prices are {LEAP:.0f} times what they were"
        bearable = max(SMALL_LOSS, FIELD_LIMIT * self.seen)
        if self.lost_price > bearable:
            return f"{self.lost_price} of {self.seen} products lost their price"
        if self.lost_pictures > bearable:
            return f"{self.lost_pictures} of {self.seen} products lost their pictures"
        return None


def leaps(record: ProductRecord, known: Sold, *, by: float) -> bool:
    """Whether a price is ``by`` times what it was, or by so many less, or in another currency."""
    if record.price is None or known.price is None:
        return False
    if record.price.currency != known.price.currency:
        return True
    if not (record.price.amount > 0 and known.price.amount > 0):
        return record.price.amount != known.price.amount
    ratio = float(record.price.amount / known.price.amount)
    return ratio >= by or ratio <= 1 / by


def shrunk(products: int, *, before: int) -> str | None:
    """Why so few products are not the whole shop, None where they may be."""
    if before - products > max(SMALL_LOSS, SHRINK_LIMIT * before):
        return f"it shows {products} products, last time {before}"
    return None


def gone_at_once(gone: Collection[str], *, of: int) -> str | None:
    """Why so many pages that are no more are not believed, None where they may be gone."""
    if len(gone) > max(1, GONE_LIMIT * of):
        return f"the pages of {len(gone)} in {of} products are gone at once"
    return None
