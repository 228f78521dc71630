"""One thread owns the network: lanes, bounds, failures, and every caller answered once."""

import asyncio
import gc
import threading
import weakref
from collections.abc import Callable
from typing import Self

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from core.errors import Busy, Unavailable
from core.vision.batching import Lane, MicroBatcher, Row
from core.vision.features import Features

SIZES = (1, 2, 4)
WARM_UPS = 2


class NumberBackbone:
    """Answers each photo with the number in its first pixel, as fast as it is let."""

    eye = None
    batch_sizes = SIZES

    def __init__(self, fingerprint: str = "numbers", *, streams: int = 1) -> None:
        self.fingerprint = fingerprint
        self.streams = streams
        self.batches: list[list[int]] = []
        self.fail_next = 0
        self.may_run = threading.Event()
        self.may_run.set()
        self.entered = threading.Event()
        self.threads: set[int] = set()

    def forward(self, pixels: NDArray[np.uint8]) -> Features:
        self.threads.add(threading.get_ident())
        numbers = [int(photo[0, 0, 0]) * 256 + int(photo[0, 0, 1]) for photo in pixels]
        self.batches.append(numbers)
        self.entered.set()
        assert self.may_run.wait(10)
        if self.fail_next:
            self.fail_next -= 1
            raise RuntimeError("no luck")
        values = np.array(numbers, dtype=np.float32)[:, None]
        return Features(embeddings=values, logits=-values)

    @property
    def answered(self) -> list[list[int]]:
        """The batches after the warm-up."""
        return self.batches[WARM_UPS:]

    def hold(self) -> Self:
        self.may_run.clear()
        self.entered.clear()
        return self


def photo(number: int) -> NDArray[np.uint8]:
    pixels = np.zeros((2, 2, 3), dtype=np.uint8)
    pixels[0, 0, :2] = divmod(number, 256)
    return pixels


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not condition():  # noqa: ASYNC110 - what is awaited happens in another thread
            await asyncio.sleep(0.001)


async def submit(batcher: MicroBatcher, number: int, lane: Lane = Lane.CHAT) -> asyncio.Task[Row]:
    task = asyncio.create_task(batcher.run(photo(number), lane=lane))
    await asyncio.sleep(0)
    return task


async def test_the_network_is_warm_before_anyone_is_let_in() -> None:
    backbone = NumberBackbone()
    async with MicroBatcher(lambda: backbone) as batcher:
        assert len(backbone.batches) == WARM_UPS
        assert batcher.backbone.fingerprint == "numbers"


async def test_one_thread_loads_and_runs_the_network() -> None:
    backbone = NumberBackbone()
    loaded_in = []

    def load() -> NumberBackbone:
        loaded_in.append(threading.get_ident())
        return backbone

    async with MicroBatcher(load) as batcher:
        await asyncio.gather(*(batcher.run(photo(number)) for number in range(20)))
    assert backbone.threads == set(loaded_in)
    assert threading.get_ident() not in backbone.threads


async def test_as_many_batches_run_side_by_side_as_there_are_streams() -> None:
    backbone = NumberBackbone(streams=2)
    async with MicroBatcher(lambda: backbone) as batcher:
        backbone.hold()
        tasks = [await submit(batcher, 1)]
        await until(lambda: len(backbone.answered) == 1)
        tasks += [await submit(batcher, 2)]
        await until(lambda: len(backbone.answered) == 2)
        tasks += [await submit(batcher, 3)]
        await asyncio.sleep(0.02)
        assert sorted(backbone.answered) == [[1], [2]]
        backbone.may_run.set()
        rows = await asyncio.gather(*tasks)
    assert [row.embedding[0] for row in rows] == [1, 2, 3]


async def test_each_caller_gets_the_answer_to_its_own_photo() -> None:
    backbone = NumberBackbone()
    async with MicroBatcher(lambda: backbone) as batcher:
        rows = await asyncio.gather(*(batcher.run(photo(number)) for number in range(60)))
    assert [row.embedding[0] for row in rows] == list(range(60))
    assert [row.logits[0] for row in rows] == [-number for number in range(60)]


async def test_those_who_wait_go_together_as_many_as_fill_a_batch() -> None:
    backbone = NumberBackbone()
    async with MicroBatcher(lambda: backbone) as batcher:
        backbone.hold()
        tasks = [await submit(batcher, 1)]
        await until(backbone.entered.is_set)
        tasks += [await submit(batcher, number) for number in range(2, 9)]
        backbone.may_run.set()
        await asyncio.gather(*tasks)
    assert backbone.answered == [[1], [2, 3, 4, 5], [6, 7], [8]]


