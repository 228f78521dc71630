"""Slash commands and the context menu, as people use them."""

import pytest

from bot.conversation.messages import (
    Button,
    CommandMessage,
    OtherKind,
    OtherMessage,
    Reply,
    Sender,
)
from core.errors import PhotoTooHeavy
from tests.discord.conftest import Chat
from tests.support.answers import album_reply, jpeg
from tests.support.discord_messages import Upload
from tests.support.discord_server import GROUP_DM

pytestmark = pytest.mark.asyncio(loop_scope="module")
DEFERRED_MESSAGE = 5


async def test_a_photo_is_answered_by_an_album_with_buttons_in_one_message(chat: Chat) -> None:
    ann = chat.server.person(locale="de")
    chat.answers(album_reply())
    exchange = await ann.slash("similar", photo=jpeg())
    message = await exchange.reply()
    assert message.text == "Dress · navy"
    assert [card.title for card in message.cards] == [f"{n}. Navy dress {n}" for n in range(1, 6)]
    assert [card.details for card in message.cards] == ["€39.90 · Corner Shop"] * 5
    assert [card.url for card in message.cards] == [
        f"https://corner.example/p/{n}" for n in range(1, 6)
    ]
    assert [bool(card.image) for card in message.cards] == [True, True, False, True, True]
    assert [[button.label for button in row] for row in message.rows] == [
        [f"Buy {n}" for n in range(1, 6)],
        [f"♡ {n}" for n in range(1, 6)],
        ["More"],
    ]
    assert message.buttons[0].url == "https://corner.example/p/1"
    [heard] = chat.heard
    assert isinstance(heard, CommandMessage)
    assert (heard.name, heard.update_id) == ("similar", exchange.id)
    assert heard.sender == Sender(
        platform="discord", person_id=ann.id, chat_id=ann.dms.id, is_group=False, language="de"
    )
    assert await heard.photos[0].load() == jpeg()


async def test_nothing_is_downloaded_before_the_photo_is_wanted(chat: Chat) -> None:
    chat.answers(Reply(text="Hello"))
    exchange = await chat.server.person().slash("similar", photo=jpeg())
    await exchange.reply()
    assert chat.server.downloads == []


async def test_a_search_in_a_server_is_seen_by_the_one_who_asked_alone(chat: Chat) -> None:
    ann, bob = chat.server.person(), chat.server.person("Bob")
    chat.answers(album_reply(), Reply(text="And more"))
    exchange = await ann.slash("similar", photo=jpeg(), channel=chat.server.channel)
    first, second = await exchange.replies(2)
    assert first.ephemeral
    assert second.ephemeral
    assert bob.received == []
    assert chat.heard[0].sender.is_group
    assert chat.heard[0].sender.chat_id == chat.server.channel.id


async def test_in_direct_messages_an_answer_stays_unless_it_is_private(chat: Chat) -> None:
    chat.answers(Reply(text="Hello"), Reply(text="A secret", private=True))
    first, second = await (await chat.server.person().slash("help")).replies(2)
    assert (first.ephemeral, second.ephemeral) == (False, True)


async def test_a_command_is_acknowledged_before_its_answer_is_known(chat: Chat) -> None:
    chat.answers(Reply(text="Hello"))
    exchange = await chat.server.person().slash("start")
    assert await exchange.acknowledged() == DEFERRED_MESSAGE
    assert (await exchange.reply()).text == "Hello"


async def test_the_context_menu_finds_every_picture_of_a_message(chat: Chat) -> None:
    ann, bob = chat.server.person(), chat.server.person("Bob")
    photos = [jpeg("red"), jpeg("green")]
    preview = jpeg("blue")
    kept = chat.server.world.keep(chat.server.channel, Upload(data=preview))
    embeds = [
        {"type": "article", "thumbnail": {"url": "http://10.0.0.1/", "proxy_url": kept["url"]}},
        {"type": "video", "thumbnail": {"url": "http://10.0.0.1/", "proxy_url": kept["url"]}},
    ]
    said = await bob.say("look", photos=photos, embeds=embeds)
    chat.answers(album_reply())
    exchange = await ann.context_menu("Find similar", said)
    assert (await exchange.reply()).ephemeral
    [heard] = chat.heard
    assert isinstance(heard, CommandMessage)
    assert heard.name == "similar"
    assert [await photo.load() for photo in heard.photos] == [*photos, preview]


