"""What people see: albums, texts, buttons."""

import html
from collections.abc import Callable

import pytest
from PIL import Image

from bot.conversation.messages import Button, Document, Incoming, Reply
from tests.support.answers import ScriptedAnswerer, album_reply, card, jpeg
from tests.support.telegram_server import TelegramServer
from tests.telegram.conftest import Drawer, Launch


def replying(*replies: Reply) -> Callable[[Incoming], list[Reply]]:
    return lambda _: list(replies)


async def test_a_photo_gets_an_album_then_one_message_with_buttons(
    telegram: TelegramServer, launch: Launch
) -> None:
    answerer = ScriptedAnswerer(replying(album_reply()))
    await launch(answerer=answerer)
    chat = telegram.private()
    await chat.send_photo(jpeg())
    *album, text = await chat.got(6)
    assert [one.text.bold for one in album] == [(f"{n}. Navy dress {n}",) for n in range(1, 6)]
    assert all("€39.90 · Corner Shop" in one.text.plain for one in album)
    assert album[2].text.links == (("Buy", "https://corner.example/p/3"),)
    assert len({one.album for one in album}) == 1
    assert all(one.image.size == (300, 400) for one in album)
    assert text.text.plain == "Dress · navy"
    assert [len(row) for row in text.buttons] == [5, 5, 1]
    assert text.buttons[0][1]["url"] == "https://corner.example/p/2"
    assert "upload_photo" in chat.actions
    assert telegram.faults == []


async def test_an_album_of_ten_stays_one_and_eleven_become_two_without_a_single(
    telegram: TelegramServer, launch: Launch
) -> None:
    await launch(lambda one: [album_reply(int(getattr(one, "text", "0")))])
    chat = telegram.private()
    await chat.send_text("10")
    assert len({one.album for one in (await chat.got(11))[:10]}) == 1
    await chat.send_text("11")
    second = (await chat.got(23))[11:22]
    assert [one.text.bold[0].split(".")[0] for one in second] == [str(n) for n in range(1, 12)]
    assert [len([one for one in second if one.album == key]) for key in
            dict.fromkeys(one.album for one in second)] == [6, 5]  # fmt: skip
    assert telegram.faults == []


async def test_one_product_is_a_photo_of_its_own(telegram: TelegramServer, launch: Launch) -> None:
    await launch(replying(album_reply(1)))
    chat = telegram.private()
    await chat.send_photo(jpeg())
    photo, text = await chat.got(2)
    assert photo.image.size == (300, 400)
    assert text.labels == ["Buy 1", "♡ 1", "More"]


async def test_products_without_a_picture_are_lines_of_the_message(
    telegram: TelegramServer, launch: Launch, pictures: Drawer
) -> None:
    pictures.instead = {2: None, 4: None}
    await launch(replying(album_reply()))
    chat = telegram.private()
    await chat.send_photo(jpeg())
    messages = await chat.got(4)
    assert [one.text.bold[0][0] for one in messages[:3]] == ["1", "3", "5"]
    assert messages[3].text.bold == ("2. Navy dress 2", "4. Navy dress 4")
    assert ("Buy", "https://corner.example/p/4") in messages[3].text.links
    assert messages[3].text.plain.endswith("Dress · navy")


@pytest.mark.parametrize("names_bad_items", [True, False])
async def test_a_bad_picture_costs_its_own_place_in_the_album_only(
    names_bad_items: bool, telegram: TelegramServer, launch: Launch, pictures: Drawer
) -> None:
    telegram.names_bad_items = names_bad_items
    pictures.instead = {3: jpeg()[:200], 5: jpeg(size=(2100, 50))}
    await launch(replying(album_reply()))
    chat = telegram.private()
    await chat.send_photo(jpeg())
    messages = await chat.got(4)
    assert [one.text.bold[0][0] for one in messages[:3]] == ["1", "2", "4"]
    assert messages[3].text.bold == ("3. Navy dress 3", "5. Navy dress 5")
    assert messages[3].labels[-1] == "More"


