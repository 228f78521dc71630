"""Sending what operators write to everybody: each chat once, and not at its quiet hours."""

import asyncio
import logging
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime, timedelta

from bot.conversation.broadcasts import broadcast
from bot.conversation.languages import Languages
from bot.conversation.messages import Courier, Sender
from bot.conversation.posting import RETRY_AFTER, post
from bot.conversation.times import next_time
from core.storage.broadcasts import BroadcastStore, Post
from core.storage.chats import ChatStore
from core.storage.languages import LanguageStore
from core.storage.people import PeopleStore

_AT_ONCE = 4  # messages on each platform, half as many as of picks
_ENDS_WITHIN_S = 5.0

_log = logging.getLogger(__name__)


class BroadcastPost:
    """Sends what is begun; the table of its chats is the truth about what was sent.

    As with the daily picks, a row is claimed before its message goes out, and one that stays
    claimed may have been sent and is not sent again.
    """

    def __init__(
        self,
        *,
        broadcasts: BroadcastStore,
        people: PeopleStore,
        languages: LanguageStore,
        chats: ChatStore,
        couriers: Mapping[str, Courier],
        now: Callable[[], datetime],
    ) -> None:
        self._broadcasts = broadcasts
        self._people = people
        self._languages = Languages(languages)
        self._chats = chats
        self._couriers = couriers
        self._now = now
        self._running = asyncio.Lock()
        self._is_ending = False

    async def run_due(self) -> int:
        """Send what may be sent now; returns how many chats got it."""
        async with self._running, asyncio.TaskGroup() as group:
            workers = [
                group.create_task(self._send_each(self._couriers[platform], broadcast_id))
                for broadcast_id, platform, chats in await self._broadcasts.due(self._now())
                if platform in self._couriers
                for _ in range(min(_AT_ONCE, chats))
            ]
        sent = sum(worker.result() for worker in workers)
        if sent:
            _log.info("broadcast: %d sent", sent)
        return sent

    async def end(self) -> None:
        """Claim nothing more, and let what is on its way arrive, for a few seconds."""
        self._is_ending = True
        with suppress(TimeoutError):
            async with asyncio.timeout(_ENDS_WITHIN_S), self._running:
                pass

    async def _send_each(self, courier: Courier, broadcast_id: int) -> int:
        sent = 0
        try:
            while not self._is_ending and (
                one := await self._broadcasts.claim(broadcast_id, courier.platform, self._now())
            ):
                sent += await self._send(courier, one)
        except Exception:  # noqa: BLE001  what is left goes out with the next round
            _log.exception("broadcast %d: not claimed", broadcast_id)
        return sent

    async def _send(self, courier: Courier, one: Post) -> bool:
        try:
            return await self._deliver(courier, one)
        except Exception:  # noqa: BLE001  one chat's trouble is nobody else's
            _log.exception("broadcast %d: not sent to a chat", one.broadcast_id)
            return False

    async def _deliver(self, courier: Courier, one: Post) -> bool:
        now = self._now()
        sender = Sender(
            platform=one.platform,
            person_id=one.person_id,
            chat_id=one.chat_id,
            is_group=not one.person_id,
            language=one.language,
        )
        try:
            quiet_until = await self._quiet_until(sender, now)
            say = await self._languages.of(sender)
        except Exception:
            await self._broadcasts.release(one, until=now + RETRY_AFTER)
            raise
        if quiet_until:
            await self._broadcasts.release(one, until=quiet_until)
            return False
        match await post(courier, one.chat_id, broadcast(one.text, say)):
            case None:
                await self._broadcasts.failed(one, self._now())
                # A group may go on asking where the bot may not write; only picks end with that.
                if one.person_id or one.is_subscribed:
                    await self._people.drop_chat(one.platform, one.chat_id)
                return False
            case timedelta() as wait:
                await self._broadcasts.release(one, until=self._now() + wait)
                return False
            case message_id:
                await self._broadcasts.sent(one, message_id=message_id, at=self._now())
                return True

    async def _quiet_until(self, sender: Sender, now: datetime) -> datetime | None:
        """When a group's quiet hours are over; None where it has none now."""
        if not sender.is_group:
            return None
        settings = await self._chats.of(sender.platform, sender.chat_id)
        hours = settings.quiet_hours
        if not hours or not settings.is_quiet(now):
            return None
        return next_time(hours.end, hours.timezone, after=now)
