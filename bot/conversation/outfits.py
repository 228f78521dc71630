"""Outfits: what a garment or a product lacks, in one picture, each piece to be swapped."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.conversation.actions import Action, Verb
from bot.conversation.answering import PhotoAnswers
from bot.conversation.filters import Filters
from bot.conversation.messages import PhotoRef, Pictures, Reply, Sender
from bot.conversation.offers import Offers, Within
from bot.conversation.pages import Placed, cards, outfit_keyboard
from bot.conversation.refining import key_after, look_as
from bot.conversation.sessions import AlreadyKept, Session, Sessions
from bot.conversation.showing import likes_shown
from bot.conversation.texts import Texts
from core.alike import Alike
from core.catalogue import Match, Product
from core.collage import collage
from core.finding import Finding
from core.looks import Look
from core.outfits import Outfit, Piece, Stylist
from core.sameness import is_buyable
from core.search import Strength, strength
from core.storage.answers import Ensemble, Trace
from core.storage.people import PeopleStore
from core.storage.rates import RateStore
from core.wishes import Wish

_NO_WISH = Wish()
_ROUNDS = 3  # of checking offers, as for other answers
_STAND_INS = 12
_DIGITS = 2  # of a rank in an answer


@dataclass(frozen=True, slots=True, kw_only=True)
class _Around:
    """What an outfit is made around: a product, or a garment by its trace and within a wish.

    ``own`` are the ids of the products that may show it, the best first. ``within`` is what was
    said of all pieces.
    """

    look: Look
    trace: Trace | None = None
    wish: Wish | None = None
    product: Product | None = None
    own: tuple[int, ...] = ()
    within: Wish = _NO_WISH


class Outfits:
    """Makes outfits, and changes them; keeps their products, and no picture.

    Each piece lies within the filters that are in force then, and what the words of who asks say
    of prices, shops, stock and for whom.
    """

    def __init__(
        self,
        stylist: Stylist,
        *,
        photos: PhotoAnswers,
        pictures: Pictures,
        alike: Alike,
        finding: Finding,
        people: PeopleStore,
        sessions: Sessions,
        offers: Offers,
        filters: Filters,
        rates: RateStore,
        now: Callable[[], datetime],
    ) -> None:
        self._stylist = stylist
        self._photos = photos
        self._pictures = pictures
        self._alike = alike
        self._finding = finding
        self._people = people
        self._sessions = sessions
        self._offers = offers
        self._filters = filters
        self._rates = rates
        self._now = now

    async def of_photos(
        self, sender: Sender, photos: Sequence[PhotoRef], say: Texts, *, words: str = ""
    ) -> Reply:
        """The outfit around the first garment in the photos that may have one.

        Raises as ``PhotoAnswers.answer``.
        """
        garments = await self._photos.worn(sender, photos, say)
        if isinstance(garments, Reply):
            return garments
        within = await self._said(sender, words)
        for one in garments:
            found = [(match.product.id, match.score) for match in one.found.matches]
            around = _Around(
                look=look_as(one.look, within),
                trace=one.trace,
                own=_near([*found, *one.found.rest]),
                within=within,
            )
            reply = await self._made(sender, around, say)
            if reply.notice != say.NO_PIECE:
                break
        return _in_words(reply)

    async def of_product(self, sender: Sender, product: Product, say: Texts) -> Reply:
        """The outfit around a product."""
        return _in_words(await self._made(sender, _of_product(product), say))

    async def of_latest(self, sender: Sender, words: str, say: Texts) -> Reply:
        """The outfit around what was shown last, or around its product of the rank in ``words``."""
        rank = int(words) if words.isdecimal() and len(words) <= _DIGITS else 0
        session = await self._sessions.latest(sender, goes_on=not rank)
        within = _NO_WISH if rank else await self._said(sender, words)
        is_clear = not words or rank or not within.is_empty
        if session is None or rank > session.answer.shown or not is_clear:
            return Reply(text=say.OUTFIT_HOW_TO)
        around = _of_shown(session, rank=rank)
        if around:
            around = replace(around, look=look_as(around.look, within), within=within)
        return _in_words(await self._made(sender, around, say))

    async def _said(self, sender: Sender, words: str) -> Wish:
        """What words say of pieces of every kind."""
        currency = (await self._filters.of(sender)).currency
        said = await self._finding.understood(words, currency=currency)
        return Wish(
            gender=said.gender,
            least=said.least,
            most=said.most,
            currency=said.currency,
            shops=said.shops,
            elsewhere=said.elsewhere,
            in_stock=said.in_stock,
        )

    async def tapped(
        self, sender: Sender, session: Session, action: Action, say: Texts
    ) -> list[Reply]:
        """What a tap on *Complete the outfit*, or on an outfit's own buttons brings, each once."""
        answer, ensemble = session.answer, session.answer.ensemble
        if ensemble and action.verb is Verb.SWAP:
            return await self._swapped(sender, session, ensemble, action, say)
        is_of_another_network = answer.trace and not self._stylist.can(None, answer.trace.space)
        if is_of_another_network or (ensemble is None and action.verb is not Verb.OUTFIT):
            return [Reply(notice=say.NO_LONGER_WORKS)]
        before: tuple[int, ...] = ()
        if ensemble:
            around = _once_more(session, ensemble)
            before = (*ensemble.before, *answer.product_ids)
        else:
            around = _of_shown(session, start=action.view.start)
        try:
            return [await self._made(sender, around, say, before=before, key=key_after(action))]
        except AlreadyKept:
            return [Reply(notice=say.ALREADY_SHOWN)]

    async def _made(
        self,
        sender: Sender,
        around: _Around | None,
        say: Texts,
        *,
        before: Sequence[int] = (),
        key: str = "",
    ) -> Reply:
        """An outfit, kept and laid out; where there is none, a notice that says why.

        Pieces that were ``before`` come when there are no others, but not alone. Raises
        ``AlreadyKept``, and ``Unavailable``.
        """
        if around is None:
            return Reply(notice=say.PRODUCT_GONE)
        filters = await self._within(sender, around.wish, around.within)
        outfit = await self._completed(around, before, filters)
        if outfit is None:
            return Reply(notice=say.NO_PIECE)
        first = await self._stylist.piece(outfit.piece, around.own, filters=filters)
        pieces = await self._true([*([first] if first else []), *outfit.pieces], filters)
        chosen = [piece.product.id for piece in pieces if piece.name != outfit.piece]
        if not chosen:
            return Reply(notice=say.NOTHING_GOES_WITH)
        if set(chosen) <= set(before):
            return Reply(notice=say.NO_OTHER_PIECE)
        ensemble = _ensemble(outfit.piece, pieces, before, around.within)
        matches = _matches(pieces)
        key = await self._sessions.keep(
            sender,
            matches,
            around.look,
            shown=len(matches),
            trace=around.trace,
            wish=around.wish,
            ensemble=ensemble,
            key=key,
        )
        return await self._laid_out(
            sender, around, ensemble, matches, say, filters=filters, key=key
        )

    async def _within(self, sender: Sender, own: Wish | None, said: Wish) -> Wish:
        """What is said, and of the filters what holds for other things: no garment's size."""
        filters = await self._filters.of(sender)
        standing = said.inside(filters.beside(own or Wish()))
        return replace(standing, sizes=(), sure_size=False, new=False, barred=filters.barred)

    async def _completed(
        self, around: _Around, before: Sequence[int], filters: Wish
    ) -> Outfit | None:
        trace = around.trace
        if around.product:
            return await self._stylist.of_product(around.product, before=before, filters=filters)
        if trace is None:
            return None
        wish = around.wish or Wish()
        embedding = await self._alike.asked(trace.embedding, trace.space, wish)
        return await self._stylist.of_photo(
            embedding, trace.space, around.look, before=before, filters=filters
        )

    async def _swapped(
        self, sender: Sender, session: Session, ensemble: Ensemble, action: Action, say: Texts
    ) -> list[Reply]:
        """The same outfit with the next best in one place; nothing where that was done before."""
        answer, place = session.answer, action.place
        if answer.product_ids[place] != action.product:
            return []
        lines = [
            (number, *others)
            for number, others in zip(answer.product_ids, ensemble.others, strict=True)
        ]
        lines[place] = (*lines[place][1:], lines[place][0])  # then it comes again after all others
        filters = await self._within(sender, answer.wish, ensemble.within)
        found = [
            await self._stylist.piece(name, ids, filters=filters)
            for name, ids in zip(ensemble.names, lines, strict=True)
        ]
        pieces = await self._true([piece for piece in found if piece], filters)
        matches = _matches(pieces)
        if action.product in (match.product.id for match in matches) or not matches:
            return [Reply(notice=say.NO_OTHER_PIECE)]
        ensemble = _ensemble(ensemble.piece, pieces, ensemble.before, ensemble.within)
        if not await self._sessions.change(session, matches, ensemble):
            return []
        around = _Around(look=answer.look, trace=answer.trace)
        reply = await self._laid_out(
            sender, around, ensemble, matches, say, filters=filters, key=answer.key
        )
        return [replace(reply, replaces_message=True)]

    async def _true(self, pieces: Sequence[Piece], filters: Wish) -> list[Piece]:
        """The same with offers as they are now, and the next best for those that are no more."""
        left, offers = list(pieces), Within(self._offers, filters, self._rates)
        for _ in range(_ROUNDS):
            asked = [piece.product for piece in left]
            known = await offers.now(asked)
            left = [one for piece in left if (one := await self._as_it_is(piece, known, filters))]
            if [piece.product.id for piece in left] == [product.id for product in asked]:
                break
        return left

    async def _as_it_is(
        self, piece: Piece, known: Mapping[int, Product], filters: Wish
    ) -> Piece | None:
        product = known.get(piece.product.id)
        if product and is_buyable(product):
            return replace(piece, product=product)
        return await self._stylist.piece(piece.name, piece.others, filters=filters)

    async def _laid_out(
        self,
        sender: Sender,
        around: _Around,
        ensemble: Ensemble,
        matches: Sequence[Match],
        say: Texts,
        *,
        filters: Wish,
        key: str,
    ) -> Reply:
        page = [Placed(place=place, match=match) for place, match in enumerate(matches)]
        pictures = await asyncio.gather(*(self._pictures.jpeg(match) for match in matches))
        stands_in = around.trace is not None and ensemble.names[0] == ensemble.piece
        return Reply(
            text=say.within_filters(
                say.outfit(around.look, stands_in=stands_in), filters, own=Wish(), shown=None
            ),
            picture=await asyncio.to_thread(collage, pictures),
            album=cards(page, say, now=self._now()),
            buttons=outfit_keyboard(
                page,
                say,
                key=key,
                ensemble=ensemble,
                liked=await likes_shown(self._people, sender),
                shared=sender.is_group,
            ),
            look=around.look,
        )


