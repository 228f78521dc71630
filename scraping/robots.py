"""robots.txt, as RFC 9309 says."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from weakref import WeakValueDictionary

from protego import Protego
from yarl import URL

from core.errors import FetchError, FetchFailed, FetchRefused
from scraping.guard import origin
from scraping.pace import Clock

logger = logging.getLogger(__name__)

MAX_BYTES = 512 * 1024
"""RFC 9309, section 2.5: at least 500 KiB are to be parsed."""

_KEEP_S = 24 * 3600.0
_KEEP_CLOSED_S = 600.0
_MAX_DELAY_S = 120.0
_MOST_KEPT = 4_000_000
_LEAST_SIZE = 1_000

GetText = Callable[[str], Awaitable[str]]


class Disallowed(FetchRefused):
    """The site's robots.txt does not let us."""


class Unread(Disallowed):
    """It cannot be read, so nothing is asked there."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What one site allows us. ``delay_s`` is the pause it asks for between two requests.

    ``unread`` says why there are none to go by; ``size`` is about how long they are.
    """

    parsed: Protego | None
    delay_s: float
    sitemaps: tuple[str, ...]
    expires_at: float
    unread: str | None = None
    size: int = _LEAST_SIZE

    def allows(self, url: str, agent: str) -> bool:
        """Whether the address may be asked for; nothing may while the rules are unreachable."""
        return self.parsed is not None and bool(self.parsed.can_fetch(url, agent))


class Robots:
    """The rules of every site, asked for once and kept for at most 24 hours.

    Of sites that are asked for rarely they go sooner, so that what is kept has a bound.

    ``get_text`` fetches a robots.txt (following redirects, cutting at ``MAX_BYTES``). A 4xx
    allows everything; 429, 5xx and silence forbid everything, and are asked again in ten minutes.
    """

    def __init__(
        self, get_text: GetText, *, agent: str, clock: Clock, tell_at: int = logging.WARNING
    ) -> None:
        self._get_text = get_text
        self._agent = agent
        self._clock = clock
        self._tell_at = tell_at
        self._known: dict[str, Rules] = {}
        self._kept = 0
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def rules(self, url: str) -> Rules:
        """The rules of the site that the address belongs to."""
        site = f"{URL(url).scheme}://{origin(url)}"
        lock = self._locks.setdefault(site, asyncio.Lock())
        async with lock:
            known = self._known.get(site)
            if known is None or known.expires_at <= self._clock():
                known = await self._ask(url)
            self._keep(site, known)
            return known

    async def check(self, url: str) -> Rules:
        """The rules, where they allow the address; else ``FetchRefused``."""
        rules = await self.rules(url)
        if not rules.allows(url, self._agent):
            if rules.unread:
                raise Unread(
                    f"Nothing is asked at {url}: its robots.txt cannot be read: {rules.unread}"
                )
            raise Disallowed(f"robots.txt forbids {url}.")
        return rules

    def _keep(self, site: str, rules: Rules) -> None:
        """Keep them as those used last; those used first make room."""
        before = self._known.pop(site, None)
        self._kept += rules.size - (before.size if before else 0)
        self._known[site] = rules
        while self._kept > _MOST_KEPT:
            self._kept -= self._known.pop(next(iter(self._known))).size

    async def _ask(self, url: str) -> Rules:
        try:
            text = await self._get_text(str(URL(url).origin() / "robots.txt"))
        except FetchFailed as error:
            if error.status is None or error.status == 429 or error.status >= 500:
                return self._closed(url, error)
            text = ""
        except FetchError as error:
            return self._closed(url, error)
        parsed = Protego.parse(text)
        return Rules(
            parsed,
            min(self._delay_s(parsed), _MAX_DELAY_S),
            tuple(parsed.sitemaps),
            self._clock() + _KEEP_S,
            size=_LEAST_SIZE + len(text),
        )

    def _closed(self, url: str, error: FetchError) -> Rules:
        site = URL(url).host
        logger.log(
            self._tell_at, "refused: %s, while its robots.txt cannot be read: %s", site, error
        )
        return Rules(None, 0.0, (), self._clock() + _KEEP_CLOSED_S, unread=str(error))

    def _delay_s(self, parsed: Protego) -> float:
        delay = float(parsed.crawl_delay(self._agent) or 0)
        rate = parsed.request_rate(self._agent)
        if rate and rate.requests:
            delay = max(delay, rate.seconds / rate.requests)
        return max(delay, 0.0)
