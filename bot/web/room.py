"""Room for what is being sent, so that nobody takes all of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import IPv4Address, IPv6Address, ip_network

from core.errors import Busy

Address = IPv4Address | IPv6Address

_RETRY_S = 20.0
_LOCAL = ""


class Room:
    """So many messages and bytes at once from one address, and so many bytes from all.

    An IPv6 network of 64 bits, which is what one household has, counts as one address. Loopback
    is not counted: whatever comes through a proxy that no setting names seems to be from there.
    """

    def __init__(
        self,
        *,
        max_messages: int = 16,
        max_bytes_each: int = 64_000_000,
        max_bytes: int = 256_000_000,
    ) -> None:
        self._max_messages = max_messages
        self._max_bytes_each = max_bytes_each
        self._max_bytes = max_bytes
        self._taken: dict[str, list[int]] = {}

    @contextmanager
    def taken(self, address: Address | None, size_bytes: int) -> Iterator[None]:
        """Hold a message's room; ``Busy`` at once when there is none."""
        who = _household(address)
        sizes = self._taken.get(who, [])
        crowded = who != _LOCAL and (
            len(sizes) >= self._max_messages or sum(sizes) + size_bytes > self._max_bytes_each
        )
        if crowded or sum(map(sum, self._taken.values())) + size_bytes > self._max_bytes:
            raise Busy(retry_after_s=_RETRY_S)
        sizes = self._taken.setdefault(who, sizes)
        sizes.append(size_bytes)
        try:
            yield
        finally:
            sizes.remove(size_bytes)
            if not sizes:
                del self._taken[who]


def _household(address: Address | None) -> str:
    if address is None or address.is_loopback:
        return _LOCAL
    return str(ip_network(f"{address}/{64 if address.version == 6 else 32}", strict=False))
