"""What was begun stays until it is ended, each platform's by itself."""

from datetime import UTC, datetime, timedelta

from core.storage.answers import SeenUpdates
from core.storage.begun import BegunStore
from core.storage.database import Database

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)


async def test_what_was_begun_is_left_until_it_is_ended_once(database: Database) -> None:
    begun = BegunStore(database)
    for minute, note in enumerate(("third", "first", "third", "second")):
        await begun.begin("telegram", note, NOON + timedelta(minutes=minute))
    assert await begun.left("telegram") == ["third", "first", "second"]
    assert await begun.left("discord") == []
    assert not await begun.end("discord", "first")
    assert await begun.end("telegram", "first")
    assert not await begun.end("telegram", "first")
    assert await begun.left("telegram") == ["third", "second"]


async def test_a_note_is_no_update_that_was_seen_and_is_forgotten_with_those(
    database: Database,
) -> None:
    begun, seen = BegunStore(database), SeenUpdates(database)
    await begun.begin("telegram", "7", NOON)
    assert await seen.first_time("telegram", "7", NOON)
    await seen.purge(NOON + timedelta(days=30))
    assert await begun.left("telegram") == []
