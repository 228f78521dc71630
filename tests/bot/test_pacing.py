"""Never more than a platform allows, and no slower than that needs."""

import asyncio

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.pacing import Window

asks = st.lists(
    st.tuples(st.integers(1, 12), st.floats(0, 20, allow_nan=False)), min_size=1, max_size=60
)


@given(asks=asks, limit=st.integers(1, 10), period_s=st.floats(0.1, 30))
def test_no_period_holds_more_than_the_limit_and_the_order_is_kept(
    asks: list[tuple[int, float]], limit: int, period_s: float
) -> None:
    window, now = Window(limit, period_s), 0.0
    booked: list[float] = []
    for count, later in asks:
        now += later
        at = window.book(count, now)
        assert at >= now
        booked += [at] * min(count, limit)
    assert booked == sorted(booked)
    for first, beyond in zip(booked, booked[limit:], strict=False):
        assert beyond >= first + period_s


@given(limit=st.integers(1, 10), period_s=st.floats(0.1, 30))
def test_what_is_within_the_limit_does_not_wait(limit: int, period_s: float) -> None:
    window = Window(limit, period_s)
    assert [window.book(1, 5.0) for _ in range(limit)] == [5.0] * limit
    assert window.book(limit, 5.0 + period_s) == 5.0 + period_s


def test_a_closed_window_opens_again_and_is_not_forgotten_meanwhile() -> None:
    window = Window(3, 1.0)
    window.close(9.0)
    assert not window.is_idle(8.0)
    assert window.book(1, 2.0) == 9.0
    assert not window.is_idle(9.5)
    assert window.is_idle(10.5)


async def test_what_nobody_asked_for_is_not_kept_waiting_for_ever() -> None:
    window = Window(3, 0.05)

    async def answers() -> None:
        while True:
            await window.turn(3)

    answering = [asyncio.create_task(answers()) for _ in range(4)]
    await asyncio.sleep(0.1)
    async with asyncio.timeout(5):
        await window.leftover(1, politely_s=0.3)
    for one in answering:
        one.cancel()


@given(
    asks=st.lists(
        st.tuples(st.integers(1, 4), st.booleans(), st.booleans()), min_size=2, max_size=12
    )
)
@settings(max_examples=20, deadline=None)
def test_in_line_each_has_its_turn_and_who_goes_ahead_overtakes(
    asks: list[tuple[int, bool, bool]],
) -> None:
    """Some are given up meanwhile, which holds up nobody."""
    limit, period_s = 4, 0.01
    served: list[tuple[bool, int]] = []
    at: list[float] = []

    async def all_of_them() -> None:
        window = Window(limit, period_s)
        await window.turn(limit)

        async def ask(number: int, count: int, *, ahead: bool) -> None:
            await window.turn(count, ahead=ahead)
            served.append((not ahead, number))
            at.extend([asyncio.get_running_loop().time()] * count)

        async with asyncio.timeout(10):
            tasks = [
                asyncio.create_task(ask(number, count, ahead=ahead))
                for number, (count, ahead, _) in enumerate(asks)
            ]
            await asyncio.sleep(0)
            for task, (*_, given_up) in zip(tasks, asks, strict=True):
                if given_up:
                    task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        assert window.is_idle(at[-1] + period_s * 2 if at else 1e12)

    asyncio.run(all_of_them())
    stayed = [(not ahead, number) for number, (_, ahead, left) in enumerate(asks) if not left]
    assert served == sorted(stayed)
    assert all(
        beyond - first >= period_s * 0.9 for first, beyond in zip(at, at[limit:], strict=False)
    )