def _of_product(product: Product) -> _Around:
    look = Look(
        fashion=1.0, seen="", kind=product.kind, colour=product.colour, gender=product.gender
    )
    return _Around(look=look, product=product, own=(product.id,))


def _of_shown(session: Session, *, start: int = 0, rank: int = 0) -> _Around | None:
    """Around what an answer is about: its garment, or for words its first product from ``start``.

    Around its product of a ``rank`` where one is given. None where the product is gone.
    """
    answer = session.answer
    if answer.trace and not rank:
        scores = [(match.product.id, match.score) for match in session.ranked if match]
        return _Around(look=answer.look, trace=answer.trace, wish=answer.wish, own=_near(scores))
    shown = session.ranked[rank - 1 : rank] if rank else session.ranked[start : answer.shown]
    match = next(filter(None, shown), None)
    return _of_product(match.product) if match else None


def _once_more(session: Session, ensemble: Ensemble) -> _Around | None:
    """Around what an outfit was made around; None where that is gone."""
    answer, shows_own = session.answer, ensemble.names[0] == ensemble.piece
    if answer.trace:
        own = (answer.product_ids[0], *ensemble.others[0]) if shows_own else ()
        return _Around(
            look=answer.look,
            trace=answer.trace,
            wish=answer.wish,
            own=own,
            within=ensemble.within,
        )
    match = session.ranked[0] if shows_own else None
    return replace(_of_product(match.product), within=ensemble.within) if match else None


def _near(ranked: Sequence[tuple[int, float]]) -> tuple[int, ...]:
    """The ids of the first matches that may stand for a garment: no weak ones."""
    near = [number for number, score in ranked if strength(score) is not Strength.WEAK]
    return tuple(near[:_STAND_INS])


def _ensemble(piece: str, pieces: Sequence[Piece], before: Sequence[int], within: Wish) -> Ensemble:
    return Ensemble(
        piece=piece,
        names=tuple(one.name for one in pieces),
        others=tuple(one.others for one in pieces),
        before=tuple(before),
        within=within,
    )


def _matches(pieces: Sequence[Piece]) -> list[Match]:
    return [Match(product=piece.product, score=0.0) for piece in pieces]


def _in_words(reply: Reply) -> Reply:
    """The same with what passes by after a tap as a message."""
    return replace(reply, text=reply.notice, notice=None) if reply.notice else reply
