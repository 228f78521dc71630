"""A small catalogue on real parts: SQLite, index, search, and the tests' own network."""

import hashlib
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from bot.conversation.alerts_delivery import AlertPost
from bot.conversation.broadcasts_delivery import BroadcastPost
from bot.conversation.conversation import Conversation
from bot.conversation.filters import Filters
from bot.conversation.messages import Courier
from bot.conversation.offers import Offers
from bot.conversation.operators import Operators
from bot.conversation.picks_delivery import DailyPicks
from bot.conversation.shopping import SearchesShops, Shopping
from core.alike import Alike
from core.catalogue import Availability, Gender, Match, Money, Product, ProductRecord
from core.errors import LinkError, LinkProblem
from core.finding import Finding
from core.index.index import Index
from core.informed import told
from core.looks import recognise
from core.naming import Namer
from core.nearness import Nearness
from core.newness import Newness
from core.outfits import Stylist
from core.photos import to_jpeg
from core.picks import Picker
from core.preferring import Preferring
from core.ranking import Rankings
from core.search import Search
from core.storage.alerts import AlertStore
from core.storage.answers import AnswerStore, SeenUpdates
from core.storage.assortment import AssortmentStore
from core.storage.broadcasts import BroadcastStore
from core.storage.catalogue import CatalogueStore
from core.storage.chats import ChatStore
from core.storage.database import Database, database_url, migrate
from core.storage.deliveries import DeliveryStore
from core.storage.filters import FilterStore
from core.storage.finding import FindStore
from core.storage.languages import LanguageStore
from core.storage.outcomes import OutcomeStore
from core.storage.people import PeopleStore
from core.storage.rates import RateStore
from core.storage.runs import RunStore
from core.storage.signals import SignalStore
from core.storage.stats import StatsStore
from core.storage.vectors import VectorStore
from core.vision.embedder import Embedder, open_embedder
from core.vision.features import Backbone, Network
from scraping.links import Linked
from scraping.searching import Searched
from tests.scenarios.photos import COLOURS, KINDS, garment
from tests.scenarios.worn import EYE, WornBackbone, model
from tests.support.colour_backbone import ColourBackbone

OPERATORS = ["bare:olga"]
SHOPS = {"corner": "Corner Shop", "arcade": "Arcade"}
PRICES = {"corner": Decimal("39.90"), "arcade": Decimal("29.90")}


class NoNews:
    """Offers of which nothing newer is known than what the catalogue has."""

    async def now(self, products: Sequence[Product]) -> Mapping[int, Product]:
        return {product.id: product for product in products}


class Pages:
    """The web, as far as the conversations know it: a picture, and the page of a product."""

    PICTURE = "https://pictures.example/a-red-dress.jpg"
    PRODUCT = "https://shop.example/red-dress"

    def __init__(self, catalogue: CatalogueStore) -> None:
        self._catalogue = catalogue

    async def open(self, url: str) -> Linked:
        picture = garment("red", "dress", shift=2)
        if url == self.PICTURE:
            return Linked(picture=picture)
        if url == self.PRODUCT:
            product = await self._catalogue.with_key(["red-dress"])
            return Linked(picture=picture, title="Red dress", product=product)
        raise LinkError(f"Nobody answers at {url}.", LinkProblem.AWAY)


class Drawings:
    """The shops' pictures as they are drawn."""

    async def jpeg(self, match: Match) -> bytes | None:
        colour, kind = match.product.key.rpartition("/")[2].split("-")[:2]
        return to_jpeg(garment(colour, kind))


class NoShops:
    """No shop has a search page."""

    shops = 0

    async def find(self, words: Mapping[str, str], *, within_s: float) -> Searched:
        raise AssertionError(f"nobody can be asked for {words} within {within_s} s")


@dataclass(slots=True)
class Clock:
    """A clock that is set by hand."""

    at: datetime = field(default_factory=lambda: datetime(2026, 5, 4, 12, 0, tzinfo=UTC))

    def __call__(self) -> datetime:
        return self.at

    def go(self, **timedelta_fields: float) -> None:
        self.at += timedelta(**timedelta_fields)


