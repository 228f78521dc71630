"""Messages to the bot: direct ones and mentions; everything else is let be."""

from dataclasses import replace

import pytest
from discord import StickerFormatType

from bot.conversation.messages import (
    OtherKind,
    OtherMessage,
    PhotoMessage,
    Reply,
    TextMessage,
)
from core.errors import FetchFailed
from tests.discord.conftest import Chat
from tests.support.answers import album_reply, card, jpeg
from tests.support.discord_messages import Upload

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_photo_in_direct_messages_is_answered_there(chat: Chat) -> None:
    ann = chat.server.person()
    chat.answers(album_reply())
    said = await ann.dm("in red", photo=jpeg())
    [message] = await ann.sees()
    assert len(message.cards) == 5
    assert message.channel_id == ann.dms.id
    assert not message.ephemeral
    [heard] = chat.heard
    assert isinstance(heard, PhotoMessage)
    assert (heard.update_id, heard.caption) == (said["id"], "in red")
    assert (heard.sender.chat_id, heard.sender.is_group) == (ann.dms.id, False)
    assert await heard.photos[0].load() == jpeg()
    assert heard.photos[0].size_bytes == len(jpeg())


async def test_a_picture_that_cannot_be_had_costs_its_own_place_only(chat: Chat) -> None:
    ann = chat.server.person()
    chat.answers(replace(album_reply(4), album=(card(1), card(66), card(3), card(4))))
    await ann.dm("in red", photo=jpeg())
    [message] = await ann.sees()
    assert [bool(one.image) for one in message.cards] == [True, False, False, True]
    assert message.labels[-1] == "More"


async def test_ten_photos_arrive_as_one_message(chat: Chat) -> None:
    ann = chat.server.person()
    chat.answers(Reply(text="One at a time"))
    await ann.dm(photos=[jpeg()] * 10)
    await ann.sees()
    [heard] = chat.heard
    assert isinstance(heard, PhotoMessage)
    assert len(heard.photos) == 10


async def test_words_in_direct_messages_are_heard(chat: Chat) -> None:
    ann = chat.server.person()
    chat.answers(Reply(text="Hello"))
    await ann.dm("hi there")
    await ann.sees()
    [heard] = chat.heard
    assert isinstance(heard, TextMessage)
    assert heard.text == "hi there"


async def test_stickers_voices_and_files_are_told_apart(chat: Chat) -> None:
    ann = chat.server.person()
    chat.answers(Reply(text="Not that"))
    await ann.dm(sticker=StickerFormatType.lottie)
    await ann.dm(photo=Upload(data=b"OggS", name="v.ogg", content_type="audio/ogg", voice=True))
    await ann.dm("here", photo=Upload(data=b"%PDF", name="a.pdf", content_type="application/pdf"))
    await ann.dm("https://tenor.example/x", embeds=[{"type": "gifv"}])
    await ann.dm()
    await ann.sees(5)
    kinds = {heard.what for heard in chat.heard if isinstance(heard, OtherMessage)}
    assert kinds == {
        OtherKind.STICKER,
        OtherKind.VOICE,
        OtherKind.FILE,
        OtherKind.GIF,
        OtherKind.OTHER,
    }


async def test_stickers_that_are_pictures_are_photos(chat: Chat) -> None:
    ann = chat.server.person()
    chat.answers(Reply(text="Hello"))
    for form in (StickerFormatType.png, StickerFormatType.apng, StickerFormatType.gif):
        await ann.dm(sticker=form)
    await ann.sees(3)
    assert [type(heard) for heard in chat.heard] == [PhotoMessage] * 3


async def test_of_a_gif_the_still_is_taken_that_discord_has(chat: Chat) -> None:
    ann = chat.server.person()
    chat.answers(Reply(text="Hello"))
    kept = chat.server.world.keep(ann.dms, Upload(data=jpeg("red")))
    still = {"url": "http://10.0.0.1/", "proxy_url": kept["url"]}
    await ann.dm("https://tenor.example/x", embeds=[{"type": "gifv", "thumbnail": still}])
    await ann.sees()
    [heard] = chat.heard
    assert isinstance(heard, PhotoMessage)
    assert await heard.photos[0].load() == jpeg("red")


