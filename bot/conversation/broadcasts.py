"""What operators write to everybody: shown to them first, sent when they say so, and stopped."""

from collections.abc import Callable
from datetime import datetime

from bot.conversation.actions import Action, Verb, write_action
from bot.conversation.messages import Button, Reply, Sender
from bot.conversation.operators import Operators
from bot.conversation.sessions import owner_of
from bot.conversation.texts import Texts
from bot.conversation.wording import legible
from core.storage.broadcasts import Begun, BroadcastStore

_LONGEST = 1800
"""Signs; every platform has room for these and the last line."""
_WRITTEN_AS_TWO = frozenset("\\*_~`|<>[]#-+")  # where they would be markup
_MOST_DIGITS = 18


class Broadcasts:
    """Writes to everybody for operators, and keeps it from those who want none of it."""

    def __init__(
        self, store: BroadcastStore, *, operators: Operators, now: Callable[[], datetime]
    ) -> None:
        self._store = store
        self._operators = operators
        self._now = now

    async def command(self, sender: Sender, text: str, say: Texts) -> list[Reply]:
        """Show a text as it will arrive and offer to send it; without one, how the latest goes."""
        if refusal := self._operators.refusal(sender, say):
            return [refusal]
        if sender.is_group:
            return [Reply(text=say.PRIVACY_ALONE, private=True)]
        text, now = legible(text).strip(), self._now()
        if not text:
            return [await self._latest(say)]
        over = sum(1 + (sign in _WRITTEN_AS_TWO) for sign in text) - _LONGEST
        if over > 0:
            return [Reply(text=say.broadcast_too_long(over))]
        if await self._store.is_busy(now):
            return [Reply(text=say.BROADCAST_BUSY)]
        number = await self._store.draft(text, now)
        people, groups = await self._store.reach(now)
        row = (
            _button(say.BROADCAST_SEND, f"send-{number}"),
            _button(say.BROADCAST_DISCARD, f"discard-{number}"),
        )
        reach = Reply(text=say.broadcast_reach(people=people, groups=groups), buttons=(row,))
        return [broadcast(text, say), reach]

    async def tapped(self, sender: Sender, key: str, say: Texts) -> Reply:
        """What a button does: of an operator's, or under a message that everybody got."""
        if key in {"off", "on"}:
            return await self._choose(sender, say, off=key == "off")
        if refusal := self._operators.refusal(sender, say):
            return Reply(notice=refusal.text)
        wish, _, digits = key.partition("-")
        if sender.is_group or not digits.isdecimal() or len(digits) > _MOST_DIGITS:
            return Reply(notice=say.NO_LONGER_WORKS)
        return await self._operate(wish, int(digits), say)

    async def move(self, sender: Sender, new_chat_id: str) -> None:
        """Carry over to a group's new id what is to be sent there, or that nothing is."""
        await self._store.move(sender.platform, sender.chat_id, new_chat_id)

    async def _operate(self, wish: str, number: int, say: Texts) -> Reply:
        match wish:
            case "send":
                begun = await self._store.begin(number, self._now())
                if begun is Begun.YES:
                    rows = _stop(number, say)
                    return Reply(notice=say.BROADCAST_BEGUN, buttons=rows, replaces_buttons=True)
                if begun is Begun.BUSY:
                    return Reply(notice=say.BROADCAST_BUSY)
            case "discard" if await self._store.discard(number):
                return Reply(notice=say.BROADCAST_DISCARDED, replaces_buttons=True)
            case "stop" if await self._store.stop(number, self._now()):
                return Reply(notice=say.BROADCAST_STOPPED, replaces_buttons=True)
        return Reply(notice=say.NO_LONGER_WORKS)

    async def _latest(self, say: Texts) -> Reply:
        progress = await self._store.latest(self._now())
        if progress is None:
            return Reply(text=say.BROADCAST_HOW_TO)
        buttons = _stop(progress.id, say) if progress.is_going else ()
        return Reply(text=say.broadcast(progress), buttons=buttons)

    async def _choose(self, sender: Sender, say: Texts, *, off: bool) -> Reply:
        if sender.is_group and not await sender.is_admin():
            return Reply(notice=say.SETTINGS_FOR_ADMINS)
        if off:
            await self._store.refuse(sender.platform, sender.chat_id, owner_of(sender))
        else:
            await self._store.allow(sender.platform, sender.chat_id)
        return Reply(
            notice=say.BROADCASTS_OFF if off else say.BROADCASTS_ON,
            buttons=_way_out(say, off=off),
            replaces_buttons=True,
        )


def broadcast(text: str, say: Texts) -> Reply:
    """The message as people get it: the text, who it is from, and the way out."""
    return Reply(text=f"{text}\n\n{say.BROADCAST_FOOT}", buttons=_way_out(say, off=False))


def _way_out(say: Texts, *, off: bool) -> tuple[tuple[Button, ...], ...]:
    if off:
        return ((_button(say.BROADCASTS_AGAIN, "on"),),)
    return ((_button(say.BROADCASTS_NO_MORE, "off"),),)


def _stop(number: int, say: Texts) -> tuple[tuple[Button, ...], ...]:
    return ((_button(say.BROADCAST_STOP, f"stop-{number}"),),)


def _button(label: str, key: str) -> Button:
    return Button(label=label, action=write_action(Action(verb=Verb.BROADCAST, key=key)))
