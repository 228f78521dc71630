"""What one currency is worth in another, by the day's rates of a central bank."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from core.catalogue import Money

EURO = "EUR"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rates:
    """What a euro is on that day in each currency (ISO 4217); without a day nothing is known."""

    day: date | None = None
    per_euro: Mapping[str, Decimal] = field(default_factory=dict)

    @property
    def currencies(self) -> tuple[str, ...]:
        """What can be converted, one into the other."""
        return (EURO, *self.per_euro) if self.day else ()

    def convert(self, money: Money, currency: str) -> Money | None:
        """The same amount in another currency, unrounded; None where a rate is missing."""
        if money.currency == currency:
            return money
        here, there = self._per_euro(money.currency), self._per_euro(currency)
        if here is None or there is None:
            return None
        return Money(money.amount * there / here, currency)

    def limits(self, money: Money) -> dict[str, Decimal]:
        """The same amount in every currency that it can be told in; at least in its own.

        To four decimals, as finely as prices are kept, and to no more than anything costs.
        """
        others = {name: self.convert(money, name) for name in self.currencies}
        told = {
            name: min(other.amount, _DEAREST).quantize(_FINEST)
            for name, other in others.items()
            if other
        }
        return {**told, money.currency: money.amount}

    def _per_euro(self, currency: str) -> Decimal | None:
        return Decimal(1) if currency == EURO else self.per_euro.get(currency)


NO_RATES = Rates()
_FINEST, _DEAREST = Decimal("0.0001"), Decimal(10**12)


@dataclass(frozen=True, slots=True)
class Conversion:
    """Into one person's currency, by the rates of a day."""

    currency: str
    rates: Rates

    def of(self, money: Money) -> Money | None:
        """About what that is in the person's currency; None where it is in it, or not known.

        From 10 on to the whole: more would pretend to be what the shop asks.
        """
        if money.currency == self.currency:
            return None
        exact = self.rates.convert(money, self.currency)
        if exact is None:
            return None
        digits = Decimal(1) if exact.amount >= _WHOLE_FROM else Decimal("0.01")
        return Money(exact.amount.quantize(digits), self.currency)


_WHOLE_FROM = 10
