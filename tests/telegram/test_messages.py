"""What people send, and what the conversation hears of it."""

import asyncio
from typing import Any

import pytest

from bot.conversation.messages import (
    CommandMessage,
    Departure,
    Incoming,
    Migration,
    OtherKind,
    OtherMessage,
    PhotoMessage,
    Reply,
    TextMessage,
)
from core.errors import FetchFailed, PhotoTooHeavy
from tests.support.answers import ScriptedAnswerer, jpeg
from tests.support.telegram_server import TelegramServer
from tests.telegram.conftest import Launch

ANONYMOUS = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "AnAdminBot"}


@pytest.fixture
def answerer() -> ScriptedAnswerer:
    return ScriptedAnswerer(lambda _: [])


async def hear(
    telegram: TelegramServer, answerer: ScriptedAnswerer, count: int = 1
) -> list[Incoming]:
    """Wait until the conversation heard ``count`` messages and the bot is idle."""
    await telegram.until(lambda: len(answerer.heard) >= count)
    await telegram.quiet()
    await asyncio.sleep(0.05)
    assert len(answerer.heard) == count
    return answerer.heard


async def test_a_photo_is_loaded_in_its_largest_size_and_only_when_asked_for(
    telegram: TelegramServer, answerer: ScriptedAnswerer, launch: Launch
) -> None:
    await launch(answerer=answerer)
    chat = telegram.private(language="de")
    data = jpeg("red")
    await chat.send_photo(data, caption="in red")
    (message,) = await hear(telegram, answerer)
    assert isinstance(message, PhotoMessage)
    assert (message.caption, message.addressed) == ("in red", True)
    assert message.sender.chat_id == message.sender.person_id == str(chat.id)
    assert (message.sender.platform, message.sender.language) == ("telegram", "de")
    assert telegram.downloads == []
    assert await message.photos[0].load() == data
    assert message.photos[0].size_bytes == len(data)


@pytest.mark.parametrize(
    ("name", "mime"),
    [("a.jpg", "image/jpeg"), ("a.png", "image/png"), ("a.webp", "image/webp"),
     ("a.JPG", "application/octet-stream"), ("a.jpeg", None), ("a.heic", "image/heic"),
     ("a", None), ("a.gif", "image/gif"), ("IMG_1", "application/octet-stream")],
)  # fmt: skip
async def test_an_image_sent_as_a_file_is_a_photo(
    name: str, mime: str | None, telegram: TelegramServer, answerer: ScriptedAnswerer,
    launch: Launch,
) -> None:  # fmt: skip
    await launch(answerer=answerer)
    await telegram.private().send_document(b"bytes", name=name, mime=mime, caption="like this")
    (message,) = await hear(telegram, answerer)
    assert isinstance(message, PhotoMessage)
    assert message.caption == "like this"
    assert await message.photos[0].load() == b"bytes"


async def test_a_sticker_that_stands_still_is_a_photo(
    telegram: TelegramServer, answerer: ScriptedAnswerer, launch: Launch
) -> None:
    await launch(answerer=answerer)
    await telegram.private().send_sticker(b"webp")
    (message,) = await hear(telegram, answerer)
    assert isinstance(message, PhotoMessage)
    assert await message.photos[0].load() == b"webp"


async def test_of_a_gif_the_preview_is_taken_where_it_is_large_enough(
    telegram: TelegramServer, answerer: ScriptedAnswerer, launch: Launch
) -> None:
    """Telegram keeps a GIF as a video."""
    await launch(answerer=answerer)
    large, small = jpeg(size=(320, 180)), jpeg(size=(90, 50))
    await telegram.private().send_animation(preview=large)
    await telegram.until(lambda: len(answerer.heard) == 1)
    await telegram.private().send_animation(preview=small)
    shown, named = await hear(telegram, answerer, 2)
    assert isinstance(shown, PhotoMessage)
    assert await shown.photos[0].load() == large
    assert isinstance(named, OtherMessage)
    assert named.what is OtherKind.GIF


