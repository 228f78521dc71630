"""What is said of alerts."""

from collections.abc import Sequence

from bot.conversation.wording import Sentence, Wording, span
from core.catalogue import Money


class AlertTexts(Wording):
    """The sentences and labels of alerts."""

    ALERT_ME = Sentence()
    ALERT_STOCK = Sentence()
    ALERT_ALIKE = Sentence()
    ALERT_NO_PRICE = Sentence()
    ALERT_ENDED = Sentence()
    ALERTS = Sentence()
    ALERTS_FULL = Sentence()
    ALERTS_HOW_TO = Sentence()
    ALERTS_NONE = Sentence()
    ALERTS_HOURS = Sentence()
    ALERTS_DAILY = Sentence()
    ALERTS_AT_ONCE = Sentence()
    ALERTS_ARE_DAILY = Sentence()
    ALERTS_ARE_INSTANT = Sentence()
    ALERTS_NEWS = Sentence()
    ALERTS_FOOT = Sentence()

    def alert_when(self, title: str) -> str:
        """The question when to tell of a product."""
        return self.say("alert-when", title=title)

    def alert_cheaper(self, price: Money) -> str:
        """On a button: for less than it costs now."""
        return self.say("alert-cheaper", price=self.price(price))

    def alert_fifth(self, less: Money) -> str:
        """On a button: a fifth less, and how much that is."""
        return self.say("alert-fifth", price=self.price(less))

    def alert_brand(self, brand: str) -> str:
        """On a button and in the list: whatever is new of a brand."""
        return self.say("alert-brand", brand=brand)

    def alert_like(self, title: str) -> str:
        """In the list: whatever is new and like a product."""
        return self.say("alert-like", title=title)

    def alert_limit(self, title: str, limit: Money, *, below: bool) -> str:
        """In the list: a product for so much at most, or for less."""
        price = self.price(limit)
        if below:
            return self.say("alert-below", title=title, price=price)
        return self.say("alert-at-most", title=title, price=price)

    def alert_set(self, what: str) -> str:
        """The confirmation; ``what`` is the alert as the list has it."""
        return self.say("alert-set", what=what)

    def alert_already(self, price: Money) -> str:
        """For a price that it need not fall to."""
        return self.say("alert-already", price=self.price(price))

    def alert_too_low(self, price: Money) -> str:
        """For a price that would not be believed."""
        return self.say("alert-too-low", price=self.price(price))

    def alert_other_currency(self, price: Money) -> str:
        """For a price in another currency than the shop's."""
        return self.say("alert-other-currency", price=self.price(price))

    def alert_price(self, ranks: Sequence[int], *, was: Money) -> str:
        """It came true: what costs less than ``was``, the price when that was asked for."""
        return self.say("alert-price", ranks=span(ranks), price=self.price(was))

    def alert_back(self, ranks: Sequence[int]) -> str:
        """It came true: what was sold out is not any more."""
        return self.say("alert-back", ranks=span(ranks))

    def alert_new(self, ranks: Sequence[int], *, brand: str) -> str:
        """It came true: what is new of a brand."""
        return self.say("alert-new", ranks=span(ranks), brand=brand)

    def alert_new_like(self, ranks: Sequence[int], *, title: str) -> str:
        """It came true: what is new and like a product."""
        return self.say("alert-new-like", ranks=span(ranks), title=title)
