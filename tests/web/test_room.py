"""Room for what is being sent."""

from contextlib import ExitStack
from ipaddress import ip_address

import pytest

from bot.web.room import Room
from core.errors import Busy

HOME, OTHER = ip_address("203.0.113.7"), ip_address("198.51.100.2")


def test_one_address_never_has_more_than_its_messages_and_gets_them_back() -> None:
    room = Room(max_messages=2)
    with room.taken(HOME, 1), room.taken(HOME, 1):
        with pytest.raises(Busy), room.taken(HOME, 1):
            pass
        with room.taken(OTHER, 1):
            pass
    with room.taken(HOME, 1), room.taken(HOME, 1):
        pass


def test_one_address_never_has_more_than_its_bytes() -> None:
    room = Room(max_bytes_each=100)
    with room.taken(HOME, 60):
        with pytest.raises(Busy), room.taken(HOME, 60):
            pass
        with room.taken(OTHER, 60), room.taken(HOME, 40):
            pass


def test_all_together_never_have_more_than_the_bytes() -> None:
    room = Room(max_bytes=100)
    with room.taken(HOME, 60):
        with pytest.raises(Busy) as refusal, room.taken(OTHER, 60):
            pass
        assert refusal.value.retry_after_s > 0
    with room.taken(OTHER, 100):
        pass


def test_a_failure_gives_the_room_back() -> None:
    room = Room(max_messages=1, max_bytes=10)
    with pytest.raises(KeyError), room.taken(HOME, 10):
        raise KeyError
    with room.taken(HOME, 10):
        pass


def test_a_household_of_version_6_is_one_address() -> None:
    room = Room(max_messages=1)
    with room.taken(ip_address("2001:db8::1"), 0):
        with pytest.raises(Busy), room.taken(ip_address("2001:db8::ffff:1"), 0):
            pass
        with room.taken(ip_address("2001:db8:0:1::1"), 0):
            pass


@pytest.mark.parametrize("local", ["127.0.0.1", "::1", None])
def test_loopback_is_not_counted_because_an_unnamed_proxy_seems_to_be_there(
    local: str | None,
) -> None:
    room = Room(max_messages=1)
    with ExitStack() as stack:
        for _ in range(50):
            stack.enter_context(room.taken(local and ip_address(local), 1))