async def test_a_forwarded_photo_is_a_photo(
    telegram: TelegramServer, answerer: ScriptedAnswerer, launch: Launch
) -> None:
    await launch(answerer=answerer)
    origin = {"type": "hidden_user", "sender_user_name": "Bob", "date": 0}
    await telegram.private().send_photo(jpeg(), forward_origin=origin)
    (message,) = await hear(telegram, answerer)
    assert isinstance(message, PhotoMessage)
    assert message.addressed


async def test_a_link_is_heard_wherever_it_stands(
    telegram: TelegramServer, answerer: ScriptedAnswerer, launch: Launch
) -> None:
    await launch(answerer=answerer)
    chat, group = telegram.private(), telegram.group()
    hidden = {"type": "text_link", "offset": 0, "length": 4, "url": "https://shop.example/d"}
    said = [
        await chat.send_text("see https://shop.example/a?b=1"),
        await chat.send_text("shop.example/b"),
        await chat.send_text("the site shop.example is nice"),
        await chat.send_raw({"text": "this", "entities": [hidden]}),
        await chat.send_text("/similar shop.example/c"),
    ]
    shown = await group.send_text("new: https://shop.example/e")
    said.append(await group.send_text("/similar", reply_to=shown))
    said.append(await group.send_text("@twin_bot this?", reply_to=shown))
    heard = await hear(telegram, answerer, len(said))
    links = {one.link for one in heard if isinstance(one, TextMessage | CommandMessage)}
    assert links == {
        "https://shop.example/a?b=1", "https://shop.example/b", "https://shop.example/c",
        "https://shop.example/d", "https://shop.example/e", None,
    }  # fmt: skip


async def test_a_file_beyond_twenty_megabytes_is_too_heavy_and_not_fetched(
    telegram: TelegramServer, answerer: ScriptedAnswerer, launch: Launch
) -> None:
    await launch(answerer=answerer)
    chat = telegram.private()
    await chat.send_document(b"x", name="a.jpg", mime="image/jpeg", size_bytes=30_000_000)
    (message,) = await hear(telegram, answerer)
    assert isinstance(message, PhotoMessage)
    with pytest.raises(PhotoTooHeavy) as caught:
        await message.photos[0].load()
    assert caught.value.size_bytes == 30_000_000
    assert telegram.made("getFile") == []


async def test_a_file_that_telegram_finds_too_big_is_too_heavy(
    telegram: TelegramServer, answerer: ScriptedAnswerer, launch: Launch
) -> None:
    await launch(answerer=answerer)
    chat = telegram.private()
    await chat.send_document(bytes(20_000_001), name="a.jpg", mime="image/jpeg", size_bytes=5)
    (message,) = await hear(telegram, answerer)
    assert isinstance(message, PhotoMessage)
    with pytest.raises(PhotoTooHeavy):
        await message.photos[0].load()


async def test_a_download_survives_dropped_connections_and_says_when_it_does_not(
    telegram: TelegramServer, answerer: ScriptedAnswerer, launch: Launch
) -> None:
    await launch(answerer=answerer)
    await telegram.private().send_photo(jpeg())
    (message,) = await hear(telegram, answerer)
    assert isinstance(message, PhotoMessage)
    telegram.fail("getFile", is_dropped=True, times=2)
    telegram.fail("download", is_dropped=True, times=2)
    assert await message.photos[0].load() == jpeg()
    telegram.fail("download", status=404, times=99)
    with pytest.raises(FetchFailed):
        await message.photos[0].load()


async def test_an_album_is_one_message_with_all_its_photos(
    telegram: TelegramServer, answerer: ScriptedAnswerer, launch: Launch
) -> None:
    await launch(answerer=answerer)
    photos = [jpeg(colour) for colour in ("red", "green", "blue")]
    await telegram.private().send_album(photos, caption="which?")
    (message,) = await hear(telegram, answerer)
    assert isinstance(message, PhotoMessage)
    assert [await photo.load() for photo in message.photos] == photos
    assert message.caption == "which?"