@dataclass(slots=True)
class World:
    """Everything that a conversation stands on. ``conversation()`` starts it (again)."""

    database: Database
    clock: Callable[[], datetime]
    embedder: Embedder
    index: Index
    people: PeopleStore
    signals: SignalStore
    languages: LanguageStore
    chats: ChatStore
    filters: FilterStore
    rates: RateStore
    answers: AnswerStore
    seen: SeenUpdates
    catalogue: CatalogueStore
    vectors: VectorStore
    deliveries: DeliveryStore
    picker: Picker
    stylist: Stylist | None
    searching: SearchesShops = field(default_factory=NoShops)
    operators: list[str] = field(default_factory=lambda: [*OPERATORS])
    rankings: Rankings = field(default_factory=Rankings)

    async def rebuild(self) -> int:
        """Put what the catalogue has into the index; returns how many products that are."""
        rows = self.vectors.rows(self.embedder.fingerprint)
        return (await self.index.rebuild(told(rows, self.embedder.eye))).products

    def conversation(
        self, *, offers: Offers | None = None, in_answer_s: float = 0.0, **options: float
    ) -> Conversation:
        finding = FindStore(self.database, now=self.clock)
        return Conversation(
            embedder=self.embedder,
            alike=Alike(Search(self.index, self.catalogue), finding, self.embedder),
            finding=Finding(finding, self.catalogue),
            recognise=recognise,
            namer=Namer(Network("colour-1", None, ColourBackbone)),
            picker=self.picker,
            people=self.people,
            deliveries=self.deliveries,
            alerts=AlertStore(self.database),
            signals=self.signals,
            languages=self.languages,
            chats=self.chats,
            filters=self.filters,
            rates=self.rates,
            answers=self.answers,
            seen=self.seen,
            catalogue=self.catalogue,
            offers=offers or NoNews(),
            links=Pages(self.catalogue),
            shopping=Shopping(
                self.searching,
                Nearness(catalogue=self.catalogue, vectors=self.vectors, embedder=self.embedder),
                in_answer_s=in_answer_s,
            ),
            operators=Operators(
                self.operators,
                catalogue=self.catalogue,
                runs=RunStore(self.database),
                stats=StatsStore(self.database),
                rebuild=self.rebuild,
                outcomes=OutcomeStore(self.database),
                experiment=self.rankings.experiment,
                now=self.clock,
                counts_opens=True,
            ),
            broadcasts=BroadcastStore(self.database),
            stylist=self.stylist,
            preferring=Preferring(
                self.rankings, catalogue=self.catalogue, rates=self.rates, now=self.clock
            ),
            pictures=Drawings(),
            now=self.clock,
            **options,  # type: ignore[arg-type]
        )

    def standing(self) -> Filters:
        """The filters in force, as everything is given them."""
        return Filters(self.filters, rates=self.rates, chats=self.chats)

    def daily_picks(self, couriers: Mapping[str, Courier], *, at_once: int = 8) -> DailyPicks:
        return DailyPicks(
            people=self.people,
            deliveries=self.deliveries,
            answers=self.answers,
            catalogue=self.catalogue,
            picker=self.picker,
            languages=self.languages,
            chats=self.chats,
            filters=self.standing(),
            couriers=couriers,
            now=self.clock,
            at_once=at_once,
        )

    def broadcast_post(self, couriers: Mapping[str, Courier]) -> BroadcastPost:
        return BroadcastPost(
            broadcasts=BroadcastStore(self.database),
            people=self.people,
            languages=self.languages,
            chats=self.chats,
            couriers=couriers,
            now=self.clock,
        )

    def alert_post(
        self, couriers: Mapping[str, Courier], *, offers: Offers | None = None
    ) -> AlertPost:
        alerts = AlertStore(self.database)
        finding = FindStore(self.database, now=self.clock)
        return AlertPost(
            alerts=alerts,
            newness=Newness(
                alerts=alerts,
                alike=Alike(Search(self.index, self.catalogue), finding, self.embedder),
                catalogue=self.catalogue,
                vectors=self.vectors,
                index=self.index,
                embedder=self.embedder,
            ),
            people=self.people,
            answers=self.answers,
            catalogue=self.catalogue,
            languages=self.languages,
            filters=self.standing(),
            rates=self.rates,
            offers=offers or NoNews(),
            couriers=couriers,
            now=self.clock,
            timezone="UTC",
        )

    async def stock(self, *, only: int | None = None, indexed: bool = True) -> None:
        """Fill the shops: each kind in each colour, in turn in one shop and the other."""
        now = self.clock()
        for name, title in SHOPS.items():
            await self.catalogue.shop_seen(name, title, f"https://{name}.example/")
        for turn, shop in enumerate(SHOPS):
            records = [
                replace(record, price=Money(PRICES[shop], "EUR"))
                for n, record in enumerate(_records()[:only])
                if n % 2 == turn
            ]
            await self.catalogue.save(shop, records, seen_at=now)
        contents: dict[int, str] = {}
        for image in await self.catalogue.pending_images():
            colour, kind = image.url.rsplit("/", 1)[1].removesuffix(".png").split("-")
            data = garment(colour, kind)
            contents[image.id] = hashlib.sha256(data).hexdigest()
            sight = await self.embedder.see(data)
            await self.vectors.save(
                self.embedder.fingerprint, {contents[image.id]: sight.embedding}
            )
        await self.catalogue.set_image_contents(contents)
        if indexed:
            await self.rebuild()


