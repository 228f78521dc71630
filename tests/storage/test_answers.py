import asyncio
import re
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from core.catalogue import Gender
from core.looks import Look
from core.storage.answers import (
    MAX_RANKED,
    Answer,
    AnswerStore,
    Ensemble,
    SeenUpdates,
    Trace,
)
from core.storage.database import Database
from core.wishes import Wish
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
TRACE = Trace("space", b"\x00\x7f\x81")
WISH = Wish(
    colours=("red", "light blue"),
    gender=Gender.MEN,
    most=Decimal("49.90"),
    currency="EUR",
    shops=(("corner", "Corner Shop"),),
    elsewhere=("arcade",),
    new=True,
    in_stock=True,
    words=("midi",),
)
OUTFIT = Ensemble(
    piece="top", names=("top", "bag", "shoes"), others=((), (8, 9), (4,)), before=(5,)
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


async def test_what_an_answer_is_gone_on_from_by_comes_back_as_it_was(answers: AnswerStore) -> None:
    saved = await answers.save(replace(ANSWER, trace=TRACE, wish=WISH, shown_at=NIGHT))
    assert await answers.get(saved.key) == saved


async def test_that_the_shops_were_asked_is_noted_once(answers: AnswerStore) -> None:
    saved = await answers.save(replace(ANSWER, trace=TRACE))
    noted = await asyncio.gather(*(answers.note_shops_asked(saved.key) for _ in range(3)))
    assert sorted(noted) == [False, False, True]
    assert await answers.get(saved.key) == replace(saved, shops_asked=True)
    assert not await answers.note_shops_asked("unknown!")


async def test_under_one_key_one_answer_is_kept(answers: AnswerStore) -> None:
    first, second = (replace(ANSWER, key="the same", shown=shown) for shown in (1, 2))
    assert await answers.add(first)
    assert not await answers.add(second)
    assert await answers.get("the same") == first


async def test_the_latest_is_what_this_person_was_shown_last_here(answers: AnswerStore) -> None:
    def at(minutes: int, **other: object) -> Answer:
        shown_at = NIGHT + timedelta(minutes=minutes)
        return replace(ANSWER, **{"trace": TRACE, "shown_at": shown_at, **other})

    first, second = await answers.save(at(1)), await answers.save(at(2, trace=None, wish=WISH))
    await answers.save(at(3, trace=None))  # the day's picks: nothing to go on from
    await answers.save(at(4, shown_at=None))  # a garment that waits for its button
    for name in ("platform", "chat_id", "person_id"):
        await answers.save(at(5, **{name: "another"}))

    async def latest(since: datetime) -> Answer | None:
        here = (ANSWER.platform, ANSWER.chat_id, ANSWER.person_id)
        return await answers.latest(*here, since=since)

    assert await latest(NIGHT) == second
    assert await latest(NIGHT + timedelta(minutes=3)) is None
    assert await answers.advance(first.key, ANSWER.shown + 1, at=NIGHT + timedelta(minutes=6))
    again = await latest(NIGHT + timedelta(minutes=3))
    assert again
    assert again.key == first.key


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


async def test_an_outfit_comes_back_as_it_was_and_is_no_answer_to_go_on_from(
    answers: AnswerStore,
) -> None:
    saved = await answers.save(replace(ANSWER, trace=TRACE, shown_at=NIGHT, ensemble=OUTFIT))
    assert (await answers.get(saved.key)) == saved
    assert await answers.latest("telegram", "-100", "7", since=NIGHT) is None


async def test_an_outfit_is_changed_once_by_those_who_know_it_as_it_is(
    answers: AnswerStore,
) -> None:
    saved = await answers.save(replace(ANSWER, ensemble=OUTFIT))
    others = [
        replace(saved, product_ids=(3, bag, 2), ensemble=replace(OUTFIT, others=((), (1,), ())))
        for bag in (8, 9)
    ]
    changed = await asyncio.gather(*(answers.change(one, was=saved.product_ids) for one in others))
    assert sorted(changed) == [False, True]
    assert await answers.get(saved.key) == others[changed.index(True)]
    assert not await answers.change(replace(saved, key="unknown!"), was=saved.product_ids)
