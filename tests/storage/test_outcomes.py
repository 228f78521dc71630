"""Of each person's messages it is counted how many something came of, as long as all is kept."""

from dataclasses import replace
from datetime import datetime, timedelta

import numpy as np

from core.difference import Tally
from core.storage.answers import AnswerStore, Trace
from core.storage.database import Database
from core.storage.deliveries import DeliveryStore
from core.storage.opens import Opening, OpenStore
from core.storage.outcomes import OutcomeStore
from core.storage.people import PeopleStore
from core.storage.signals import Owner, SignalStore, Sort
from tests.storage.records import NIGHT, record, store_with
from tests.storage.test_opens import ANSWER
from tests.storage.test_people import subscription

HOUR = timedelta(hours=1)
END = NIGHT + timedelta(days=3)
ANN, BOB, FRIENDS = ("web", Owner("ann")), ("web", Owner("bob")), ("web", Owner("", "friends"))
TO_A_PHOTO = replace(ANSWER, trace=Trace.of(np.array([1, 0], np.float32), "space"))


class Life:
    """Photos answered with products 1 and 2, picks of 3 and 4, and what people make of them."""

    def __init__(self, database: Database) -> None:
        self.at = NIGHT
        self.database = database
        self.people = PeopleStore(database, now=lambda: self.at)
        self.signals = SignalStore(database, now=lambda: self.at)
        self.deliveries = DeliveryStore(database)
        self.outcomes = OutcomeStore(database)

    async def answer(self, person: str, *, chat: str = "c", shown: int = 2) -> str:
        answer = replace(
            TO_A_PHOTO, person_id=person, chat_id=chat, shown=shown, created_at=self.at
        )
        return (await AnswerStore(self.database).save(answer)).key

    async def send(self, person: str, *, chat: str = "c", arrives: bool = True) -> str:
        """Picks; the key of the answer that they are kept as."""
        kept = await self.people.subscribe(replace(subscription(chat, person), platform="web"))
        day = self.at.date()
        await self.deliveries.claim(kept.id, day, "picks", [3, 4], self.at)
        if arrives:
            await self.deliveries.sent(kept.id, day, "picks", message_id="m", at=self.at)
        picks = replace(ANSWER, person_id=person, chat_id=chat, product_ids=(3, 4))
        return (await AnswerStore(self.database).save(replace(picks, created_at=self.at))).key

    async def open(self, key: str, product_id: int, *, picks: bool = False) -> None:
        opening = Opening(key=key, product_id=product_id, rank=1, picks=picks)
        await OpenStore(self.database).note(opening, self.at)

    async def answers(self, since: datetime = NIGHT) -> dict[tuple[str, Owner], Tally]:
        return await self.outcomes.of_answers(since, END)

    async def picks(self) -> dict[tuple[str, Owner], Tally]:
        return await self.outcomes.of_picks(NIGHT, END)


async def life(database: Database) -> Life:
    await store_with(database, *(record(f"{number}") for number in range(4)))
    return Life(database)


async def test_an_answer_is_good_where_a_product_on_show_was_opened_or_liked(
    database: Database,
) -> None:
    some = await life(database)
    opened = await some.answer("ann")
    await some.answer("ann", shown=1)
    await some.answer("bob")
    assert await some.answers() == {ANN: Tally(2, 0), BOB: Tally(1, 0)}
    await some.open(opened, 2)
    await some.people.toggle_like("web", "bob", 1)
    assert await some.answers() == {ANN: Tally(2, 1), BOB: Tally(1, 1)}
    await some.people.toggle_like("web", "ann", 1)
    assert await some.answers() == {ANN: Tally(2, 2), BOB: Tally(1, 1)}


async def test_what_was_liked_before_is_nothing_that_came_of_it(database: Database) -> None:
    some = await life(database)
    await some.people.toggle_like("web", "ann", 1)
    some.at += HOUR
    await some.answer("ann")
    assert await some.answers() == {ANN: Tally(1, 0)}


async def test_of_a_group_what_any_member_likes_there_counts(database: Database) -> None:
    some = await life(database)
    await some.answer("", chat="friends")
    await some.answer("", chat="others")
    await some.signals.note("web", Owner("", "friends"), Sort.LIKED, 2)
    counted = await some.answers()
    assert counted == {FRIENDS: Tally(1, 1), ("web", Owner("", "others")): Tally(1, 0)}


async def test_only_what_was_shown_in_that_time_counts(database: Database) -> None:
    some = await life(database)
    await some.answer("ann")
    some.at += timedelta(days=2)
    await some.answer("ann")
    await some.answer("ann", shown=0)  # of another garment, which nobody asked for
    await AnswerStore(database).save(replace(ANSWER, person_id="bob"))  # to no photo
    some.at = END
    await some.answer("ann")
    assert await some.answers() == {ANN: Tally(2, 0)}
    assert await some.answers(NIGHT + HOUR) == {ANN: Tally(1, 0)}


async def test_picks_are_good_likewise_and_only_those_that_arrived(database: Database) -> None:
    some = await life(database)
    anns = await some.send("ann")
    await some.send("bob", arrives=False)
    await some.send("", chat="friends")
    assert await some.picks() == {ANN: Tally(1, 0), FRIENDS: Tally(1, 0)}
    await some.signals.note("web", Owner("", "friends"), Sort.LIKED, 4)
    await some.open(anns, 3, picks=True)
    assert await some.picks() == {ANN: Tally(1, 1), FRIENDS: Tally(1, 1)}
    assert await some.answers() == {}


async def test_whoever_is_forgotten_is_counted_no_more(database: Database) -> None:
    some = await life(database)
    await some.answer("ann")
    await some.send("ann")
    await some.people.forget("web", "ann")
    assert (await some.answers(), await some.picks()) == ({}, {})
