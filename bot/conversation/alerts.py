"""Alerts as people set them: of what was shown, in words, and ended by a tap."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from bot.conversation.actions import Action, Verb, View, read_action, write_action
from bot.conversation.messages import Button, Reply, Sender, TextMessage
from bot.conversation.pages import PAGE, page_of, shown_title
from bot.conversation.sessions import Session, Sessions
from bot.conversation.showing import Showing
from bot.conversation.texts import Texts
from core.alerts import INCREDIBLE, PRICED, SHARE, Alert, AlertKind
from core.catalogue import Availability, Money, Product
from core.finding import Finding
from core.sameness import is_buyable
from core.storage.alerts import AlertStore
from core.storage.catalogue import CatalogueStore
from core.storage.people import PeopleStore
from core.wishes import Wish

_AMOUNT = re.compile(r"\d[\d.,’' ]*+(?!\s*%)")  # a share is no price
_RANK = re.compile(r"\s*(\d{1,3})\b(?!\s*[€$£₹₽](?!\s*\d)|[.,]\d)")
_NUMBER = re.compile(r"[0-9]{1,3}")
_LONGEST_BRAND = 4  # words
_TITLE = 50
_CENT = Decimal("0.01")


class Alerts:
    """A person's alone: a group watches nothing."""

    def __init__(
        self,
        *,
        alerts: AlertStore,
        catalogue: CatalogueStore,
        people: PeopleStore,
        finding: Finding,
        sessions: Sessions,
        showing: Showing,
        now: Callable[[], datetime],
    ) -> None:
        self._alerts = alerts
        self._catalogue = catalogue
        self._people = people
        self._finding = finding
        self._sessions = sessions
        self._showing = showing
        self._now = now

    async def command(self, sender: Sender, argument: str, say: Texts) -> Reply:
        """What is watched; or what the argument says is watched from now on.

        That is a product by its rank in the last answer, with a price or without, or a brand.
        """
        if sender.is_group:
            return Reply(text=say.PRIVACY_ALONE, private=True)
        if not argument.strip():
            return await self._list(sender, say)
        if brand := await self._brand_in(argument):
            return Reply(text=await self._keep(sender, AlertKind.BRAND, say, brand=brand))
        session = await self._sessions.latest(sender, goes_on=False)
        place = _place_in(argument, session) if session else None
        if session is None or place is None:
            return Reply(text=say.ALERTS_HOW_TO)
        about = Action(
            verb=Verb.WATCH,
            key=session.answer.key,
            place=place,
            view=View(start=place, end=place + 1),
        )
        rank = _RANK.match(argument)
        words = argument[rank.end() :] if rank else argument
        return await self._asked(sender, session, about, words, say)

    async def said(self, sender: Sender, message: TextMessage, say: Texts) -> Reply | None:
        """A price as the reply to the question when to tell; None for everything else."""
        action = read_action(message.about) if message.about else None
        if action is None or action.verb is not Verb.WATCH:
            return None
        session = await self._sessions.find(sender, action.key)
        if session is None or (await self._price_in(message.text)).most is None:
            return None
        return await self._asked(sender, session, action, message.text, say)

    async def _asked(
        self, sender: Sender, session: Session, about: Action, words: str, say: Texts
    ) -> Reply:
        """Watch for the price in the words; without one, the question when to tell."""
        match = session.ranked[about.place]
        if match is None:
            return Reply(text=say.PRODUCT_GONE)
        wish = await self._price_in(words)
        if wish.most is None:
            return self._choices(match.product, about, say)
        return Reply(text=await self._under(sender, match.product, wish, say))

    async def _price_in(self, words: str) -> Wish:
        """What the words say of a price; a number of which they say nothing else is one, too."""
        wish = await self._finding.understood(words)
        number = _AMOUNT.search(words)
        says_more = any(not word.isdecimal() for word in wish.words)
        if number is None or says_more or not replace(wish, words=()).is_empty:
            return wish
        return await self._finding.understood(f"< {number[0]}")

    async def tapped(self, sender: Sender, session: Session, action: Action, say: Texts) -> Reply:
        """Which product it is, then when to tell, then that it will be told."""
        if sender.is_group:
            return Reply(notice=say.PRIVACY_ALONE)
        page = page_of(action.view, session.ranked)
        if action.verb is Verb.ALERT and len(page) > 1:
            rows = await self._showing.buttons(sender, session, action.view, say, bells=True)
            return Reply(buttons=rows, replaces_buttons=True)
        place = page[0].place if action.verb is Verb.ALERT and page else action.place
        match = session.ranked[place]
        if match is None:
            return Reply(notice=say.PRODUCT_GONE)
        if action.verb is not Verb.WATCH:
            about = Action(verb=Verb.WATCH, key=action.key, place=place, view=action.view)
            return self._choices(match.product, about, say)
        return Reply(notice=await self._watch(sender, match.product, action.word, say))

    async def ended(self, sender: Sender, number: str, say: Texts) -> list[Reply]:
        """An alert ended by its number, and the buttons of those that are left."""
        if not _NUMBER.fullmatch(number) or sender.is_group:
            return [Reply(notice=say.NO_LONGER_WORKS)]
        there = await self._alerts.remove(sender.platform, sender.person_id, int(number))
        notice = say.ALERT_ENDED if there else say.NO_LONGER_WORKS
        buttons = await self._buttons(sender, say)
        return [Reply(notice=notice, buttons=buttons, replaces_buttons=True)]

    async def timed(self, sender: Sender, when: str, say: Texts) -> list[Reply]:
        """At once, or with the daily picks."""
        if sender.is_group:
            return [Reply(notice=say.PRIVACY_ALONE)]
        daily = when == "daily"
        await self._alerts.set_daily(sender.platform, sender.person_id, daily=daily)
        notice = say.ALERTS_ARE_DAILY if daily else say.ALERTS_ARE_INSTANT
        buttons = await self._buttons(sender, say)
        return [Reply(notice=notice, buttons=buttons, replaces_buttons=True)]

    async def _watch(self, sender: Sender, product: Product, word: str, say: Texts) -> str:
        kind = AlertKind(word) if word in set(AlertKind) else None
        if kind is AlertKind.BRAND and product.brand:
            return await self._keep(sender, kind, say, brand=product.brand)
        if kind is AlertKind.STOCK or kind is AlertKind.ALIKE:
            return await self._keep(sender, kind, say, product=product)
        if kind in {AlertKind.CHEAPER, AlertKind.FIFTH} and product.price:
            less = product.price if kind is AlertKind.CHEAPER else _fifth_less(product.price)
            return await self._keep(sender, kind, say, product=product, most=less.amount)
        return say.NO_LONGER_WORKS

    async def _under(self, sender: Sender, product: Product, wish: Wish, say: Texts) -> str:
        price, most = product.price, wish.most
        if price is None or most is None:
            return say.ALERT_NO_PRICE
        if wish.currency not in {None, price.currency}:
            return say.alert_other_currency(price)
        if price.amount <= most and is_buyable(product):
            return say.alert_already(price)
        if most * INCREDIBLE <= price.amount:
            return say.alert_too_low(price)
        return await self._keep(sender, AlertKind.UNDER, say, product=product, most=most)

    async def _keep(
        self,
        sender: Sender,
        kind: AlertKind,
        say: Texts,
        *,
        product: Product | None = None,
        brand: str | None = None,
        most: Decimal | None = None,
    ) -> str:
        """Watch for it from now on; returns what to say."""
        alert = Alert(
            platform=sender.platform,
            chat_id=sender.chat_id,
            person_id=sender.person_id,
            kind=kind,
            product_id=product.id if product else None,
            brand=brand,
            price=product.price if product and kind in PRICED else None,
            most=most,
            language=say.language,
            created_at=self._now(),
        )
        if await self._alerts.add(alert) is None:
            return say.ALERTS_FULL
        return say.alert_set(_what(alert, product, say))

    def _choices(self, product: Product, about: Action, say: Texts) -> Reply:
        """When to tell of a product, to be tapped; a price can be said in reply."""
        rows: list[list[tuple[AlertKind, str]]] = [[], []]
        if product.availability is Availability.SOLD_OUT:
            rows[0].append((AlertKind.STOCK, say.ALERT_STOCK))
        if product.price:
            less = _fifth_less(product.price)
            rows[0].append((AlertKind.CHEAPER, say.alert_cheaper(product.price)))
            rows[0].append((AlertKind.FIFTH, say.alert_fifth(less)))
        if product.brand:
            rows[1].append((AlertKind.BRAND, say.alert_brand(_cut(product.brand))))
        rows[1].append((AlertKind.ALIKE, say.ALERT_ALIKE))
        buttons = tuple(
            tuple(
                Button(label=label, action=write_action(replace(about, word=kind.value)))
                for kind, label in row
            )
            for row in rows
            if row
        )
        return Reply(text=say.alert_when(_cut(shown_title(product))), buttons=buttons)

    async def _list(self, sender: Sender, say: Texts) -> Reply:
        watched = await self._alerts.of(sender.platform, sender.person_id)
        if not watched:
            return Reply(text=say.ALERTS_NONE)
        products = await self._catalogue.products(
            [alert.product_id for alert in watched if alert.product_id], include_gone=True
        )
        lines = [
            f"{alert.number}. {_what(alert, products.get(alert.product_id or 0), say)}"
            for alert in watched
        ]
        return Reply(
            text="\n".join([say.ALERTS, *lines, say.ALERTS_HOURS]),
            buttons=await self._buttons(sender, say),
        )

    async def _buttons(self, sender: Sender, say: Texts) -> tuple[tuple[Button, ...], ...]:
        """One to end each alert, and one to be told at another time."""
        watched = await self._alerts.of(sender.platform, sender.person_id)
        ends = [
            Button(
                label=f"✕ {alert.number}",
                action=write_action(Action(verb=Verb.UNWATCH, key=str(alert.number))),
            )
            for alert in watched
        ]
        rows = [tuple(ends[start : start + PAGE]) for start in range(0, len(ends), PAGE)]
        if watched and await self._people.subscription(
            sender.platform, sender.chat_id, sender.person_id
        ):
            daily = any(alert.daily for alert in watched)
            label = say.ALERTS_AT_ONCE if daily else say.ALERTS_DAILY
            action = Action(verb=Verb.TIMED, key="instant" if daily else "daily")
            rows.append((Button(label=label, action=write_action(action)),))
        return tuple(rows)

    async def _brand_in(self, words: str) -> str | None:
        """The brand that the words end in, such as "new from Nordlicht"; None where they do not."""
        parts = words.split()[-_LONGEST_BRAND:]
        return await self._alerts.brand([" ".join(parts[start:]) for start in range(len(parts))])


def _place_in(words: str, session: Session) -> int | None:
    """The place of the product that the words begin with, or of the only one; None if neither."""
    shown = session.answer.shown
    if rank := _RANK.match(words):
        place = int(rank[1]) - 1
        return place if 0 <= place < shown else None
    return 0 if shown == 1 else None


def _fifth_less(price: Money) -> Money:
    return Money((price.amount * SHARE).quantize(_CENT), price.currency)


def _what(alert: Alert, product: Product | None, say: Texts) -> str:
    """An alert as a line."""
    title = _cut(shown_title(product)) if product else say.UNNAMED
    if alert.price and alert.most is not None:
        limit = Money(alert.most, alert.price.currency)
        return say.alert_limit(title, limit, below=alert.kind is AlertKind.CHEAPER)
    if alert.kind is AlertKind.STOCK:
        return f"{title}: {say.ALERT_STOCK}"
    return say.alert_brand(_cut(alert.brand)) if alert.brand else say.alert_like(title)


def _cut(words: str) -> str:
    return words if len(words) <= _TITLE else f"{words[: _TITLE - 1].rstrip()}…"
