"""The bot at work: platforms, web server, schedule."""

import contextlib
import errno
import logging
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta
from functools import partial

from aiohttp import web

from bot.app import Core, utc_now
from bot.conversation.alerts_delivery import AlertPost
from bot.conversation.broadcasts_delivery import BroadcastPost
from bot.conversation.filters import Filters
from bot.conversation.going import Going, GoLinks, LinkedAnswerer, LinkedCourier
from bot.conversation.languages import Languages
from bot.conversation.messages import Answerer, Courier
from bot.conversation.picks_delivery import DailyPicks
from bot.conversation.unfinished import Unfinished
from bot.schedule import Job, Jobs, build_scheduler, last_due
from bot.settings import Settings
from bot.web.going import go_routes
from bot.web.server import WebChat
from core.errors import ConfigurationError, TwinsetError, Unavailable
from scraping.due import due
from scraping.night import JOB

logger = logging.getLogger(__name__)

_KEPT_FOR = timedelta(days=30)
_BROADCASTS_EVERY_S = 5  # whoever has sent one watches it begin


@asynccontextmanager
async def open_service(settings: Settings, core: Core) -> AsyncIterator[str | None]:
    """Run platforms, web server and schedule; yields the chat page's address, if there is one.

    On the way out, intake stops first, and what was begun is answered.
    """
    async with AsyncExitStack() as stack:
        couriers: dict[str, Courier] = {}
        broadcasts = await stack.enter_async_context(_open_schedule(settings, core, couriers))
        routes = [web.get("/healthz", _healthz)]
        answerer: Answerer = core.conversation
        links = None
        if settings.public_url:
            links = GoLinks(settings.public_url, await core.stores.opens.secret())
            answerer = LinkedAnswerer(answerer, links)
            routes += go_routes(_going(core, links))
        chat, telegram, discord = None, None, None
        journal = Unfinished(core.stores.begun, now=utc_now)
        if settings.telegram.token:
            from bot.telegram.adapter import TelegramBot  # noqa: PLC0415 - a fifth of a second

            telegram = TelegramBot(
                settings.telegram,
                answerer,
                core.pictures,
                operators=settings.operator_names(),
                journal=journal,
            )
            routes += telegram.webhook_routes()
        if settings.discord.token:
            from bot.discord.adapter import DiscordBot  # noqa: PLC0415 - likewise

            discord = DiscordBot(settings.discord, answerer, core.pictures, journal=journal)
        if settings.web_chat_is_on():
            chat = WebChat(
                answerer,
                core.pictures.for_page,
                Languages(core.stores.languages).of,
                trusted=settings.web.trusted(),
            )
            routes += chat.routes()
        if chat or len(routes) > 1 or "port" in settings.model_fields_set:
            port = await stack.enter_async_context(_open_server(settings, routes, chat))
        ready: list[Courier] = [
            await stack.enter_async_context(platform)
            for platform in (telegram, discord)
            if platform
        ]
        for courier in [*ready, chat] if chat else ready:
            couriers[courier.platform] = LinkedCourier(courier, links) if links else courier
        # Before the platforms close: what is claimed then would not arrive.
        stack.push_async_callback(broadcasts.end)
        yield f"http://{settings.web.host}:{port}/" if chat else None


def _going(core: Core, links: GoLinks) -> Going:
    stores = core.stores
    return Going(
        links,
        catalogue=stores.catalogue,
        opens=stores.opens,
        signals=stores.signals,
        now=utc_now,
    )


@asynccontextmanager
async def _open_server(
    settings: Settings, routes: Iterable[web.RouteDef], chat: WebChat | None
) -> AsyncIterator[int]:
    application = web.Application()
    application.add_routes(routes)

    async def close_streams(_application: web.Application) -> None:
        if chat:
            chat.close()

    application.on_shutdown.append(close_streams)
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    try:
        site = web.TCPSite(runner, settings.web.host, settings.port)
        try:
            await site.start()
        except OSError as error:
            mend = (
                "set PORT to a free one"
                if error.errno in {errno.EADDRINUSE, errno.EACCES}
                else "set TWINSET_WEB_HOST to an address of this machine"
            )
            raise ConfigurationError(
                f"Cannot listen on {settings.web.host}:{settings.port} "
                f"({error.strerror or error}): {mend}."
            ) from None
        yield runner.addresses[0][1]
    finally:
        await runner.cleanup()


