"""Telling people what they asked to be told of: when it is true, once, and not at night."""

import asyncio
import logging
from collections import defaultdict, deque
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, time, timedelta
from itertools import groupby
from zoneinfo import ZoneInfoNotFoundError

from bot.conversation.filters import Filters
from bot.conversation.languages import Languages
from bot.conversation.messages import Courier, Reply, Sender
from bot.conversation.offers import Offers
from bot.conversation.pages import PAGE, Placed, cards, keyboard, shown_title, view_of
from bot.conversation.posting import post
from bot.conversation.sessions import Sessions
from bot.conversation.showing import likes_shown
from bot.conversation.texts import Texts
from bot.conversation.times import clocks_of, moment_of
from core.alerts import PRICED, Alert, AlertKind
from core.catalogue import Match, Product
from core.errors import TwinsetError
from core.looks import Look
from core.newness import Newness
from core.sameness import is_buyable
from core.storage.alerts import AlertStore, Notice
from core.storage.answers import AnswerStore
from core.storage.catalogue import CatalogueStore
from core.storage.languages import LanguageStore
from core.storage.people import PeopleStore
from core.storage.rates import RateStore
from core.wishes import Wish

WAKES, SLEEPS = time(8), time(22)
"""Nobody is told anything before the one and from the other on, by their own clocks."""
LOOKS_BACK = timedelta(days=3)
"""A night's prices are as old as the night was long, and the bot may have been away."""

_LOOKS_EVERY = timedelta(minutes=10)
_ON_TIME = timedelta(hours=1)
_AT_ONCE = 8  # messages on each platform
_OF_NEW = frozenset({AlertKind.BRAND, AlertKind.ALIKE})

_log = logging.getLogger(__name__)

_News = Sequence[tuple[Notice, Product]]


