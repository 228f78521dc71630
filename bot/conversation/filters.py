"""What a person's searches stay within, in which currency, and /filters."""

from dataclasses import replace

from bot.conversation.filter_buttons import Change, change_of, keyboard
from bot.conversation.groups import Groups
from bot.conversation.messages import Button, Reply, Sender
from bot.conversation.prices import currency_at_home
from bot.conversation.texts import Texts
from core.finding import Finding
from core.price_words import named_currency
from core.rates import NO_RATES, Conversion
from core.storage.catalogue import CatalogueStore
from core.storage.filters import FilterStore
from core.storage.rates import RateStore
from core.wishes import Wish, says_off


class Filters:
    """Keeps people's filters; of a group there are the shops that its admins took out."""

    def __init__(
        self,
        store: FilterStore,
        *,
        rates: RateStore,
        finding: Finding,
        catalogue: CatalogueStore,
        groups: Groups,
    ) -> None:
        self._store = store
        self._rates = rates
        self._finding = finding
        self._catalogue = catalogue
        self._groups = groups

    async def of(self, sender: Sender) -> Wish:
        """What this person's searches stay within here.

        Its currency is the person's, for want of a choice that of the country that their client
        names.
        """
        if sender.is_group:
            return Wish(barred=await self._groups.barred(sender))
        return _with_currency(await self._kept(sender), sender)

    async def told(self, sender: Sender, say: Texts) -> Texts:
        """The texts with prices in the person's currency, as far as that can be."""
        currency = (await self.of(sender)).currency
        rates = await self._rates.latest() if currency else NO_RATES
        if currency is None or currency not in rates.currencies:
            return say.priced(None)
        return say.priced(Conversion(currency, rates))

    async def asked(self, sender: Sender, words: str, say: Texts) -> Reply:
        """Answer /filters: set what the words say, and show what is set."""
        if sender.is_group:
            return Reply(text=say.PRIVACY_ALONE, private=True)
        if not words.strip():
            return await self._page(sender, say)
        kept = await self._kept(sender)
        if says_off(words):
            kept = Wish()
        else:
            said = (await self._finding.understood(words)).narrowing
            known = (await self._rates.latest()).currencies
            currency = said.currency or named_currency(words, known)
            said = replace(said, colours=(), currency=currency)
            if said == Wish():
                rows = await self._buttons(_with_currency(kept, sender), say)
                return Reply(text=say.FILTERS_UNKNOWN, buttons=rows)
            kept = kept.refined(said)
        await self._store.keep(sender.platform, kept, person_id=sender.person_id)
        say = await self.told(sender, say)
        set_now = say.filters_line(await self.of(sender)) or say.NO_FILTERS
        return await self._page(sender, say, set_now)

    async def tapped(self, sender: Sender, key: str, say: Texts) -> Reply:
        """Do what a button under the filters says, in its place."""
        change = change_of(key)
        if sender.is_group or change is None:
            return Reply(notice=say.NO_LONGER_WORKS)
        kept = await self._kept(sender)
        changed = await self._changed(kept, change)
        if changed != kept:
            await self._store.keep(sender.platform, changed, person_id=sender.person_id)
        rows = await self._buttons(_with_currency(changed, sender), say, menu=change.menu)
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
        filters = await self.of(sender)
        said = list(lines)
        if filters.currency and say.conversion is None:
            said.append(say.NO_RATES)
        text = "\n".join([*said, say.FILTERS_HOW_TO])
        return Reply(text=text, buttons=await self._buttons(filters, say))

    async def _buttons(
        self, filters: Wish, say: Texts, *, menu: str = ""
    ) -> tuple[tuple[Button, ...], ...]:
        shops = await self._shops()
        return keyboard(filters, say, menu=menu, shops=shops, rates=await self._rates.latest())

    async def _shops(self) -> list[tuple[str, str]]:
        """Name and title of those that are searched."""
        return [(one.name, one.title) for one in await self._catalogue.shops() if one.enabled]

    async def _kept(self, sender: Sender) -> Wish:
        return await self._store.of(sender.platform, person_id=sender.person_id)


def _with_currency(kept: Wish, sender: Sender) -> Wish:
    """The filters in the currency that was chosen, or at home; none where "" was chosen."""
    currency = kept.currency
    if currency is None:
        currency = currency_at_home(sender.language)
    return replace(kept, currency=currency or None)
