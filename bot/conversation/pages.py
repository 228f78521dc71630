"""A ranked list, five at a time: cards, buy links, hearts."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from urllib.parse import urlsplit

from bot.conversation.actions import Action, Verb, View, write_action
from bot.conversation.messages import Button, Card
from bot.conversation.texts import Texts
from bot.conversation.wording import legible
from core.catalogue import Match, Product
from core.sameness import is_buyable
from core.search import Strength, strength_of
from core.storage.answers import Ensemble
from core.storage.opens import Opening

PAGE = 5
"""Products on one page, and buttons in one row."""

_TITLE = 120
_NO_VIEW = View(start=0, end=0)
_WORDS = 3  # that fit beside each other on a phone


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A match at its place, from 0, in the ranked list."""

    place: int
    match: Match

    @property
    def rank(self) -> int:
        """The place as people count it."""
        return self.place + 1

    @property
    def title(self) -> str:
        """The product's title as it is shown."""
        return shown_title(self.match.product)

    @property
    def buy_url(self) -> str | None:
        """Where it can be bought, None when it can't."""
        product = self.match.product
        return web_address(product) if is_buyable(product) else None


def web_address(product: Product) -> str | None:
    """Where its shop shows it, None where that is nothing that a browser can open."""
    return product.url if product.url and _is_web_address(product.url) else None


def shown_title(product: Product) -> str:
    """A title on one line, cut, and without signs that are not seen."""
    title = " ".join(legible(product.title).split())
    return title if len(title) <= _TITLE else f"{title[: _TITLE - 1].rstrip()}…"


def page_from(start: int, ranked: Sequence[Match | None]) -> tuple[Placed, ...]:
    """Up to five from that place on; None stands for a product that is gone.

    What is sold out is passed over, unless nothing else is left.
    """
    left = [
        Placed(place=place, match=match)
        for place, match in enumerate(ranked[start:], start)
        if match is not None
    ]
    buyable = [one for one in left if is_buyable(one.match.product)]
    return tuple((buyable or left)[:PAGE])


def closed_up(page: Sequence[Placed], start: int) -> tuple[Placed, ...]:
    """The same page from that place on, without the gaps of what was passed over."""
    return tuple(Placed(place=place, match=one.match) for place, one in enumerate(page, start))


def page_of(view: View, ranked: Sequence[Match | None]) -> tuple[Placed, ...]:
    """The page that a message shows, as far as its products are still there."""
    return tuple(
        Placed(place=place, match=match)
        for place, match in enumerate(ranked[view.start : view.end], view.start)
        if match is not None
    )[:PAGE]


def view_of(page: Sequence[Placed], *, picks: bool = False) -> View:
    """Which places the page spans."""
    return View(start=page[0].place, end=page[-1].place + 1, picks=picks)


def strengths(page: Sequence[Placed], shown: str | None = None) -> list[tuple[int, Strength]]:
    """How sure each rank of the page is, for a photo of a garment of that kind."""
    return [(one.rank, strength_of(one.match, shown)) for one in page]


def cards(page: Sequence[Placed], say: Texts, *, now: datetime) -> tuple[Card, ...]:
    """The album."""
    return tuple(
        Card(
            rank=one.rank,
            title=one.title or say.UNNAMED,
            details=say.details(one.match.product, now=now, also=one.match.also),
            url=one.buy_url,
            buy=say.BUY,
            match=one.match,
        )
        for one in page
    )


def keyboard(
    page: Sequence[Placed],
    say: Texts,
    *,
    key: str,
    view: View,
    liked: Collection[int],
    shared: bool,
    more: bool,
    share: bool = False,
    ways: Collection[Verb] = (),
    colours: Sequence[str] = (),
    bells: bool = False,
    garments: Sequence[tuple[str, str]] = (),
    filtered: bool = False,
) -> tuple[tuple[Button, ...], ...]:
    """Buy links, hearts, the ways on, and under the first page the photo's other garments.

    ``liked`` are product ids, ``ways`` what can be tapped besides *More* to go on. Where
    there are ``colours`` to choose from, they stand in their place, and so do ``bells``, one for
    each product to watch. Where the filters left too little, it is ``filtered``, and can be
    searched without them. On a ``shared`` keyboard, which several people see, the hearts show
    nobody's likes, nothing is watched and filters are their admins' alone; one that a single member
    sees has a way to ``share`` it, where there is room. At most five rows of five.
    """
    buys, hearts = _buys_and_hearts(page, say, key=key, view=view, liked=liked, shared=shared)
    if view.picks:
        ends = _button(say.STOP_PICKS, Verb.UNSUBSCRIBE), _button(say.PAUSE_PICKS, Verb.PAUSE)
        return _rows(buys, hearts, [_dislike(one, say, key=key, view=view) for one in page], ends)
    way = partial(_button, key=key, view=view)
    last = [way(say.MORE, Verb.MORE, place=view.end)] if more else []
    if Verb.SHOPS in ways:
        last.append(way(say.SEARCH_SHOPS, Verb.SHOPS, place=view.start))
    if share and len(garments) <= PAGE:
        last.append(way(say.SHARE, Verb.SHARE, place=view.start))
    if filtered and not shared:
        last.append(unfiltered_button(key, say))
    on = [
        way(label, verb, place=view.start, word=word)
        for verb, word, label in _onward(ways, colours, say)
    ]
    if bells:
        on = [way(f"🔔 {one.rank}", Verb.BELL, place=one.place) for one in page]
    chooses = bool(colours or bells)
    outfit = [way(say.COMPLETE_OUTFIT, Verb.OUTFIT, place=view.start)] * (Verb.OUTFIT in ways)
    alert, filters = list[Button](), list[Button]()
    if not (shared or chooses):
        alert = [way(say.ALERT_ME, Verb.ALERT, place=view.start)] * (Verb.ALERT in ways)
        filters = [_button(say.FILTERS, Verb.FILTERS)]
    shown = garments if view.start == 0 else ()
    others = [_button(say.garment_button(name), Verb.GARMENT, key=one) for name, one in shown]
    if len(others) > PAGE:  # which takes the row that these have of their own otherwise
        last = on if chooses else [*last, *on, *alert, *filters][:PAGE]
        return _rows(buys, hearts, last, others[:PAGE], [*others[PAGE:], *outfit])
    if others:
        return _rows(buys, hearts, [*last, *outfit, *alert], [*on, *filters], others)
    return _rows(buys, hearts, last, [*outfit, *alert], [*on, *filters])


