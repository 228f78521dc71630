"""A photo → an album of what is like it."""

import asyncio
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.conversation import texts
from bot.conversation.actions import Action, Verb, write_action
from bot.conversation.messages import Button, PhotoRef, Reply, Sender
from bot.conversation.offers import Offers, lost
from bot.conversation.pages import PAGE, cards, keyboard, page_from, strengths, view_of
from bot.conversation.sessions import Sessions
from core.catalogue import Match
from core.errors import Busy, CatalogueEmpty, FetchFailed, PhotoTooHeavy, Unavailable
from core.looks import Look
from core.naming import Namer
from core.photos import MAX_BYTES
from core.search import Found, Search
from core.storage.answers import MAX_RANKED
from core.storage.catalogue import CatalogueCounts, CatalogueStore
from core.storage.people import PeopleStore
from core.vision.embedder import Embedder, Sight
from core.vision.regions import Region

FASHION = 0.5
"""From this probability on, a photo is taken to show something to wear."""

_ROUNDS = 3  # of checking offers, and of taking the next best for those that are no more
_COUNTS_LAST = timedelta(minutes=1)
_OTHERS = 3  # garments of a photo that get a button beside the one that is searched
_PHOTO_S = 0.1  # about what a photo takes on a small machine

Recognise = Callable[[Sight, Sequence[Match]], Look]