async def test_the_context_menu_reads_a_forwarded_photo_and_our_own_answers(chat: Chat) -> None:
    ann = chat.server.person()
    original = await ann.say(photo=jpeg("red"))
    forwarded = await ann.say(forwards=original)
    chat.answers(album_reply(2))
    answer = await (await ann.context_menu("Find similar", forwarded)).reply()
    await (await ann.context_menu("Find similar", answer)).reply()
    forwarded_heard, answer_heard = chat.heard
    assert isinstance(forwarded_heard, CommandMessage)
    assert isinstance(answer_heard, CommandMessage)
    assert [await photo.load() for photo in forwarded_heard.photos] == [jpeg("red")]
    assert [await photo.load() for photo in answer_heard.photos] == [
        card.image for card in answer.cards
    ]


async def test_a_link_may_stand_in_for_the_photo(chat: Chat) -> None:
    ann = chat.server.person()
    chat.answers(Reply(text="Hello"))
    link = "https://shop.example/dress"
    await (await ann.slash("similar", link=link)).reply()
    await (await ann.context_menu("Find similar", await ann.say(f"look: {link}"))).reply()
    given, shown = chat.heard
    assert isinstance(given, CommandMessage)
    assert isinstance(shown, CommandMessage)
    assert (given.argument, shown.argument) == (link, link)


async def test_a_wish_may_stand_beside_a_photo_or_a_link(chat: Chat) -> None:
    ann = chat.server.person()
    chat.answers(Reply(text="Hello"))
    link = "https://shop.example/dress"
    await (await ann.slash("similar", photo=jpeg(), wish="in red")).reply()
    await (await ann.slash("similar", link=link, wish="in red")).reply()
    heard = [one.argument for one in chat.heard if isinstance(one, CommandMessage)]
    assert heard == ["in red", f"{link} in red"]


async def test_a_message_without_a_picture_is_a_search_for_nothing(chat: Chat) -> None:
    ann = chat.server.person()
    chat.answers(Reply(text="There is no photo"))
    exchange = await ann.context_menu("Find similar", await ann.say("only words"))
    await exchange.reply()
    [heard] = chat.heard
    assert isinstance(heard, CommandMessage)
    assert heard.photos == ()


@pytest.mark.parametrize(
    ("upload", "kind"),
    [
        (Upload(data=b"%PDF", name="a.pdf", content_type="application/pdf"), OtherKind.FILE),
        (Upload(data=b"....", name="a.mp4", content_type="video/mp4"), OtherKind.VIDEO),
        (Upload(data=b"....", name="a.bin", content_type=None), OtherKind.FILE),
        (
            Upload(data=b"OggS", name="v.ogg", content_type="audio/ogg", voice=True),
            OtherKind.VOICE,
        ),
    ],
)
async def test_what_is_not_a_picture_is_told_apart(
    chat: Chat, upload: Upload, kind: OtherKind
) -> None:
    chat.answers(Reply(text="Not that"))
    await (await chat.server.person().slash("similar", photo=upload)).reply()
    [heard] = chat.heard
    assert isinstance(heard, OtherMessage)
    assert heard.what is kind


async def test_a_photo_that_is_too_heavy_is_not_downloaded(chat: Chat) -> None:
    chat.answers(Reply(text="Too heavy"))
    upload = Upload(data=b"x", size=30_000_000)
    await (await chat.server.person().slash("similar", photo=upload)).reply()
    [heard] = chat.heard
    assert isinstance(heard, CommandMessage)
    with pytest.raises(PhotoTooHeavy):
        await heard.photos[0].load()
    assert chat.server.downloads == []


async def test_a_download_stops_where_its_size_was_a_lie(chat: Chat) -> None:
    chat.answers(Reply(text="Too heavy"))
    upload = Upload(data=bytes(21_000_000), size=10)
    await (await chat.server.person().slash("similar", photo=upload)).reply()
    [heard] = chat.heard
    assert isinstance(heard, CommandMessage)
    with pytest.raises(PhotoTooHeavy):
        await heard.photos[0].load()


async def test_subscribing_passes_on_hour_and_zone(chat: Chat) -> None:
    chat.answers(Reply(text="Every day at nine"))
    await (await chat.server.person().slash("subscribe", at="09:00 Europe/Berlin")).reply()
    [heard] = chat.heard
    assert isinstance(heard, CommandMessage)
    assert (heard.name, heard.argument) == ("subscribe", "09:00 Europe/Berlin")


@pytest.mark.parametrize("name", ["start", "help", "unsubscribe", "picks"])
async def test_a_plain_command_arrives_by_its_name(chat: Chat, name: str) -> None:
    chat.answers(Reply(text="Well"))
    await (await chat.server.person().slash(name)).reply()
    [heard] = chat.heard
    assert isinstance(heard, CommandMessage)
    assert (heard.name, heard.argument) == (name, "")


