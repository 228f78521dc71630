"""A link that a person sent → the picture behind it: an image's own, or a page's main one."""

import asyncio
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass

from core.catalogue import Product, ProductRecord
from core.decoding import format_of
from core.errors import (
    Busy,
    FetchError,
    FetchFailed,
    FetchRefused,
    LinkError,
    LinkProblem,
    NotAPhoto,
    PhotoError,
    UnsupportedFormat,
)
from core.storage.catalogue import CatalogueStore
from scraping.extract import Page, canonical, extract
from scraping.extract.opengraph import images
from scraping.fetcher import PAGE, PICTURE, Fetched, Fetcher, Wanted, WrongType
from scraping.pictures import PictureSource
from scraping.robots import Disallowed, Unread

_PAGE_OR_PICTURE = Wanted(
    "page or a picture",
    (*PAGE.types, *PICTURE.types),
    PICTURE.max_bytes,
    accept="text/html,image/jpeg,image/png,image/webp,image/*;q=0.5,*/*;q=0.1",
)
_MOST_PAGE_BYTES = 5_000_000
_PICTURES = 3  # of a page that are tried, best first


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """A picture's bytes, and the product that it shows, as far as that is told.

    ``product`` is set where the catalogue has it; ``title`` is "" for a picture without more.
    """

    picture: bytes
    title: str = ""
    product: Product | None = None


class LinkReader:
    """Opens links; each within ``within_s`` seconds, at most ``at_once`` of them.

    What the catalogue has is shown from there. Everything else goes through ``fetcher``, which
    must not let strangers at what is local.
    """

    def __init__(
        self,
        fetcher: Fetcher,
        *,
        catalogue: CatalogueStore,
        pictures: PictureSource,
        within_s: float = 10.0,
        at_once: int = 16,
    ) -> None:
        self._fetcher = fetcher
        self._catalogue = catalogue
        self._pictures = pictures
        self._within_s = within_s
        self._at_once = at_once
        self._opening = 0
        # A pool of its own: pages made to be slow keep only other links waiting.
        self._readers = ThreadPoolExecutor(2, thread_name_prefix="links")

    async def open(self, url: str) -> Linked:
        """The picture behind the link. Raises ``LinkError``, a ``PhotoError`` and ``Busy``."""
        if self._opening >= self._at_once:
            raise Busy(retry_after_s=self._within_s)
        self._opening += 1
        try:
            async with asyncio.timeout(self._within_s):
                with _told():
                    return await self._opened(url)
        except TimeoutError:
            raise LinkError("The page takes too long.", LinkProblem.SLOW) from None
        finally:
            self._opening -= 1

    def close(self) -> None:
        """Let go of the threads."""
        self._readers.shutdown(wait=False, cancel_futures=True)

    async def _opened(self, url: str) -> Linked:
        if known := await self._known([url, canonical(url)]):
            return known
        answer = await self._fetcher.fetch(url, _PAGE_OR_PICTURE, max_wait_s=self._within_s)
        try:
            format_of(answer.body)
        except PhotoError as error:
            if _is_page(answer):
                return await self._shown(answer)
            if isinstance(error, NotAPhoto):
                raise LinkError("That is no picture.", LinkProblem.EMPTY) from None
            raise
        return Linked(picture=answer.body)

    async def _shown(self, answer: Fetched) -> Linked:
        """The main picture of a page, and the product that it is about."""
        loop = asyncio.get_running_loop()
        record, urls = await loop.run_in_executor(self._readers, _main_of, answer)
        keys = {answer.url, canonical(answer.url), *([record.key] if record else [])}
        if known := await self._known(keys):
            return known
        wrong: FetchError | PhotoError | None = None
        for picture_url in urls[:_PICTURES]:
            try:
                picture = await self._fetcher.fetch(picture_url, PICTURE, max_wait_s=self._within_s)
                format_of(picture.body)
            except (FetchError, NotAPhoto, UnsupportedFormat) as error:
                wrong = wrong or error
                continue
            return Linked(picture=picture.body, title=record.title if record else "")
        if isinstance(wrong, FetchError):
            raise wrong
        raise LinkError("The page shows no picture.", LinkProblem.EMPTY)

    async def _known(self, keys: Iterable[str]) -> Linked | None:
        """What the catalogue has under one of the keys, with its picture."""
        product = await self._catalogue.with_key(set(keys))
        picture = await self._pictures.original(product) if product else None
        if product is None or picture is None:
            return None
        return Linked(picture=picture, title=product.title, product=product)


@contextmanager
def _told() -> Iterator[None]:
    """A failure to fetch, as a person's problem with their link."""
    try:
        yield
    except WrongType as error:
        raise LinkError(str(error), LinkProblem.EMPTY) from error
    except (FetchFailed, Unread) as error:
        raise LinkError(str(error), LinkProblem.AWAY) from error
    except Disallowed as error:
        raise LinkError(str(error), LinkProblem.CLOSED) from error
    except FetchRefused as error:
        raise LinkError(str(error), LinkProblem.REFUSED) from error


def _is_page(answer: Fetched) -> bool:
    kind = (answer.content_type or "").lower()
    fits = kind.startswith(PAGE.types) if kind else b"<" in answer.body[:200]
    return fits and len(answer.body) <= _MOST_PAGE_BYTES


def _main_of(answer: Fetched) -> tuple[ProductRecord | None, list[str]]:
    """The product that the page is about, and the addresses of its pictures, best first; pure."""
    page = Page.parse(answer.body, url=answer.url, content_type=answer.content_type)
    records = extract(page)
    record = _about(records, answer.url)
    shown = [*(record.image_urls if record else ()), *images(page)]
    if record is None:
        shown += [url for one in records for url in one.image_urls[:1]]
    return record, list(dict.fromkeys(shown))


def _about(records: Sequence[ProductRecord], url: str) -> ProductRecord | None:
    """The page's only product, or that of its own address; None for a listing."""
    own = [one for one in records if one.url and canonical(one.url) == canonical(url)]
    return records[0] if len(records) == 1 else own[0] if len(own) == 1 else None