async def test_pictures_that_cannot_be_had_or_sent_leave_the_whole_answer_as_text(
    telegram: TelegramServer, launch: Launch
) -> None:
    telegram.fail("sendMediaGroup", status=400, description="Bad Request: not enough rights to "
                  "send photos to the chat")  # fmt: skip
    await launch(replying(album_reply()))
    chat = telegram.private()
    await chat.send_photo(jpeg())
    (message,) = await chat.got(1)
    assert len(message.text.bold) == 5
    assert len(message.labels) == 11


async def test_a_picture_sent_once_is_not_uploaded_again(
    telegram: TelegramServer, launch: Launch, pictures: Drawer
) -> None:
    await launch(replying(album_reply(3)))
    chat = telegram.private()
    for count in (4, 8):
        await chat.send_photo(jpeg())
        await chat.got(count)
    assert sorted(pictures.asked) == [1, 2, 3]
    assert all(one.image.size == (300, 400) for one in chat.received[4:7])


async def test_a_picture_that_telegram_forgot_is_uploaded_again(
    telegram: TelegramServer, launch: Launch, pictures: Drawer
) -> None:
    await launch(replying(album_reply(3)))
    chat = telegram.private()
    await chat.send_photo(jpeg())
    await chat.got(4)
    telegram.files.clear()
    await chat.send_photo(jpeg())
    assert len((await chat.got(8))[4:]) == 4
    assert pictures.asked.count(1) == 2


async def test_buttons_to_this_machine_are_left_out_and_the_links_stay_in_the_captions(
    telegram: TelegramServer, launch: Launch
) -> None:
    here = "http://localhost:8081/p/1"
    reply = Reply(
        text="Dress",
        album=(card(1, url=here), card(2, url=here)),
        buttons=((Button(label="Buy", url=here),), (Button(label="More", action="more:1"),)),
    )
    await launch(replying(reply))
    chat = telegram.private()
    await chat.send_photo(jpeg())
    first, _, text = await chat.got(3)
    assert here in first.text.plain
    assert text.labels == ["More"]


async def test_when_only_links_are_refused_no_keyboard_is_left(
    telegram: TelegramServer, launch: Launch
) -> None:
    button = Button(label="Buy", url="http://localhost/1")
    await launch(replying(Reply(text="Dress", buttons=((button,),))))
    chat = telegram.private()
    await chat.send_photo(jpeg())
    assert (await chat.answer()).buttons == []


HOSTILE = {
    "markup": "<b>x</b></a><script>alert(1)</script> & <a href='tg://user?id=1'>y",
    "right to left": "\u202eevil\u202c שמלה כחולה \u2067x\u2069",
    "zero width": "\u200bDr\u200bess\ufeff\u2060",
    "lines": "Dress\n\n\nBUY NOW\x00\x07\tcheap",
    "nothing": "\u200b\u2060\u200d \n",
    "endless": "👩‍👩‍👧‍👦" * 3000,
    "half": "\ud800 Dress",
}


@pytest.mark.parametrize("title", HOSTILE.values(), ids=HOSTILE)
async def test_a_hostile_title_is_shown_as_plain_words(
    title: str, telegram: TelegramServer, launch: Launch
) -> None:
    url = 'https://corner.example/?a=1&b="><script>'
    cards = (card(1, title=title, url=url), card(2, title=title))
    await launch(replying(Reply(text=title, album=cards)))
    chat = telegram.private()
    await chat.send_photo(jpeg())
    first = (await chat.got(2))[0]
    assert telegram.faults == []
    shown = first.text.plain.split("\n")
    assert len(shown) == 3
    assert shown[0] == first.text.bold[0] != "1. "
    assert not set(shown[0]) & set("\u202e\u2067\u200b\ufeff\u2060\x00\x07\t")
    assert first.text.links == (("Buy", url),)
    assert html.escape("<b>") not in first.text.plain