async def test_where_a_person_brought_the_bot_it_answers_and_subscribes_to_their_messages(
    chat: Chat,
) -> None:
    ann = chat.server.person()
    chat.answers(album_reply())
    found = await ann.slash("similar", photo=jpeg(), channel=chat.server.elsewhere)
    assert (await found.reply()).ephemeral
    await (await ann.slash("subscribe", at="9:00", channel=chat.server.elsewhere)).reply()
    similar, subscribe = (heard.sender for heard in chat.heard)
    assert (similar.chat_id, similar.is_group) == (chat.server.elsewhere.id, True)
    assert (subscribe.chat_id, subscribe.is_group) == (ann.dms.id, False)
    await chat.bot.deliver(subscribe.chat_id, Reply(text="Good morning"))
    assert (await ann.sees(3))[2].text == "Good morning"


async def test_among_friends_an_answer_is_ephemeral_too(chat: Chat) -> None:
    friends = chat.server.world.add_channel(kind=GROUP_DM, bot_may_write=False)
    chat.answers(Reply(text="Hello"))
    exchange = await chat.server.person().slash("help", channel=friends)
    assert (await exchange.reply()).ephemeral
    assert chat.heard[0].sender.is_group


async def test_where_silence_is_right_the_waiting_message_goes(chat: Chat) -> None:
    exchange = await chat.server.person().slash("help")
    await chat.server.until(lambda: exchange.original is not None and exchange.original.deleted)
    assert exchange.messages == []


async def test_a_notice_is_said_when_there_is_nothing_else(chat: Chat) -> None:
    chat.answers(Reply(), Reply(notice="Done"))
    exchange = await chat.server.person().slash("unsubscribe")
    assert (await exchange.reply()).text == "Done"


@pytest.mark.parametrize("lost", [True, False])
@pytest.mark.parametrize("call", ["/interactions/*", "/webhooks/*"])
async def test_a_command_is_answered_once_when_the_connection_breaks(
    chat: Chat, call: str, lost: bool
) -> None:
    chat.answers(album_reply())
    chat.server.fail(call, status=0, lost=lost)
    # What was acknowledged already cannot be again.
    chat.expected_refusals = int(lost and call == "/interactions/*")
    exchange = await chat.server.person().slash("similar", photo=jpeg())
    await exchange.reply()
    assert (await exchange.reply()).cards
    await chat.server.until(lambda: not chat.server.rest.failures)
    await (await chat.server.person().slash("help")).reply()
    assert len(exchange.messages) == 1


async def test_an_interaction_that_is_told_again_is_answered_once(chat: Chat) -> None:
    """What was answered already is answered by nothing, which would take the answer away."""
    chat.answers(Reply(text="Hello"))
    exchange = await chat.server.person().slash("help")
    message = await exchange.reply()
    chat.answers()
    await chat.server.sessions.repeat("INTERACTION_CREATE")
    await (await chat.server.person().slash("help")).acknowledged()
    await chat.server.until(lambda: len(chat.heard) == 2)
    assert len({one.update_id for one in chat.heard}) == 2
    assert not message.deleted


async def test_an_interaction_whose_acknowledgement_stalls_is_answered(chat: Chat) -> None:
    """Discord waits three seconds."""
    chat.answers(Reply(text="Hello"))
    chat.server.fail("/interactions/*", status=0, delay_s=4)
    exchange = await chat.server.person().slash("help")
    assert not await exchange.timed_out()
    assert (await exchange.reply()).text == "Hello"


@pytest.mark.parametrize("status", [0, 503])
async def test_direct_messages_are_opened_again_where_that_breaks(chat: Chat, status: int) -> None:
    ann = chat.server.person()
    chat.answers(Reply(text="Subscribed"))
    chat.server.fail("/users/@me/channels", status=status)
    exchange = await ann.slash("subscribe", at="9:00", channel=chat.server.elsewhere)
    assert (await exchange.reply()).text == "Subscribed"
    assert chat.heard[0].sender.chat_id == ann.dms.id


async def test_a_tap_is_answered_when_the_connection_breaks(chat: Chat) -> None:
    ann = chat.server.person()
    chat.answers(album_reply())
    answer = await (await ann.slash("similar", photo=jpeg())).reply()
    for call in ("/interactions/*", "/webhooks/*"):
        chat.server.fail(call, status=0)
    exchange = await ann.tap(answer, "More")
    assert (await exchange.reply()).cards


