"""A person's language and a group's, each by itself."""

from core.storage.database import Database
from core.storage.languages import LanguageStore
from core.storage.people import PeopleStore


async def test_the_latest_choice_counts_and_a_groups_before_a_persons(database: Database) -> None:
    languages = LanguageStore(database)
    assert await languages.chosen("telegram", person_id="ann", chat_id="group") is None
    await languages.choose("telegram", "de", person_id="ann")
    await languages.choose("telegram", "fr", person_id="ann")
    assert await languages.chosen("telegram", person_id="ann", chat_id="group") == "fr"
    await languages.choose("telegram", "ru", chat_id="group")
    assert await languages.chosen("telegram", person_id="ann", chat_id="group") == "ru"
    assert await languages.chosen("telegram", person_id="ann") == "fr"
    assert await languages.chosen("telegram", person_id="bob", chat_id="group") == "ru"
    assert await languages.chosen("discord", person_id="ann", chat_id="group") is None
    assert await languages.chosen("telegram") is None


async def test_a_group_that_moves_where_one_has_chosen_takes_that_choice(
    database: Database,
) -> None:
    languages, people = LanguageStore(database), PeopleStore(database)
    await languages.choose("telegram", "de", chat_id="old")
    await languages.choose("telegram", "fr", chat_id="new")
    for _ in range(2):
        await people.move_chat("telegram", "old", "new")
        assert await languages.chosen("telegram", chat_id="new") == "fr"
    assert await languages.chosen("telegram", chat_id="old") is None