@asynccontextmanager
async def _open_schedule(
    settings: Settings, core: Core, couriers: dict[str, Courier]
) -> AsyncIterator[BroadcastPost]:
    """Run what happens by itself; yields what is to end before the platforms do."""
    stores = core.stores
    filters = Filters(stores.filters, rates=stores.rates, chats=stores.chats)
    picks = DailyPicks(
        people=stores.people,
        deliveries=stores.deliveries,
        answers=stores.answers,
        catalogue=stores.catalogue,
        picker=core.picker,
        languages=stores.languages,
        chats=stores.chats,
        filters=filters,
        couriers=couriers,
        now=utc_now,
    )

    post = AlertPost(
        alerts=stores.alerts,
        newness=core.newness,
        people=stores.people,
        answers=stores.answers,
        catalogue=stores.catalogue,
        languages=stores.languages,
        filters=filters,
        rates=stores.rates,
        offers=core.offers,
        couriers=couriers,
        now=utc_now,
        timezone=settings.scrape.timezone,
    )
    broadcasts = BroadcastPost(
        broadcasts=stores.broadcasts,
        people=stores.people,
        languages=stores.languages,
        chats=stores.chats,
        couriers=couriers,
        now=utc_now,
    )

    async def night() -> None:
        await core.night.run(await due(core.shops, runs=core.stores.runs, now=utc_now()))
        await send_picks()
        await post.run_due(look=True)
        before = utc_now() - _KEPT_FOR
        for store in (
            stores.answers,
            stores.seen,
            stores.deliveries,
            stores.broadcasts,
            stores.people,
            stores.chats,
        ):
            await store.purge(before)

    async def send_picks() -> None:
        if sent := await picks.run_due():
            logger.info("picks: sent=%d", sent)

    async def send_broadcasts() -> None:
        await broadcasts.run_due()

    jobs = Jobs()
    scheduler = build_scheduler(
        night=jobs.timed("night", night),
        rates=jobs.timed("rates", core.refresh_rates),
        at=settings.scrape.at,
        timezone=settings.scrape.timezone,
    )

    async def every_minute() -> None:
        scheduler.wakeup()  # it sleeps until the next night, and the machine may have slept too
        try:
            await send_picks()
        finally:  # one of the two in trouble keeps nothing from the other
            await post.run_due()
        await _prepare_outfits(core)

    scheduler.start()
    jobs.repeat("every minute", every_minute, every_s=60)
    jobs.repeat("broadcasts", send_broadcasts, every_s=_BROADCASTS_EVERY_S)
    try:
        overdue = await _overdue(settings, core, night)
        jobs.begin("overdue", partial(_in_turn, overdue))
        jobs.begin("rates", core.refresh_rates)
        yield broadcasts
    finally:
        scheduler.shutdown(wait=False)
        await jobs.end()


async def _overdue(settings: Settings, core: Core, night: Job) -> Sequence[Job]:
    """What cannot wait for the next night, in its order.

    One that was missed, or with nothing to show while all shops are at hand; an index without
    products, as after a change of the network for which nothing stands in; and first of all such a
    change for which the network before does. What nobody needs before a photo without clothes comes
    last.
    """
    jobs: list[Job] = [partial(_change, core)] if core.embedder.changing else []
    if core.shops and (await _night_was_missed(settings, core) or await core.fills_quickly()):
        jobs.append(night)
    elif not await core.ready():
        jobs = [partial(_catch_up, core)]
    return [*jobs, partial(_prepare_outfits, core), core.namer.prepare]


async def _in_turn(jobs: Sequence[Job]) -> None:
    for job in jobs:
        await job()


async def _change(core: Core) -> None:
    try:
        await core.night.embed_missing()
        await core.night.rebuild()
    except TwinsetError as error:
        logger.warning("The network before answers until the next night: %s", error)


async def _prepare_outfits(core: Core) -> None:
    """Make the stylist ready for a new index, whichever process has built it."""
    if core.stylist:
        with contextlib.suppress(Unavailable):  # no index yet, or the one before's: later, then
            await core.stylist.prepare()


async def _catch_up(core: Core) -> None:
    await core.night.embed_missing()
    await core.night.rebuild(allow_shrink=True)


async def _night_was_missed(settings: Settings, core: Core) -> bool:
    finished = await core.stores.runs.last_finished(JOB)
    due = last_due(settings.scrape.at, settings.scrape.timezone, utc_now())
    return finished is None or finished < due


async def _healthz(_request: web.Request) -> web.Response:
    return web.Response(text="ok\n")
