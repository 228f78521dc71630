"""/filters: what is set, on buttons that change it in place; for a group its admins do."""

from dataclasses import replace

from bot.conversation.filter_buttons import Change, change_of, keyboard
from bot.conversation.filters import Filters
from bot.conversation.groups import settings_button
from bot.conversation.messages import Button, Reply, Sender
from bot.conversation.refining import Refining
from bot.conversation.texts import Texts
from core.finding import Finding
from core.price_words import named_currency
from core.remarks import says_off
from core.storage.catalogue import CatalogueStore
from core.storage.rates import RateStore
from core.wishes import Wish


class FilterPages:
    """Shows filters, and lets people say what they are to be."""

    def __init__(
        self,
        filters: Filters,
        *,
        rates: RateStore,
        finding: Finding,
        catalogue: CatalogueStore,
        refining: Refining,
    ) -> None:
        self._filters = filters
        self._rates = rates
        self._finding = finding
        self._catalogue = catalogue
        self._refining = refining

    async def asked(self, sender: Sender, words: str, say: Texts) -> Reply:
        """Answer /filters: set what the words say, and show what is set."""
        if not await _may_change(sender):
            return Reply(text=say.SETTINGS_FOR_ADMINS, private=True)
        if not words.strip():
            return await self._page(sender, say)
        kept = await self._filters.kept(sender)
        if says_off(words):
            kept = Wish()
        else:
            said = (await self._finding.understood(words)).narrowing
            known = (await self._rates.latest()).currencies
            currency = said.currency or named_currency(words, known)
            said = replace(said, kind=None, as_kind=False, colours=(), but=(), elsewhere=())
            said = replace(said, currency=currency)
            if said == Wish():
                rows = await self._buttons(sender, say)
                return Reply(text=say.FILTERS_UNKNOWN, buttons=rows, private=sender.is_group)
            kept = kept.refined(said)
        await self._filters.keep(sender, kept)
        say = await self._filters.told(sender, say)
        set_now = say.filters_line(await self._told_of(sender)) or say.NO_FILTERS
        return await self._page(sender, say, set_now)

    async def tapped(self, sender: Sender, key: str, say: Texts) -> Reply:
        """Do what a button under the filters says, in its place."""
        change = change_of(key)
        if change is None:
            return Reply(notice=say.NO_LONGER_WORKS)
        if not await _may_change(sender):
            return Reply(notice=say.SETTINGS_FOR_ADMINS)
        kept = await self._filters.kept(sender)
        changed = await self._changed(kept, change)
        if changed != kept:
            await self._filters.keep(sender, changed)
        rows = await self._buttons(sender, say, menu=change.menu)
        return Reply(buttons=rows, replaces_buttons=True)

    async def _changed(self, kept: Wish, change: Change) -> Wish:
        if change.shop is None:
            return change.made(kept)
        others = tuple(one for one in kept.shops if change.tag(one[0]) != change.shop)
        there = await self._shops() if change.on else []
        chosen = tuple(one for one in there if change.tag(one[0]) == change.shop)
        return replace(kept, shops=others + chosen)

    async def _page(self, sender: Sender, say: Texts, *lines: str) -> Reply:
        """The buttons tell what is set: they change under a text that stays."""
        said = list(lines)
        if (await self._filters.of(sender)).currency and say.conversion is None:
            said.append(say.NO_RATES)
        text = "\n".join([*said, say.FILTERS_HOW_TO])
        buttons = await self._buttons(sender, say)
        return Reply(text=text, buttons=buttons, private=sender.is_group)

    async def _told_of(self, sender: Sender) -> Wish:
        """The shops that a group's admins took out stand elsewhere."""
        return replace(await self._filters.of(sender), barred=())

    async def _buttons(
        self, sender: Sender, say: Texts, *, menu: str = ""
    ) -> tuple[tuple[Button, ...], ...]:
        filters, shops = await self._filters.of(sender), await self._shops()
        rows = keyboard(
            replace(filters, barred=()),
            say,
            menu=menu,
            shops=[one for one in shops if one[0] not in filters.barred],
            rates=await self._rates.latest(),
            again="" if sender.is_group else await self._refining.spoken_of(sender),
        )
        if not sender.is_group or menu:
            return rows
        back = settings_button(say)  # in the last row, as there are no more than five
        return (*rows[:-1], (back, *rows[-1]))

    async def _shops(self) -> list[tuple[str, str]]:
        """Name and title of those that are searched."""
        return [(one.name, one.title) for one in await self._catalogue.shops() if one.enabled]


async def _may_change(sender: Sender) -> bool:
    return not sender.is_group or await sender.is_admin()
