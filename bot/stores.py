"""All that is kept, on one database and in the state directory."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from bot.settings import Settings
from core.errors import ConfigurationError
from core.storage.alerts import AlertStore
from core.storage.answers import AnswerStore, SeenUpdates
from core.storage.assortment import AssortmentStore
from core.storage.begun import BegunStore
from core.storage.broadcasts import BroadcastStore
from core.storage.catalogue import CatalogueStore
from core.storage.chats import ChatStore
from core.storage.database import Database, database_url, migrate
from core.storage.deliveries import DeliveryStore
from core.storage.filters import FilterStore
from core.storage.finding import FindStore
from core.storage.languages import LanguageStore
from core.storage.opens import OpenStore
from core.storage.outcomes import OutcomeStore
from core.storage.pages import PageStore
from core.storage.people import PeopleStore
from core.storage.pictures import PictureStore
from core.storage.rates import RateStore
from core.storage.runs import RunStore
from core.storage.signals import SignalStore
from core.storage.sitemaps import SitemapStore
from core.storage.staging import StagingStore
from core.storage.stats import StatsStore
from core.storage.vectors import VectorStore


@dataclass(frozen=True, slots=True, kw_only=True)
class Stores:
    """The state, each part by its own name."""

    catalogue: CatalogueStore
    finding: FindStore
    pages: PageStore
    sitemaps: SitemapStore
    staging: StagingStore
    vectors: VectorStore
    people: PeopleStore
    alerts: AlertStore
    signals: SignalStore
    assortment: AssortmentStore
    languages: LanguageStore
    chats: ChatStore
    filters: FilterStore
    rates: RateStore
    deliveries: DeliveryStore
    broadcasts: BroadcastStore
    answers: AnswerStore
    opens: OpenStore
    stats: StatsStore
    outcomes: OutcomeStore
    seen: SeenUpdates
    begun: BegunStore
    runs: RunStore
    pictures: PictureStore


async def migrate_database(settings: Settings) -> str:
    """Bring the database to this version's tables and return its address."""
    try:
        settings.state_dir.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ConfigurationError(
            f"TWINSET_STATE_DIR: {settings.state_dir} cannot be made: {error.strerror}."
        ) from None
    secret = settings.database_url
    url = database_url(secret.get_secret_value() if secret else None, settings.state_dir)
    await migrate(url)
    return url


@asynccontextmanager
async def open_stores(settings: Settings) -> AsyncIterator[Stores]:
    """Everything that is kept, at this version's tables."""
    url = await migrate_database(settings)
    async with Database.open(url) as database:
        yield Stores(
            catalogue=CatalogueStore(database),
            finding=FindStore(database),
            pages=PageStore(database),
            sitemaps=SitemapStore(database),
            staging=StagingStore(database),
            vectors=VectorStore(database),
            people=PeopleStore(database),
            alerts=AlertStore(database),
            signals=SignalStore(database),
            assortment=AssortmentStore(database),
            languages=LanguageStore(database),
            chats=ChatStore(database),
            filters=FilterStore(database),
            rates=RateStore(database),
            deliveries=DeliveryStore(database),
            broadcasts=BroadcastStore(database),
            answers=AnswerStore(database),
            opens=OpenStore(database),
            stats=StatsStore(database),
            outcomes=OutcomeStore(database),
            seen=SeenUpdates(database),
            begun=BegunStore(database),
            runs=RunStore(database),
            pictures=PictureStore(settings.state_dir / "pictures"),
        )