def _records() -> list[ProductRecord]:
    return [
        ProductRecord(
            key=f"{colour}-{kind}",
            title=f"{colour.title()} {kind}",
            url=f"https://shop.example/{colour}-{kind}",
            kind=kind,
            colour=colour,
            gender=Gender.WOMEN,
            availability=Availability.IN_STOCK,
            image_urls=(f"https://shop.example/pictures/{colour}-{kind}.png",),
        )
        for kind in KINDS
        for colour in COLOURS
    ]


@asynccontextmanager
async def open_world(
    directory: Path,
    *,
    clock: Callable[[], datetime] | None = None,
    backbone: Callable[[], Backbone] = WornBackbone,
    queue: int = 64,
) -> AsyncIterator[World]:
    """A world under that directory, its shops still empty."""
    now = clock or Clock()
    url = database_url(None, directory)
    await migrate(url)
    async with Database.open(url) as database, open_embedder(backbone, queue=queue) as embedder:
        people, catalogue = PeopleStore(database, now=now), CatalogueStore(database, now=now)
        deliveries, signals = DeliveryStore(database), SignalStore(database, now=now)
        index = Index(directory / "index", fingerprint=embedder.fingerprint)
        vectors = VectorStore(database)
        stylist = Stylist(
            model(),
            EYE,
            index=index,
            catalogue=catalogue,
            finding=FindStore(database, now=now),
            vectors=vectors,
        )
        yield World(
            database=database,
            clock=now,
            embedder=embedder,
            index=index,
            people=people,
            signals=signals,
            languages=LanguageStore(database),
            chats=ChatStore(database),
            filters=FilterStore(database),
            rates=RateStore(database, now=now),
            answers=AnswerStore(database),
            seen=SeenUpdates(database),
            catalogue=catalogue,
            vectors=vectors,
            deliveries=deliveries,
            stylist=stylist if embedder.fingerprint == WornBackbone.fingerprint else None,
            picker=Picker(
                catalogue=catalogue,
                signals=signals,
                assortment=AssortmentStore(database, now=now),
                deliveries=deliveries,
                finding=FindStore(database, now=now),
                index=index,
                vectors=vectors,
                rankings=Rankings(),
                now=now,
            ),
        )