async def test_albums_of_two_people_do_not_mix_and_ten_photos_need_no_waiting(
    telegram: TelegramServer, answerer: ScriptedAnswerer, launch: Launch
) -> None:
    await launch(answerer=answerer)
    await telegram.private("Ann").send_album([jpeg()] * 10)
    await telegram.private("Bob").send_album([jpeg()] * 2)
    heard = await hear(telegram, answerer, 2)
    counts = [len(one.photos) for one in heard if isinstance(one, PhotoMessage)]
    assert sorted(counts) == [2, 10]


async def test_an_album_with_the_command_in_its_caption_is_that_command(
    telegram: TelegramServer, answerer: ScriptedAnswerer, launch: Launch
) -> None:
    await launch(answerer=answerer)
    await telegram.group().send_album([jpeg()] * 3, caption="/similar@twin_bot in red")
    (message,) = await hear(telegram, answerer)
    assert isinstance(message, CommandMessage)
    assert (message.name, message.argument, len(message.photos)) == ("similar", "in red", 3)


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("/start", ("start", "")),
        ("/start abc", ("start", "abc")),
        ("/HELP", ("help", "")),
        ("/subscribe  09:00 Europe/Berlin ", ("subscribe", "09:00 Europe/Berlin")),
        ("/similar@Twin_Bot", ("similar", "")),
        ("/whatever 👗", ("whatever", "👗")),
    ],
)
async def test_commands_in_private(
    text: str,
    command: tuple[str, str],
    telegram: TelegramServer,
    answerer: ScriptedAnswerer,
    launch: Launch,
) -> None:
    await launch(answerer=answerer)
    await telegram.private().send_text(text)
    (message,) = await hear(telegram, answerer)
    assert isinstance(message, CommandMessage)
    assert (message.name, message.argument) == command
    assert message.photos == ()


async def test_similar_takes_the_photo_it_replies_to_or_comes_with(
    telegram: TelegramServer, answerer: ScriptedAnswerer, launch: Launch
) -> None:
    await launch(answerer=answerer)
    group = telegram.group()
    shown = await group.send_photo(jpeg("red"))
    await group.send_text("/similar@twin_bot", reply_to=shown)
    await group.send_photo(jpeg("blue"), caption="/similar")
    file = await group.send_document(jpeg("green"), name="a.png", mime="image/png")
    await group.send_text("/similar", reply_to=file)
    heard = await hear(telegram, answerer, 5)
    commands = [one for one in heard if isinstance(one, CommandMessage)]
    assert {one.name for one in commands} == {"similar"}
    loaded = {await one.photos[0].load() for one in commands}
    assert loaded == {jpeg("red"), jpeg("blue"), jpeg("green")}


async def test_photos_that_a_group_shows_each_other_are_not_addressed_and_get_no_typing(
    telegram: TelegramServer, answerer: ScriptedAnswerer, launch: Launch
) -> None:
    await launch(answerer=answerer)
    group = telegram.group()
    await group.send_photo(jpeg(), caption="look")
    (message,) = await hear(telegram, answerer)
    assert isinstance(message, PhotoMessage)
    assert (message.addressed, message.sender.is_group) == (False, True)
    assert message.sender.person_id == str(group.person["id"])
    assert group.actions == []


