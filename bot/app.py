"""The composition root: from settings to running parts, closed in the exact reverse order."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

from bot.conversation.conversation import Conversation
from bot.conversation.operators import Operators
from bot.conversation.shopping import Shopping
from bot.demo import DEMO, demo_is_wanted, moved, open_demo, switch_demo
from bot.pictures import AlbumPictures
from bot.settings import PROJECT, Settings
from bot.stores import Stores, open_stores
from core.alike import Alike
from core.compatibility import Compatibility
from core.errors import Unavailable
from core.finding import Finding
from core.heads import Heads
from core.index.index import Index
from core.looks import recognise
from core.naming import Namer
from core.nearness import Nearness
from core.newness import Newness
from core.outfits import Stylist
from core.picks import Picker
from core.preferring import Preferring
from core.search import Search
from core.succession import Succession, open_succession
from core.vision.embedder import Embedder, open_embedder
from core.vision.loading import resnet50_network
from core.vision.networks import KeptEyes, Networks
from scraping import refresh
from scraping.fetcher import Fetcher, open_fetcher
from scraping.importer import Importer
from scraping.links import LinkReader
from scraping.night import Night
from scraping.offers import OfferCheck
from scraping.pictures import PictureSource
from scraping.rates import RateFeed
from scraping.searching import ShopSearch
from scraping.shops import ShopConfig, load_shops, read_shop

logger = logging.getLogger(__name__)


def utc_now() -> datetime:
    """The clock that everything but a test is given."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Core:
    """Everything between the database and the platforms, the network warm.

    ``stylist`` is None where what goes together cannot be told, ``rate_feed`` where nobody wants
    exchange rates.
    """

    stores: Stores
    shops: tuple[ShopConfig, ...]
    embedder: Embedder
    index: Index
    search: Search
    picker: Picker
    newness: Newness
    offers: OfferCheck
    stylist: Stylist | None
    night: Night
    importer: Importer
    pictures: AlbumPictures
    namer: Namer
    rate_feed: RateFeed | None
    conversation: Conversation

    async def ready(self) -> bool:
        """Whether a photo can be answered with products."""
        info = await self.index.ready()
        return info is not None and info.products > 0

    async def fills_quickly(self) -> bool:
        """Whether there is nothing to answer with yet, and all shops lie on this machine."""
        return (
            bool(self.shops) and all(shop.local for shop in self.shops) and not await self.ready()
        )

    async def refresh_rates(self) -> None:
        """Fetch the day's exchange rates, where they are wanted."""
        if self.rate_feed:
            await self.rate_feed.refresh()


def networks_of(settings: Settings) -> Networks:
    """The networks that the settings describe."""
    describe = partial(
        resnet50_network,
        path=settings.weights,
        cache_dir=settings.cache_dir,
        precision=settings.embedder.precision,
        runtime=settings.embedder.runtime,
    )
    return KeptEyes(settings.state_dir / "eyes", describe)


@asynccontextmanager
async def open_network(settings: Settings) -> AsyncIterator[Embedder]:
    """This version's network, warmed up, with its decoders."""
    network = await asyncio.to_thread(networks_of(settings).shipped)
    async with open_embedder(
        network.load,
        queue=settings.embedder.queue,
        decoders=settings.embedder.decoders,
    ) as embedder:
        yield embedder


@asynccontextmanager
async def open_core(settings: Settings, *, networks: Networks | None = None) -> AsyncIterator[Core]:
    """Open everything that a command may need; the demo shop too, while it is wanted.

    ``networks`` are others than the settings'. Where the index files are missing, or of another
    embedding space whose network is not to be had, and the database has the vectors, the index
    is rebuilt from there.
    """
    async with AsyncExitStack() as stack:
        stores = await stack.enter_async_context(open_stores(settings))
        own = tuple(load_shops(settings.shops_dir))
        demo = await demo_is_wanted(settings.demo.shop, own, stores.catalogue)
        shops = own
        if demo:
            described = read_shop(PROJECT / "data" / "shops" / f"{DEMO}.toml")
            opened_at = await stores.runs.first_begun(refresh.JOB, DEMO) or utc_now()
            serving = open_demo(settings.demo, described, opened_at=opened_at, now=utc_now)
            shops += (await stack.enter_async_context(serving),)
        fetcher = await stack.enter_async_context(
            open_fetcher(
                contact=settings.scrape.contact,
                local_origins=[shop.origin for shop in shops if shop.local],
            )
        )
        strangers = await stack.enter_async_context(
            open_fetcher(contact=settings.scrape.contact, tell_at=logging.DEBUG)
        )
        networks = networks or networks_of(settings)
        succession = await stack.enter_async_context(
            open_succession(
                settings.state_dir / "index",
                networks,
                queue=settings.embedder.queue,
                decoders=settings.embedder.decoders,
            )
        )
        offers = OfferCheck(shops, fetcher=fetcher, catalogue=stores.catalogue, now=utc_now)
        stack.push_async_callback(offers.aclose)
        source = PictureSource(stores.pictures, fetcher)
        links = LinkReader(strangers, catalogue=stores.catalogue, pictures=source)
        stack.callback(links.close)
        searching = ShopSearch(
            shops,
            fetcher=fetcher,
            catalogue=stores.catalogue,
            pages=stores.pages,
            vectors=stores.vectors,
            pictures=source,
            embedder=succession.embedder,
            now=utc_now,
        )
        stack.push_async_callback(searching.aclose)
        core = _compose(
            settings,
            stores,
            shops,
            fetcher,
            succession,
            source=source,
            offers=offers,
            links=links,
            searching=searching,
            namer=Namer(networks.plain()),
        )
        changed = await switch_demo(stores.catalogue, on=demo)
        if demo:
            changed |= await moved(stores.catalogue, shops[-1])
        if changed or await core.index.ready() is None:
            await core.night.rebuild(allow_shrink=True)
        yield core


