"""What buttons carry fits every platform, and is read back with distrust."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.actions import BARE, KEYED, Action, Verb, View, read_action, write_action
from core.alerts import AlertKind
from core.words import colours

_KEYS = st.text(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_", min_size=1, max_size=32
)


@st.composite
def _actions(draw: st.DrawFn) -> Action:
    verb = draw(st.sampled_from(Verb))
    if verb in BARE:
        return Action(verb=verb)
    key = draw(_KEYS)
    if verb in KEYED:
        return Action(verb=verb, key=key)
    start = draw(st.integers(0, 900))
    end = start + draw(st.integers(1, 60))
    view = View(start=start, end=end, picks=draw(st.booleans()))
    place = end if verb is Verb.MORE else draw(st.integers(start, end - 1))
    words = {Verb.COLOUR: set(colours().values()), Verb.WATCH: set(AlertKind)}
    word = draw(st.sampled_from(sorted(words.get(verb, {""}))))
    product = draw(st.integers(0, 10**12 - 1)) if verb is Verb.SWAP else None
    return Action(verb=verb, key=key, place=place, view=view, word=word, product=product)


@given(_actions())
def test_every_action_fits_and_comes_back_as_it_was(action: Action) -> None:
    written = write_action(action)
    assert len(written.encode()) <= 64
    assert read_action(written) == action


@given(st.text(max_size=200) | st.from_regex(r"(like|more|anyway|garment)(:[\w-]*){0,4}"))
def test_what_is_forged_is_nothing_or_what_a_button_could_say(text: str) -> None:
    action = read_action(text)
    assert action is None or write_action(action) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "like",
        "like:abcdefgh",
        "like:abcdefgh:0:a0-5",
        "like:abcdefgh:6:a0-5",
        "like:abcdefgh:1:x0-5",
        "like:abcdefgh:1:a5-0",
        "like:../../etc:1:a0-5",
        "like:abcdefgh:01:a0-5",
        "like:abcdefgh:١:a0-5",
        "more:abcdefgh:5",
        "anyway",
        "anyway:abcdefgh:1:a0-5",
        "unsubscribe:abcdefgh",
        "drop:abcdefgh:1:a0-5",
        "like:abcdefgh:1:a0-5\n",
        "like:abcdefgh:1:a0-5:red",
        "hue:abcdefgh:1:a0-5",
        "hue:abcdefgh:1:a0-5:",
        "hue:abcdefgh:1:a0-5:Red",
        "hue:abcdefgh:1:a0-5:7",
        "swap:abcdefgh:1:a0-5",
        "swap:abcdefgh:1:a0-5:red",
        "swap:abcdefgh:1:a0-5:07",
        "outfit:abcdefgh:1:a0-5:7",
    ],
)
def test_a_forged_action_is_refused(text: str) -> None:
    assert read_action(text) is None
