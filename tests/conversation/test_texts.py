"""Sentences are true and whole; in English here, and in every language in ``test_catalogue``."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from babel import Locale

import core.errors
from bot.conversation.prices import format_price
from bot.conversation.texts import Why, zone_name
from core.catalogue import Availability, Gender, Money, Product
from core.errors import (
    BrokenPhoto,
    Busy,
    CatalogueEmpty,
    FetchFailed,
    IndexInvalid,
    NotAPhoto,
    PhotoError,
    PhotoTooHeavy,
    PhotoTooLarge,
    TwinsetError,
    UnsupportedFormat,
)
from core.looks import Look
from core.search import Strength
from core.storage.assortment import News
from tests.support.english import texts

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
STRONG, FAIR, WEAK = Strength.STRONG, Strength.FAIR, Strength.WEAK


def _product(**changes: object) -> Product:
    fields: dict[str, object] = {
        "id": 1,
        "shop": "corner",
        "shop_title": "Corner Shop",
        "key": "1",
        "title": "Dress",
        "url": "https://corner.example/1",
        "brand": None,
        "kind": None,
        "colour": None,
        "gender": None,
        "price": Money(Decimal("39.90"), "EUR"),
        "availability": Availability.IN_STOCK,
        "checked_at": NOW,
        "picture": None,
        "picture_url": None,
    }
    return Product(**{**fields, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("language", "amount", "currency", "written"),
    [
        ("en", "39.90", "EUR", "€39.90"),
        ("en", "24", "USD", "$24"),
        ("en", "24.00", "USD", "$24"),
        ("en", "1299", "INR", "₹1,299"),
        ("en", "1234567.5", "GBP", "£1,234,567.50"),
        ("en", "1980", "JPY", "¥1,980"),
        ("en", "399", "SEK", "SEK\xa0399"),
        ("en", "0.5", "CHF", "CHF\xa00.50"),
        ("de", "1234567.5", "EUR", "1.234.567,50\xa0€"),
        ("de", "24", "TRY", "24\xa0₺"),
        ("es", "24", "USD", "24\xa0US$"),
        ("fr", "1299", "EUR", "1\u202f299\xa0€"),
        ("ru", "1299.5", "RUB", "1\xa0299,50\xa0₽"),
        ("hi", "123456", "INR", "₹1,23,456"),
    ],
)
def test_prices_are_written_as_people_write_them(
    language: str, amount: str, currency: str, written: str
) -> None:
    assert format_price(Money(Decimal(amount), currency), Locale.parse(language)) == written


def test_a_price_of_today_needs_no_age() -> None:
    assert texts.details(_product(), now=NOW + timedelta(hours=11)) == "€39.90 · Corner Shop"


@pytest.mark.parametrize(
    ("age", "said"), [(1, "price from yesterday"), (2, "price from 2 days ago")]
)
def test_an_older_price_carries_its_age(age: int, said: str) -> None:
    line = texts.details(_product(), now=NOW + timedelta(days=age))
    assert line == f"€39.90 · Corner Shop · {said}"


def test_what_is_sold_out_shows_no_price() -> None:
    product = _product(availability=Availability.SOLD_OUT)
    assert texts.details(product, now=NOW) == "Sold out · Corner Shop"


def test_without_a_price_there_is_the_shop() -> None:
    product = _product(price=None, checked_at=NOW - timedelta(days=9))
    assert texts.details(product, now=NOW) == "Corner Shop"


def test_a_look_is_said_with_what_is_known() -> None:
    look = Look(
        fashion=0.9, seen="gown", kind="dress", colour="navy", pattern="floral", gender=Gender.WOMEN
    )
    assert texts.look_line(look) == "Dress · navy · floral · women's"
    assert texts.look_line(Look(fashion=0.9, seen="jersey")) == "Jersey"
    assert texts.look_line(Look(fashion=0.9, seen="", colour="navy")) == "Clothes · navy"


@pytest.mark.parametrize(
    ("strengths", "said"),
    [
        ([STRONG] * 5, "All five are close matches."),
        ([FAIR] * 2, "Both are fair matches."),
        ([STRONG], "A close match."),
        ([WEAK] * 3, "Only weak matches: nothing here is very like it."),
        ([STRONG, FAIR, FAIR, WEAK, WEAK], "Close: 1 · fair: 2–3 · weak: 4–5."),
    ],
)
def test_how_sure_is_said_in_words(strengths: list[Strength], said: str) -> None:
    assert texts.sureness(list(enumerate(strengths, 1))) == said


def test_picks_of_one_reason_share_a_line() -> None:
    liked = ["Red dress", None, "Red dress", "Bag", "Bag"]
    news = [None, News.NEW, News.NEW, News.REDUCED, None]
    reasons = [
        Why(rank=rank, shop="Corner", liked=title, news=some, less=20)
        for rank, (title, some) in enumerate(zip(liked, news, strict=True), 1)
    ]
    assert texts.picks(reasons).splitlines()[1:] == [
        "1, 3: because you liked Red dress",
        "2: new in the shops",
        "4–5: because you liked Bag",
        "3: new at Corner",
        "4: now 20 % less",
    ]


def test_counts_agree_with_their_nouns() -> None:
    assert texts.searched(products=1, shops=1) == "Searched 1 product in 1 shop."
    assert texts.searched(products=20523, shops=3) == "Searched 20,523 products in 3 shops."


def test_what_is_seen_instead_of_clothes_has_its_article() -> None:
    assert "It looks like a tabby cat" in texts.no_clothes(Look(fashion=0, seen="tabby cat"))
    assert "It looks like an orange" in texts.no_clothes(Look(fashion=0, seen="orange"))


def test_a_zone_counted_from_utc_is_named_the_way_people_count() -> None:
    assert zone_name("Etc/GMT-2") == "UTC+2"
    assert zone_name("Europe/Berlin") == "Europe/Berlin"


_PHOTO_ERRORS: list[PhotoError] = [
    NotAPhoto("x"),
    UnsupportedFormat("TIFF"),
    BrokenPhoto("x"),
    PhotoTooHeavy(size_bytes=30_000_000, limit_bytes=20_000_000),
    PhotoTooLarge(pixels=200_000_000, limit_pixels=64_000_000),
]


@pytest.mark.parametrize(
    "error",
    [
        *_PHOTO_ERRORS,
        Busy(retry_after_s=19.2),
        CatalogueEmpty("x"),
        IndexInvalid("x"),
        FetchFailed("x"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_every_error_that_people_meet_has_its_own_sentence(error: TwinsetError) -> None:
    said = texts.trouble(error)
    assert said is not None
    assert said.endswith((".", "!"))
    assert len(said) <= 200
    assert sum(texts.trouble(other) == said for other in _PHOTO_ERRORS) <= 1


def test_no_kind_of_photo_error_was_forgotten() -> None:
    kinds = {
        kind
        for kind in vars(core.errors).values()
        if isinstance(kind, type) and issubclass(kind, PhotoError) and kind is not PhotoError
    }
    assert kinds == {type(error) for error in _PHOTO_ERRORS}


def test_busy_says_when_to_come_back() -> None:
    assert "about 20 s" in (texts.trouble(Busy(retry_after_s=19.2)) or "")
