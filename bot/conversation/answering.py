"""Photos → an album of what is like the garment in them, and a button for each other one."""

import asyncio
from collections.abc import AsyncIterator, Callable, Collection, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime

from bot.conversation.actions import Action, Verb, write_action
from bot.conversation.counts import Counts
from bot.conversation.filters import Filters
from bot.conversation.garments import Garment, labels_of, no_repeats
from bot.conversation.messages import Button, PhotoRef, Reply, Sender
from bot.conversation.offers import lost
from bot.conversation.pages import PAGE, page_from, strengths, view_of
from bot.conversation.refining import look_as
from bot.conversation.sessions import Sessions, taste_owner
from bot.conversation.shopping import Shopping
from bot.conversation.showing import Showing
from bot.conversation.texts import Texts
from core.alike import Alike
from core.catalogue import Match
from core.errors import (
    Busy,
    CatalogueEmpty,
    FetchError,
    FetchFailed,
    PhotoError,
    PhotoTooHeavy,
    TwinsetError,
    Unavailable,
)
from core.finding import Finding
from core.looks import Look
from core.naming import Namer
from core.photos import MAX_BYTES
from core.preferring import Preferring
from core.search import Found, Strength, strength
from core.storage.answers import MAX_RANKED
from core.vision.embedder import Embedder, Sight
from core.wishes import Wish
from core.words import family_of_kind, kinds_of_family
from scraping.links import Linked
from scraping.searching import Searched

_ROUNDS = 3  # of checking offers, and of taking the next best for those that are no more
_ALBUM = 10  # photos of one message
_OTHERS = 3  # garments of a photo that get a button beside the one that is searched
_ALL_OTHERS = 2 * PAGE - 1  # and of an album: two rows, with one for each of ten photos
_PHOTO_S = 0.1  # about what a photo takes on a small machine

Recognise = Callable[[Sight, Sequence[Match]], Look]


