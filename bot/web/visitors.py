"""Who asks: a visitor by a cookie, and the address and scheme that a trusted proxy tells."""

import hashlib
import re
import secrets
from collections.abc import Iterator, Sequence
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address

from aiohttp import web

from bot.conversation.languages import spoken
from bot.conversation.messages import Sender
from bot.conversation.sessions import LIFETIME
from bot.web.replies import Refused
from bot.web.room import Address

Network = IPv4Network | IPv6Network

_COOKIE = "twinset"
_VISITOR = re.compile(r"[A-Za-z0-9_-]{22}")
_LANGUAGE = re.compile(
    r"([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3})(?:\s*;\s*q=([01](?:\.\d{0,3})?))?"
)
_LONGEST = 500  # of what a browser says of languages


class Visitors:
    """Tells visitors apart.

    A visitor is a random cookie; what the conversation sees of it is its hash. ``trusted`` are
    the proxies whose ``X-Forwarded-…`` headers are believed.
    """

    platform = "web"

    def __init__(self, trusted: Sequence[Network] = ()) -> None:
        self._trusted = trusted

    def welcome(self, request: web.Request, response: web.Response) -> None:
        """Give the visitor a cookie, or the one that is there a longer life."""
        response.set_cookie(
            _COOKIE,
            _visitor(request) or secrets.token_urlsafe(16),
            max_age=int(LIFETIME.total_seconds()),
            path="",  # then it is the page's own: a proxy may have put the page under a prefix
            httponly=True,
            samesite="Lax",
            secure=self._scheme(request) == "https",
        )

    def sender(self, request: web.Request) -> Sender:
        """Who sent it; ``Refused`` when it is from another site, or from nobody."""
        if not self._is_from_the_page(request):
            raise Refused("other-site", status=403)
        if _visitor(request) is None:
            raise Refused("no-cookie", status=403)
        return self.reader(request)

    def reader(self, request: web.Request) -> Sender:
        """Who opens the page, from wherever; a stranger has not been here before."""
        visitor = _visitor(request) or ""
        person = hashlib.sha256(visitor.encode()).hexdigest()[:32]
        return Sender(
            platform=self.platform,
            person_id=person,
            chat_id=person,
            language=preferred_language(request),
        )

    def address(self, request: web.Request) -> Address | None:
        """Where it came from: the nearest address that is no trusted proxy's."""
        address = _address(request.remote or "")
        for hop in _hops(request):
            if not self._trusts(address) or (before := _address(hop)) is None:
                break
            address = before
        return address

    def _scheme(self, request: web.Request) -> str:
        return self._told(request, "X-Forwarded-Proto") or request.scheme

    def _is_from_the_page(self, request: web.Request) -> bool:
        # A browser tells it outright, but only over TLS or on the machine itself.
        if site := request.headers.get("Sec-Fetch-Site"):
            return site == "same-origin"
        origin = request.headers.get("Origin")
        host = self._told(request, "X-Forwarded-Host") or request.host
        return origin is None or origin.partition("://")[2] == host

    def _told(self, request: web.Request, header: str) -> str:
        """What the nearest proxy says, nothing unless it is trusted."""
        if not self._trusts(_address(request.remote or "")):
            return ""
        return request.headers.get(header, "").rpartition(",")[2].strip()

    def _trusts(self, address: Address | None) -> bool:
        return address is not None and any(address in network for network in self._trusted)


def preferred_language(request: web.Request) -> str | None:
    """The IETF tag that the browser likes best, of those that are spoken here if there is one."""
    told = _LANGUAGE.findall(request.headers.get("Accept-Language", "")[:_LONGEST])
    tags = [tag for tag, _ in sorted(told, key=lambda one: -float(one[1] or 1))]
    return next(filter(spoken, tags), tags[0] if tags else None)


def _visitor(request: web.Request) -> str | None:
    cookie = request.cookies.get(_COOKIE, "")
    return cookie if _VISITOR.fullmatch(cookie) else None


def _hops(request: web.Request) -> Iterator[str]:
    """The addresses that proxies have noted, the nearest first."""
    noted = ",".join(request.headers.getall("X-Forwarded-For", []))
    return reversed(noted.split(",")[-10:])


def _address(text: str) -> Address | None:
    try:
        address = ip_address(text.strip())
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address