async def test_in_a_group_a_mention_or_a_reply_to_the_bot_addresses_it(
    telegram: TelegramServer, launch: Launch
) -> None:
    answerer = ScriptedAnswerer(lambda one: [Reply(text="Yes?")] if one.update_id else [])
    await launch(answerer=answerer)
    group = telegram.group()
    await group.send_text("@twin_bot what is this?")
    (answer,) = await group.got(1)
    await group.send_text("and this", reply_to=answer)
    await group.send_photo(jpeg(), caption="like @Twin_Bot this")
    await group.send_photo(jpeg(), reply_to=answer)
    shown = await group.send_text("look", by=telegram.user("Cem"))
    photo = {**shown, "photo": [{**telegram.keep(jpeg(), "photos/a"), "width": 9, "height": 9}]}
    await group.send_text("@twin_bot", reply_to=photo)
    heard = await hear(telegram, answerer, 5)
    by_id = sorted(heard, key=lambda one: int(one.update_id))
    assert [type(one) for one in by_id] == [TextMessage, TextMessage] + [PhotoMessage] * 3
    assert isinstance(by_id[0], TextMessage)
    assert by_id[0].text == "what is this?"
    photos = [one for one in by_id if isinstance(one, PhotoMessage)]
    assert [(one.addressed, one.caption) for one in photos] == [
        (True, "like this"), (True, ""), (True, "")
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text", ["hello all", "/similar@other_bot", "/ban", "@other_bot hello", "mail@twin_bot.example"]
)
async def test_in_a_group_what_is_said_to_others_is_not_heard(
    text: str, telegram: TelegramServer, answerer: ScriptedAnswerer, launch: Launch
) -> None:
    await launch(answerer=answerer)
    group = telegram.group()
    await group.send_text(text)
    await group.send_sticker(moves=True)
    await group.send_text("/help@twin_bot")
    (message,) = await hear(telegram, answerer)
    assert isinstance(message, CommandMessage)
    assert message.name == "help"


@pytest.mark.parametrize(
    ("sent", "what"),
    [("sticker", OtherKind.STICKER), ("voice", OtherKind.VOICE), ("video", OtherKind.VIDEO),
     ("animation", OtherKind.GIF)],
)  # fmt: skip
async def test_what_is_no_photo_is_named(
    sent: str, what: OtherKind, telegram: TelegramServer, answerer: ScriptedAnswerer,
    launch: Launch,
) -> None:  # fmt: skip
    await launch(answerer=answerer)
    more = {"moves": True} if sent == "sticker" else {}
    await getattr(telegram.private(), f"send_{sent}")(**more)
    (message,) = await hear(telegram, answerer)
    assert isinstance(message, OtherMessage)
    assert message.what is what


async def test_files_and_whatever_else_are_named(
    telegram: TelegramServer, answerer: ScriptedAnswerer, launch: Launch
) -> None:
    await launch(answerer=answerer)
    await telegram.private("Ann").send_document(b"%PDF", name="a.pdf", mime="application/pdf")
    place: dict[str, Any] = {"location": {"latitude": 52.5, "longitude": 13.4}}
    await telegram.private("Bob").send_raw(place)
    heard = await hear(telegram, answerer, 2)
    kinds = {one.what for one in heard if isinstance(one, OtherMessage)}
    assert kinds == {OtherKind.FILE, OtherKind.OTHER}


@pytest.mark.parametrize(
    "content",
    [
        {"game": {"title": "Hats", "description": "Catch them", "photo": []}},
        {"paid_media": {"star_count": 1, "paid_media": []}},
        {"checklist": {"title": "To buy", "tasks": []}},
        {"invoice": {"title": "Hat", "description": "", "start_parameter": "", "currency": "EUR",
                     "total_amount": 1}},
        {"giveaway": {"chats": [], "winners_selection_date": 1, "winner_count": 1}},
    ],
    ids=lambda content: next(iter(content)),
)  # fmt: skip
async def test_what_telegram_has_besides_is_named_in_private(
    content: dict[str, Any], telegram: TelegramServer, answerer: ScriptedAnswerer, launch: Launch
) -> None:
    await launch(answerer=answerer)
    await telegram.private().send_raw(content)
    (message,) = await hear(telegram, answerer)
    assert isinstance(message, OtherMessage)
    assert message.what is OtherKind.OTHER


