"""A ranked list, five at a time: cards, buy links, hearts."""

import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from bot.conversation.actions import Action, Verb, View, write_action
from bot.conversation.messages import Button, Card
from bot.conversation.texts import Texts
from core.catalogue import Match, Product
from core.sameness import is_buyable
from core.search import Strength, strength

PAGE = 5
"""Products on one page, and buttons in one row."""

_TITLE = 120
_JOINERS = "\u200c\u200d"  # part of how Persian and many emoji are written


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
        if product.url is None or not is_buyable(product):
            return None
        return product.url if _is_web_address(product.url) else None


def shown_title(product: Product) -> str:
    """A title on one line, cut, and without signs that are not seen."""
    seen = (sign for sign in product.title if not _is_hidden(sign))
    title = " ".join("".join(seen).split())
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


def strengths(page: Sequence[Placed]) -> list[tuple[int, Strength]]:
    """How sure each rank of the page is."""
    return [(one.rank, strength(one.match.score)) for one in page]


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
    ways: Collection[Verb] = (),
    colours: Sequence[str] = (),
    garments: Sequence[tuple[str, str]] = (),
) -> tuple[tuple[Button, ...], ...]:
    """Buy links, hearts, the ways on, and under the first page the photo's other garments.

    ``liked`` are product ids, ``ways`` what can be tapped besides *More* to go on. Where
    there are ``colours`` to choose from, they stand in their place. On a ``shared`` keyboard, which
    several people see, the hearts show nobody's likes. At most five rows of five.
    """
    buys = tuple(
        Button(label=say.buy(one.rank), url=one.buy_url, rank=one.rank)
        for one in page
        if one.buy_url
    )
    hearts = tuple(
        _heart(one, say, key=key, view=view, liked=one.match.product.id in liked, shared=shared)
        for one in page
    )
    last: tuple[Button, ...] = ()
    if view.picks:
        stop, pause = (write_action(Action(verb=verb)) for verb in (Verb.UNSUBSCRIBE, Verb.PAUSE))
        last = (
            Button(label=say.STOP_PICKS, action=stop),
            Button(label=say.PAUSE_PICKS, action=pause),
        )
    else:
        if more:
            onward = write_action(Action(verb=Verb.MORE, key=key, place=view.end, view=view))
            last = (Button(label=say.MORE, action=onward),)
        if Verb.SHOPS in ways:
            ask = Action(verb=Verb.SHOPS, key=key, place=view.start, view=view)
            last += (Button(label=say.SEARCH_SHOPS, action=write_action(ask)),)
    on = tuple(
        Button(
            label=label,
            action=write_action(Action(verb=verb, key=key, place=view.start, view=view, word=word)),
        )
        for verb, word, label in _onward(ways, colours, say)
    )
    others = tuple(
        Button(
            label=say.garment_button(name),
            action=write_action(Action(verb=Verb.GARMENT, key=other)),
        )
        for name, other in garments
        if view.start == 0
    )
    if len(others) > PAGE:  # which takes the row that these have of their own otherwise
        last, on = on if colours else (*last, *on), ()
    dislikes = tuple(
        Button(
            label=say.dislike(one.rank),
            action=write_action(Action(verb=Verb.DISLIKE, key=key, place=one.place, view=view)),
            rank=one.rank,
        )
        for one in page
        if view.picks
    )
    rows = (buys, hearts, dislikes, last, on, others[:PAGE], others[PAGE:])
    return tuple(row for row in rows if row)


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


def _is_hidden(sign: str) -> bool:
    if sign in _JOINERS or sign.isspace():
        return False
    return unicodedata.category(sign) in {"Cc", "Cf", "Co", "Cs"}


def _is_web_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and url.split() == [url]