async def test_a_long_text_comes_in_parts_with_the_buttons_under_the_last(
    telegram: TelegramServer, launch: Launch
) -> None:
    text = "\n".join(f"<Line> & number {number} 👗" for number in range(500))
    await launch(replying(Reply(text=text, buttons=((Button(label="More", action="m"),),))))
    chat = telegram.private()
    await chat.send_text("hello")
    parts = await chat.got(3)
    assert "\n".join(one.text.plain for one in parts) == text
    assert [bool(one.buttons) for one in parts] == [False, False, True]
    assert telegram.faults == []


async def test_many_long_products_without_pictures_come_in_parts(
    telegram: TelegramServer, launch: Launch, pictures: Drawer
) -> None:
    pictures.instead = dict.fromkeys(range(1, 31))
    cards = tuple(card(number, title="&" * 300) for number in range(1, 31))
    await launch(replying(Reply(text="All", album=cards)))
    chat = telegram.private()
    await chat.send_text("hello")
    await telegram.until(lambda: any(one.text.plain.endswith("All") for one in chat.received))
    assert sum(len(one.text.bold) for one in chat.received) == 30
    assert telegram.faults == []


async def test_several_replies_come_in_order(telegram: TelegramServer, launch: Launch) -> None:
    await launch(replying(Reply(text="One"), album_reply(2), Reply(text="Three")))
    chat = telegram.private()
    await chat.send_text("hello")
    assert [one.text.plain.split("\n")[0] for one in await chat.got(5)] == [
        "One",
        "1. Navy dress 1",
        "2. Navy dress 2",
        "Dress · navy",
        "Three",
    ]


async def test_in_a_group_the_answer_is_a_reply_to_the_question(
    telegram: TelegramServer, launch: Launch
) -> None:
    await launch(replying(album_reply(2)))
    group = telegram.group(kind="supergroup")
    asked = await group.send_text("/similar", message_thread_id=77, is_topic_message=True)
    first, _, text = await group.got(3)
    assert first.reply_to == asked["message_id"]
    assert text.reply_to is None
    assert {first.thread, text.thread} == {77}


async def test_silence_is_silence(telegram: TelegramServer, launch: Launch) -> None:
    answerer = ScriptedAnswerer(lambda _: [])
    await launch(answerer=answerer)
    chat = telegram.private()
    await chat.send_text("hello")
    await telegram.until(lambda: bool(answerer.heard))
    await telegram.quiet()
    assert chat.received == []


async def test_the_commands_are_in_the_menu_of_every_language(
    telegram: TelegramServer, launch: Launch
) -> None:
    await launch()
    await telegram.until(lambda: ("default", None, "hi") in telegram.commands)
    told = {
        language: {command["command"]: command["description"] for command in commands}
        for (scope, _, language), commands in telegram.commands.items()
        if scope == "default"
    }
    assert told.keys() == {None, "de", "es", "fr", "ru", "hi"}
    assert all(names.keys() == told[None].keys() for names in told.values())
    assert told[None].keys() >= {"similar", "subscribe", "unsubscribe", "language", "help", "start"}
    assert told[None]["picks"] == "Today's picks, now"
    assert told["de"]["picks"] == "Die Tipps von heute, jetzt gleich"


async def test_pictures_arrive_as_they_were_made(telegram: TelegramServer, launch: Launch) -> None:
    await launch(replying(album_reply(2)))
    chat = telegram.private()
    await chat.send_photo(jpeg())
    image = (await chat.got(3))[0].image
    assert isinstance(image, Image.Image)
    assert image.format == "JPEG"


async def test_a_file_is_sent_with_its_text(telegram: TelegramServer, launch: Launch) -> None:
    document = Document(name="twinset.json", data=b"{}")
    await launch(replying(Reply(text="All of it <here>", document=document)))
    chat = telegram.private()
    await chat.send_text("/export")
    (message,) = await chat.got(1)
    assert (message.text.plain, message.document) == ("All of it <here>", b"{}")
    assert telegram.faults == []
