"""Signals are kept by owner, and go with a chat, a person or a wish to begin anew."""

from dataclasses import replace

from core.looks import Look
from core.storage.answers import Answer, AnswerStore, Trace
from core.storage.database import Database
from core.storage.people import PeopleStore
from core.storage.signals import Owner, SignalStore, Sort
from tests.storage.records import NIGHT, record, store_with

ANN, FRIENDS = Owner("ann"), Owner("", "friends")


async def opened(database: Database) -> SignalStore:
    await store_with(database, record("a"), record("b"))
    return SignalStore(database, now=lambda: NIGHT)


async def counted(signals: SignalStore, owner: Owner) -> dict[tuple[Sort, int | None], int]:
    found = await signals.of("web", owner)
    return {(signal.sort, signal.product_id): signal.times for signal in found}


async def test_a_groups_like_lasts_until_the_last_takes_it_back(database: Database) -> None:
    signals = await opened(database)
    for _ in range(2):
        await signals.note("web", FRIENDS, Sort.LIKED, 1)
    assert await counted(signals, FRIENDS) == {(Sort.LIKED, 1): 2}
    assert await signals.take_back("web", FRIENDS, Sort.LIKED, 1)
    assert await counted(signals, FRIENDS) == {(Sort.LIKED, 1): 1}
    assert await signals.take_back("web", FRIENDS, Sort.LIKED, 1)
    assert not await signals.take_back("web", FRIENDS, Sort.LIKED, 1)
    assert await counted(signals, FRIENDS) == {}


async def test_likes_dislikes_and_own_photos_are_a_persons_signals(database: Database) -> None:
    signals = await opened(database)
    await PeopleStore(database, now=lambda: NIGHT).toggle_like("web", "ann", 1)
    await signals.note("web", ANN, Sort.DISLIKED, 2)
    answer = Answer(
        platform="web",
        chat_id="c",
        person_id="ann",
        product_ids=(1,),
        scores=(0.9,),
        shown=1,
        look=Look(fashion=1.0, seen=""),
        created_at=NIGHT,
        trace=Trace("f", b"\x7f"),
    )
    answers = AnswerStore(database)
    for who in ("ann", ""):  # the second was given in a group
        await answers.save(replace(answer, person_id=who))
    expected = {(Sort.LIKED, 1): 1, (Sort.DISLIKED, 2): 1, (Sort.SENT, None): 1}
    assert await counted(signals, ANN) == expected
    assert await counted(signals, Owner("bob")) == {}
    assert await signals.of("telegram", ANN) == []
    await signals.reset("web", ANN)
    assert await counted(signals, ANN) == {}


async def test_a_group_that_moves_takes_what_it_liked_along(database: Database) -> None:
    signals, people = await opened(database), PeopleStore(database)
    moved = Owner("", "new")
    await signals.note("web", FRIENDS, Sort.LIKED, 1)
    await signals.note("web", FRIENDS, Sort.LIKED, 2)
    await signals.note("web", moved, Sort.LIKED, 2)
    for _ in range(2):
        await people.move_chat("web", "friends", "new")
    assert await counted(signals, FRIENDS) == {}
    assert (await counted(signals, moved)).keys() == {(Sort.LIKED, 1), (Sort.LIKED, 2)}
    await people.drop_chat("web", "new")
    assert await counted(signals, moved) == {}
