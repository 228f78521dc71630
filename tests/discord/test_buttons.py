"""Taps: on fresh messages, on old ones, on ephemeral ones."""

import pytest

from bot.conversation.messages import Button, Reply, TapMessage
from tests.discord.conftest import Chat, running
from tests.support.answers import album_reply, jpeg
from tests.support.discord_server import DiscordServer

pytestmark = pytest.mark.asyncio(loop_scope="module")
DEFERRED_UPDATE = 6


async def test_a_tap_sends_the_action_of_its_button(chat: Chat) -> None:
    ann = chat.server.person(locale="fr")
    chat.answers(album_reply())
    message = await (await ann.slash("similar", photo=jpeg())).reply()
    chat.answers()
    chat.heard.clear()
    exchange = await ann.tap(message, "♡ 4")
    assert await exchange.acknowledged() == DEFERRED_UPDATE
    await chat.server.until(lambda: bool(chat.heard))
    [heard] = chat.heard
    assert isinstance(heard, TapMessage)
    assert (heard.action, heard.update_id) == ("like:abcdefgh:4", exchange.id)
    assert heard.sender.person_id == ann.id
    assert heard.sender.language == "fr"


async def test_a_notice_is_seen_by_the_one_who_tapped_and_buttons_change_in_place(
    chat: Chat,
) -> None:
    ann, bob = chat.server.person(), chat.server.person("Bob")
    chat.answers(album_reply())
    await ann.say(photo=jpeg(), mention=True)
    [message] = await ann.sees()
    changed = ((Button(label="♥ 4", action="like:abcdefgh:4"),),)
    chat.answers(Reply(notice="Liked", buttons=changed, replaces_buttons=True))
    exchange = await bob.tap(message, "♡ 4")
    notice = await exchange.reply()
    assert (notice.text, notice.ephemeral, notice.labels) == ("Liked", True, [])
    assert message.labels == ["♥ 4"]
    assert len(message.cards) == 5
    assert message.text == "Dress · navy"
    assert ann.received == [message]


async def test_buttons_can_be_taken_away(chat: Chat) -> None:
    ann = chat.server.person()
    chat.answers(album_reply())
    await ann.dm(photo=jpeg())
    [message] = await ann.sees()
    chat.answers(Reply(replaces_buttons=True))
    await ann.tap(message, "More")
    await message.edited()
    assert message.buttons == []
    assert len(message.cards) == 5


async def test_more_comes_as_a_new_message_with_working_buttons(chat: Chat) -> None:
    ann = chat.server.person()
    chat.answers(album_reply())
    message = await (await ann.slash("similar", photo=jpeg())).reply()
    more = await (await ann.tap(message, "More")).reply()
    assert len(more.cards) == 5
    assert not more.ephemeral
    again = await (await ann.tap(more, "More")).reply()
    assert len(again.cards) == 5


async def test_an_ephemeral_answer_can_be_tapped_and_its_answers_are_ephemeral(
    chat: Chat,
) -> None:
    ann = chat.server.person()
    chat.answers(album_reply())
    search = await ann.slash("similar", photo=jpeg(), channel=chat.server.channel)
    message = await search.reply()
    more = await (await ann.tap(message, "More")).reply()
    assert more.ephemeral
    changed = ((Button(label="Less", action="less"),),)
    chat.answers(Reply(buttons=changed, replaces_buttons=True))
    await ann.tap(more, "More")
    await more.edited()
    assert more.labels == ["Less"]
    assert len(more.cards) == 5


async def test_a_tap_that_is_limited_in_rate_is_answered_all_the_same(chat: Chat) -> None:
    ann = chat.server.person()
    chat.answers(album_reply())
    message = await (await ann.slash("similar", photo=jpeg())).reply()
    chat.server.fail("/webhooks/*", method="POST", status=429, retry_after_s=0.2)
    assert len((await (await ann.tap(message, "More")).reply()).cards) == 5


async def test_a_message_that_is_deleted_meanwhile_is_answered_by_another(chat: Chat) -> None:
    ann = chat.server.person()
    swap = ((Button(label="Swap", action="swap:1"),),)
    chat.answers(Reply(text="Outfit", picture=jpeg(), buttons=swap))
    message = await (await ann.slash("outfit")).reply()
    chat.answers(Reply(text="Another", picture=jpeg(), buttons=swap, replaces_message=True))
    message.deleted = True
    chat.expected_refusals = 1
    new = await (await ann.tap(message, "Swap")).reply()
    assert (new.text, new.labels) == ("Another", ["Swap"])
    assert list(new.files) == list(message.files)


@pytest.mark.parametrize(("status", "code"), [(404, 10008), (403, 50001), (400, 50035)])
async def test_buttons_that_cannot_be_changed_cost_nothing_else(
    chat: Chat, status: int, code: int
) -> None:
    ann = chat.server.person()
    chat.answers(album_reply())
    message = await (await ann.slash("similar", photo=jpeg())).reply()
    chat.answers(
        Reply(notice="Liked", replaces_buttons=True),
        Reply(text="And a word"),
    )
    chat.server.fail("/webhooks/*", method="PATCH", status=status, code=code)
    exchange = await ann.tap(message, "♡ 4")
    assert [one.text for one in await exchange.replies(2)] == ["Liked", "And a word"]


async def test_a_tap_after_a_restart_works() -> None:
    async with DiscordServer() as server:
        ann = server.person()
        async with running(server) as before:
            before.answers(album_reply())
            message = await (await ann.slash("similar", photo=jpeg())).reply()
        async with running(server) as after:
            after.answers(Reply(text="Five more"))
            assert (await (await ann.tap(message, "More")).reply()).text == "Five more"
            [heard] = after.heard
            assert isinstance(heard, TapMessage)
            assert heard.action == "more:abcdefgh"
        assert server.refused == []