async def test_a_notice_and_changed_buttons_come_when_the_connection_breaks(chat: Chat) -> None:
    ann = chat.server.person()
    chat.answers(album_reply())
    answer = await (await ann.slash("similar", photo=jpeg())).reply()
    again = (Button(label="Again", action="more:1"),)
    chat.answers(Reply(notice="Liked", buttons=(again,), replaces_buttons=True))
    chat.server.fail("/webhooks/*", status=0, times=2)
    exchange = await ann.tap(answer, "More")
    assert (await exchange.reply()).text == "Liked"
    await chat.server.until(lambda: answer.labels == ["Again"])


async def test_an_interaction_older_than_its_token_is_dropped_quietly(chat: Chat) -> None:
    ann = chat.server.person()
    chat.answers(Reply(text="Too late"))
    old = await ann.slash("help", age_s=15 * 60 + 1)
    await old.acknowledged()
    fresh = await ann.slash("help")
    await fresh.reply()
    assert old.messages == []


async def test_the_commands_are_published_for_servers_messages_and_people(chat: Chat) -> None:
    commands = chat.server.world.commands
    names = ["alerts", "broadcast", "export", "filters", "find", "forget", "help", "language"]
    names += ["likes", "outfit", "pause", "picks", "privacy", "rebuild", "settings", "shops"]
    names += ["similar", "start"]
    names += ["stats", "subscribe", "taste", "unsubscribe"]
    assert sorted(commands) == [(1, name) for name in sorted(names)] + [(3, "Find similar")]
    for (_, name), command in commands.items():
        contexts = {"settings": [0], "broadcast": [1]}.get(name, [0, 1, 2])
        assert sorted(command["contexts"]) == contexts
        assert sorted(command["integration_types"]) == ([0] if name == "settings" else [0, 1])


async def test_many_ask_at_once_and_everyone_is_answered(chat: Chat) -> None:
    chat.answers(Reply(text="Hello"))
    people = [chat.server.person(f"P{number}") for number in range(50)]
    exchanges = [await person.slash("similar", photo=jpeg()) for person in people]
    for exchange in exchanges:
        assert (await exchange.reply()).text == "Hello"
        assert not exchange.failed


async def test_the_commands_are_described_in_the_language_of_each_client(chat: Chat) -> None:
    commands = chat.server.world.commands
    clients = {"de", "es-ES", "es-419", "fr", "ru", "hi"}
    for kind, name in commands:
        command = commands[kind, name]
        described = "name" if kind == 3 else "description"  # a context menu has its name alone
        assert set(command[f"{described}_localizations"]) == clients, name
        for option in command["options"]:
            assert set(option["name_localizations"]) == set(option["description_localizations"])
    similar = commands[1, "similar"]
    assert (
        similar["description_localizations"]["de"] == "Ähnliche Produkte wie auf einem Foto finden"
    )
    assert similar["options"][0]["name_localizations"]["ru"] == "фото"
    assert not similar.get("name_localizations")
    assert commands[3, "Find similar"]["name_localizations"]["es-419"] == "Buscar parecidos"


async def test_a_language_is_chosen_from_their_own_names(chat: Chat) -> None:
    chat.answers(Reply(text="Hello"))
    (option,) = chat.server.world.commands[1, "language"]["options"]
    offered = {choice["value"]: choice["name"] for choice in option["choices"]}
    assert offered["hi"] == "हिन्दी"
    await (await chat.server.person().slash("language", language="hi")).reply()
    (heard,) = chat.heard
    assert isinstance(heard, CommandMessage)
    assert (heard.name, heard.argument) == ("language", "hi")


async def test_who_runs_a_server_is_known(chat: Chat) -> None:
    chat.answers(Reply(text="Hello"))
    boss = chat.server.person("Boss")
    boss.manages = True
    for person in (boss, chat.server.person()):
        exchange = await person.slash("language", channel=chat.server.channel)
        await exchange.reply()
    assert [await one.sender.is_admin() for one in chat.heard] == [True, False]


async def test_brought_along_among_friends_the_language_is_the_persons(chat: Chat) -> None:
    chat.answers(Reply(text="Hello"))
    ann = chat.server.person()
    friends = chat.server.world.add_channel(kind=GROUP_DM, bot_may_write=False)
    await (await ann.slash("language", language="de", channel=friends)).reply()
    assert not chat.heard[0].sender.is_group


async def test_a_command_of_another_version_is_answered(chat: Chat) -> None:
    ann = chat.server.person()
    chat.answers(Reply(text="I don't know that command."))
    commands = chat.server.world.commands
    commands[1, "old"] = {**commands[1, "help"], "name": "old"}
    exchange = await ann.slash("old")
    del commands[1, "old"]
    assert (await exchange.reply()).text == "I don't know that command."