async def test_a_full_line_is_busy_at_once_and_says_for_how_long() -> None:
    backbone = NumberBackbone()
    async with MicroBatcher(lambda: backbone, queue=3) as batcher:
        backbone.hold()
        tasks = [await submit(batcher, 0)]
        await until(backbone.entered.is_set)
        tasks += [await submit(batcher, number) for number in (1, 2, 3)]
        with pytest.raises(Busy) as caught:
            await batcher.run(photo(4))
        assert caught.value.retry_after_s >= 0.5
        tasks[1].cancel()
        await asyncio.sleep(0)
        tasks.append(await submit(batcher, 5))  # a place that nobody wants any more is free
        backbone.may_run.set()
        done = await asyncio.gather(*tasks, return_exceptions=True)
    assert [getattr(row, "embedding", [None])[0] for row in done] == [0, None, 2, 3, 5]


async def test_the_cancelled_are_dropped_before_the_run() -> None:
    backbone = NumberBackbone()
    async with MicroBatcher(lambda: backbone) as batcher:
        backbone.hold()
        first = await submit(batcher, 1)
        await until(backbone.entered.is_set)
        unwanted = [await submit(batcher, number) for number in (2, 3)]
        wanted = await submit(batcher, 4)
        for task in unwanted:
            task.cancel()
        first.cancel()  # already running: its answer finds nobody
        await asyncio.sleep(0)
        backbone.may_run.set()
        assert (await wanted).embedding[0] == 4
    assert backbone.answered == [[1], [4]]


async def test_a_failed_batch_fails_its_own_and_the_next_is_answered() -> None:
    backbone = NumberBackbone()
    async with MicroBatcher(lambda: backbone) as batcher:
        backbone.fail_next = 1
        with pytest.raises(Unavailable, match="failed"):
            await batcher.run(photo(1))
        assert (await batcher.run(photo(2))).embedding[0] == 2


async def test_chats_go_before_bulk() -> None:
    backbone = NumberBackbone()
    async with MicroBatcher(lambda: backbone) as batcher:
        backbone.hold()
        tasks = [await submit(batcher, 1)]
        await until(backbone.entered.is_set)
        tasks += [await submit(batcher, 100 + n, Lane.BULK) for n in range(6)]
        tasks += [await submit(batcher, n) for n in (2, 3, 4)]
        backbone.may_run.set()
        await asyncio.gather(*tasks)
    assert backbone.answered == [[1], [2, 3], [4], [100, 101, 102, 103], [104, 105]]


async def test_bulk_goes_on_even_while_chats_never_cease() -> None:
    backbone = NumberBackbone()
    async with MicroBatcher(lambda: backbone) as batcher:
        backbone.hold()
        tasks = [await submit(batcher, 1)]
        await until(backbone.entered.is_set)
        tasks += [await submit(batcher, 100 + n, Lane.BULK) for n in range(2)]
        tasks += [await submit(batcher, n) for n in range(2, 42)]
        backbone.may_run.set()
        await asyncio.gather(*tasks)
    order = [number for batch in backbone.answered for number in batch]
    assert order[:40].count(100) == order[:40].count(101) == 1
    assert order.index(100) >= 16


async def test_bulk_awaits_space_and_is_never_refused() -> None:
    backbone = NumberBackbone()
    async with MicroBatcher(lambda: backbone, queue=1) as batcher:
        rows = await asyncio.gather(*(batcher.run(photo(n), lane=Lane.BULK) for n in range(200)))
    assert [row.embedding[0] for row in rows] == list(range(200))


async def test_at_the_end_chats_are_finished_and_bulk_is_told() -> None:
    backbone = NumberBackbone()
    batcher = MicroBatcher(lambda: backbone)
    async with batcher:
        backbone.hold()
        chats = [await submit(batcher, 1)]
        await until(backbone.entered.is_set)
        chats += [await submit(batcher, 2)]
        bulk = [await submit(batcher, n, Lane.BULK) for n in range(60)]
        asyncio.get_running_loop().call_later(0.05, backbone.may_run.set)
    assert [(await task).embedding[0] for task in chats] == [1, 2]
    for outcome in await asyncio.gather(*bulk, return_exceptions=True):
        assert isinstance(outcome, Unavailable)
    with pytest.raises(Unavailable):
        await batcher.run(photo(3))


async def test_what_loading_raises_comes_out() -> None:
    def load() -> NumberBackbone:
        raise Unavailable("no weights")

    with pytest.raises(Unavailable, match="no weights"):
        async with MicroBatcher(load):
            pass


async def test_what_is_prepared_has_the_bulk_lane_and_after_the_switch_both() -> None:
    old, new = NumberBackbone("old"), NumberBackbone("new")
    async with MicroBatcher(lambda: old) as batcher:
        await batcher.prepare(lambda: new)
        assert len(new.batches) == WARM_UPS
        old.hold()
        tasks = [await submit(batcher, 1)]
        await until(old.entered.is_set)
        tasks += [await submit(batcher, 100 + n, Lane.BULK) for n in range(6)]
        tasks += [await submit(batcher, n) for n in (2, 3, 4)]
        old.may_run.set()
        rows = await asyncio.gather(*tasks)
        assert [row.fingerprint for row in rows] == ["old"] + 6 * ["new"] + 3 * ["old"]
        assert old.answered == [[1], [2, 3], [4]]
        assert batcher.backbone is old
        batcher.switch()
        assert batcher.backbone is new
        rows = [await batcher.run(photo(5)), await batcher.run(photo(6), lane=Lane.BULK)]
        assert [row.fingerprint for row in rows] == ["new", "new"]
    assert len(old.answered) == 3


