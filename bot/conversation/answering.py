"""A photo → an album of what is like it."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime

from bot.conversation import texts
from bot.conversation.actions import Action, Verb, write_action
from bot.conversation.messages import Button, PhotoRef, Reply, Sender
from bot.conversation.pages import cards, keyboard, page_from, strengths, view_of
from bot.conversation.sessions import Sessions
from core.catalogue import Match
from core.errors import Busy, CatalogueEmpty, FetchFailed, PhotoTooHeavy, Unavailable
from core.looks import Look
from core.photos import MAX_BYTES
from core.search import Search
from core.storage.answers import MAX_RANKED
from core.storage.catalogue import CatalogueStore
from core.storage.people import PeopleStore
from core.vision.embedder import Embedder, Sight

FASHION = 0.5
"""From this probability on, a photo is taken to show something to wear."""

Recognise = Callable[[Sight, Sequence[Match]], Look]


class PhotoAnswers:
    """Answers photos; keeps the ranked list for the buttons, and nothing of the photo."""

    def __init__(
        self,
        *,
        embedder: Embedder,
        search: Search,
        recognise: Recognise,
        people: PeopleStore,
        catalogue: CatalogueStore,
        sessions: Sessions,
        now: Callable[[], datetime],
        max_photos: int,
        load_within_s: float,
    ) -> None:
        """At most ``max_photos`` are in memory at once; each has ``load_within_s`` to arrive."""
        self._embedder = embedder
        self._search = search
        self._recognise = recognise
        self._people = people
        self._catalogue = catalogue
        self._sessions = sessions
        self._now = now
        self._max_photos = max_photos
        self._load_within_s = load_within_s
        self._photos = 0

    async def answer(self, sender: Sender, photos: Sequence[PhotoRef]) -> Reply:
        """Answer the first photo; raises a ``TwinsetError`` when it cannot be answered."""
        counts = await self._catalogue.counts()
        if not counts.products:
            raise CatalogueEmpty("There is no product to search.")
        sight = await self._see(photos[0])
        matches = await self._similar(sight)
        look = self._recognise(sight, matches)
        if look.fashion < FASHION:
            key = await self._sessions.keep(sender, matches, look, shown=0)
            return _offer(key, look)
        page = page_from(0, matches)
        view = view_of(page)
        key = await self._sessions.keep(sender, matches, look, shown=view.end)
        return Reply(
            text=texts.answer(
                look,
                strengths(page),
                products=counts.products,
                shops=counts.shops,
                photos=len(photos),
            ),
            album=cards(page, now=self._now()),
            buttons=keyboard(
                page,
                key=key,
                view=view,
                liked=await likes_shown(self._people, sender),
                shared=sender.is_group,
                more=view.end < len(matches),
            ),
            look=look,
        )

    async def _similar(self, sight: Sight) -> Sequence[Match]:
        try:
            matches = await self._search.similar(sight.embedding, k=MAX_RANKED)
        except CatalogueEmpty:
            matches = []
        if not matches:
            raise Unavailable("There are products, and none of them is in the index yet.")
        return matches

    async def _see(self, photo: PhotoRef) -> Sight:
        if self._photos >= self._max_photos:
            raise Busy(retry_after_s=self._load_within_s)
        self._photos += 1
        try:
            return await self._embedder.see(await self._load(photo))
        finally:
            self._photos -= 1

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


def _offer(key: str, look: Look) -> Reply:
    anyway = write_action(Action(verb=Verb.ANYWAY, key=key))
    return Reply(
        text=texts.no_clothes(look),
        buttons=((Button(label=texts.SEARCH_ANYWAY, action=anyway),),),
        look=look,
    )
