"""Servers: their settings, photos that nobody asked about, and what is shared with all."""

import pytest

from bot.conversation.messages import Button, CommandMessage, Reply, TapMessage
from tests.discord.conftest import Chat
from tests.support.answers import album_reply, jpeg
from tests.support.discord_people import Person
from tests.support.discord_server import GROUP_DM, DiscordServer

pytestmark = pytest.mark.asyncio(loop_scope="module")
SHARE = (
    (
        Button(label="More", action="more:abcdefgh:6:a0-5"),
        Button(label="Share", action="share:abcdefgh:1:a0-5"),
    ),
)


def boss_of(server: DiscordServer) -> Person:
    boss = server.person("Boss")
    boss.manages = True
    return boss


async def test_the_settings_are_offered_to_who_manages_the_server_alone(chat: Chat) -> None:
    command = chat.server.world.commands[1, "settings"]
    assert int(command["default_member_permissions"]) == 1 << 5
    chat.answers(Reply(text="How I am", private=True))
    exchange = await boss_of(chat.server).slash(
        "settings", channel=chat.server.channel, quiet="22-7 Berlin"
    )
    assert (await exchange.reply()).ephemeral
    (heard,) = chat.heard
    assert isinstance(heard, CommandMessage)
    assert (heard.name, heard.argument) == ("settings", "22-7 Berlin")
    assert heard.sender.chat_id == chat.server.channel.id
    assert await heard.sender.is_admin()


async def test_who_manages_it_is_looked_at_again_at_each_tap(chat: Chat) -> None:
    boss = boss_of(chat.server)
    chat.answers(Reply(text="How I am", buttons=((Button(label="☐ x", action="settings:x"),),)))
    exchange = await boss.slash("settings", channel=chat.server.channel)
    message = await exchange.reply()
    boss.manages = False
    chat.answers(Reply(notice="Only admins"))
    await (await boss.tap(message, "☐ x")).reply()
    tap = chat.heard[-1]
    assert isinstance(tap, TapMessage)
    assert not await tap.sender.is_admin()


async def test_without_the_intent_the_bot_sees_no_photo_of_others(chat: Chat) -> None:
    chat.answers(Reply(text="Hello"))
    ann = chat.server.person()
    await ann.say("look", photo=jpeg(), channel=chat.server.channel)
    await (await boss_of(chat.server).slash("settings", channel=chat.server.channel)).reply()
    (heard,) = chat.heard
    assert not await heard.sender.hears_all()


@pytest.mark.parametrize("place", ["server", "elsewhere", "friends"])
async def test_a_shared_answer_is_seen_by_all(chat: Chat, place: str) -> None:
    world = chat.server.world
    friends = world.add_channel(kind=GROUP_DM, bot_may_write=False)
    channel = {"server": chat.server.channel, "elsewhere": chat.server.elsewhere}.get(
        place, friends
    )
    ann, bob = chat.server.person(), chat.server.person("Bob")
    chat.answers(Reply(text="Dress", buttons=SHARE))
    mine = await (await ann.slash("similar", photo=jpeg(), channel=channel)).reply()
    assert mine.ephemeral
    assert chat.heard[0].sender.sees_alone
    shown = Reply(text="Dress · navy", album=album_reply().album, shared=True)
    chat.answers(Reply(buttons=SHARE[:0], replaces_buttons=True), shown)
    await ann.tap(mine, "Share")
    (message,) = await bob.sees()
    assert (message.ephemeral, len(message.cards)) == (False, 5)
    assert mine.labels == []


async def test_in_private_there_is_nobody_to_share_with(chat: Chat) -> None:
    chat.answers(Reply(text="Hello"))
    await (await chat.server.person().slash("help")).reply()
    assert not chat.heard[0].sender.sees_alone


async def test_what_all_see_already_is_not_shared_again(chat: Chat) -> None:
    ann, bob = chat.server.person(), chat.server.person("Bob")
    chat.answers(album_reply())
    await ann.say(photo=jpeg(), mention=True)
    (message,) = await ann.sees()
    mine = await (await bob.tap(message, "More")).reply()
    await (await bob.tap(mine, "More")).reply()
    assert [one.sender.sees_alone for one in chat.heard] == [False, False, True]
