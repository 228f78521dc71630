"""``@bot black midi dress`` in any chat: a list to choose from while one types."""

import asyncio
from dataclasses import replace

import pytest

from bot.conversation.messages import Card, Incoming, LookupMessage, Reply
from tests.support.answers import ScriptedAnswerer, card
from tests.support.telegram_server import TelegramServer
from tests.telegram.conftest import SPEED, Launch

PICTURE = "https://corner.example/p/1.jpg"


def found(count: int = 3) -> Reply:
    return Reply(album=tuple(card(number) for number in range(1, count + 1)))


async def test_words_are_answered_by_a_list_with_titles_prices_pictures_and_links(
    telegram: TelegramServer, launch: Launch
) -> None:
    await launch(lambda _: [found()])
    lookup = await telegram.private().type("navy dress")
    await telegram.until(lambda: lookup.answered)
    assert [one["title"] for one in lookup.choices] == [f"Navy dress {n}" for n in (1, 2, 3)]
    first = lookup.choices[0]
    assert first["description"] == "€39.90 · Corner Shop"
    assert (first["url"], first["thumbnail_url"]) == ("https://corner.example/p/1", PICTURE)
    content = first["input_message_content"]
    assert content["message_text"].splitlines() == [
        "<b>Navy dress 1</b>",
        "€39.90 · Corner Shop",
        '<a href="https://corner.example/p/1">Buy</a>',
    ]
    assert content["link_preview_options"]["url"] == PICTURE
    assert telegram.faults == []


async def test_a_list_is_everybodys_and_telegram_keeps_it_a_while(
    telegram: TelegramServer, launch: Launch
) -> None:
    await launch(lambda _: [found()])
    lookup = await telegram.private().type("navy dress")
    await telegram.until(lambda: lookup.answered)
    assert (lookup.is_personal, lookup.cache_s) == (False, 300)


async def test_scrolling_on_asks_for_the_next_page(
    telegram: TelegramServer, launch: Launch
) -> None:
    def page(message: Incoming) -> list[Reply]:
        assert isinstance(message, LookupMessage)
        ranks = range(message.start + 1, message.start + 21)
        return [Reply(album=tuple(map(card, ranks)), more=message.start == 0)]

    await launch(page)
    ann = telegram.private()
    first = await ann.type("dress")
    await telegram.until(lambda: first.answered)
    assert (len(first.choices), first.next_offset) == (20, "20")
    second = await ann.type("dress", offset=first.next_offset)
    await telegram.until(lambda: second.answered)
    assert second.choices[0]["title"] == "Navy dress 21"
    assert second.next_offset == ""


@pytest.mark.parametrize("words", ["", "dress", "x" * 256])
async def test_what_is_typed_arrives_as_it_is(
    telegram: TelegramServer, launch: Launch, words: str
) -> None:
    answerer = ScriptedAnswerer(lambda _: [Reply(text="For example: black dress")])
    await launch(answerer=answerer)
    ann = telegram.private(language="de")
    lookup = await ann.type(words)
    await telegram.until(lambda: lookup.answered)
    (heard,) = answerer.heard
    assert isinstance(heard, LookupMessage)
    assert (heard.text, heard.start) == (words, 0)
    assert (heard.sender.person_id, heard.sender.language) == (str(ann.id), "de")
    assert not heard.sender.is_group


async def test_words_instead_of_a_list_are_ones_own(
    telegram: TelegramServer, launch: Launch
) -> None:
    await launch(lambda _: [Reply(text="For example: black dress")])
    lookup = await telegram.private().type("")
    await telegram.until(lambda: lookup.answered)
    assert (lookup.choices, lookup.explanation) == ([], "For example: black dress")
    assert lookup.is_personal


async def test_of_what_is_being_typed_the_latest_is_looked_up(
    telegram: TelegramServer, launch: Launch
) -> None:
    class Slow(ScriptedAnswerer):
        gate = asyncio.Event()

        async def answer(self, message: Incoming) -> list[Reply]:
            replies = await super().answer(message)
            await self.gate.wait()
            return replies

    answerer = Slow(lambda _: [found()])
    await launch(answerer=answerer)
    ann, bob = telegram.private(), telegram.private("Bob")
    typed = [await ann.type("black midi dress"[:length]) for length in range(1, 17)]
    other = await bob.type("shirt")
    await telegram.quiet()
    answerer.gate.set()
    await telegram.until(lambda: typed[-1].answered and other.answered)
    looked_up = [one.text for one in answerer.heard if isinstance(one, LookupMessage)]
    assert "black midi dress" in looked_up
    assert len(looked_up) <= 4
    assert telegram.faults == []


async def test_where_telegram_asks_to_wait_no_list_is_sent_meanwhile(
    telegram: TelegramServer, launch: Launch
) -> None:
    await launch(lambda _: [found()])
    ann = telegram.private()
    telegram.fail("answerInlineQuery", retry_after_s=10 / SPEED)
    await ann.type("a")
    await telegram.until(lambda: bool(telegram.refused))
    await ann.type("ab")
    await telegram.quiet()
    await asyncio.sleep(0.05)
    assert len(telegram.made("answerInlineQuery")) == 1
    await asyncio.sleep(10 / SPEED)
    lookup = await ann.type("abc")
    await telegram.until(lambda: lookup.answered)


async def test_a_list_that_comes_too_late_costs_nothing_else(
    launch: Launch, telegram: TelegramServer, caplog: pytest.LogCaptureFixture
) -> None:
    def script(message: Incoming) -> list[Reply]:
        return [found() if isinstance(message, LookupMessage) else Reply(text="Hi")]

    await launch(script)
    ann = telegram.private()
    telegram.fail("answerInlineQuery", status=400, description="Bad Request: query is too old")
    await ann.type("dress")
    await telegram.until(lambda: "too old" in caplog.text)
    await ann.send_text("hello")
    await ann.got(1)
    assert not [record for record in caplog.records if record.exc_info]


def at_home() -> Card:
    """As the demo shop has it: on this machine, where Telegram cannot look."""
    shown = card(1, url="http://localhost:8000/p/1")
    product = replace(shown.match.product, picture_url="http://localhost:8000/p/1.jpg")
    return replace(shown, match=replace(shown.match, product=product))


async def test_addresses_that_only_this_machine_knows_are_left_out(
    telegram: TelegramServer, launch: Launch
) -> None:
    await launch(lambda _: [Reply(album=(at_home(),))])
    lookup = await telegram.private().type("dress")
    await telegram.until(lambda: lookup.answered)
    (choice,) = lookup.choices
    assert not {"url", "thumbnail_url"} & set(choice)
    assert choice["input_message_content"]["link_preview_options"] == {
        "is_disabled": True,
        "prefer_large_media": True,
        "show_above_text": True,
    }
    assert telegram.faults == []


async def test_a_hostile_title_is_shown_as_plain_words(
    telegram: TelegramServer, launch: Launch
) -> None:
    title = "<b>Dress</b> & \u202e<script>" + "W" * 5000
    await launch(lambda _: [Reply(album=(card(1, title=title),))])
    lookup = await telegram.private().type("dress")
    await telegram.until(lambda: lookup.answered)
    assert telegram.faults == []
    assert lookup.choices[0]["title"].startswith("<b>Dress</b> & <script>WWW")
    assert len(lookup.choices[0]["title"]) <= 200