class AlertPost:
    """Finds what came true, and sends it; the notices' table is the truth about what was sent.

    As with the daily picks, a notice is claimed before it is sent, and one that stays claimed may
    have been sent and is not sent again.
    """

    def __init__(
        self,
        *,
        alerts: AlertStore,
        newness: Newness,
        people: PeopleStore,
        answers: AnswerStore,
        catalogue: CatalogueStore,
        languages: LanguageStore,
        filters: Filters,
        rates: RateStore,
        offers: Offers,
        couriers: Mapping[str, Courier],
        now: Callable[[], datetime],
        timezone: str,
    ) -> None:
        """``timezone`` is whose night is kept to for those who have told no zone of theirs."""
        self._alerts = alerts
        self._newness = newness
        self._people = people
        self._answers = answers
        self._sessions = Sessions(answers=answers, catalogue=catalogue, now=now)
        self._languages = Languages(languages)
        self._filters = filters
        self._rates = rates
        self._offers = offers
        self._catalogue = catalogue
        self._couriers = couriers
        self._now = now
        self._timezone = timezone
        self._running = asyncio.Lock()
        self._looked_at: datetime | None = None
        self._not_before: dict[tuple[str, str], datetime] = {}

    async def run_due(self, *, look: bool = False) -> int:
        """Send what may be sent now; returns how many messages that were.

        What came true is looked for every few minutes, and where ``look`` says so.
        """
        async with self._running:
            now = self._now()
            if look or self._looked_at is None or abs(now - self._looked_at) >= _LOOKS_EVERY:
                await self._look(now)
            self._not_before = {chat: at for chat, at in self._not_before.items() if at > now}
            waiting: defaultdict[str, deque[list[Notice]]] = defaultdict(deque)
            for (platform, *_), some in groupby(await self._alerts.found(), key=_whose):
                if due := self._due(list(some)):
                    waiting[platform].append(due)
            async with asyncio.TaskGroup() as group:
                workers = [
                    group.create_task(self._tell_each(people))
                    for platform, people in waiting.items()
                    if platform in self._couriers
                    for _ in range(min(_AT_ONCE, len(people)))
                ]
        sent = sum(worker.result() for worker in workers)
        if sent:
            _log.info("alerts: %d sent", sent)
        return sent

    async def _tell_each(self, people: deque[list[Notice]]) -> int:
        sent = 0
        while people:
            try:
                sent += await self._tell(people.popleft())
            except Exception:  # noqa: BLE001  one person's trouble is nobody else's
                _log.exception("alerts: not told")
        return sent

    async def _look(self, now: datetime) -> None:
        since = now - LOOKS_BACK
        found = await self._alerts.find_offers(since, now)
        found += await self._alerts.find_of_brands(since, now)
        try:
            found += await self._newness.find(now)
        except TwinsetError as error:
            _log.warning("alerts: what is new was not compared: %s", error)
        self._looked_at = now
        if found:
            _log.info("alerts: %d came true", found)

    async def _tell(self, notices: list[Notice]) -> bool:
        """Send one person's notices in a message, at most five of them, if it is still time."""
        alert = notices[0].alert
        if (alert.platform, alert.chat_id) in self._not_before:
            return False
        due = self._due(notices)
        sender = Sender(
            platform=alert.platform,
            person_id=alert.person_id,
            chat_id=alert.chat_id,
            language=alert.language,
        )
        news = (await self._still_true(due, sender))[:PAGE] if due else ()
        if not news:
            return False
        claims = [(notice, product.price) for notice, product in news]
        # Kept before they are claimed: who erases everything in between is told nothing.
        key, reply = await self._message(sender, news)
        claimed = await self._alerts.claim(claims, self._now())
        mine = [notice for (notice, _), is_mine in zip(news, claimed, strict=True) if is_mine]
        if not all(claimed):  # another worker's, or ended meanwhile: the others come next time
            await self._alerts.release(mine)
            await self._answers.erase(key)
            return False
        return await self._deliver(sender, mine, reply, key)

    async def _deliver(
        self, sender: Sender, notices: Sequence[Notice], reply: Reply, key: str
    ) -> bool:
        courier = self._couriers[sender.platform]
        match await post(courier, sender.chat_id, reply):
            case None:
                await self._answers.erase(key)
                await self._people.drop_chat(sender.platform, sender.chat_id)
                return False
            case timedelta() as wait:
                await self._answers.erase(key)
                await self._alerts.release(notices)
                self._not_before[sender.platform, sender.chat_id] = self._now() + wait
                return False
            case message_id:
                await self._alerts.sent(notices, message_id=message_id, at=self._now())
                return True

    def _due(self, notices: Sequence[Notice]) -> list[Notice]:
        """Those that their person wants to hear of now."""
        hour, now = notices[0].hour, self._now()
        try:
            local = now.astimezone(clocks_of(hour[1] if hour else self._timezone))
        except ZoneInfoNotFoundError:  # this machine's clocks do not know it (any more)
            hour, local = None, now.astimezone(clocks_of(self._timezone))
        is_day = WAKES <= local.time() < SLEEPS
        if hour is None or not notices[0].alert.daily:
            return list(notices) if is_day else []
        days = (local.date(), local.date() - timedelta(days=1))
        last = max(moment for day in days if (moment := moment_of(day, *hour)) <= now)
        if not is_day and now - last > _ON_TIME:
            return []
        return [notice for notice in notices if notice.found_at <= last]

    async def _still_true(self, notices: Sequence[Notice], sender: Sender) -> _News:
        """Each with its product as it is now; what is true or news no more is told to nobody.

        Nor is what is new and outside of the person's prices and shops.
        """
        filters, rates = await self._filters.of(sender), await self._rates.latest()
        wanted = Wish(
            least=filters.least, most=filters.most, currency=filters.currency, shops=filters.shops
        )
        known = await self._catalogue.products([notice.product_id for notice in notices])
        asked = [known[notice.product_id] for notice in notices if notice.product_id in known]
        now = await self._offers.now(list({product.id: product for product in asked}.values()))
        there = [(one, now[one.product_id]) for one in notices if one.product_id in now]
        offers = [one for one in there if one[0].alert.kind not in _OF_NEW]
        still = await self._alerts.still_news(offers, self._now())
        news, outside = [], []
        over = [one for one in notices if one.product_id not in now]
        for notice, product in there:
            if notice.alert.kind in _OF_NEW:
                is_true = is_buyable(product)
            else:
                is_true = (notice, product) in still
            if not is_true:
                over.append(notice)
            elif notice.alert.kind in _OF_NEW and not wanted.holds(product, rates):
                outside.append(notice)
            else:
                news.append((notice, product))
        await self._alerts.withdraw(over)
        await self._alerts.pass_over(outside)
        return news

    async def _message(self, sender: Sender, news: _News) -> tuple[str, Reply]:
        say = await self._filters.told(sender, await self._languages.of(sender))
        products = list({product.id: product for _, product in news}.values())
        page = tuple(
            Placed(place=place, match=Match(product=product, score=0.0))
            for place, product in enumerate(products)
        )
        matches = [one.match for one in page]
        key = await self._sessions.keep(
            sender, matches, Look(fashion=1.0, seen=""), shown=len(matches)
        )
        places = {product.id: place for place, product in enumerate(products, 1)}
        ranks: defaultdict[Alert, list[int]] = defaultdict(list)
        for notice, product in news:
            ranks[notice.alert].append(places[product.id])
        watched = await self._catalogue.products(
            [alert.product_id for alert in ranks if alert.product_id], include_gone=True
        )
        lines = [
            _line(alert, some, watched.get(alert.product_id or 0), say)
            for alert, some in ranks.items()
        ]
        return key, Reply(
            text="\n".join([say.ALERTS_NEWS, *dict.fromkeys(lines), say.ALERTS_FOOT]),
            album=cards(page, say, now=self._now()),
            buttons=keyboard(
                page,
                say,
                key=key,
                view=view_of(page),
                liked=await likes_shown(self._people, sender),
                shared=False,
                more=False,
            ),
        )


def _whose(notice: Notice) -> tuple[str, str, str]:
    alert = notice.alert
    return alert.platform, alert.chat_id, alert.person_id


def _line(alert: Alert, ranks: Sequence[int], watched: Product | None, say: Texts) -> str:
    if alert.kind in PRICED and alert.price:
        return say.alert_price(ranks, was=alert.price)
    if alert.kind is AlertKind.STOCK:
        return say.alert_back(ranks)
    if alert.brand:
        return say.alert_new(ranks, brand=alert.brand)
    return say.alert_new_like(ranks, title=shown_title(watched) if watched else say.UNNAMED)
