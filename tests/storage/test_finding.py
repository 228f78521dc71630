"""Words are answered with what the shops have, the best fit first."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.catalogue import Availability, Gender, Money, ProductRecord
from core.finding import Finding
from core.rates import NO_RATES, Rates
from core.storage.catalogue import CatalogueStore
from core.storage.database import Database
from core.storage.finding import NEW, FindStore
from core.storage.rates import RateStore
from core.wishes import Wish
from core.words import colour_of, gender_of, kind_of, kinds_of_family, pattern_of
from tests.storage.records import NIGHT
from tests.support.databases import SqliteMaker

RATES = Rates(day=NIGHT.date(), per_euro={"USD": Decimal("1.2"), "GBP": Decimal("0.85")})
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
    days_ago: int = 0
    sizes: tuple[str, ...] = ()


class Market:
    def __init__(self, database: Database) -> None:
        self.catalogue = CatalogueStore(database, now=lambda: NIGHT)
        self.store = FindStore(database, now=lambda: NIGHT)
        self.finding = Finding(self.store, self.catalogue)

    async def sell(self, *things: Sold) -> None:
        for name, title in SHOPS.items():
            await self.catalogue.shop_seen(name, title, None)
            for n, one in enumerate(things):
                if one.shop == name:
                    seen_at = NIGHT - timedelta(days=one.days_ago)
                    await self.catalogue.save(name, [_record(n, one)], seen_at=seen_at)
        for image in await self.catalogue.pending_images():
            thing = things[int(image.url.rpartition("/")[2])]
            if thing.pictured:
                content = thing.picture or image.url
                await self.catalogue.set_image_content(image.id, content)

    async def within(self, wish: Wish) -> set[str]:
        ids = await self.store.within(wish)
        found = (await self.catalogue.products(ids.tolist())).values()
        assert len(found) == len(ids)
        return {product.key for product in found}

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
        sizes=thing.sizes,
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


async def test_new_and_in_stock_are_kept_to(market: Market) -> None:
    await market.sell(
        Sold(title="Dress A", days_ago=NEW.days),
        Sold(title="Dress B", days_ago=NEW.days + 1),
        Sold(title="Dress C", availability=Availability.UNKNOWN),
        Sold(title="Dress D", availability=Availability.SOLD_OUT),
    )
    assert set(await market.found("new dress")) == {"Dress A", "Dress C", "Dress D"}
    assert set(await market.found("dress in stock")) == {"Dress A", "Dress B"}
    assert await market.found("new dress in stock") == ["Dress A"]


async def test_the_colours_that_most_have_come_first_and_only_those_that_there_are(
    market: Market,
) -> None:
    titles = ["Red dress", "Black dress", "Black dress", "Navy dress", "White bag", "Dress"]
    await market.sell(*(Sold(title=title) for title in titles), Sold(title="Pink dress", price="9"))
    colours = market.store.colours
    assert await colours(Wish(), kind="dress", most=5) == ["black", "navy", "pink", "red"]
    assert await colours(Wish(), kind="dress", most=2, but=["black"]) == ["navy", "pink"]
    red = Wish(colours=("red",), most=Decimal(10))
    assert await colours(red, kind="dress", most=5) == ["pink"]
    assert await colours(Wish(), kind=None, most=1) == ["black"]
    assert await colours(Wish(), kind="hat", most=5) == []


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


_SOLD = st.builds(
    Sold,
    title=st.sampled_from(
        ["Red dress", "Black dress men", "Bag", "Unisex navy bag", "Dress women"]
    ),
    shop=st.sampled_from(list(SHOPS)),
    price=st.sampled_from(["9.99", "10", "30"]),
    currency=st.sampled_from(["EUR", "USD", "SEK"]),
    availability=st.sampled_from(Availability),
    days_ago=st.sampled_from([0, NEW.days, NEW.days + 1]),
    sizes=st.sampled_from([(), ("S", "M"), ("EU 38",), ("One size",), ("whatever fits",)]),
)
_WISHES = st.builds(
    Wish,
    colours=st.sampled_from([(), ("red",), ("black", "navy")]),
    gender=st.none() | st.sampled_from(Gender),
    least=st.none() | st.sampled_from([Decimal(5), Decimal("9.995")]),
    most=st.none() | st.sampled_from([Decimal(10), Decimal(20)]),
    currency=st.sampled_from([None, "EUR", "GBP"]),
    sizes=st.sampled_from([(), ("m",), ("38", "l")]),
    sure_size=st.booleans(),
    shops=st.sampled_from([(), (("corner", "Corner Shop"),)]),
    elsewhere=st.sampled_from([(), ("arcade",)]),
    new=st.booleans(),
    in_stock=st.booleans(),
)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(things=st.lists(_SOLD, max_size=12), wish=_WISHES, rates=st.sampled_from([NO_RATES, RATES]))
async def test_within_a_wish_is_what_fits_it_and_nothing_else(
    sqlite_maker: SqliteMaker, things: Sequence[Sold], wish: Wish, rates: Rates
) -> None:
    async with Database.open(await sqlite_maker.migrated()) as database:
        market = Market(database)
        await RateStore(database).save(rates)
        await market.sell(*things)
        known = await market.catalogue.products(range(1, len(things) + 1))
        fitting = {
            one.key
            for one in known.values()
            if wish.fits(one, rates) and (not wish.new or things[int(one.key)].days_ago <= NEW.days)
        }
        assert len(known) == len(things)
        assert await market.within(wish) == fitting
        found = await market.finding.find(Wish(words=()), most=20, filters=wish)
        assert {card.product.key for card in found} <= fitting
        assert bool(found) is bool(fitting)


async def test_what_is_within_a_wish_is_the_same_in_every_database(market: Market) -> None:
    await market.sell(
        Sold(title="Red dress women", price="10"),
        Sold(title="Dress", price="10"),
        Sold(title="Black dress", price="10"),
        Sold(title="Red dress men", price="10"),
        Sold(title="Red dress", price="11"),
        Sold(title="Red dress", price="10", shop="arcade"),
    )
    wish = Wish(
        colours=("red",),
        gender=Gender.WOMEN,
        most=Decimal(10),
        currency="EUR",
        elsewhere=("arcade",),
        new=True,
        in_stock=True,
    )
    assert await market.within(wish) == {"0", "1"}


async def test_prices_in_other_currencies_are_compared_by_the_rates_in_every_database(
    database: Database, market: Market
) -> None:
    await RateStore(database).save(RATES)
    await market.sell(
        Sold(title="Dress", price="17", currency="GBP", sizes=("M",)),
        Sold(title="Dress", price="17.01", currency="GBP"),
        Sold(title="Dress", price="24", currency="USD", sizes=("One size",)),
        Sold(title="Dress", price="11.9", currency="USD"),
        Sold(title="Dress", price="15", currency="SEK"),
        Sold(title="Dress", price="20", currency="EUR", sizes=("L",)),
    )
    wish = Wish(least=Decimal(10), most=Decimal(20), currency="EUR")
    assert await market.within(wish) == {"0", "2", "5"}
    assert await market.within(replace(wish, sizes=("m",))) == {"0", "2"}
    sure = Wish(sizes=("l",), sure_size=True)
    assert await market.within(sure) == {"2", "5"}
    ids = await market.store.within(wish, among=[1, 2, 999])
    assert ids.tolist() == [1]


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
