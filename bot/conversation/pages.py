"""A ranked list, five at a time: cards, buy links, hearts."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from bot.conversation.actions import Action, Verb, View, write_action
from bot.conversation.messages import Button, Card
from bot.conversation.texts import Texts
from bot.conversation.wording import legible
from core.catalogue import Match, Product
from core.sameness import is_buyable
from core.search import Strength, strength
from core.storage.answers import Ensemble

PAGE = 5
"""Products on one page, and buttons in one row."""

_TITLE = 120
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
        if product.url is None or not is_buyable(product):
            return None
        return product.url if _is_web_address(product.url) else None


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
    share: bool = False,
    ways: Collection[Verb] = (),
    colours: Sequence[str] = (),
    bells: bool = False,
    garments: Sequence[tuple[str, str]] = (),
) -> tuple[tuple[Button, ...], ...]:
    """Buy links, hearts, the ways on, and under the first page the photo's other garments.

    ``liked`` are product ids, ``ways`` what can be tapped besides *More* to go on. Where
    there are ``colours`` to choose from, they stand in their place, and so do ``bells``, one for
    each product to watch. On a ``shared`` keyboard, which several people see, the hearts show
    nobody's likes, and nothing is watched; one that a single member sees has a way to ``share``
    it, where there is room. At most five rows of five.
    """
    buys, hearts = _buys_and_hearts(page, say, key=key, view=view, liked=liked, shared=shared)
    last: tuple[Button, ...] = ()
    if view.picks:
        stop = write_action(Action(verb=Verb.UNSUBSCRIBE))
        last = (Button(label=say.STOP_PICKS, action=stop),)
    else:
        if more:
            onward = write_action(Action(verb=Verb.MORE, key=key, place=view.end, view=view))
            last = (Button(label=say.MORE, action=onward),)
        if Verb.SHOPS in ways:
            ask = Action(verb=Verb.SHOPS, key=key, place=view.start, view=view)
            last += (Button(label=say.SEARCH_SHOPS, action=write_action(ask)),)
        if share and len(garments) <= PAGE:
            show = Action(verb=Verb.SHARE, key=key, place=view.start, view=view)
            last += (Button(label=say.SHARE, action=write_action(show)),)
    outfit: tuple[Button, ...] = ()
    if Verb.OUTFIT in ways:
        dress = Action(verb=Verb.OUTFIT, key=key, place=view.start, view=view)
        outfit = (Button(label=say.COMPLETE_OUTFIT, action=write_action(dress)),)
    on = tuple(
        Button(
            label=label,
            action=write_action(Action(verb=verb, key=key, place=view.start, view=view, word=word)),
        )
        for verb, word, label in _onward(ways, colours, say)
    )
    alert: tuple[Button, ...] = ()
    if bells:
        on = tuple(_bell(one, key=key, view=view) for one in page)
    elif Verb.ALERT in ways and not shared and not view.picks:
        watch = Action(verb=Verb.ALERT, key=key, place=view.start, view=view)
        alert = (Button(label=say.ALERT_ME, action=write_action(watch)),)
    others = tuple(
        Button(
            label=say.garment_button(name),
            action=write_action(Action(verb=Verb.GARMENT, key=other)),
        )
        for name, other in garments
        if view.start == 0
    )
    if len(others) > PAGE:  # which takes the row that these have of their own otherwise
        last = on if colours or bells else (*last, *on, *alert)[:PAGE]
        on, others = (), (*others, *outfit)
    else:
        last += (*outfit, *alert)
    rows = (buys, hearts, last, on, others[:PAGE], others[PAGE:])
    return tuple(row for row in rows if row)


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
    rows = (buys, hearts, swaps[:half], swaps[half:], last)
    return tuple(row for row in rows if row)


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
        Button(label=say.buy(one.rank), url=one.buy_url, rank=one.rank)
        for one in page
        if one.buy_url
    )
    hearts = tuple(
        _heart(one, say, key=key, view=view, liked=one.match.product.id in liked, shared=shared)
        for one in page
    )
    return buys, hearts


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


def _bell(one: Placed, *, key: str, view: View) -> Button:
    action = Action(verb=Verb.BELL, key=key, place=one.place, view=view)
    return Button(label=f"🔔 {one.rank}", action=write_action(action))


def _is_web_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and url.split() == [url]
