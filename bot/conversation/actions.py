"""What a button carries: at most 64 bytes, opaque to the platforms, read back with distrust."""

import re
from dataclasses import dataclass
from enum import StrEnum


class Verb(StrEnum):
    """What a tap asks for.

    ``COLOURS`` asks which there are, ``COLOUR`` for one of them, ``ELSEWHERE`` for other shops.
    ``LIKE`` and ``UNLIKE`` name the wish, so that a double tap does it once; ``HEART`` turns a
    like around, for keyboards that several people share. ``DISLIKE`` is of a pick; ``LESS`` and
    ``DROP`` are of an interest of one's taste, ``ASK_RESET`` and ``RESET`` of all of it.
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


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """Which places of a ranked list a message shows, and whether it is the day's picks."""

    start: int
    end: int
    picks: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """A tap, understood. ``place`` counts from 0 in the ranked list of the answer ``key``.

    For ``LANGUAGE`` the key is the language's code, for ``LESS`` and ``DROP`` an interest's.

    ``view`` is what the tapped message shows; *More* goes on from the place after it. ``word`` is
    the colour that is asked for.
    """

    verb: Verb
    key: str = ""
    place: int = 0
    view: View = View(start=0, end=0)
    word: str = ""


BARE = frozenset(
    {
        Verb.UNSUBSCRIBE,
        Verb.PAUSE,
        Verb.FORGET,
        Verb.SAMPLE,
        Verb.EXPORT,
        Verb.ASK_RESET,
        Verb.RESET,
    }
)
"""What is about nothing in particular."""
KEYED = frozenset({Verb.ANYWAY, Verb.GARMENT, Verb.LANGUAGE, Verb.LESS, Verb.DROP})
"""What is about the key alone."""

_FORM = re.compile(
    r"(?P<verb>[a-z]+)"
    r"(?::(?P<key>[\w-]{1,32})"
    r"(?::(?P<rank>\d{1,3}):(?P<kind>[ap])(?P<start>\d{1,3})-(?P<end>\d{1,3})"
    r"(?::(?P<word>[a-z]+(?: [a-z]+)?))?)?)?",
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
    word = f":{action.word}" if action.word else ""
    return f"{action.verb}:{action.key}:{action.place + 1}:{kind}{view.start}-{view.end}{word}"


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
        if bool(word) is not (verb is Verb.COLOUR):
            return None
        action = Action(verb=verb, key=key, place=place, view=view, word=word)
        if not (start <= action.place < end or (verb is Verb.MORE and action.place == end)):
            return None
    return action if write_action(action) == text else None
