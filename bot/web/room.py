"""Room for what is being sent, so that nobody takes all of it."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import IPv4Address, IPv6Address, ip_network

from core.errors import Busy

Address = IPv4Address | IPv6Address

_RETRY_S = 20.0


class Room:
    """So many messages at once from one address, so many bytes from all.

    An IPv6 network of 64 bits, which is what one household has, counts as one address. Loopback
    is not counted: whatever comes through a proxy that no setting names seems to be from there.
    """

    def __init__(self, *, max_messages: int = 16, max_bytes: int = 256_000_000) -> None:
        self._max_messages = max_messages
        self._bytes_left = max_bytes
        self._messages: Counter[str] = Counter()

    @contextmanager
    def taken(self, address: Address | None, size_bytes: int) -> Iterator[None]:
        """Hold a message's room; ``Busy`` at once when there is none."""
        who = None if address is None or address.is_loopback else _household(address)
        if size_bytes > self._bytes_left or (who and self._messages[who] >= self._max_messages):
            raise Busy(retry_after_s=_RETRY_S)
        self._bytes_left -= size_bytes
        if who:
            self._messages[who] += 1
        try:
            yield
        finally:
            self._bytes_left += size_bytes
            if who:
                self._messages[who] -= 1
                if not self._messages[who]:
                    del self._messages[who]


def _household(address: Address) -> str:
    return str(ip_network(f"{address}/{64 if address.version == 6 else 32}", strict=False))
