"""Column types that keep what a plain one would lose: the time zone, and the last cent."""

from datetime import UTC, datetime
from decimal import ROUND_HALF_EVEN, Decimal

from sqlalchemy import BigInteger, DateTime, Dialect, Integer
from sqlalchemy.types import TypeDecorator

#: SQLite numbers rows by itself only where the column is exactly INTEGER.
RowId = BigInteger().with_variant(Integer(), "sqlite")

#: The largest amount that fits 64 bits of 1/10,000.
MAX_AMOUNT = Decimal(2**63 - 1) / 10_000


def utc_now() -> datetime:
    """The wall clock, in UTC."""
    return datetime.now(UTC)


class UtcDateTime(TypeDecorator[datetime]):
    """A moment: any time zone in, UTC out; a naive datetime is refused (``ValueError``)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To UTC; without the zone for SQLite, which compares the text."""
        if value is None:
            return None
        if value.utcoffset() is None:
            raise ValueError(f"{value!r} has no time zone.")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Always aware."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if dialect.name == "sqlite" else value.astimezone(UTC)


class Amount(TypeDecorator[Decimal]):
    """An amount of money, exact to 1/10,000 as a 64-bit integer; what is finer is rounded.

    Raises ``ValueError`` beyond ``MAX_AMOUNT`` and for NaN, ``TypeError`` for anything but a
    ``Decimal``.
    """

    impl = BigInteger
    cache_ok = True

    def process_bind_param(
        self,
        value: Decimal | None,
        dialect: Dialect,  # noqa: ARG002  SQLAlchemy's signature
    ) -> int | None:
        """To ten-thousandths."""
        return None if value is None else ten_thousandths(value)

    def process_result_value(
        self,
        value: int | None,
        dialect: Dialect,  # noqa: ARG002  SQLAlchemy's signature
    ) -> Decimal | None:
        """With the decimals that a price shows: at least two."""
        if value is None:
            return None
        amount = Decimal(value).scaleb(-4)
        cents = amount.quantize(Decimal("0.01"))
        return cents if cents == amount else amount


def ten_thousandths(amount: Decimal) -> int:
    """The amount in 1/10,000; raises as ``Amount`` says."""
    if not isinstance(amount, Decimal):
        raise TypeError(f"{amount!r} is no Decimal.")
    if not amount.is_finite() or abs(amount) > MAX_AMOUNT:
        raise ValueError(f"{amount} is no amount that can be kept.")
    return int(amount.scaleb(4).to_integral_value(ROUND_HALF_EVEN))