async def test_a_file_of_which_nothing_is_told_may_be_a_photo(chat: Chat) -> None:
    ann = chat.server.person()
    chat.answers(Reply(text="Hello"))
    await ann.dm(photo=Upload(data=jpeg(), name="IMG_1", content_type="application/octet-stream"))
    await ann.sees()
    assert isinstance(chat.heard[0], PhotoMessage)


async def test_a_photo_without_a_content_type_goes_by_its_name(chat: Chat) -> None:
    ann = chat.server.person()
    chat.answers(Reply(text="Hello"))
    await ann.dm(photo=Upload(data=jpeg(), name="IMG_1.JPG", content_type=None))
    await ann.sees()
    assert isinstance(chat.heard[0], PhotoMessage)


async def test_what_people_show_each_other_is_let_be(chat: Chat) -> None:
    ann = chat.server.person()
    chat.answers(Reply(text="Hello"))
    await ann.say("look at this", photo=jpeg())
    await ann.say("nice")
    await ann.say("hey", mention=True)
    await ann.sees()
    [heard] = chat.heard
    assert isinstance(heard, TextMessage)


async def test_a_mention_with_a_photo_is_answered_as_a_reply_that_pings_nobody(chat: Chat) -> None:
    ann = chat.server.person()
    chat.answers(album_reply())
    said = await ann.say("like this one?", photo=jpeg(), mention=True)
    [message] = await ann.sees()
    assert str(message.payload["message_reference"]["message_id"]) == said["id"]
    [heard] = chat.heard
    assert isinstance(heard, PhotoMessage)
    assert (heard.caption, heard.sender.is_group) == ("like this one?", True)
    assert heard.sender.chat_id == chat.server.channel.id


async def test_where_the_bot_may_not_reply_it_answers_all_the_same(chat: Chat) -> None:
    ann = chat.server.person()
    chat.answers(album_reply())
    chat.server.channel.bot_may_read_history = False
    chat.expected_refusals = 1
    try:
        await ann.say(photo=jpeg(), mention=True)
        (message,) = await ann.sees()
    finally:
        chat.server.channel.bot_may_read_history = True
    assert message.cards


async def test_a_mention_in_reply_to_a_photo_is_about_that_photo(chat: Chat) -> None:
    ann, bob = chat.server.person(), chat.server.person("Bob")
    chat.answers(album_reply())
    shown = await bob.say("my new dress", photo=jpeg("red"))
    await ann.say(mention=True, reply_to=shown)
    await ann.sees()
    [heard] = chat.heard
    assert isinstance(heard, PhotoMessage)
    assert await heard.photos[0].load() == jpeg("red")


async def test_a_reply_to_the_bot_is_talk_among_people_unless_it_brings_a_photo(
    chat: Chat,
) -> None:
    ann = chat.server.person()
    chat.answers(album_reply())
    await ann.say(photo=jpeg(), mention=True)
    [answer] = await ann.sees()
    await ann.say("I like the second", reply_to=answer.payload)
    await ann.say(photo=jpeg("red"), reply_to=answer.payload)
    await ann.sees(2)
    assert [type(heard) for heard in chat.heard] == [PhotoMessage, PhotoMessage]


async def test_a_picture_that_discord_lost_is_a_failed_fetch(chat: Chat) -> None:
    ann = chat.server.person()
    chat.answers(Reply(text="Gone"))
    await ann.dm(photo=jpeg())
    await ann.sees()
    [heard] = chat.heard
    assert isinstance(heard, PhotoMessage)
    chat.server.fail("/attachments/*", status=404)
    with pytest.raises(FetchFailed) as failed:
        await heard.photos[0].load()
    assert failed.value.status == 404