class PhotoAnswers:
    """Answers photos; keeps the ranked list for the buttons, and nothing of the photo."""

    def __init__(
        self,
        *,
        embedder: Embedder,
        search: Search,
        recognise: Recognise,
        namer: Namer,
        people: PeopleStore,
        catalogue: CatalogueStore,
        sessions: Sessions,
        offers: Offers,
        now: Callable[[], datetime],
        max_photos: int,
        at_once: int,
        load_within_s: float,
    ) -> None:
        """At most ``max_photos`` are in memory, ``at_once`` of them worked on.

        Each has ``load_within_s`` to arrive.
        """
        self._embedder = embedder
        self._search = search
        self._recognise = recognise
        self._namer = namer
        self._people = people
        self._catalogue = catalogue
        self._sessions = sessions
        self._offers = offers
        self._now = now
        self._max_photos = max_photos
        self._at_once = at_once
        self._load_within_s = load_within_s
        self._photos = 0
        # What waits here does not crowd the event loop, where everybody else's words pass.
        self._slots = asyncio.Semaphore(at_once)
        self._counts: CatalogueCounts | None = None
        self._counted_at = datetime.min.replace(tzinfo=UTC)

    async def answer(self, sender: Sender, photos: Sequence[PhotoRef]) -> Reply:
        """Answer the first photo; raises a ``TwinsetError`` when it cannot be answered."""
        if self._photos >= self._max_photos:
            raise Busy(retry_after_s=self._photos * _PHOTO_S)
        self._photos += 1
        try:
            counts = await self._count()
            data = await self._load(photos[0])
            async with self._slots:
                return await self._answer(sender, data, counts, photos=len(photos))
        finally:
            self._photos -= 1

    async def _answer(
        self, sender: Sender, data: bytes, counts: CatalogueCounts, *, photos: int
    ) -> Reply:
        seen = await self._embedder.see(data)
        sight, *others = seen.garments
        regions = tuple(seen.regions)
        found = await self._find(sight)
        look = await asyncio.to_thread(self._recognise, sight, found.matches)
        if look.fashion < FASHION:
            look = replace(look, seen=await self._namer.name(sight.photo) or look.seen)
            key = await self._keep(sender, found, look, shown=0)
            return _offer(key, look, regions)
        found = await self._true(sight, found)
        page = page_from(0, found.matches)
        view = view_of(page)
        garments = await self._others(sender, others[:_OTHERS], known={_name(look, sight)})
        key = await self._keep(sender, found, look, shown=view.end, garments=garments)
        return Reply(
            text=texts.answer(
                look,
                strengths(page),
                products=counts.products,
                shops=counts.shops,
                photos=photos,
                garments=[name for name, _ in garments],
            ),
            album=cards(page, now=self._now()),
            buttons=keyboard(
                page,
                key=key,
                view=view,
                liked=await likes_shown(self._people, sender),
                shared=sender.is_group,
                more=view.end < len(found.matches) + len(found.rest),
                garments=garments,
            ),
            look=look,
            regions=regions,
        )

    async def _others(
        self, sender: Sender, sights: Sequence[Sight], *, known: set[str]
    ) -> list[tuple[str, str]]:
        """Answers that are kept for the photo's other garments: name and key, each name once."""
        garments = []
        for sight in sights:
            found = await self._find(sight)
            look = await asyncio.to_thread(self._recognise, sight, found.matches)
            if (name := _name(look, sight)) not in known:
                known.add(name)
                key = await self._keep(sender, found, look, shown=0)
                garments.append((name, key))
        return garments

    async def _true(self, sight: Sight, found: Found) -> Found:
        """The same with offers as they are now, and the next best for those that are no more."""
        away: set[int] = set()
        for _ in range(_ROUNDS):
            known = await self._offers.now([match.product for match in found.matches])
            if not lost(found.matches, known):
                matches = [replace(one, product=known[one.product.id]) for one in found.matches]
                return Found(matches, found.rest)
            away |= {match.product.id for match in found.matches} - known.keys()
            found = await self._find(sight, exclude=away)
        return found

    async def _find(self, sight: Sight, *, exclude: Collection[int] = ()) -> Found:
        try:
            found = await self._search.find(
                sight.embedding,
                k=PAGE,
                in_all=MAX_RANKED,
                exclude=exclude,
                fingerprint=sight.fingerprint,
            )
        except CatalogueEmpty:
            found = Found([])
        if not found.matches:
            raise Unavailable("There are products, and none of them is in the index yet.")
        return found.worth(sight.agreement) if sight.agreement else found

    async def _keep(
        self,
        sender: Sender,
        found: Found,
        look: Look,
        *,
        shown: int,
        garments: Sequence[tuple[str, str]] = (),
    ) -> str:
        return await self._sessions.keep(
            sender, found.matches, look, shown=shown, rest=found.rest, garments=garments
        )

    async def _count(self) -> CatalogueCounts:
        """What there is to search, as of a minute ago at most; ``CatalogueEmpty`` for nothing."""
        if self._counts is None or abs(self._now() - self._counted_at) > _COUNTS_LAST:
            counts = await self._catalogue.counts()
            if not counts.products:
                raise CatalogueEmpty("There is no product to search.")
            self._counts, self._counted_at = counts, self._now()
        return self._counts

    async def _load(self, photo: PhotoRef) -> bytes:
        if photo.size_bytes is not None and photo.size_bytes > MAX_BYTES:
            raise PhotoTooHeavy(size_bytes=photo.size_bytes, limit_bytes=MAX_BYTES)
        try:
            async with asyncio.timeout(self._load_within_s):
                return await photo.load()
        except TimeoutError:
            raise FetchFailed("The photo did not come in time.") from None


async def likes_shown(people: PeopleStore, sender: Sender) -> frozenset[int]:
    """The product ids whose hearts are full for the sender; in a group everybody's are empty."""
    if sender.is_group:
        return frozenset()
    return frozenset(await people.likes(sender.platform, sender.person_id))


def _name(look: Look, sight: Sight) -> str:
    """What a garment is called on its button."""
    family = sight.regions[0].family if sight.regions else ""
    return look.kind or family


def _offer(key: str, look: Look, regions: tuple[Region, ...]) -> Reply:
    anyway = write_action(Action(verb=Verb.ANYWAY, key=key))
    return Reply(
        text=texts.no_clothes(look),
        buttons=((Button(label=texts.SEARCH_ANYWAY, action=anyway),),),
        look=look,
        regions=regions,
    )
