"""Fetches pages and pictures: guarded against where they lead, polite to who serves them."""

import asyncio
import email.utils
import logging
import time
from collections.abc import AsyncIterator, Callable, Collection
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from types import SimpleNamespace

from aiohttp import (
    ClientError,
    ClientResponse,
    ClientSession,
    ClientTimeout,
    DummyCookieJar,
    TCPConnector,
    TraceConfig,
    TraceRequestHeadersSentParams,
)
from aiohttp.abc import AbstractResolver
from yarl import URL

from core.errors import FetchError, FetchFailed, FetchRefused
from scraping.body import read_capped
from scraping.guard import ForbiddenAddress, Guard, GuardedResolver, origin
from scraping.pace import Clock, Pace, Sleep, Turn
from scraping.robots import MAX_BYTES as MAX_ROBOTS_BYTES
from scraping.robots import Disallowed, Robots

logger = logging.getLogger(__name__)

AGENT = "Twinset"
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_COMPLAINTS = frozenset({429, 503})
_WORTH_REPEATING = frozenset({500, 502, 504, 520, 521, 522, 523, 524})
_MAX_HOPS = 5
_TRIES = 3
_REPEAT_AFTER_S = 2.0
_SHORTEST_DELAY_S = 0.1
"""Between two requests to a host that is not local, whatever a local shop's pace may be."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for: beginnings of the content types that will do, most decoded bytes."""

    name: str
    types: tuple[str, ...]
    max_bytes: int
    accept: str = "*/*"
    cut: bool = False


class WrongType(FetchRefused):
    """What lies there says that it is something else than what was wanted."""