@pytest.mark.parametrize("times", [2, 6])  # the library gives up after five
async def test_an_answer_that_is_limited_in_rate_comes_late_but_comes(
    chat: Chat, times: int
) -> None:
    ann = chat.server.person()
    chat.answers(Reply(text="Hello"))
    path = f"/channels/{ann.dms.id}/messages"
    chat.server.fail(path, status=429, retry_after_s=0.1, times=times)
    await ann.dm("hi")
    [message] = await ann.sees()
    assert message.text == "Hello"


@pytest.mark.parametrize("lost", [True, False])
async def test_an_answer_whose_connection_breaks_is_given_once(chat: Chat, lost: bool) -> None:
    ann = chat.server.person()
    chat.answers(album_reply())
    chat.server.fail(f"/channels/{ann.dms.id}/messages", status=0, times=2, lost=lost)
    await ann.dm("hi")
    await ann.sees()
    posts = ("POST", f"/channels/{ann.dms.id}/messages")
    await chat.server.until(lambda: chat.server.requests.count(posts) == 3)
    assert len(ann.received) == 1
    assert len(ann.received[0].cards) == len(album_reply().album)


async def test_an_answer_comes_when_discord_is_away_for_a_moment(chat: Chat) -> None:
    ann = chat.server.person()
    chat.answers(Reply(text="Hello"))
    chat.server.fail(f"/channels/{ann.dms.id}/messages", status=503)
    await ann.dm("hi")
    assert (await ann.sees())[0].text == "Hello"


@pytest.mark.parametrize("status", [0, 503])
async def test_a_picture_is_asked_for_again(chat: Chat, status: int) -> None:
    ann = chat.server.person()
    chat.answers(Reply(text="Lovely"))
    await ann.dm(photo=jpeg("red"))
    await ann.sees()
    [heard] = chat.heard
    assert isinstance(heard, PhotoMessage)
    chat.server.fail("/attachments/*", status=status)
    assert await heard.photos[0].load() == jpeg("red")


async def test_an_answer_whose_receipt_was_lost_is_not_given_twice(chat: Chat) -> None:
    ann = chat.server.person()
    chat.answers(Reply(text="Hello"))
    chat.server.fail(f"/channels/{ann.dms.id}/messages", status=502, lost=True)
    await ann.dm("hi")
    await ann.sees()
    posts = ("POST", f"/channels/{ann.dms.id}/messages")
    await chat.server.until(lambda: chat.server.requests.count(posts) == 2)
    assert len(ann.received) == 1


async def test_that_typing_cannot_be_shown_disturbs_nobody(chat: Chat) -> None:
    ann = chat.server.person()
    chat.answers(Reply(text="Hello"))
    chat.server.fail(f"/channels/{ann.dms.id}/typing", status=403, code=50013)
    await ann.dm("hi")
    assert (await ann.sees())[0].text == "Hello"


async def test_a_person_who_blocks_the_bot_meanwhile_is_let_go(chat: Chat) -> None:
    ann, bob = chat.server.person(), chat.server.person("Bob")
    ann.blocks_bot = True
    chat.expected_refusals = 1
    chat.answers(Reply(text="Hello"))
    await ann.dm("hi")
    await chat.server.until(lambda: bool(chat.server.refused))
    await bob.dm("hi")
    assert (await bob.sees())[0].text == "Hello"
    assert ann.received == []


async def test_what_a_client_speaks_is_remembered_for_messages_which_do_not_tell(
    chat: Chat,
) -> None:
    chat.answers(Reply(text="Hello"))
    ann, bob = chat.server.person(locale="fr"), chat.server.person("Bob", locale="fr")
    await (await ann.slash("help")).reply()
    for person, seen in ((ann, 2), (bob, 1)):
        await person.dm("hi there")
        await person.sees(seen)
    assert [heard.sender.language for heard in chat.heard] == ["fr", "fr", None]
