"""A group's settings, which its admins change on a keyboard that is edited in place."""

from collections.abc import Callable, Sequence
from datetime import datetime

from bot.conversation.actions import Action, Verb, write_action
from bot.conversation.languages import Languages, own_name
from bot.conversation.messages import Button, Reply, Sender
from bot.conversation.texts import Texts, texts_in
from bot.conversation.times import read_hours
from bot.conversation.wording import LANGUAGES
from core.storage.catalogue import CatalogueStore, ShopRow
from core.storage.chats import ChatSettings, ChatStore, QuietHours

_IN_A_ROW = 2
_SHOPS = 8
"""On one page of the keyboard; four rows, and one for the way on and back."""
_LONGEST_NAME = 56
"""What an action has room for."""

_Rows = tuple[tuple[Button, ...], ...]


class Groups:
    """Knows what a group's admins want, and lets them say so."""

    def __init__(
        self,
        *,
        chats: ChatStore,
        languages: Languages,
        catalogue: CatalogueStore,
        now: Callable[[], datetime],
    ) -> None:
        self._chats = chats
        self._languages = languages
        self._catalogue = catalogue
        self._now = now

    async def want_answers(self, sender: Sender) -> bool:
        """Whether a photo that nobody asked about is to be answered there now."""
        settings = await self._of(sender)
        return settings.every_photo and not settings.is_quiet(self._now())

    async def asked(self, sender: Sender, words: str, say: Texts) -> Reply:
        """Answer /settings: with the keyboard, or by setting the quiet hours that are named."""
        if not sender.is_group:
            return Reply(text=say.SETTINGS_FOR_GROUPS)
        if not await sender.is_admin():
            return Reply(text=say.SETTINGS_FOR_ADMINS, private=True)
        if words.strip():
            return Reply(text=await self._quieten(sender, words, say), private=True)
        lines = [say.SETTINGS]
        if not await sender.hears_all():
            lines.append(say.PHOTOS_UNSEEN)
        return Reply(text="\n".join(lines), buttons=await self._main(sender, say), private=True)

    async def tapped(self, sender: Sender, action: Action, say: Texts) -> Reply:
        """What a tap on the keyboard changes; the keyboard as it is then."""
        if not sender.is_group:
            return Reply(notice=say.NO_LONGER_WORKS)
        if not await sender.is_admin():
            return Reply(notice=say.SETTINGS_FOR_ADMINS)
        if action.verb is not Verb.SETTINGS:
            return await self._bar(sender, action, say)
        match action.key.partition("-"):
            case "languages", "", "":
                return _in_place(_languages(say))
            case "shops", "-", start if start.isdecimal():
                return _in_place(await self._shops(sender, int(start), say))
            case page, _, value:
                return await self._change(sender, page, value, say)

    async def _change(self, sender: Sender, page: str, value: str, say: Texts) -> Reply:
        here, on = (sender.platform, sender.chat_id), value == "on"
        notice: str | None = None
        match page, value:
            case "photos", "on" | "off":
                await self._chats.answer_every_photo(*here, on=on)
                if on and not await sender.hears_all():
                    notice = say.PHOTOS_UNSEEN
            case "quiet", "on" | "off":
                if not (await self._of(sender)).quiet_hours:
                    return Reply(notice=say.QUIET_HOW_TO)
                await self._chats.keep_quiet(*here, on=on)
            case "language", code if code in LANGUAGES:
                notice = await self._languages.choose(sender, code, say)
                say = texts_in(code)
            case "main", "":
                pass
            case _:
                return Reply(notice=say.NO_LONGER_WORKS)
        return _in_place(await self._main(sender, say), notice)

    async def _of(self, sender: Sender) -> ChatSettings:
        return await self._chats.of(sender.platform, sender.chat_id)

    async def _quieten(self, sender: Sender, words: str, say: Texts) -> str:
        hours = read_hours(words)
        if hours is None:
            return say.QUIET_HOW_TO
        start, end, zone = hours
        known = (await self._of(sender)).quiet_hours
        zone = zone or (known.timezone if known else None)
        if zone is None:
            return say.QUIET_HOW_TO
        quiet = QuietHours(start=start, end=end, timezone=zone)
        await self._chats.keep_quiet(sender.platform, sender.chat_id, on=True, hours=quiet)
        return say.quiet_set(quiet)

    async def _bar(self, sender: Sender, action: Action, say: Texts) -> Reply:
        names = [shop.name for shop in await self._open_shops()]
        if action.key not in names:
            return Reply(notice=say.NO_LONGER_WORKS)
        barred = {*(await self._of(sender)).barred}
        barred = barred | {action.key} if action.verb is Verb.BAR else barred - {action.key}
        if barred >= {*names}:
            return Reply(notice=say.ONE_SHOP_STAYS)
        await self._chats.bar(sender.platform, sender.chat_id, sorted(barred))
        page = names.index(action.key) // _SHOPS
        return _in_place(await self._shops(sender, page * _SHOPS, say))

    async def _main(self, sender: Sender, say: Texts) -> _Rows:
        settings = await self._of(sender)
        photos, quiet = settings.every_photo, settings.keeps_quiet
        chosen = await self._languages.of_group(sender)
        language = own_name(chosen) if chosen else say.LANGUAGE_OF_EACH
        hours = settings.quiet_hours if quiet else None
        buttons = [
            _button(_box(say.EVERY_PHOTO, on=photos), f"photos-{'off' if photos else 'on'}"),
            _button(
                _box(say.quiet_button(hours), on=quiet),
                f"quiet-{'off' if quiet else 'on'}",
            ),
            _button(f"🌐 {language}", "languages"),
        ]
        names = {shop.name for shop in await self._open_shops()}
        if len(names) > 1:
            searched = len(names.difference(settings.barred))
            buttons.append(_button(say.shops_button(searched, len(names)), "shops-0"))
        buttons.append(_filters_button(say))
        return tuple((button,) for button in buttons)

    async def _shops(self, sender: Sender, start: int, say: Texts) -> _Rows:
        barred, shops = (await self._of(sender)).barred, await self._open_shops()
        start = min(start, len(shops) - 1) // _SHOPS * _SHOPS
        buttons = [
            Button(
                label=_box(shop.title, on=shop.name not in barred),
                action=write_action(
                    Action(verb=Verb.UNBAR if shop.name in barred else Verb.BAR, key=shop.name)
                ),
            )
            for shop in shops[start : start + _SHOPS]
        ]
        way = [settings_button(say)]
        if start:
            way.append(_button("«", f"shops-{start - _SHOPS}"))
        if start + _SHOPS < len(shops):
            way.append(_button("»", f"shops-{start + _SHOPS}"))
        return (*_in_rows(buttons), tuple(way))

    async def _open_shops(self) -> Sequence[ShopRow]:
        shops = await self._catalogue.shops()
        return [shop for shop in shops if shop.enabled and len(shop.name) <= _LONGEST_NAME]


def settings_button(say: Texts) -> Button:
    """The way back to the first page."""
    return _button(f"‹ {say.BACK}", "main")


def _filters_button(say: Texts) -> Button:
    """What it opens is answered elsewhere, in the place of the settings."""
    action = Action(verb=Verb.FILTER, key="menu")
    return Button(label=say.FILTERS, action=write_action(action))


def _languages(say: Texts) -> _Rows:
    buttons = [_button(own_name(code), f"language-{code}") for code in LANGUAGES]
    return (*_in_rows(buttons), (settings_button(say),))


def _in_place(rows: _Rows, notice: str | None = None) -> Reply:
    return Reply(buttons=rows, replaces_buttons=True, notice=notice)


def _in_rows(buttons: Sequence[Button]) -> _Rows:
    starts = range(0, len(buttons), _IN_A_ROW)
    return tuple(tuple(buttons[start : start + _IN_A_ROW]) for start in starts)


def _button(label: str, key: str) -> Button:
    return Button(label=label, action=write_action(Action(verb=Verb.SETTINGS, key=key)))


def _box(words: str, *, on: bool) -> str:
    return f"{'☑' if on else '☐'} {words}"