_BYTES = ("application/octet-stream", "binary/octet-stream")
PAGE = Wanted(
    "page",
    ("text/html", "application/xhtml+xml"),
    10_000_000,
    accept="text/html,application/xhtml+xml;q=0.9,*/*;q=0.1",
)
SITEMAP = Wanted(
    "sitemap",
    (
        "application/xml",
        "text/xml",
        "text/plain",
        "application/gzip",
        "application/x-gzip",
        *_BYTES,
    ),
    60_000_000,
)
PICTURE = Wanted(
    "picture",
    ("image/", *_BYTES),
    20_000_000,
    accept="image/jpeg,image/png,image/webp,image/*;q=0.5",
)
_ROBOTS = Wanted("robots.txt", ("",), MAX_ROBOTS_BYTES, cut=True)


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave to ask "changed since?" by."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """An answer. ``url`` is where it came from in the end; ``body`` is empty with a 304."""

    url: str
    status: int
    body: bytes
    content_type: str | None
    validators: Validators
    redirected: bool

    @property
    def not_modified(self) -> bool:
        """Whether the server says that nothing changed since the validators were given."""
        return self.status == 304


@dataclass(frozen=True, slots=True)
class _Request:
    wanted: Wanted
    validators: Validators | None = None
    pace_per_s: float | None = None
    max_wait_s: float | None = None


class Fetcher:
    """Fetches from any host, each at its own pace; made by ``open_fetcher``."""

    def __init__(
        self,
        session: ClientSession,
        guard: Guard,
        *,
        clock: Clock = time.monotonic,
        sleep: Sleep = asyncio.sleep,
        wall_clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        total_s: float = 30.0,
        tell_at: int = logging.WARNING,
    ) -> None:
        self._session = session
        self._guard = guard
        self._sleep = sleep
        self._wall_clock = wall_clock
        self._timeout = ClientTimeout(total=total_s, connect=min(10.0, total_s))
        self._pace = Pace(clock=clock, sleep=sleep)
        self._tell_at = tell_at
        self._robots = Robots(self._robots_text, agent=AGENT, clock=clock, tell_at=tell_at)

    async def fetch(
        self,
        url: str,
        wanted: Wanted = PAGE,
        *,
        validators: Validators | None = None,
        pace_per_s: float | None = None,
        max_wait_s: float | None = None,
    ) -> Fetched:
        """One answer with status 200, or 304 where ``validators`` are given.

        Redirects are followed hop by hop, each judged anew. ``pace_per_s`` is how often the host
        may be asked (default: once a second, origins named as local without limit); a longer
        crawl-delay of its robots.txt wins. ``max_wait_s`` is how long a host that asked to be
        left alone is waited for. Raises ``FetchRefused`` and ``FetchFailed``.
        """
        request = _Request(wanted, validators, pace_per_s, max_wait_s)
        try:
            return await self._follow(url, request, obey=True)
        except Disallowed:
            raise
        except FetchRefused as error:
            logger.log(self._tell_at, "refused: %s", error)
            raise

    async def sitemaps(self, url: str) -> tuple[str, ...]:
        """The sitemaps that the site's robots.txt names."""
        self._guard.check(_parsed(url))
        return (await self._robots.rules(url)).sitemaps

    async def _robots_text(self, url: str) -> str:
        answer = await self._follow(url, _Request(_ROBOTS), obey=False)
        return answer.body.decode("utf-8-sig", errors="replace")

    async def _follow(self, url: str, request: _Request, *, obey: bool) -> Fetched:
        target = _parsed(url)
        for hop in range(_MAX_HOPS + 1):
            self._guard.check(target)
            asked_delay_s = (await self._robots.check(str(target))).delay_s if obey else 0.0
            answer = await self._ask(target, request, asked_delay_s=asked_delay_s)
            if isinstance(answer, Fetched):
                return replace(answer, redirected=hop > 0)
            target = answer
        # For a robots.txt that means: not there (RFC 9309, section 2.3.1.2).
        raise FetchFailed(f"{url} redirects more than {_MAX_HOPS} times.", status=302)

    async def _ask(self, url: URL, request: _Request, *, asked_delay_s: float) -> Fetched | URL:
        """The answer or the redirect's target, asked for up to three times."""
        host = origin(url) if self._guard.is_local(url) else (url.host or "").lower()
        delay_s = max(self._own_delay_s(url, request), asked_delay_s)
        attempt = 1
        while True:
            try:
                async with self._pace.turn(
                    host, delay_s=delay_s, max_wait_s=request.max_wait_s
                ) as turn:
                    answer = await self._once(url, request, turn)
            except FetchFailed as error:
                if attempt == _TRIES or not self._again(host, error, request):
                    raise
            else:
                self._pace.answered(host)
                return answer
            await self._sleep(_REPEAT_AFTER_S * 2 ** (attempt - 1))
            attempt += 1

    def _own_delay_s(self, url: URL, request: _Request) -> float:
        local = self._guard.is_local(url)
        if request.pace_per_s is None:
            return 0.0 if local else 1.0
        return max(1.0 / request.pace_per_s, 0.0 if local else _SHORTEST_DELAY_S)

    def _again(self, host: str, error: FetchFailed, request: _Request) -> bool:
        if error.status in _COMPLAINTS:
            pause_s = self._pace.complained(host, retry_after_s=error.retry_after_s)
            logger.info("%s answers %s, left alone for %.0f s", host, error.status, pause_s)
            return request.max_wait_s is None or pause_s <= request.max_wait_s
        return error.status is None or error.status in _WORTH_REPEATING

    async def _once(self, url: URL, request: _Request, turn: Turn) -> Fetched | URL:
        headers, validators = {"Accept": request.wanted.accept}, request.validators
        if validators and validators.etag:
            headers["If-None-Match"] = validators.etag
        if validators and validators.last_modified:
            headers["If-Modified-Since"] = validators.last_modified
        try:
            async with self._session.get(
                url,
                headers=headers,
                allow_redirects=False,
                timeout=self._timeout,
                trace_request_ctx=turn,
            ) as response:
                return await self._read(url, response, request)
        except TimeoutError:
            raise FetchFailed(f"{url} took longer than {self._timeout.total:.0f} s.") from None
        except (ClientError, OSError, ValueError) as error:
            if forbidden := _forbidden(error):
                raise FetchRefused(str(forbidden)) from None
            raise FetchFailed(f"{url}: {type(error).__name__} {error}"[:300]) from error

    async def _read(self, url: URL, response: ClientResponse, request: _Request) -> Fetched | URL:
        status, wanted = response.status, request.wanted
        if status in _REDIRECTS:
            return _target(url, response)
        if status != 200 and not (status == 304 and request.validators):
            raise FetchFailed(
                f"{url} answers {status}.",
                status=status,
                retry_after_s=self._retry_after(response),
                url=str(url),
            )
        content_type = response.headers.get("Content-Type")
        body = b""
        if status == 200:
            _check_type(url, content_type, wanted)
            body = await read_capped(
                response.content.iter_chunked(65_536),
                encoding=response.headers.get("Content-Encoding", ""),
                max_bytes=wanted.max_bytes,
                cut=wanted.cut,
            )
        return Fetched(
            url=str(url),
            status=status,
            body=body,
            content_type=content_type,
            validators=Validators(
                response.headers.get("ETag"), response.headers.get("Last-Modified")
            ),
            redirected=False,
        )

    def _retry_after(self, response: ClientResponse) -> float | None:
        """``Retry-After`` in seconds, given as such or as a date (RFC 9110, section 10.2.3)."""
        value = response.headers.get("Retry-After", "").strip()
        if value.isdecimal():
            return float(value[:9])
        try:
            at = email.utils.parsedate_to_datetime(value)
        except (ValueError, TypeError):
            return None
        if at.tzinfo is None:
            at = at.replace(tzinfo=UTC)
        return max((at - self._wall_clock()).total_seconds(), 0.0)


