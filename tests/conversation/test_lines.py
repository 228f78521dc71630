"""One at a time in a chat; chats never wait for each other; no line is left behind."""

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.lines import ChatLines
from core.errors import Busy


async def test_a_chat_is_served_in_order_one_at_a_time() -> None:
    lines, order, inside = ChatLines(), list[int](), 0

    async def visit(number: int) -> None:
        nonlocal inside
        async with lines.turn("bare", "a"):
            inside += 1
            assert inside == 1
            await asyncio.sleep(0)
            order.append(number)
            inside -= 1

    await asyncio.gather(*(visit(number) for number in range(10)))
    assert order == list(range(10))
    assert len(lines) == 0


async def test_another_chat_does_not_wait() -> None:
    lines = ChatLines()
    async with lines.turn("bare", "a"), asyncio.timeout(20), lines.turn("bare", "b"):
        assert len(lines) == 2


async def test_a_full_line_says_so_at_once_and_when_to_come_back() -> None:
    lines = ChatLines(max_length=2, turn_s=3)
    async with lines.turn("bare", "a"):
        waiting = asyncio.create_task(_visit(lines))
        await asyncio.sleep(0)
        with pytest.raises(Busy) as busy:
            async with lines.turn("bare", "a"):
                raise AssertionError
        assert busy.value.retry_after_s == 6
    await waiting
    assert len(lines) == 0


async def _visit(lines: ChatLines) -> None:
    async with lines.turn("bare", "a"):
        pass


@given(st.lists(st.tuples(st.integers(0, 3), st.sampled_from(["stay", "fail", "leave"]))))
def test_whoever_fails_or_gives_up_no_line_is_left(visits: list[tuple[int, str]]) -> None:
    async def visit(lines: ChatLines, chat: int, how: str) -> None:
        async with lines.turn("bare", str(chat)):
            await asyncio.sleep(0)
            if how == "fail":
                raise RuntimeError

    async def all_visits() -> int:
        lines = ChatLines(max_length=4)
        tasks = [asyncio.create_task(visit(lines, chat, how)) for chat, how in visits]
        await asyncio.sleep(0)
        for task, (_, how) in zip(tasks, visits, strict=True):
            if how == "leave":
                task.cancel()
        for outcome in await asyncio.gather(*tasks, return_exceptions=True):
            assert outcome is None or isinstance(
                outcome, Busy | RuntimeError | asyncio.CancelledError
            )
        return len(lines)

    assert asyncio.run(all_visits()) == 0
