"""What a group's admins set comes back as they set it, each thing by itself."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.storage.chats import ChatSettings, ChatStore, QuietHours
from core.storage.database import Database

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
NIGHT = QuietHours(start=time(22), end=time(7), timezone="Europe/Berlin")
GROUP = ("telegram", "group")


@pytest.fixture
def chats(database: Database) -> ChatStore:
    return ChatStore(database)


async def test_where_nothing_is_set_nothing_is_special(chats: ChatStore) -> None:
    assert await chats.of(*GROUP) == ChatSettings()


async def test_each_setting_leaves_the_others(chats: ChatStore) -> None:
    await chats.answer_every_photo(*GROUP, on=True)
    await chats.keep_quiet(*GROUP, on=True, hours=NIGHT)
    await chats.bar(*GROUP, ["corner"])
    everything = ChatSettings(
        every_photo=True, keeps_quiet=True, quiet_hours=NIGHT, barred=("corner",)
    )
    assert await chats.of(*GROUP) == everything
    assert await chats.of("discord", "group") == ChatSettings()


async def test_quiet_hours_are_kept_while_they_are_off(chats: ChatStore) -> None:
    await chats.keep_quiet(*GROUP, on=True, hours=NIGHT)
    await chats.keep_quiet(*GROUP, on=False)
    off = await chats.of(*GROUP)
    assert (off.keeps_quiet, off.quiet_hours) == (False, NIGHT)
    assert not off.is_quiet(NOW.replace(hour=23))
    await chats.keep_quiet(*GROUP, on=True)
    assert (await chats.of(*GROUP)).is_quiet(NOW.replace(hour=23))


async def test_settings_move_with_a_chat_but_not_over_others(chats: ChatStore) -> None:
    await chats.answer_every_photo("telegram", "old", on=True)
    for _ in range(2):
        await chats.move("telegram", "old", "new")
        await chats.move("telegram", "new", "new")
        assert await chats.of("telegram", "old") == ChatSettings()
        assert await chats.of("telegram", "new") == ChatSettings(every_photo=True)
    await chats.bar("telegram", "other", ["corner"])
    await chats.move("telegram", "other", "new")
    assert await chats.of("telegram", "new") == ChatSettings(every_photo=True)
    assert await chats.of("telegram", "other") == ChatSettings()


async def test_what_is_set_stays_a_while_after_a_departure(chats: ChatStore) -> None:
    for chat in ("left", "back"):
        await chats.answer_every_photo("telegram", chat, on=True)
        await chats.left("telegram", chat, NOW)
    assert await chats.purge(NOW) == 0
    assert (await chats.of("telegram", "back")).every_photo
    assert await chats.purge(NOW + timedelta(seconds=1)) == 1
    assert (await chats.of("telegram", "back")).every_photo
    assert await chats.of("telegram", "left") == ChatSettings()


@pytest.mark.parametrize(
    ("start", "end", "quiet"),
    [(22, 7, [22, 23, 0, 6]), (7, 22, [7, 12, 21]), (0, 6, [0, 5])],
)
def test_quiet_hours_may_go_over_midnight(start: int, end: int, quiet: list[int]) -> None:
    hours = QuietHours(start=time(start), end=time(end), timezone="UTC")
    covered = [hour for hour in range(24) if hours.cover(NOW.replace(hour=hour))]
    assert set(quiet) <= set(covered)
    assert len(covered) == (end - start) % 24


def test_quiet_hours_are_those_of_their_zone_in_summer_and_winter() -> None:
    for month, hour in ((1, 21), (7, 20)):
        first = datetime(2026, month, 1, hour, tzinfo=UTC)
        assert NIGHT.cover(first)
        assert not NIGHT.cover(first - timedelta(minutes=1))


_TIMES = st.times().map(lambda at: at.replace(microsecond=0))


@given(_TIMES, _TIMES, st.datetimes(timezones=st.just(UTC)))
def test_a_moment_is_quiet_one_way_round_or_the_other(start: time, end: time, at: datetime) -> None:
    if start == end:
        return
    there = QuietHours(start=start, end=end, timezone="UTC").cover(at)
    back = QuietHours(start=end, end=start, timezone="UTC").cover(at)
    assert there != back
