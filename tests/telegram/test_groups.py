"""Groups on Telegram: who runs them, what the bot sees there, and that none blocks the rest."""

import asyncio

import pytest

from bot.conversation.messages import CommandMessage, Incoming, PhotoMessage, Reply
from tests.support.answers import ScriptedAnswerer, album_reply, jpeg
from tests.support.english import texts
from tests.support.telegram_people import Chat
from tests.support.telegram_server import TelegramServer
from tests.telegram.conftest import Launch, SlowAnswerer


def quiet(_: Incoming) -> list[Reply]:
    return []


async def hears_all(telegram: TelegramServer, launch: Launch, group: Chat) -> bool:
    answerer = ScriptedAnswerer(quiet)
    await launch(answerer=answerer)
    await group.send_text("/settings")
    await telegram.until(lambda: bool(answerer.heard))
    return await answerer.heard[0].sender.hears_all()


async def test_in_privacy_mode_the_bot_does_not_see_what_members_show_each_other(
    telegram: TelegramServer, launch: Launch
) -> None:
    assert not await hears_all(telegram, launch, telegram.group())


async def test_an_admin_sees_all_in_privacy_mode_too(
    telegram: TelegramServer, launch: Launch
) -> None:
    group = telegram.group()
    group.admins.add(telegram.me["id"])
    assert await hears_all(telegram, launch, group)


async def test_without_privacy_mode_the_bot_sees_all(
    telegram: TelegramServer, launch: Launch
) -> None:
    telegram.switches["can_read_all_group_messages"] = True
    assert await hears_all(telegram, launch, telegram.group())
    assert telegram.made("getChatMember") == []


async def test_who_runs_a_group_is_asked_once_a_minute(
    telegram: TelegramServer, launch: Launch
) -> None:
    answerer = ScriptedAnswerer(quiet)
    await launch(answerer=answerer)
    group, boss = telegram.group(), telegram.user("Boss")
    group.admins.add(boss["id"])
    for person in (boss, group.person, boss, group.person):
        await group.send_text("/settings", by=person)
    await telegram.until(lambda: len(answerer.heard) == 4)
    by_person = {one.sender.person_id: one.sender for one in answerer.heard}
    told = [await by_person[one.sender.person_id].is_admin() for one in answerer.heard]
    assert sorted(told) == [False, False, True, True]
    assert len(telegram.made("getChatMember")) == 2


async def test_a_telegram_that_does_not_tell_who_runs_it_is_asked_again(
    telegram: TelegramServer, launch: Launch
) -> None:
    answerer = ScriptedAnswerer(quiet)
    await launch(answerer=answerer)
    group = telegram.group()
    group.admins.add(group.person["id"])
    telegram.fail("getChatMember", status=400, description="Bad Request: not now")
    await group.send_text("/settings")
    await telegram.until(lambda: bool(answerer.heard))
    sender = answerer.heard[0].sender
    assert [await sender.is_admin(), await sender.is_admin()] == [False, True]


async def test_only_admins_are_shown_the_settings(telegram: TelegramServer, launch: Launch) -> None:
    await launch()
    last = ("all_chat_administrators", None, "hi")
    await telegram.until(lambda: last in telegram.commands)
    shown = {
        scope: {one["command"] for one in commands}
        for (scope, _, language), commands in telegram.commands.items()
        if language is None
    }
    their_own = {"settings", "filters"}
    assert shown["all_chat_administrators"] == shown["all_group_chats"] | their_own
    assert their_own.isdisjoint(shown["all_group_chats"])
    assert "settings" not in shown["default"]


async def test_the_settings_reach_the_conversation_without_the_bots_name(
    telegram: TelegramServer, launch: Launch
) -> None:
    answerer = ScriptedAnswerer(quiet)
    await launch(answerer=answerer)
    await telegram.group().send_text("/settings 22-7 Berlin")
    await telegram.until(lambda: bool(answerer.heard))
    (heard,) = answerer.heard
    assert isinstance(heard, CommandMessage)
    assert (heard.name, heard.argument) == ("settings", "22-7 Berlin")


async def test_an_unasked_answer_replies_to_its_photo_and_shows_no_typing_before(
    telegram: TelegramServer, launch: Launch
) -> None:
    await launch(lambda _: [album_reply(2)])
    group = telegram.group()
    photo = await group.send_photo(jpeg())
    for message in await group.got(3):
        assert message.reply_to in {photo["message_id"], None}
    assert group.received[0].reply_to == photo["message_id"]
    assert "typing" not in group.actions


async def test_stickers_among_members_are_no_photos(
    telegram: TelegramServer, launch: Launch
) -> None:
    answerer = ScriptedAnswerer(quiet)
    await launch(answerer=answerer)
    group = telegram.group()
    await group.send_sticker()
    await group.send_animation(preview=jpeg(size=(320, 240)))
    await group.send_photo(jpeg())
    await telegram.until(lambda: bool(answerer.heard))
    await telegram.quiet()
    (heard,) = answerer.heard
    assert isinstance(heard, PhotoMessage)
    assert not heard.addressed


async def test_a_group_of_many_who_ask_at_once_leaves_room_for_others(
    telegram: TelegramServer, launch: Launch
) -> None:
    """Telegram takes twenty messages a minute from the bot there, so its answers wait long."""
    answerer = SlowAnswerer(lambda _: [Reply(text="Hello")])
    await launch(answerer=answerer, handlers=64)
    group, other = telegram.group(), telegram.private()
    answerer.slow_chats.add(str(group.id))
    members = [telegram.user(f"Member {number}") for number in range(20)]
    for number in range(100):
        await group.send_text("/help", by=members[number % 20])
    await other.send_photo(jpeg())
    await other.got(1)
    [refusal] = await group.got(1)
    assert refusal.text.plain == texts.busy(20)
    answerer.gate.set()
    await group.got(20)


async def test_photos_that_nobody_asked_about_leave_room_for_who_asks(
    telegram: TelegramServer, launch: Launch
) -> None:
    answerer = SlowAnswerer(lambda _: [Reply(text="Hello")])
    await launch(answerer=answerer)
    group = telegram.group()
    answerer.slow_chats.add(str(group.id))
    members = [telegram.user(f"Member {number}") for number in range(20)]
    for number in range(60):
        await group.send_photo(jpeg(), by=members[number % 20])
    await group.send_text("/help", by=telegram.user("Asker"))
    await telegram.quiet()
    await telegram.until(lambda: any(isinstance(one, CommandMessage) for one in answerer.heard))
    answerer.gate.set()
    await group.got(9)
    await asyncio.sleep(0.05)
    assert len(group.received) == 9


@pytest.mark.parametrize("method", ["sendMediaGroup", "sendMessage"])
async def test_an_answer_whose_topic_is_gone_goes_to_the_group_as_a_whole(
    method: str, telegram: TelegramServer, launch: Launch
) -> None:
    await launch(lambda _: [album_reply(2)])
    group = telegram.group(kind="supergroup")
    telegram.fail(method, status=400, description="Bad Request: message thread not found")
    await group.send_text("/similar", message_thread_id=7, is_topic_message=True)
    messages = await group.got(3)
    assert messages[-1].thread is None
    assert messages[-1].labels[-1] == "More"
