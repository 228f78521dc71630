"""Which addresses the scraper may connect to: the public internet, and what is named as local."""

import ipaddress
import socket
from collections.abc import Collection

from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import ThreadedResolver
from yarl import URL

from core.errors import FetchRefused

_METADATA = frozenset({ipaddress.ip_address("168.63.129.16")})  # Azure's, outside private ranges
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_OLD_V4_COMPATIBLE = ipaddress.ip_network("::/96")

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class ForbiddenAddress(OSError):
    """A name resolved to an address that is not to be connected to."""


def origin(url: str | URL) -> str:
    """``host:port`` of an address, the port always written."""
    url = URL(url)
    return f"{(url.host or '').lower()}:{url.port}"


def is_public(address: str) -> bool:
    """Whether an IP address (either family, literal) lies in the public internet.

    IPv4 addresses carried inside IPv6 ones (mapped, 6to4, Teredo, NAT64) are judged themselves.
    """
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    return _is_public(ip)


def is_loopback(host: str) -> bool:
    """Whether a host is this machine, by its name for itself or by literal."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower().rstrip(".") == "localhost"


def _is_public(ip: Address) -> bool:
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is None and (ip in _NAT64 or ip in _OLD_V4_COMPATIBLE):
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return _is_public(inner)
        if ip.is_site_local:
            return False
    return ip.is_global and not ip.is_multicast and not ip.is_reserved and ip not in _METADATA


class Guard:
    """Judges addresses before a connection is made.

    ``local_origins`` (exact ``host:port``) are let through wherever they point: the demo shop,
    and a shop whose description says that it is local.
    """

    def __init__(self, local_origins: Collection[str] = ()) -> None:
        self._local = frozenset(name.lower() for name in local_origins)

    def is_local(self, url: str | URL) -> bool:
        """Whether this address was named as local."""
        return origin(url) in self._local

    def check(self, url: URL) -> None:
        """Raise ``FetchRefused`` for what must not be asked, as far as the address shows it."""
        if url.scheme not in {"http", "https"} or not url.host:
            raise FetchRefused(f"{url} is not an http address.")
        if url.user is not None or url.password is not None:
            raise FetchRefused(f"The address of {url.host} carries a login.")
        if not self.is_local(url) and _is_literal(url.host) and not is_public(url.host):
            raise FetchRefused(f"{url.host} is not a public address.")


class GuardedResolver(AbstractResolver):
    """Resolves names and withholds every answer that is not public.

    The connection is made to the very addresses that were judged, so a name that changes its
    mind between two questions gains nothing.
    """

    def __init__(self, guard: Guard, *, resolver: AbstractResolver | None = None) -> None:
        self._guard = guard
        self._resolver = resolver or ThreadedResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """The public addresses of a name; ``ForbiddenAddress`` when it has others."""
        answers = await self._resolver.resolve(host, port, family)
        if self._guard.is_local(URL.build(scheme="http", host=host, port=port)):
            return answers
        if not answers or not all(is_public(answer["host"]) for answer in answers):
            raise ForbiddenAddress(f"{host} has an address that is not public.")
        return answers

    async def close(self) -> None:
        """Release the resolver beneath."""
        await self._resolver.close()


def _is_literal(host: str) -> bool:
    try:
        ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return True