def _rows(*rows: Sequence[Button]) -> tuple[tuple[Button, ...], ...]:
    return tuple(tuple(row) for row in rows if row)


def _button(
    label: str,
    verb: Verb,
    *,
    key: str = "",
    place: int = 0,
    view: View = _NO_VIEW,
    word: str = "",
) -> Button:
    action = Action(verb=verb, key=key, place=place, view=view, word=word)
    return Button(label=label, action=write_action(action))


def outfit_keyboard(
    page: Sequence[Placed],
    say: Texts,
    *,
    key: str,
    ensemble: Ensemble,
    liked: Collection[int],
    shared: bool,
) -> tuple[tuple[Button, ...], ...]:
    """Buy links, hearts, a swap for each piece of an outfit by its kind, and another outfit.

    ``liked`` and ``shared`` are as in ``keyboard``.
    """
    view = View(start=0, end=len(ensemble.names))
    buys, hearts = _buys_and_hearts(page, say, key=key, view=view, liked=liked, shared=shared)
    swaps = tuple(
        _swap(one, say, key=key, view=view, name=ensemble.names[one.place])
        for one in page
        if ensemble.others[one.place]
    )
    another = write_action(Action(verb=Verb.ANOTHER, key=key, view=view))
    half = -(-len(swaps) // 2) if len(swaps) > _WORDS else len(swaps)
    last = (Button(label=say.ANOTHER_OUTFIT, action=another),)
    return _rows(buys, hearts, swaps[:half], swaps[half:], last)


def _swap(one: Placed, say: Texts, *, key: str, view: View, name: str) -> Button:
    product = one.match.product
    swap = Action(verb=Verb.SWAP, key=key, place=one.place, view=view, product=product.id)
    return Button(label=say.swap(product.kind or name), action=write_action(swap))


def _buys_and_hearts(
    page: Sequence[Placed],
    say: Texts,
    *,
    key: str,
    view: View,
    liked: Collection[int],
    shared: bool,
) -> tuple[tuple[Button, ...], tuple[Button, ...]]:
    """The first two rows of a ``keyboard``."""
    buys = tuple(
        Button(
            label=say.buy(one.rank),
            url=one.buy_url,
            opens=Opening(
                key=key, product_id=one.match.product.id, rank=one.rank, picks=view.picks
            ),
            rank=one.rank,
        )
        for one in page
        if one.buy_url
    )
    hearts = tuple(
        _heart(one, say, key=key, view=view, liked=one.match.product.id in liked, shared=shared)
        for one in page
    )
    return buys, hearts


def _dislike(one: Placed, say: Texts, *, key: str, view: View) -> Button:
    action = Action(verb=Verb.DISLIKE, key=key, place=one.place, view=view)
    return Button(label=say.dislike(one.rank), action=write_action(action), rank=one.rank)


def unfiltered_button(key: str, say: Texts) -> Button:
    """Searches once more for what the answer of that key is to, without filters."""
    action = write_action(Action(verb=Verb.UNFILTERED, key=key))
    return Button(label=say.SEARCH_UNFILTERED, action=action)


def _onward(
    ways: Collection[Verb], colours: Sequence[str], say: Texts
) -> list[tuple[Verb, str, str]]:
    """Verb, word and label of each button that goes on from what is shown."""
    if colours:
        return [(Verb.COLOUR, name, say.colour_button(name)) for name in colours]
    labels = {
        Verb.CHEAPER: say.CHEAPER,
        Verb.COLOURS: say.OTHER_COLOUR,
        Verb.ELSEWHERE: say.OTHER_SHOP,
    }
    return [(verb, "", label) for verb, label in labels.items() if verb in ways]


def _heart(one: Placed, say: Texts, *, key: str, view: View, liked: bool, shared: bool) -> Button:
    verb = Verb.HEART if shared else Verb.UNLIKE if liked else Verb.LIKE
    return Button(
        label=say.heart(one.rank, liked=liked and not shared),
        action=write_action(Action(verb=verb, key=key, place=one.place, view=view)),
        rank=one.rank,
        is_on=None if shared else liked,
    )


def _is_web_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and url.split() == [url]