async def test_in_a_group_what_is_no_photo_is_named_to_who_asks_the_bot(
    telegram: TelegramServer, answerer: ScriptedAnswerer, launch: Launch
) -> None:
    await launch(answerer=answerer)
    group = telegram.group()
    await group.send_video(caption="look")
    await group.send_video(caption="@twin_bot what is this?")
    file = {"name": "a.pdf", "mime": "application/pdf"}
    await group.send_document(b"%PDF", caption="@twin_bot and this?", **file)
    heard = await hear(telegram, answerer, 2)
    kinds = {one.what for one in heard if isinstance(one, OtherMessage)}
    assert kinds == {OtherKind.VIDEO, OtherKind.FILE}


async def test_edits_channels_other_bots_and_service_messages_are_not_heard(
    telegram: TelegramServer, answerer: ScriptedAnswerer, launch: Launch
) -> None:
    await launch(answerer=answerer)
    chat = telegram.private()
    text = await chat.send_text("hello")
    await telegram.push("edited_message", {**text, "text": "hallo", "edit_date": telegram.date()})
    channel = {"id": -100500, "type": "channel", "title": "News"}
    await telegram.push("channel_post", {**text, "chat": channel})
    await telegram.push("message", {**text, "chat": channel})
    await chat.send_text("hello", by={**telegram.user("Robot"), "is_bot": True})
    await telegram.group().send_raw({"new_chat_title": "New"})
    (message,) = await hear(telegram, answerer)
    assert isinstance(message, TextMessage)
    assert message.text == "hello"


async def test_an_anonymous_administrator_is_heard_as_the_group(
    telegram: TelegramServer, answerer: ScriptedAnswerer, launch: Launch
) -> None:
    await launch(answerer=answerer)
    group = telegram.group(kind="supergroup")
    hidden = {"id": 1087968824, "is_bot": True, "first_name": "Group"}
    await group.send_text("/help", by=hidden, sender_chat=group.payload())
    (message,) = await hear(telegram, answerer)
    assert message.sender.person_id == message.sender.chat_id == str(group.id)


async def test_a_block_is_a_departure_and_an_upgrade_is_a_migration(
    telegram: TelegramServer, answerer: ScriptedAnswerer, launch: Launch
) -> None:
    await launch(answerer=answerer)
    chat, group = telegram.private(), telegram.group()
    await chat.block()
    await telegram.until(lambda: len(answerer.heard) == 1)
    new = await group.upgrade()
    left, moved = await hear(telegram, answerer, 2)
    assert isinstance(left, Departure)
    assert left.sender.chat_id == str(chat.id)
    assert isinstance(moved, Migration)
    assert (moved.sender.chat_id, moved.new_chat_id) == (str(group.id), str(new.id))
    assert not [name for name, _ in telegram.calls if name.startswith("send")]


async def test_an_update_that_cannot_be_read_does_not_hold_up_the_next(
    telegram: TelegramServer, answerer: ScriptedAnswerer, launch: Launch,
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    await launch(answerer=answerer)
    await telegram.push("message", {"message_id": "?"})
    await telegram.private().send_text("hello")
    (message,) = await hear(telegram, answerer)
    assert isinstance(message, TextMessage)
    assert "cannot be read" in caplog.text


async def test_who_runs_a_group_is_known_when_it_is_asked(
    telegram: TelegramServer, launch: Launch, answerer: ScriptedAnswerer
) -> None:
    await launch(answerer=answerer)
    group, boss = telegram.group(), telegram.user("Boss")
    group.admins.add(boss["id"])
    await group.send_text("/language de")
    await group.send_text("/language de", by=boss)
    await group.send_text("/language de", by=telegram.user("Stranger"))
    await group.send_text("/language de", by=ANONYMOUS, sender_chat=group.payload())
    heard = await hear(telegram, answerer, 4)
    assert [await one.sender.is_admin() for one in heard] == [False, True, False, True]
