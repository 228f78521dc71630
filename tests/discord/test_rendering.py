"""What is shown is what was said: hostile titles, long texts, odd links, too many of anything."""

from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.conversation.messages import Button, Card, Document, Reply
from bot.discord.text import literal
from tests.discord.conftest import Chat
from tests.support.answers import album_reply, card
from tests.support.discord_messages import Message, as_seen

pytestmark = pytest.mark.asyncio(loop_scope="module")

HOSTILE = [
    "**Sale** _today_ ~~10~~ ||secret|| `code`",
    "[Free dress](https://evil.example/) for you",
    "@everyone look, <@123456> <@&1> <#2> </start:3>",
    "# Huge",
    "- a list\n> a quote\n* and more",
    "\\*not escaped\\*",
    "<https://evil.example/>",
    "___x___ *** ```",
]


async def shown(chat: Chat, reply: Reply) -> Message:
    ann = chat.server.person()
    await chat.bot.deliver(ann.dms.id, reply)
    return (await ann.sees())[0]


@pytest.mark.parametrize("text", HOSTILE)
async def test_hostile_words_are_shown_as_they_are_and_ping_nobody(chat: Chat, text: str) -> None:
    message = await shown(chat, Reply(text=text, album=(card(1, title=text),)))
    assert message.text == text
    assert message.cards[0].title == "1. " + " ".join(text.split())
    assert not message.pings


async def test_a_title_cannot_turn_its_line_around(chat: Chat) -> None:
    message = await shown(chat, Reply(album=(card(1, title="Dress \u202eEUR\u202c\x07 new"),)))
    assert message.cards[0].title == "1. Dress EUR new"


async def test_links_in_a_text_stay_links(chat: Chat) -> None:
    text = "See https://shop.example/a_b_c?x=*y* and ask"
    message = await shown(chat, Reply(text=text))
    assert text in message.payload["content"]


WORDS = st.text(st.characters(exclude_categories=["Cs", "Co"]), max_size=300)
MARKUP = st.lists(st.sampled_from([*"ab *_~`|<>[]()#-+\\@\n", "https://a.example/"])).map("".join)


@given(WORDS | MARKUP, st.integers(20, 400))
@example("a_b*c" * 60, 100)
async def test_any_text_within_the_limit_is_seen_as_it_was(text: str, limit: int) -> None:
    escaped = literal(text, limit=limit)
    assert len(escaped) <= limit
    if not escaped.endswith("…"):
        assert as_seen(escaped) == text
    else:
        assert text.startswith(as_seen(escaped).removesuffix("…")) or text == as_seen(escaped)


async def test_long_words_are_cut_within_every_limit(chat: Chat) -> None:
    cards = tuple(
        replace(card(rank, title="Dress_" * 100), details="Cheap " * 2000) for rank in range(1, 11)
    )
    buttons = ((Button(label="Long " * 40, action="x" * 64),),)
    message = await shown(chat, Reply(text="Word * " * 1000, album=cards, buttons=buttons))
    assert len(message.cards) == 10
    assert message.cards[0].title.endswith("…")
    assert len(message.labels[0]) == 80


async def test_more_cards_and_buttons_than_fit_are_left_out(chat: Chat) -> None:
    rows = tuple(
        tuple(Button(label=f"{row}-{place}", action=f"a{row}:{place}") for place in range(3))
        for row in range(12)
    )
    cards = tuple(card(rank) for rank in range(1, 13))
    message = await shown(chat, Reply(text="Many", album=cards, buttons=rows))
    assert len(message.cards) == 10
    assert [len(row) for row in message.rows] == [5, 5, 5, 5, 5]
    wide = tuple(Button(label=str(place), action=f"b{place}") for place in range(7))
    message = await shown(chat, Reply(text="Wide", buttons=(wide,)))
    assert [len(row) for row in message.rows] == [5, 2]


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "not a link",
        "http://[broken",
        "https:///nowhere",
        "https://a.example/ b",
        "ftp://a.example/",
        "https://a.example/" + "x" * 3000,
    ],
)
async def test_a_link_that_discord_refuses_costs_the_link_alone(chat: Chat, url: str) -> None:
    buttons = ((Button(label="Buy", url=url), Button(label="More", action="more")),)
    message = await shown(
        chat, Reply(text="Dress", album=(card(1, url=url), card(2)), buttons=buttons)
    )
    assert [item.url for item in message.cards] == [None, "https://corner.example/p/2"]
    assert message.labels == ["More"]


async def test_two_cards_of_one_page_stay_two(chat: Chat) -> None:
    same: tuple[Card, ...] = tuple(card(rank, url="https://a.example/x") for rank in (1, 2))
    message = await shown(chat, Reply(text="Two", album=same))
    assert [item.url for item in message.cards] == ["https://a.example/x", None]


async def test_a_repeated_action_is_one_button(chat: Chat) -> None:
    buttons = ((Button(label="A", action="same"), Button(label="B", action="same")),)
    assert (await shown(chat, Reply(text="Once", buttons=buttons))).labels == ["A"]


async def test_what_discord_will_not_have_is_said_in_words(chat: Chat) -> None:
    ann = chat.server.person()
    chat.server.fail("/webhooks/*", method="PATCH", status=400, code=50035)
    chat.answers(album_reply(2))
    message = await (await ann.slash("help")).reply()
    assert message.text.startswith("Dress · navy\n1. Navy dress 1\n€39.90 · Corner Shop https://")
    assert message.cards == []


async def test_words_alone_are_tried_again_too(chat: Chat) -> None:
    ann = chat.server.person()
    chat.answers(album_reply(2))
    posts = f"/channels/{ann.dms.id}/messages"
    chat.server.fail(posts, status=403, code=50013)
    chat.server.fail(posts, status=0)
    await ann.dm("hi")
    (message,) = await ann.sees()
    assert (message.text[:4], message.cards) == ("Dres", [])


async def test_a_picture_too_heavy_for_discord_is_left_out(chat: Chat) -> None:
    message = await shown(chat, Reply(text="Two", album=(card(1), card(99))))
    assert [bool(item.image) for item in message.cards] == [True, False]


async def test_a_file_comes_with_its_text(chat: Chat) -> None:
    document = Document(name="twinset.json", data=b"{}")
    message = await shown(chat, Reply(text="All of it", document=document))
    assert (message.text, message.files) == ("All of it", {"twinset.json": b"{}"})
