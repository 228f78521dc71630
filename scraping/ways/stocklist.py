"""A list of products in data, page after page: how it is gone through to its true end."""

import asyncio
import hashlib
import json
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from core.catalogue import ProductRecord
from core.errors import FetchError, FetchFailed, FetchRefused
from core.storage.pages import KnownPage
from scraping.fetcher import Fetched, Validators, Wanted

MAX_PAGES = 1000
MAX_MISSED_IN_A_ROW = 3

JSON = Wanted(
    "list of products",
    # Shopify has been seen to send it as a page.
    ("application/json", "text/json", "text/html", "text/plain", "application/javascript"),
    30_000_000,
    accept="application/json,*/*;q=0.1",
)

LookUp = Callable[[Sequence[str]], Awaitable[Mapping[str, KnownPage]]]
OnError = Callable[[str, FetchError], None]


class Get(Protocol):
    """Asks for one page, sitemap or page of data, politely."""

    async def __call__(
        self, url: str, wanted: Wanted, validators: Validators | None = None
    ) -> Fetched:
        """As ``Fetcher.fetch``."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What one page of a stocklist holds.

    ``entries`` counts all that it lists, also what no record could be made of. ``problem`` says
    why it is not whole. What is not ``lasting`` may mean something else tomorrow as it stands.
    """

    records: tuple[ProductRecord, ...]
    entries: int
    problem: str | None = None
    lasting: bool = True


class Stocklist(Protocol):
    """One platform's list of products; ``read`` is pure."""

    @property
    def wanted(self) -> Wanted:
        """What its pages are."""
        ...

    @property
    def page_size(self) -> int:
        """How many entries a full page has."""
        ...

    def starts(self) -> Sequence[str]:
        """The first page of each list."""
        ...

    def following(self, url: str) -> str | None:
        """The page after this one; None where there cannot be one."""
        ...

    def read(self, answer: Fetched) -> Part:
        """What a page holds; ``FetchFailed`` where that is no list of products."""
        ...


@dataclass(frozen=True, slots=True)
class StockPage:
    """A page that answered; ``part`` is None where it is as it was known."""

    page: KnownPage
    part: Part | None


async def walk(
    stocklist: Stocklist, *, get: Get, look_up: LookUp, on_error: OnError
) -> AsyncGenerator[StockPage, None]:
    """Every page of a stocklist, in order.

    Its end is an empty page after one that was not full, or two empty ones: a shop in trouble
    answers with an empty page as well. A page that cannot be had goes to ``on_error`` and the
    next one is asked for, until ``MAX_MISSED_IN_A_ROW`` are missing; so does what lies behind a
    limit of the platform's or ours.
    """
    for start in stocklist.starts():
        async for page in _one_list(start, stocklist, get, look_up, on_error):
            yield page


async def _one_list(
    start: str, stocklist: Stocklist, get: Get, look_up: LookUp, on_error: OnError
) -> AsyncGenerator[StockPage, None]:
    url, so_far = start, _SoFar(stocklist.page_size)
    for _ in range(MAX_PAGES):
        try:
            seen = await _page(url, stocklist, get, look_up)
        except FetchError as error:
            on_error(url, error)
            so_far.failed(error)
        else:
            if seen.part and seen.part.problem:
                on_error(url, FetchFailed(f"{url} {seen.part.problem}."))
            if so_far.empty and not _is_empty(seen):
                on_error(url, FetchFailed(f"A page without products came before {url}."))
            so_far.answered(seen)
            if not _is_empty(seen):
                yield seen
        following = stocklist.following(url)
        if so_far.ended or following is None:
            if not so_far.ended and so_far.last_was_full and stocklist.page_size:
                on_error(url, FetchRefused(f"{url} is the last page that may be asked for."))
            return
        url = following
    on_error(start, FetchRefused(f"It has more than {MAX_PAGES} pages of products."))


@dataclass(slots=True)
class _SoFar:
    """Tells whether a list has come to its end."""

    page_size: int
    missed: int = 0
    empty: int = 0
    last_was_full: bool = False
    ended: bool = False

    def failed(self, error: FetchError) -> None:
        self.missed += 1
        self.last_was_full = True  # for all that is known
        self.ended = self.missed == MAX_MISSED_IN_A_ROW or isinstance(error, FetchRefused)

    def answered(self, seen: StockPage) -> None:
        self.missed = 0
        if _is_empty(seen):
            self.empty += 1
            self.ended = self.empty == 2 or not self.last_was_full
        else:
            self.empty = 0
            self.last_was_full = seen.part is None or seen.part.entries >= self.page_size


def _is_empty(seen: StockPage) -> bool:
    return not (seen.part.entries if seen.part else seen.page.keys)


async def _page(url: str, stocklist: Stocklist, get: Get, look_up: LookUp) -> StockPage:
    known = (await look_up([url])).get(url)
    if known and not known.keys:
        known = None  # only reading it tells an empty page from one without anything wanted
    validators = Validators(known.etag, known.last_modified) if known else None
    if validators == Validators():
        validators = None
    answer = await get(url, stocklist.wanted, validators)
    content = hashlib.blake2b(answer.body, digest_size=16).hexdigest()
    if known and (answer.not_modified or content == known.content):
        return StockPage(known, None)
    part = await asyncio.to_thread(stocklist.read, answer)
    given = answer.validators
    if answer.redirected or part.problem or not part.lasting:
        given, content = Validators(), ""
    keys = tuple(dict.fromkeys(record.key for record in part.records))
    page = KnownPage(
        url=url,
        content=content,
        keys=keys,
        etag=given.etag,
        last_modified=given.last_modified,
    )
    return StockPage(page, part)


def parsed_json(answer: Fetched) -> object:
    """The body as JSON; ``FetchFailed`` where it is none."""
    try:
        data: object = json.loads(answer.body)
    except (ValueError, RecursionError):
        raise FetchFailed(f"{answer.url} is not a list of products.") from None
    return data