def _compose(
    settings: Settings,
    stores: Stores,
    shops: tuple[ShopConfig, ...],
    fetcher: Fetcher,
    succession: Succession,
    *,
    source: PictureSource,
    offers: OfferCheck,
    links: LinkReader,
    searching: ShopSearch,
    namer: Namer,
) -> Core:
    embedder, index = succession.embedder, succession.index
    search = Search(index, stores.catalogue)
    alike = Alike(search, stores.finding, embedder)
    heads = _heads_of(settings, embedder)
    stylist = _stylist_of(stores, succession)
    pictures = AlbumPictures(source, stores.catalogue)
    rankings = settings.rankings()
    picker = Picker(
        catalogue=stores.catalogue,
        signals=stores.signals,
        assortment=stores.assortment,
        deliveries=stores.deliveries,
        finding=stores.finding,
        index=index,
        vectors=stores.vectors,
        rankings=rankings,
        now=utc_now,
    )
    night = Night(
        refresher=refresh.ShopRefresher(
            fetcher=fetcher,
            catalogue=stores.catalogue,
            pages=stores.pages,
            sitemaps=stores.sitemaps,
            staging=stores.staging,
            runs=stores.runs,
            pictures=source,
            now=utc_now,
        ),
        catalogue=stores.catalogue,
        vectors=stores.vectors,
        runs=stores.runs,
        pictures=source,
        embedder=embedder,
        index=succession,
        now=utc_now,
        lock=settings.state_dir / "night.lock",
        heads=heads,
    )
    return Core(
        stores=stores,
        shops=shops,
        embedder=embedder,
        index=index,
        search=search,
        picker=picker,
        newness=Newness(
            alerts=stores.alerts,
            alike=alike,
            catalogue=stores.catalogue,
            vectors=stores.vectors,
            index=index,
            embedder=embedder,
        ),
        offers=offers,
        stylist=stylist,
        night=night,
        importer=Importer(
            catalogue=stores.catalogue,
            vectors=stores.vectors,
            pictures=source,
            embedder=embedder,
            now=utc_now,
        ),
        pictures=pictures,
        namer=namer,
        rate_feed=_rate_feed_of(settings, stores, fetcher),
        conversation=Conversation(
            embedder=embedder,
            alike=alike,
            finding=Finding(stores.finding, stores.catalogue),
            recognise=partial(recognise, heads=heads),
            namer=namer,
            picker=picker,
            people=stores.people,
            deliveries=stores.deliveries,
            alerts=stores.alerts,
            signals=stores.signals,
            languages=stores.languages,
            chats=stores.chats,
            filters=stores.filters,
            rates=stores.rates,
            answers=stores.answers,
            seen=stores.seen,
            catalogue=stores.catalogue,
            offers=offers,
            links=links,
            shopping=Shopping(
                searching,
                Nearness(catalogue=stores.catalogue, vectors=stores.vectors, embedder=embedder),
                in_answer_s=settings.search.in_answer_s,
                tapped_s=settings.search.tapped_s,
            ),
            operators=Operators(
                settings.operator_names(),
                catalogue=stores.catalogue,
                runs=stores.runs,
                stats=stores.stats,
                rebuild=partial(_rebuilt, night),
                outcomes=stores.outcomes,
                experiment=rankings.experiment,
                now=utc_now,
                counts_opens=settings.public_url is not None,
            ),
            broadcasts=stores.broadcasts,
            stylist=stylist,
            preferring=Preferring(
                rankings, catalogue=stores.catalogue, rates=stores.rates, now=utc_now
            ),
            pictures=pictures,
            now=utc_now,
            max_photos=settings.embedder.queue,
        ),
    )


async def _rebuilt(night: Night) -> int:
    await night.embed_missing()
    return (await night.rebuild()).products


def _rate_feed_of(settings: Settings, stores: Stores, fetcher: Fetcher) -> RateFeed | None:
    if settings.rates_url == "off":
        return None
    return RateFeed(settings.rates_url, fetcher=fetcher, store=stores.rates)


def _heads_of(settings: Settings, embedder: Embedder) -> Heads | None:
    """The light heads as the last night left them; None where they are not wanted."""
    if not settings.fit_heads or embedder.eye is None:
        return None
    heads = Heads(settings.state_dir / "heads", embedder.eye, fingerprint=embedder.fingerprint)
    heads.load()
    return heads


def _stylist_of(stores: Stores, succession: Succession) -> Stylist | None:
    """Who completes outfits; None for a network that was taught no clothes.

    What cannot be read, or was learned with another network, is left alone with a warning.
    """
    eye = succession.embedder.eye
    if eye is None:
        return None
    try:
        model = Compatibility.read_file()
        model.must_be_of(succession.embedder.fingerprint)
    except Unavailable as error:
        logger.warning("There are no outfits: %s", error)
        return None
    return Stylist(
        model,
        eye,
        index=succession.index,
        catalogue=stores.catalogue,
        finding=stores.finding,
        vectors=stores.vectors,
    )