class PhotoAnswers:
    """Answers photos; keeps the ranked list for the buttons, and nothing of the photo."""

    def __init__(
        self,
        *,
        embedder: Embedder,
        alike: Alike,
        finding: Finding,
        recognise: Recognise,
        namer: Namer,
        counts: Counts,
        sessions: Sessions,
        shopping: Shopping,
        filters: Filters,
        showing: Showing,
        preferring: Preferring,
        now: Callable[[], datetime],
        max_photos: int,
        at_once: int,
        load_within_s: float,
    ) -> None:
        """At most ``max_photos`` are in memory, ``at_once`` of them worked on.

        Each has ``load_within_s`` to arrive.
        """
        self._embedder = embedder
        self._alike = alike
        self._finding = finding
        self._recognise = recognise
        self._namer = namer
        self._counts = counts
        self._sessions = sessions
        self._filters = filters
        self._shopping = shopping
        self._showing = showing
        self._preferring = preferring
        self._now = now
        self._max_photos = max_photos
        self._at_once = at_once
        self._load_within_s = load_within_s
        self._photos = 0
        # What waits here does not crowd the event loop, where everybody else's words pass.
        self._slots = asyncio.Semaphore(at_once)

    async def answer(
        self,
        sender: Sender,
        photos: Sequence[PhotoRef],
        say: Texts,
        *,
        words: str = "",
        linked: Linked | None = None,
    ) -> Reply:
        """Answer the photos of one message, each garment in them once.

        The ``words`` beside them may say how what is like the first is to be; ``linked`` is where
        the only photo is from. Raises a ``TwinsetError`` when none of them can be answered.
        """
        async with self._loaded(photos) as loaded:
            filters = await self._filters.of(sender)
            said = await self._finding.understood(words, currency=filters.currency)
            return await self._answer(
                sender, loaded, say, said=said, filters=filters, linked=linked
            )

    async def worn(
        self, sender: Sender, photos: Sequence[PhotoRef], say: Texts
    ) -> list[Garment] | Reply:
        """The garments in the photos of one message, each once, or what is said where none is.

        Raises as ``answer``.
        """
        async with self._loaded(photos) as loaded:
            seen = await self._seen(loaded)
            firsts = [await self._garment(n, sight.garments[0]) for n, sight in enumerate(seen)]
            worn = [one for one in firsts if one.is_worn]
            if not worn:
                nearest = await self._filtered(firsts[0], await self._filters.of(sender))
                return await self._offer(sender, nearest, seen[0], say, photos=len(firsts))
            return [worn[0], *await self._others(worn, seen)]

    @asynccontextmanager
    async def _loaded(
        self, photos: Sequence[PhotoRef]
    ) -> AsyncIterator[Sequence[bytes | TwinsetError]]:
        """The photos, or what is wrong with each, in a place among those that are worked on."""
        photos = photos[: min(_ALBUM, self._max_photos)]
        if self._photos + len(photos) > self._max_photos:
            raise Busy(retry_after_s=self._photos * _PHOTO_S)
        self._photos += len(photos)
        try:
            if not (await self._counts.now()).products:
                raise CatalogueEmpty("There is no product to search.")
            loaded = await asyncio.gather(*(self._load(photo) for photo in photos))
            async with self._slots:
                yield loaded
        finally:
            self._photos -= len(photos)

    async def _answer(
        self,
        sender: Sender,
        loaded: Sequence[bytes | TwinsetError],
        say: Texts,
        *,
        said: Wish,
        filters: Wish,
        linked: Linked | None,
    ) -> Reply:
        wish = said.narrowing
        within = wish.inside(filters)
        seen = await self._seen(loaded)
        firsts = [await self._garment(n, sight.garments[0]) for n, sight in enumerate(seen)]
        worn = [one for one in firsts if one.is_worn]
        if not worn:
            nearest = await self._filtered(firsts[0], filters)
            return await self._offer(sender, nearest, seen[0], say, photos=len(firsts))
        counts = await self._counts.now()
        meant = await self._meant(worn, seen, None if wish.as_kind else said.kind)
        found, away = meant.found, set[int]()
        if linked and linked.product:
            away = {linked.product.id}
        if away or not within.is_empty:
            found = await self._find(meant.sight, within, exclude=away)
        found = await self._true(sender, meant.sight, found, within, away)
        first = replace(meant, look=look_as(meant.look, within))
        found, asked = await self._with_shops(first, found, within, away)
        if not found.matches and filters.beside(wish).is_empty:
            nearest = await self._filtered(meant, filters)
            return await self._offer_without(sender, nearest, wish, say)
        if not found.matches:
            trace = meant.trace
            return await self._showing.nothing(
                sender, meant.look, say, wish=wish, filters=filters, trace=trace
            )
        page = page_from(0, found.matches)
        view = view_of(page)
        apart = [one for one in no_repeats(worn, seen) if one is not meant]
        others = [
            await self._filtered(one, filters) for one in await self._others([meant, *apart], seen)
        ]
        labels = labels_of([first, *others], say)[1:]
        garments = [
            (label, await self._keep(sender, one, one.found, shown=0))
            for label, one in zip(labels, others, strict=True)
        ]
        key = await self._keep(sender, first, found, shown=view.end, garments=garments, wish=wish)
        text = say.answer(
            meant.look,
            strengths(page, first.look.kind),
            wish=wish,
            products=counts.products,
            shops=counts.shops,
            garments=labels,
            photos=len(loaded),
            unread=len(loaded) - len(seen),
            bare=len(seen) - len(worn),
            asked=asked,
        )
        if linked and linked.title:
            text = say.from_link(linked.title, linked.product, text, now=self._now())
        shown = await self._showing.page(
            sender,
            page,
            first.look,
            say,
            text=text,
            key=key,
            more=view.end < len(found.matches) + len(found.rest),
            ways=await self._showing.ways(first.look, first.trace, wish),
            wish=wish,
            filters=filters,
            garments=garments,
        )
        return replace(shown, regions=tuple(seen[first.photo].regions))

    async def _seen(self, loaded: Sequence[bytes | TwinsetError]) -> list[Sight]:
        """What can be seen; raises what is wrong with the first photo where nothing can."""
        seen, wrong = list[Sight](), list[TwinsetError]()
        for photo in loaded:
            if isinstance(photo, TwinsetError):
                wrong.append(photo)
                continue
            try:
                seen.append(await self._embedder.see(photo))
            except PhotoError as error:
                wrong.append(error)
        if not seen:
            raise wrong[0]
        return seen

    async def _garment(self, photo: int, sight: Sight) -> Garment:
        found = await self._find(sight)
        look = await asyncio.to_thread(self._recognise, sight, found.matches)
        return Garment(photo, sight, found, look)

    async def _meant(
        self, worn: Sequence[Garment], seen: Sequence[Sight], kind: str | None
    ) -> Garment:
        """The garment that is of the kind that was said, or near it, else the first."""
        if kind is None or kind == worn[0].look.kind:
            return worn[0]
        smaller = [
            await self._garment(photo, sight)
            for photo in dict.fromkeys(one.photo for one in worn)
            for sight in seen[photo].garments[1 : 1 + _OTHERS]
        ]
        family = family_of_kind(kind) or kind
        for said in ({kind}, {*kinds_of_family(family), family}):
            for one in (*worn, *smaller):
                if one.look.kind in said:
                    return one
        return worn[0]

    async def _filtered(self, garment: Garment, filters: Wish) -> Garment:
        """The same with what is like it inside the filters."""
        if filters.is_empty:
            return garment
        return replace(garment, found=await self._find(garment.sight, filters))

    async def _others(self, firsts: Sequence[Garment], seen: Sequence[Sight]) -> list[Garment]:
        """The garments besides the first, each once: the photos' largest, then their smaller."""
        known = [firsts[0]]

        def learn(one: Garment) -> None:
            if not any(one.is_same(other) for other in known):
                known.append(one)

        for one in firsts[1:]:
            learn(one)
        for photo in dict.fromkeys(one.photo for one in firsts):
            for sight in seen[photo].garments[1 : 1 + _OTHERS]:
                if len(known) <= _ALL_OTHERS:
                    learn(await self._garment(photo, sight))
        return known[1:]

    async def _true(
        self, sender: Sender, sight: Sight, found: Found, wish: Wish, away: set[int]
    ) -> Found:
        """The same in the sender's order, with offers as they are now.

        For those that are no more there are the next best. None of those ``away`` is among them.
        """
        offers = self._showing.true(wish)
        owner = taste_owner(sender)
        for _ in range(_ROUNDS):
            found = await self._preferring.ranked(sender.platform, owner, found, k=PAGE)
            known = await offers.now([match.product for match in found.matches])
            if not lost(found.matches, known):
                matches = [replace(one, product=known[one.product.id]) for one in found.matches]
                return Found(matches, found.rest)
            away = away | ({match.product.id for match in found.matches} - known.keys())
            found = await self._find(sight, wish, exclude=away)
        return found

    async def _with_shops(
        self, garment: Garment, found: Found, wish: Wish, away: set[int]
    ) -> tuple[Found, Searched | None]:
        """The same, and what the shops offer at once where nothing of it is a strong match."""
        sight = garment.sight
        is_strong = found.matches and strength(found.matches[0].score) is Strength.STRONG
        if sight.fingerprint is None or is_strong:
            return found, None
        asked = await self._alike.asked(sight.embedding, sight.fingerprint, wish)
        offered = await self._shopping.in_answer(garment.look, asked, sight.fingerprint)
        if offered is None:
            return found, None
        known = {number for number, _ in found.rest} | away
        fitting = await self._alike.within(wish, offered.matches)
        new = [one for one in fitting if one.product.id not in known]
        return found.joined(new, k=PAGE), offered.searched

    async def _find(
        self, sight: Sight, wish: Wish | None = None, *, exclude: Collection[int] = ()
    ) -> Found:
        wish = wish or Wish()
        try:
            found = await self._alike.find(
                sight.embedding,
                sight.fingerprint,
                wish,
                k=PAGE,
                in_all=MAX_RANKED,
                exclude=exclude,
            )
        except CatalogueEmpty:
            found = Found([])
        if not found.matches and wish.is_empty:
            raise Unavailable("There are products, and none of them is in the index yet.")
        return found.worth(sight.agreement) if sight.agreement else found

    async def _keep(
        self,
        sender: Sender,
        garment: Garment,
        found: Found,
        *,
        shown: int,
        wish: Wish | None = None,
        garments: Sequence[tuple[str, str]] = (),
    ) -> str:
        return await self._sessions.keep(
            sender,
            found.matches,
            garment.look,
            shown=shown,
            rest=found.rest,
            garments=garments,
            trace=garment.trace,
            wish=None if wish == Wish() else wish,
        )

    async def _offer(
        self,
        sender: Sender,
        first: Garment,
        sight: Sight,
        say: Texts,
        *,
        photos: int,
    ) -> Reply:
        """No clothes: what it seems to be, and to search all the same."""
        look = replace(first.look, seen=await self._namer.name(sight.photo) or first.look.seen)
        key = await self._keep(sender, replace(first, look=look), first.found, shown=0)
        anyway = write_action(Action(verb=Verb.ANYWAY, key=key))
        return Reply(
            text=say.no_clothes(look, photos=photos),
            buttons=((Button(label=say.SEARCH_ANYWAY, action=anyway),),),
            look=look,
            regions=tuple(sight.regions),
        )

    async def _offer_without(self, sender: Sender, first: Garment, wish: Wish, say: Texts) -> Reply:
        """Nothing is as it is wished for: what is like the photo otherwise, when that is wanted."""
        key = await self._keep(sender, first, first.found, shown=0)
        anyway = write_action(Action(verb=Verb.ANYWAY, key=key))
        return Reply(
            text=say.found_nothing(replace(wish, kind=first.look.kind)),
            buttons=((Button(label=say.SEARCH_ANYWAY, action=anyway),),),
            look=first.look,
        )

    async def _load(self, photo: PhotoRef) -> bytes | TwinsetError:
        """The photo, or what is wrong with it alone."""
        if photo.size_bytes is not None and photo.size_bytes > MAX_BYTES:
            return PhotoTooHeavy(size_bytes=photo.size_bytes, limit_bytes=MAX_BYTES)
        try:
            async with asyncio.timeout(self._load_within_s):
                return await photo.load()
        except TimeoutError:
            return FetchFailed("The photo did not come in time.")
        except (PhotoError, FetchError) as error:
            return error
