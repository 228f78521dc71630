"""Filters are kept for each person, and go with all else that is kept of them."""

from decimal import Decimal

import pytest

from core.catalogue import Gender
from core.storage.database import Database
from core.storage.filters import FilterStore
from core.storage.people import PeopleStore
from core.wishes import Wish

WISH = Wish(
    gender=Gender.MEN,
    least=Decimal(20),
    most=Decimal("79.90"),
    currency="GBP",
    shops=(("corner", "Corner Shop"),),
    sizes=("m", "eu 38"),
    sure_size=True,
    new=True,
    in_stock=True,
)


@pytest.fixture
def store(database: Database) -> FilterStore:
    return FilterStore(database)


async def test_filters_are_as_they_were_set(store: FilterStore) -> None:
    await store.keep("telegram", Wish(new=True), person_id="1")
    await store.keep("telegram", WISH, person_id="1")
    assert await store.of("telegram", person_id="1") == WISH
    assert await store.of("discord", person_id="1") == Wish()
    assert await store.of("telegram", chat_id="1") == Wish()


async def test_of_no_filters_nothing_is_kept(store: FilterStore, database: Database) -> None:
    await store.keep("telegram", WISH, person_id="1")
    await store.keep("telegram", Wish(), person_id="1")
    assert await store.of("telegram", person_id="1") == Wish()
    assert not any((await PeopleStore(database).export("telegram", "1")).values())


async def test_filters_are_handed_over_and_erased(store: FilterStore, database: Database) -> None:
    people = PeopleStore(database)
    await store.keep("telegram", WISH, person_id="1")
    await store.keep("telegram", WISH, person_id="2")
    (row,) = (await people.export("telegram", "1"))["filters"]
    assert row["wish"]["sizes"] == ["m", "eu 38"]
    assert await people.forget("telegram", "1") == 1
    assert await store.of("telegram", person_id="1") == Wish()
    assert await store.of("telegram", person_id="2") == WISH


async def test_a_groups_are_no_members_and_move_with_it(
    store: FilterStore, database: Database
) -> None:
    people = PeopleStore(database)
    await store.keep("telegram", WISH, chat_id="old")
    assert not any((await people.export("telegram", "old")).values())
    for _ in range(2):
        await people.move_chat("telegram", "old", "new")
    assert await store.of("telegram", chat_id="new") == WISH
    await store.keep("telegram", Wish(new=True), chat_id="old")
    await people.move_chat("telegram", "old", "new")
    assert await store.of("telegram", chat_id="new") == WISH
    assert await store.of("telegram", chat_id="old") == Wish()
    await people.drop_chat("telegram", "new")
    assert await store.of("telegram", chat_id="new") == Wish()
