"""Whatever a shop or a sentence contains, Telegram takes what is made of it."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.messages import Button
from bot.telegram.rendering import (
    caption,
    clean,
    cut,
    groups,
    keyboard,
    messages,
    picture_caption,
)
from tests.support.answers import card
from tests.support.telegram_rules import check_keyboard, parse, units

words = st.text(max_size=6000)
odd = st.text(alphabet="<>&\"'ab \n\u202e\u200b\u200d👩🏽🇩🇪é\u0301\ud800", max_size=400)
urls = st.one_of(
    st.sampled_from(
        ["https://a.example/?x=1&y=\"'><", "http://localhost:8081/p/1", "javascript:alert(1)",
         "https://", "http://[", "https://a.example/ b", "tg://user?id=1", "//a.example"]
    ),
    odd.map("https://a.example/".__add__),
)  # fmt: skip


@given(title=words | odd, details=words | odd, url=urls)
def test_a_caption_is_valid_and_within_its_limit(title: str, details: str, url: str) -> None:
    made = caption(replace(card(1), title=title, details=details, url=url))
    text = parse(made.html, "HTML")
    assert units(text.plain) == made.length <= 1024
    assert text.bold[0].startswith("1. ")
    assert len(text.bold[0]) > 3
    made.html.encode()


@given(
    text=words | odd,
    shown=st.lists(st.tuples(words | odd, words | odd, urls), max_size=5),
)
def test_what_is_on_a_picture_is_told_within_one_caption(
    text: str, shown: list[tuple[str, str, str]]
) -> None:
    cards = [
        replace(card(rank), title=title, details=details, url=url)
        for rank, (title, details, url) in enumerate(shown, 1)
    ]
    made = picture_caption(text, cards)
    parsed = parse(made.html, "HTML")
    assert units(parsed.plain) <= made.length <= 1024
    assert [bold[:2] for bold in parsed.bold] == [f"{one.rank}." for one in cards]


def test_what_is_on_a_picture_has_its_price_and_link() -> None:
    made = picture_caption("An outfit", [card(1), card(2)])
    parsed = parse(made.html, "HTML")
    assert parsed.plain.startswith("An outfit\n\n1. Navy dress 1\n€39.90 · Corner Shop\nBuy\n\n2.")
    assert [url for _, url in parsed.links] == [card(1).url, card(2).url]


@given(text=words | odd, count=st.integers(0, 12))
def test_messages_are_valid_within_their_limit_and_lose_nothing(text: str, count: int) -> None:
    made = messages(text, [card(number) for number in range(1, count + 1)])
    parsed = [parse(one.html, "HTML") for one in made]
    assert all(1 <= units(one.plain) <= 4096 for one in parsed)
    shown = "".join("".join(one.plain for one in parsed).split())
    expected = "".join(text.encode("utf-8", "replace").decode().split())
    assert shown.endswith(expected)
    assert sum(len(one.bold) for one in parsed) == count


@given(text=words | odd, limit=st.integers(2, 300))
def test_a_cut_keeps_the_beginning_within_the_limit(text: str, limit: int) -> None:
    short = cut(text, limit)
    assert len(short.encode("utf-16-le", "surrogatepass")) // 2 <= limit
    assert text.startswith(short.removesuffix("…"))


@pytest.mark.parametrize("text", ["e" + "\u0301" * 9000, "ab" + "\u0301" * 5000 + " cd"])
def test_one_sign_that_never_ends_is_cut_too(text: str) -> None:
    made = messages(text, [])
    assert len(made) <= 6
    assert all(1 <= one.length <= 4096 for one in made)
    shown = "".join(one.html for one in made)
    assert "".join(shown.split()) == "".join(text.split())


def test_a_cut_does_not_split_what_people_see_as_one() -> None:
    assert cut("ab" + "👩\u200d👧" * 2, 9) == "ab👩\u200d👧…"
    assert cut("abe\u0301e\u0301", 5) == "abe\u0301…"
    assert cut("abe\u0301e\u0301", 4) == "ab…"
    assert cut("👍🏽👍🏽", 7) == "👍🏽…"


@given(text=words | odd)
def test_clean_words_are_one_line_or_nothing(text: str) -> None:
    cleaned = clean(text)
    assert cleaned == cleaned.strip()
    assert not set(cleaned) & set("\n\r\t\u202e\u200b\ufeff")
    assert clean(cleaned) == cleaned


@given(count=st.integers(0, 60))
def test_albums_hold_two_to_ten_each_in_order(count: int) -> None:
    made = groups(range(count))
    assert [one for group in made for one in group] == list(range(count))
    assert all(2 <= len(group) <= 10 for group in made) or count == 1


buttons = st.builds(
    Button,
    label=st.text(max_size=200),
    action=st.text(alphabet="abc:é", min_size=1, max_size=32),
    url=st.none(),
) | st.builds(Button, label=st.text(max_size=200), action=st.none(), url=urls)


@given(rows=st.lists(st.lists(buttons, max_size=12), max_size=15))
def test_a_keyboard_keeps_to_telegrams_limits(rows: list[list[Button]]) -> None:
    made = keyboard(rows, with_urls=False)
    if made:
        check_keyboard(made.to_dict())


def test_no_button_left_is_no_keyboard() -> None:
    assert keyboard([[Button(label="Buy", url="https://a.example")]], with_urls=False) is None
    assert keyboard([]) is None
