import asyncio
import re
from dataclasses import replace
from datetime import timedelta

import pytest

from core.catalogue import Gender
from core.looks import Look
from core.storage.answers import MAX_RANKED, Answer, AnswerStore, SeenUpdates, Trace
from core.storage.database import Database
from tests.storage.records import NIGHT

ANSWER = Answer(
    platform="telegram",
    chat_id="-100",
    person_id="7",
    product_ids=(3, 1, 2),
    scores=(0.9, 0.5, 0.1234567890123),
    shown=2,
    look=Look(fashion=0.75, seen="kimono", kind="dress", colour="navy", gender=Gender.WOMEN),
    created_at=NIGHT,
)


@pytest.fixture
def answers(database: Database) -> AnswerStore:
    return AnswerStore(database)


async def test_an_answer_comes_back_by_its_key_as_it_was(answers: AnswerStore) -> None:
    saved = await answers.save(ANSWER)
    assert re.fullmatch(r"[\w-]{8}", saved.key)
    assert saved == replace(ANSWER, key=saved.key)
    assert await answers.get(saved.key) == saved
    assert await answers.get("unknown!") is None


async def test_each_answer_has_its_own_key(answers: AnswerStore) -> None:
    assert len({(await answers.save(ANSWER)).key for _ in range(20)}) == 20


async def test_a_look_that_is_little_known_comes_back(answers: AnswerStore) -> None:
    saved = await answers.save(replace(ANSWER, look=Look(fashion=0.1, seen="tabby cat")))
    kept = await answers.get(saved.key)
    assert kept is not None
    assert kept.look == Look(fashion=0.1, seen="tabby cat")


async def test_only_the_best_are_kept(answers: AnswerStore) -> None:
    many = replace(ANSWER, product_ids=tuple(range(500)), scores=(0.5,) * 500)
    saved = await answers.save(many)
    assert saved.product_ids == tuple(range(MAX_RANKED))
    assert await answers.get(saved.key) == saved


async def test_of_two_taps_on_more_one_advances(answers: AnswerStore) -> None:
    key = (await answers.save(ANSWER)).key
    assert sorted(await asyncio.gather(*(answers.advance(key, 3) for _ in range(5))))[-2:] == [
        False,
        True,
    ]
    assert not await answers.advance(key, 2)
    assert not await answers.advance("unknown!", 5)
    kept = await answers.get(key)
    assert kept is not None
    assert kept.shown == 3


async def test_another_offer_that_is_shown_takes_its_place(answers: AnswerStore) -> None:
    key = (await answers.save(ANSWER)).key
    assert await answers.advance(key, 3, product_ids=[3, 1, 9])
    kept = await answers.get(key)
    assert kept
    assert (kept.shown, kept.product_ids) == (3, (3, 1, 9))
    assert not await answers.advance(key, 3, product_ids=[7, 7, 7])


async def test_a_trace_is_kept_and_erased_once(answers: AnswerStore) -> None:
    trace = Trace("space", b"\x00\x7f\x81")
    saved = await answers.save(replace(ANSWER, trace=trace))
    assert await answers.get(saved.key) == saved
    dropped = await asyncio.gather(*(answers.drop_trace(saved.key) for _ in range(3)))
    assert sorted(dropped) == [False, False, True]
    assert await answers.get(saved.key) == replace(saved, trace=None)
    assert not await answers.drop_trace("unknown!")


async def test_old_answers_are_erased(answers: AnswerStore) -> None:
    old = await answers.save(ANSWER)
    new = await answers.save(replace(ANSWER, created_at=NIGHT + timedelta(days=31)))
    assert await answers.purge(NIGHT + timedelta(days=30)) == 1
    assert await answers.get(old.key) is None
    assert await answers.get(new.key) is not None


async def test_an_update_is_new_once_on_each_platform(database: Database) -> None:
    seen = SeenUpdates(database)
    first = await asyncio.gather(*(seen.first_time("telegram", "1", NIGHT) for _ in range(10)))
    assert sum(first) == 1
    assert await seen.first_time("discord", "1", NIGHT)
    assert await seen.first_time("telegram", "2", NIGHT + timedelta(days=1))
    assert await seen.purge(NIGHT + timedelta(hours=1)) == 2
    assert await seen.first_time("telegram", "1", NIGHT)
    assert not await seen.first_time("telegram", "2", NIGHT)
