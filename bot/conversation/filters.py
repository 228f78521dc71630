"""What searches stay within, and in which currency: a person's filters, and a group's."""

from dataclasses import replace

from bot.conversation.messages import Sender
from bot.conversation.prices import currency_at_home
from bot.conversation.texts import Texts
from core.rates import NO_RATES, Conversion
from core.storage.chats import ChatStore
from core.storage.filters import FilterStore
from core.storage.rates import RateStore
from core.wishes import Wish


class Filters:
    """Knows what is in force: in a group what its admins set, else what the person set."""

    def __init__(self, store: FilterStore, *, rates: RateStore, chats: ChatStore) -> None:
        self._store = store
        self._rates = rates
        self._chats = chats

    async def of(self, sender: Sender) -> Wish:
        """What searches stay within here.

        Its currency is a person's, for want of a choice that of the country that their client
        names; a group's is the one that was chosen there. Of a group's shops none is barred.
        """
        kept = await self.kept(sender)
        if not sender.is_group:
            currency = currency_at_home(sender.language) if kept.currency is None else kept.currency
            return replace(kept, currency=currency or None)
        barred = (await self._chats.of(sender.platform, sender.chat_id)).barred
        shops = tuple(one for one in kept.shops if one[0] not in barred)
        return replace(kept, currency=kept.currency or None, shops=shops, barred=barred)

    async def told(self, sender: Sender, say: Texts) -> Texts:
        """The texts with prices in the currency in force, as far as that can be."""
        return await self.priced(say, await self.of(sender))

    async def priced(self, say: Texts, filters: Wish) -> Texts:
        """``told``, where what is in force is known already."""
        currency = filters.currency
        rates = await self._rates.latest() if currency else NO_RATES
        if currency is None or currency not in rates.currencies:
            return say.priced(None)
        return say.priced(Conversion(currency, rates))

    async def kept(self, sender: Sender) -> Wish:
        """What was set: by the person, or for the group."""
        person_id, chat_id = _whose(sender)
        return await self._store.of(sender.platform, person_id=person_id, chat_id=chat_id)

    async def keep(self, sender: Sender, wish: Wish) -> None:
        """Set them, for the person or for the group."""
        person_id, chat_id = _whose(sender)
        await self._store.keep(sender.platform, wish, person_id=person_id, chat_id=chat_id)


def _whose(sender: Sender) -> tuple[str, str]:
    return ("", sender.chat_id) if sender.is_group else (sender.person_id, "")
