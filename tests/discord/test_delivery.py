"""Messages that nobody asked for just now, as daily picks."""

import asyncio
import time

import pytest

from bot.conversation.messages import Reply
from core.errors import FetchFailed, Undeliverable
from tests.discord.conftest import Chat, running
from tests.support.answers import album_reply
from tests.support.discord_server import DiscordServer

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_picks_arrive_in_direct_messages_and_in_channels(chat: Chat) -> None:
    ann = chat.server.person()
    number = await chat.bot.deliver(ann.dms.id, album_reply())
    [message] = await ann.sees()
    assert message.id == number
    assert len(message.cards) == 5
    await chat.bot.deliver(chat.server.channel.id, album_reply())
    assert len(await ann.sees(2)) == 2


async def test_what_nobody_asked_for_leaves_room_for_answers(chat: Chat) -> None:
    """Of the fifty calls a second that a bot has."""
    people = [chat.server.person() for _ in range(25)]
    chat.answers(Reply(text="Hello"))
    begin = time.monotonic()
    delivering = [
        asyncio.create_task(chat.bot.deliver(one.dms.id, Reply(text="Good morning")))
        for one in people
    ]
    await people[0].sees()
    asking = chat.server.person()
    await asking.dm("hello")
    await asking.sees()
    assert not all(one.done() for one in delivering)
    await asyncio.gather(*delivering)
    assert time.monotonic() - begin >= 1


async def test_the_courier_says_its_platform(chat: Chat) -> None:
    assert chat.bot.platform == "discord"


async def test_who_blocks_the_bot_is_undeliverable(chat: Chat) -> None:
    ann = chat.server.person()
    ann.blocks_bot = True
    chat.expected_refusals = 1
    with pytest.raises(Undeliverable):
        await chat.bot.deliver(ann.dms.id, Reply(text="Good morning"))


@pytest.mark.parametrize("chat_id", ["123456789", "not-a-channel"])
async def test_a_channel_that_is_no_more_is_undeliverable(chat: Chat, chat_id: str) -> None:
    chat.expected_refusals = int(chat_id.isdecimal())
    with pytest.raises(Undeliverable):
        await chat.bot.deliver(chat_id, Reply(text="Good morning"))


async def test_a_channel_closed_to_the_bot_is_undeliverable(chat: Chat) -> None:
    chat.expected_refusals = 1
    with pytest.raises(Undeliverable):
        await chat.bot.deliver(chat.server.elsewhere.id, Reply(text="Good morning"))


async def test_trouble_at_discord_may_pass(chat: Chat) -> None:
    ann = chat.server.person()
    chat.server.fail(f"/channels/{ann.dms.id}/messages", status=503)
    with pytest.raises(FetchFailed) as failed:
        await chat.bot.deliver(ann.dms.id, Reply(text="Good morning"))
    assert failed.value.status == 503
    await chat.bot.deliver(ann.dms.id, Reply(text="Good morning"))
    assert len(ann.received) == 1


async def test_a_wall_on_the_way_says_nothing_about_the_chat(chat: Chat) -> None:
    ann = chat.server.person()
    chat.server.fail(f"/channels/{ann.dms.id}/messages", status=403, code=0)
    with pytest.raises(FetchFailed):
        await chat.bot.deliver(ann.dms.id, Reply(text="Good morning"))
    chat.server.fail(f"/channels/{ann.dms.id}/messages", status=429, via=False)
    with pytest.raises(FetchFailed):
        await chat.bot.deliver(ann.dms.id, Reply(text="Good morning"))


async def test_a_long_wait_is_handed_back_instead_of_waited_for(chat: Chat) -> None:
    ann = chat.server.person()
    chat.server.fail(f"/channels/{ann.dms.id}/messages", status=429, retry_after_s=300)
    with pytest.raises(FetchFailed) as failed:
        await chat.bot.deliver(ann.dms.id, Reply(text="Good morning"))
    assert failed.value.retry_after_s == 300


async def test_without_leave_to_attach_the_words_arrive(chat: Chat) -> None:
    ann = chat.server.person()
    chat.server.fail(f"/channels/{ann.dms.id}/messages", status=403, code=50013)
    await chat.bot.deliver(ann.dms.id, album_reply())
    [message] = await ann.sees()
    assert message.cards == []
    assert "1. Navy dress 1" in message.text
    assert "€39.90 · Corner Shop https://corner.example/p/1" in message.text


async def test_an_empty_reply_sends_nothing(chat: Chat) -> None:
    assert await chat.bot.deliver(chat.server.person().dms.id, Reply()) == ""


@pytest.mark.parametrize("lost", [True, False])
async def test_a_broken_connection_is_tried_again_without_saying_it_twice(
    chat: Chat, lost: bool
) -> None:
    ann = chat.server.person()
    chat.server.fail(f"/channels/{ann.dms.id}/messages", status=0, lost=lost)
    number = await chat.bot.deliver(ann.dms.id, album_reply())
    assert [message.id for message in ann.received] == [number]


async def test_what_may_have_arrived_is_not_reported_as_failed() -> None:
    async with DiscordServer() as server, running(server) as chat:
        ann = server.person()
        server.fail(f"/channels/{ann.dms.id}/messages", status=0, lost=True, times=3)
        assert await chat.bot.deliver(ann.dms.id, Reply(text="Good morning")) == ""
        assert len(ann.received) == 1


async def test_a_discord_that_cannot_be_reached_may_be_tried_later() -> None:
    async with DiscordServer() as server, running(server) as chat:
        channel = server.channel.id
        await server.stop()
        with pytest.raises(FetchFailed):
            await chat.bot.deliver(channel, Reply(text="Good morning"))
