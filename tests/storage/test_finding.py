"""Words are answered with what the shops have, the best fit first."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.catalogue import Availability, Gender, Money, ProductRecord
from core.finding import Finding
from core.storage.catalogue import CatalogueStore
from core.storage.database import Database
from core.storage.finding import FindStore
from core.wishes import Wish
from core.words import colour_of, gender_of, kind_of, kinds_of_family, pattern_of
from tests.storage.records import NIGHT
from tests.support.databases import SqliteMaker

SHOPS = {"corner": "Corner Shop", "arcade": "Arcade"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sold:
    """A product of a shop, as its title says."""

    title: str
    shop: str = "corner"
    price: str = "20"
    currency: str = "EUR"
    brand: str | None = None
    picture: str | None = None
    pictured: bool = True
    availability: Availability = Availability.IN_STOCK


class Market:
    def __init__(self, database: Database) -> None:
        self.catalogue = CatalogueStore(database, now=lambda: NIGHT)
        self.finding = Finding(FindStore(database), self.catalogue)

    async def sell(self, *things: Sold) -> None:
        for name, title in SHOPS.items():
            await self.catalogue.shop_seen(name, title, None)
            records = [_record(n, one) for n, one in enumerate(things) if one.shop == name]
            await self.catalogue.save(name, records, seen_at=NIGHT)
        for image in await self.catalogue.pending_images():
            thing = things[int(image.url.rpartition("/")[2])]
            if thing.pictured:
                content = thing.picture or image.url
                await self.catalogue.set_image_content(image.id, content)

    async def found(self, text: str) -> list[str]:
        wish = await self.finding.understood(text)
        return [match.product.title for match in await self.finding.find(wish, most=20)]


def _record(number: int, thing: Sold) -> ProductRecord:
    return ProductRecord(
        key=f"{number}",
        title=thing.title,
        brand=thing.brand,
        kind=kind_of(thing.title),
        colour=colour_of(thing.title),
        gender=gender_of(thing.title),
        price=Money(Decimal(thing.price), thing.currency),
        availability=thing.availability,
        image_urls=(f"https://shop.test/{number}",),
    )


@pytest.fixture
def market(database: Database) -> Market:
    return Market(database)


async def test_what_is_right_in_everything_comes_first(market: Market) -> None:
    await market.sell(
        Sold(title="Red midi dress"),
        Sold(title="Black maxi dress"),
        Sold(title="Black MIDI-dress, women"),
        Sold(title="Black midi skirt"),
        Sold(title="Dress"),
    )
    found = await market.found("black midi dress for women")
    assert found[0] == "Black MIDI-dress, women"
    assert set(found[1:]) == {"Black maxi dress", "Red midi dress", "Dress"}
    assert found[1] == "Black maxi dress"


async def test_the_share_that_is_right_is_the_score(market: Market) -> None:
    await market.sell(Sold(title="Black dress"), Sold(title="Red dress"))
    wish = await market.finding.understood("black dress")
    whole, part = await market.finding.find(wish, most=5)
    assert whole.score == 1
    assert 0 < part.score < 0.7


async def test_a_family_of_kinds_stands_for_its_kinds(market: Market) -> None:
    await market.sell(Sold(title="Chelsea boots"), Sold(title="Shoes"), Sold(title="Bag"))
    assert await market.found("shoes") == ["Shoes", "Chelsea boots"]
    assert await market.found("boots") == ["Chelsea boots"]


async def test_patterns_are_read_from_titles_in_any_language(market: Market) -> None:
    await market.sell(Sold(title="Kleid mit Blumen"), Sold(title="Kleid"))
    assert await market.found("floral dress") == ["Kleid mit Blumen", "Kleid"]


async def test_words_are_found_without_their_accents_and_as_they_begin(market: Market) -> None:
    await market.sell(Sold(title="ÉTÉ Sommerkleid"), Sold(title="Kleid", brand="Čudo"))
    assert await market.found("ete") == ["ÉTÉ Sommerkleid"]
    assert await market.found("Sommer") == ["ÉTÉ Sommerkleid"]
    assert await market.found("cudo") == ["Kleid"]
    assert await market.found("cudo ete") == []  # words alone are all meant


@pytest.mark.parametrize("text", ["100% _o_", "%", "_", "o'neill \\"])
async def test_signs_that_databases_read_otherwise_are_only_signs(
    market: Market, text: str
) -> None:
    await market.sell(Sold(title="Dress"))
    assert await market.found(text) in ([], ["Dress"])
    assert await market.found(f"dress {text}") == ["Dress"]


async def test_price_shop_and_currency_are_kept_to(market: Market) -> None:
    await market.sell(
        Sold(title="Dress A", price="19.99"),
        Sold(title="Dress B", price="20.01"),
        Sold(title="Dress C", price="10", shop="arcade"),
        Sold(title="Dress D", price="10", currency="USD"),
    )
    assert set(await market.found("dress under 20 €")) == {"Dress A", "Dress C"}
    assert set(await market.found("dress under 20")) == {"Dress A", "Dress C", "Dress D"}
    assert await market.found("dress under 20 € from Corner") == ["Dress A"]
    assert await market.found("from Arcade") == ["Dress C"]


async def test_the_same_in_two_shops_is_one_card_with_the_cheapest_first(market: Market) -> None:
    await market.sell(
        Sold(title="Dress", brand="Acme", price="30"),
        Sold(title="dress", brand="ACME", price="25", shop="arcade"),
        Sold(title="Kleid", price="40", picture="p"),
        Sold(title="Robe", price="35", picture="p", shop="arcade"),
    )
    wish = await market.finding.understood("dress")
    cards = await market.finding.find(wish, most=20)
    shown = {(card.product.title, tuple(one.shop for one in card.also)) for card in cards}
    assert shown == {("dress", ("corner",)), ("Robe", ("corner",))}


async def test_what_cannot_be_shown_is_not_found(market: Market) -> None:
    sold_out = Availability.SOLD_OUT
    await market.sell(
        Sold(title="Dress without picture", pictured=False),
        Sold(title="Dress of Arcade", shop="arcade"),
        Sold(title="Dress that went"),
        Sold(title="Dress, none left", availability=sold_out),
        Sold(title="Dress"),
    )
    await market.catalogue.set_enabled("arcade", enabled=False)
    await market.catalogue.mark_gone("corner", ["2"])
    assert await market.found("dress") == ["Dress", "Dress, none left"]


_TITLES = st.lists(
    st.sampled_from(["red", "black", "women", "men", "striped", "midi", "dress", "bag", "shoes"]),
    min_size=1,
    max_size=4,
    unique=True,
).map(" ".join)


def _fit(title: str, wish: Wish) -> int | None:
    """As the store's docstring has it, for one title and in plain Python; None where it is out."""
    kind, colour, gender = kind_of(title), colour_of(title), gender_of(title)
    if wish.kind and kind not in {wish.kind, *kinds_of_family(wish.kind)}:
        return None
    right = [
        8 * (kind == wish.kind) or 4 if wish.kind else 0,
        6 * (colour in wish.colours) or 3 * (colour is None) if wish.colours else 0,
        4 * (gender is wish.gender) or 2 * (gender in {None, Gender.UNISEX}) if wish.gender else 0,
        4 * (pattern_of(title) == wish.pattern) if wish.pattern else 0,
        *(4 * (f" {word}" in f" {title}") for word in wish.words),
    ]
    named = wish.names_a_thing and not wish.kind
    if named and not (right[1] == 6 or right[2] == 4 or right[3]):
        return None
    return None if not wish.names_a_thing and sum(right) < 4 * len(wish.words) else sum(right)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(titles=st.lists(_TITLES, min_size=1, max_size=12, unique=True), text=_TITLES)
async def test_the_best_fit_is_first_whatever_is_sold(
    sqlite_maker: SqliteMaker, titles: Sequence[str], text: str
) -> None:
    url = await sqlite_maker.migrated()
    async with Database.open(url) as database:
        market = Market(database)
        await market.sell(*(Sold(title=title) for title in titles))
        wish = await market.finding.understood(text)
        cards = await market.finding.find(wish, most=20)
    fits = [_fit(card.product.title, wish) for card in cards]
    possible = [fit for title in titles if (fit := _fit(title, wish)) is not None]
    assert fits == sorted(possible, reverse=True)