async def test_the_network_before_is_let_go_at_the_switch() -> None:
    def load() -> NumberBackbone:
        backbone = NumberBackbone("old", streams=2)
        made.append(weakref.ref(backbone))
        return backbone

    made: list[weakref.ref[NumberBackbone]] = []
    async with MicroBatcher(load) as batcher:
        await asyncio.gather(*(batcher.run(photo(number)) for number in range(20)))
        await batcher.prepare(lambda: NumberBackbone("new", streams=2))
        batcher.switch()
        gc.collect()
        assert [backbone() for backbone in made] == [None]


async def test_what_cannot_be_prepared_leaves_everything_as_it_is() -> None:
    def load() -> NumberBackbone:
        raise Unavailable("no memory")

    old = NumberBackbone("old")
    async with MicroBatcher(lambda: old) as batcher:
        with pytest.raises(Unavailable, match="no memory"):
            await batcher.prepare(load)
        assert (await batcher.run(photo(1), lane=Lane.BULK)).fingerprint == "old"


async def test_a_network_with_fewer_streams_is_never_called_from_more_threads() -> None:
    old, new = NumberBackbone("old", streams=2), NumberBackbone("new", streams=1)
    async with MicroBatcher(lambda: old) as batcher:
        await batcher.prepare(lambda: new)
        new.hold()
        tasks = [await submit(batcher, n, Lane.BULK) for n in range(8)]
        await until(new.entered.is_set)
        await asyncio.sleep(0.02)
        assert len(new.batches) == WARM_UPS + 1
        new.may_run.set()
        await asyncio.gather(*tasks)


async def test_a_start_that_is_given_up_leaves_no_thread_behind() -> None:
    backbone = NumberBackbone().hold()
    batcher = MicroBatcher(lambda: backbone)
    entering = asyncio.create_task(batcher.__aenter__())
    await until(backbone.entered.is_set)
    entering.cancel()
    with pytest.raises(asyncio.CancelledError):
        await entering
    backbone.may_run.set()
    await until(
        lambda: not any(t.name == "network" and t.is_alive() for t in threading.enumerate())
    )


def test_a_loop_that_ends_early_does_not_disturb_the_owner_thread() -> None:
    backbone = NumberBackbone()
    batcher = MicroBatcher(lambda: backbone)

    async def leave() -> None:
        await batcher.__aenter__()
        backbone.hold()
        await submit(batcher, 1)
        await until(backbone.entered.is_set)

    asyncio.run(leave())
    backbone.may_run.set()
    asyncio.run(batcher.__aexit__(None, None, None))


ACTIONS = st.lists(
    st.one_of(
        st.tuples(st.just("chat"), st.just(0)),
        st.tuples(st.just("bulk"), st.just(0)),
        st.tuples(st.just("cancel"), st.integers(0, 200)),
        st.tuples(st.just("fail"), st.integers(1, 2)),
        st.tuples(st.just("hold"), st.just(0)),
        st.tuples(st.just("go"), st.just(0)),
        st.tuples(st.just("breathe"), st.integers(0, 2)),
    ),
    max_size=60,
)


@settings(deadline=None)
@given(ACTIONS, st.integers(1, 6), st.integers(1, 3))
def test_whatever_happens_each_caller_ends_once_and_with_its_own(
    actions: list[tuple[str, int]], queue: int, streams: int
) -> None:
    """Any interleaving of submit, cancel, failure, stalls and the stop."""
    backbone = NumberBackbone(streams=streams)
    asyncio.run(live(backbone, actions, queue))
    for batch in backbone.answered:
        assert len(batch) in SIZES


async def live(backbone: NumberBackbone, actions: list[tuple[str, int]], queue: int) -> None:
    tasks: list[asyncio.Task[Row]] = []
    cancelled: set[int] = set()
    async with MicroBatcher(lambda: backbone, queue=queue) as batcher:
        for action, number in actions:
            if action in {"chat", "bulk"}:
                tasks.append(await submit(batcher, len(tasks) + 1, Lane(action)))
            elif action == "cancel" and tasks:
                place = number % len(tasks)
                if tasks[place].cancel():
                    cancelled.add(place)
            elif action == "fail":
                backbone.fail_next = number
            elif action == "hold":
                backbone.may_run.clear()
            elif action == "go":
                backbone.may_run.set()
            else:
                await asyncio.sleep(number / 1000)
        asyncio.get_running_loop().call_later(0.002, backbone.may_run.set)
    async with asyncio.timeout(10):
        outcomes = await asyncio.gather(*tasks, return_exceptions=True)
    for place, outcome in enumerate(outcomes):
        if isinstance(outcome, Row):
            assert outcome.embedding[0] == place + 1
        elif isinstance(outcome, asyncio.CancelledError):
            assert place in cancelled
        else:
            assert isinstance(outcome, Busy | Unavailable)
