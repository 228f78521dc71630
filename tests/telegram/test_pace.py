"""Pace: within Telegram's limits, also when it is told to wait and tries again."""

import asyncio
from datetime import timedelta

import pytest
from telegram.error import RetryAfter

from bot.telegram.pace import Limits, Pace

_PERIOD_S = 0.4


@pytest.fixture(autouse=True)
def _like_the_bot(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")  # as its client has the library count


class Telegram:
    """Notes when albums of five arrive, and tells each chat to wait so many times first."""

    def __init__(self, *, refusals: int) -> None:
        self.arrived: list[float] = []
        self._left: dict[int, int] = {}
        self._refusals = refusals

    async def send(self, chat: int) -> str:
        self.arrived.append(asyncio.get_running_loop().time())
        left = self._left.setdefault(chat, self._refusals)
        if left:
            self._left[chat] -= 1
            raise RetryAfter(timedelta(milliseconds=100))
        return "sent"

    def most_within(self, seconds: float) -> int:
        """The most messages that arrived in any stretch of time so long."""
        return max(
            5 * sum(start <= at < start + seconds for at in self.arrived) for start in self.arrived
        )


async def album(pace: Pace, telegram: Telegram, chat: int) -> str:
    data = {"chat_id": chat, "media": [None] * 5}
    return await pace.process_request(telegram.send, (chat,), {}, "sendMediaGroup", data, None)


async def test_many_that_are_told_to_wait_at_once_are_not_too_many_again() -> None:
    pace, telegram = Pace(Limits(overall_period_s=_PERIOD_S)), Telegram(refusals=1)
    sent = await asyncio.gather(*(album(pace, telegram, chat) for chat in range(1, 19)))
    assert sent == ["sent"] * 18
    assert telegram.most_within(_PERIOD_S / 2) <= 30


async def test_to_be_told_to_wait_is_no_failure() -> None:
    telegram = Telegram(refusals=6)
    pace = Pace(Limits(overall_period_s=0.01, retries=2))
    assert await album(pace, telegram, 1) == "sent"