@asynccontextmanager
async def open_fetcher(
    *,
    contact: str,
    local_origins: Collection[str] = (),
    clock: Clock = time.monotonic,
    sleep: Sleep = asyncio.sleep,
    resolver: AbstractResolver | None = None,
    total_s: float = 30.0,
    tell_at: int = logging.WARNING,
) -> AsyncIterator[Fetcher]:
    """A fetcher whose user agent carries ``contact``.

    ``local_origins`` are the ``host:port`` that may lie on this machine or network; ``tell_at`` is
    the level at which what is refused is logged.
    """
    guard = Guard(local_origins)
    connector = TCPConnector(
        resolver=GuardedResolver(guard, resolver=resolver), limit=64, limit_per_host=8
    )
    session = ClientSession(
        connector=connector,
        cookie_jar=DummyCookieJar(),
        auto_decompress=False,  # ours has a cap
        trust_env=False,  # a proxy would connect for us, unguarded
        headers={"User-Agent": f"{AGENT}/1.0 (+{contact})", "Accept-Encoding": "gzip, deflate"},
        trace_configs=[_telling_when_sent()],
    )
    async with session:
        yield Fetcher(session, guard, clock=clock, sleep=sleep, total_s=total_s, tell_at=tell_at)


def is_gone(error: FetchError, url: str) -> bool:
    """Whether a page says by 404 or 410 that it is no more; a home page cannot say that for it."""
    if not isinstance(error, FetchFailed) or error.status not in {404, 410}:
        return False
    return not is_home(error.url or url) or is_home(url)


def is_home(url: str) -> bool:
    """Whether an address is that of a whole site."""
    return URL(url).path in {"", "/"} and not URL(url).query


def _telling_when_sent() -> TraceConfig:
    async def sent(
        _session: ClientSession, context: SimpleNamespace, _params: TraceRequestHeadersSentParams
    ) -> None:
        turn: Turn = context.trace_request_ctx
        if turn.is_sent:  # aiohttp asks again by itself where a kept connection turns out closed
            raise FetchFailed("The connection was lost.")
        turn.sent()

    trace = TraceConfig()
    trace.on_request_headers_sent.append(sent)
    return trace


def _parsed(url: str) -> URL:
    try:
        return URL(url).with_fragment(None)
    except (ValueError, TypeError) as error:
        raise FetchRefused(f"{url[:200]!r} is not an address.") from error


def _target(url: URL, response: ClientResponse) -> URL:
    location = response.headers.get("Location")
    if not location:
        raise FetchFailed(f"{url} redirects nowhere.", status=response.status)
    try:
        return url.join(URL(location)).with_fragment(None)
    except (ValueError, TypeError) as error:
        raise FetchRefused(f"{url} redirects to {location[:200]!r}.") from error


def _check_type(url: URL, content_type: str | None, wanted: Wanted) -> None:
    kind = (content_type or "").partition(";")[0].strip().lower()
    if kind and not kind.startswith(wanted.types):
        raise WrongType(f"{url} is {kind[:60]}, not a {wanted.name}.")


def _forbidden(error: BaseException | None) -> ForbiddenAddress | None:
    while error is not None:
        if isinstance(error, ForbiddenAddress):
            return error
        inner = getattr(error, "os_error", None)
        if isinstance(inner, ForbiddenAddress):
            return inner
        error = error.__cause__ or error.__context__
    return None
