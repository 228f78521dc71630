"""What a button carries: at most 64 bytes, opaque to the platforms, read back with distrust."""

import re
from dataclasses import dataclass
from enum import StrEnum


class Verb(StrEnum):
    """What a tap asks for.

    ``FILTERS`` asks for the filters, ``FILTER`` changes them, ``AGAIN`` searches once more within
    them and ``UNFILTERED`` without.
    ``COLOURS`` asks which there are, ``COLOUR`` for one of them, ``ELSEWHERE`` for other shops.
    ``SETTINGS`` names a page of a group's settings or a change in them; ``BAR`` takes a shop out
    of its searches, ``UNBAR`` back in. ``OUTFIT`` asks for what goes with what is shown, ``SWAP``
    for another piece in its place, ``ANOTHER`` for an outfit of other pieces. ``ALERT`` asks which
    product to watch, ``BELL`` when to tell of it, ``WATCH`` for one of the ``AlertKind``;
    ``UNWATCH`` ends an alert and ``TIMED`` says when to tell of all. ``LIKE`` and ``UNLIKE`` name
    the wish, so that a double tap does it once; ``HEART`` turns a like around, for keyboards that
    several people share. ``DISLIKE`` is of a pick; ``LESS`` and ``DROP`` are of an interest of
    one's taste, ``ASK_RESET`` and ``RESET`` of all of it. ``BROADCAST`` is of what operators write
    to everybody: what they do with it, and whether a chat wants it.
    """

    LIKE = "like"
    UNLIKE = "unlike"
    HEART = "heart"
    MORE = "more"
    ANYWAY = "anyway"
    GARMENT = "garment"
    SHOPS = "shops"
    CHEAPER = "cheaper"
    COLOURS = "colours"
    COLOUR = "hue"
    ELSEWHERE = "elsewhere"
    OUTFIT = "outfit"
    SWAP = "swap"
    ANOTHER = "another"
    ALERT = "alert"
    BELL = "bell"
    WATCH = "watch"
    UNWATCH = "unwatch"
    TIMED = "timed"
    UNFILTERED = "unfiltered"
    AGAIN = "again"
    FILTERS = "filters"
    FILTER = "filter"
    DISLIKE = "dislike"
    LESS = "less"
    DROP = "drop"
    ASK_RESET = "afresh"
    RESET = "reset"
    EXPORT = "export"
    PAUSE = "pause"
    UNSUBSCRIBE = "unsubscribe"
    FORGET = "forget"
    SAMPLE = "sample"
    LANGUAGE = "language"
    SHARE = "share"
    SETTINGS = "settings"
    BAR = "bar"
    UNBAR = "unbar"
    BROADCAST = "broadcast"


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """Which places of a ranked list a message shows, and whether it is the day's picks."""

    start: int
    end: int
    picks: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """A tap, understood. ``place`` counts from 0 in the ranked list of the answer ``key``.

    For ``LANGUAGE`` the key is the language's code, for ``BAR`` and ``UNBAR`` the shop's name, for
    ``UNWATCH`` the alert's number, for ``TIMED`` the word for when, for ``FILTER`` and
    ``BROADCAST`` what is to be done and for ``LESS`` and ``DROP`` an interest's.

    ``view`` is what the tapped message shows; *More* goes on from the place after it. ``word`` is
    the colour or the alert that is asked for, ``product`` the id of what is to be swapped.
    """

    verb: Verb
    key: str = ""
    place: int = 0
    view: View = View(start=0, end=0)
    word: str = ""
    product: int | None = None


BARE = frozenset(
    {Verb.UNSUBSCRIBE, Verb.PAUSE, Verb.FORGET, Verb.SAMPLE, Verb.FILTERS}
    | {Verb.EXPORT, Verb.ASK_RESET, Verb.RESET}
)
"""What is about nothing in particular."""
KEYED = frozenset(
    {Verb.ANYWAY, Verb.GARMENT, Verb.LANGUAGE, Verb.SETTINGS, Verb.BAR, Verb.UNBAR}
    | {Verb.UNWATCH, Verb.TIMED, Verb.UNFILTERED, Verb.AGAIN, Verb.FILTER, Verb.LESS, Verb.DROP}
    | {Verb.BROADCAST}
)
"""What is about the key alone."""

_FORM = re.compile(
    r"(?P<verb>[a-z]+)"
    r"(?::(?P<key>[\w-]{1,56})"
    r"(?::(?P<rank>\d{1,3}):(?P<kind>[ap])(?P<start>\d{1,3})-(?P<end>\d{1,3})"
    r"(?::(?:(?P<word>[a-z]+(?: [a-z]+)?)|(?P<product>\d{1,12})))?)?)?",
    re.ASCII,
)


def write_action(action: Action) -> str:
    """The action as a button carries it, such as ``like:Xy12abcd:3:a0-5``."""
    if action.verb in BARE:
        return action.verb.value
    if action.verb in KEYED:
        return f"{action.verb}:{action.key}"
    view = action.view
    kind = "p" if view.picks else "a"
    about = action.word or ("" if action.product is None else str(action.product))
    about = about and f":{about}"
    return f"{action.verb}:{action.key}:{action.place + 1}:{kind}{view.start}-{view.end}{about}"


def read_action(text: str) -> Action | None:
    """What a button says; None when no button of ours says that."""
    found = _FORM.fullmatch(text)
    if found is None or found["verb"] not in set(Verb):
        return None
    verb, key = Verb(found["verb"]), found["key"] or ""
    action = Action(verb=verb, key=key)
    if found["rank"]:
        start, end = int(found["start"]), int(found["end"])
        view = View(start=start, end=end, picks=found["kind"] == "p")
        place, word = int(found["rank"]) - 1, found["word"] or ""
        product = int(found["product"]) if found["product"] else None
        if bool(word) is not (verb in {Verb.COLOUR, Verb.WATCH}):
            return None
        if (product is not None) is not (verb is Verb.SWAP):
            return None
        action = Action(verb=verb, key=key, place=place, view=view, word=word, product=product)
        if not (start <= action.place < end or (verb is Verb.MORE and action.place == end)):
            return None
    return action if write_action(action) == text else None
