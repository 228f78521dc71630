"""Coming, going, and coming back."""

import asyncio
import logging

import pytest
from pydantic import SecretStr

from bot.conversation.messages import Departure, Incoming, PhotoMessage, Reply
from bot.discord.adapter import DiscordBot
from bot.settings import DiscordSettings
from core.errors import ConfigurationError, FetchFailed
from tests.discord.conftest import Pictures, running, settings_for
from tests.support.answers import ScriptedAnswerer, album_reply, jpeg
from tests.support.discord_messages import Upload
from tests.support.discord_server import DiscordServer


def bot_for(server: DiscordServer, *, token: str | None = None, drain_s: float = 2) -> DiscordBot:
    answerer = ScriptedAnswerer(lambda _: [Reply(text="Hello")])
    return DiscordBot(settings_for(server, token=token), answerer, Pictures(), drain_s=drain_s)


async def test_a_refused_token_is_a_setting_to_mend_and_is_not_logged(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    async with DiscordServer() as server:
        with pytest.raises(ConfigurationError, match="TWINSET_DISCORD_TOKEN"):
            async with bot_for(server, token="very-secret"):
                pass
    assert "very-secret" not in caplog.text


@pytest.mark.parametrize("token", [None, SecretStr("  ")])
async def test_a_missing_token_is_a_setting_to_mend(token: SecretStr | None) -> None:
    bot = DiscordBot(DiscordSettings(token=token), ScriptedAnswerer(lambda _: []), Pictures())
    with pytest.raises(ConfigurationError, match="TWINSET_DISCORD_TOKEN"):
        async with bot:
            pass


async def test_refused_intents_are_said_clearly(caplog: pytest.LogCaptureFixture) -> None:
    async with DiscordServer() as server:
        server.sessions.refuse_with = 4014
        async with bot_for(server):
            await server.until(lambda: "4014" in caplog.text)
            assert "intents" in caplog.text


async def test_no_privileged_intent_is_asked_for() -> None:
    async with DiscordServer() as server, running(server):
        assert server.sessions.latest is not None
        assert server.sessions.latest.intents == 1 << 0 | 1 << 9 | 1 << 12


async def test_with_the_intent_photos_are_heard_as_nobodys_question() -> None:
    async with DiscordServer() as server:
        server.show_all()
        async with running(server) as chat:
            assert server.sessions.latest is not None
            assert server.sessions.latest.intents & 1 << 15
            chat.answers(album_reply())
            ann = server.person()
            pdf = Upload(data=b"%PDF", name="a.pdf", content_type="application/pdf")
            await ann.say("just words")
            await ann.say("a file", photo=pdf)
            said = await ann.say("look", photos=[jpeg(), jpeg("red")])
            (message,) = await ann.sees()
            (heard,) = chat.heard
            assert isinstance(heard, PhotoMessage)
            assert (heard.addressed, len(heard.photos), heard.caption) == (False, 2, "")
            assert str(message.payload["message_reference"]["message_id"]) == said["id"]
            assert not message.ephemeral
            assert not any(path.endswith("/typing") for _, path in server.requests)
            boss = server.person("Boss")
            boss.manages = True
            exchange = await boss.slash("settings", channel=server.channel)
            await exchange.reply()
            assert await chat.heard[-1].sender.hears_all()
        assert server.refused == []


async def test_a_token_taken_back_later_leaves_the_process_alone(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async with DiscordServer() as server, running(server) as chat:
        await server.sessions.drop(code=4004)
        await server.until(lambda: "TWINSET_DISCORD_TOKEN" in caplog.text)
        with pytest.raises(FetchFailed):
            await chat.bot.deliver(server.channel.id, Reply(text="Still here?"))


async def test_what_happened_while_the_gateway_was_away_is_answered_after() -> None:
    async with DiscordServer() as server, running(server) as chat:
        chat.answers(Reply(text="Hello"))
        ann = server.person()
        server.sessions.hold.clear()
        await server.sessions.drop()
        await ann.dm("are you there?")
        assert ann.received == []
        server.sessions.hold.set()
        await server.resumed()
        assert (await ann.sees())[0].text == "Hello"
        await server.sessions.ask_to_reconnect()
        await server.resumed(times=2)
        await ann.dm("and now?")
        await ann.sees(2)
        assert server.sessions.identified == 1
        assert server.refused == []


async def test_a_session_that_is_forgotten_is_begun_anew() -> None:
    async with DiscordServer() as server, running(server) as chat:
        chat.answers(Reply(text="Hello"))
        await server.sessions.invalidate()
        # discord.py waits five seconds between two identifications, as Discord demands.
        await server.connected(times=2, max_wait_s=15)
        ann = server.person()
        await ann.dm("hi")
        assert (await ann.sees())[0].text == "Hello"


async def test_a_discord_that_is_away_at_the_start_is_waited_for() -> None:
    async with DiscordServer() as server:
        server.fail("/users/@me", status=503, times=2)
        async with bot_for(server) as bot:
            with pytest.raises(FetchFailed):
                await bot.deliver("1", Reply(text="Good morning"))
            await server.connected(max_wait_s=15)
            ann = server.person()
            await ann.dm("hi")
            await ann.sees()


async def test_commands_that_cannot_be_published_do_not_keep_the_bot_from_working(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async with DiscordServer() as server:
        server.fail("/applications/*/commands", status=400, code=50035)
        async with bot_for(server):
            await server.until(lambda: server.sessions.identified == 1)
            ann = server.person()
            await ann.dm("hi")
            await ann.sees()
    assert "keeps the commands it had" in caplog.text


async def test_publishing_waits_out_a_rate_limit() -> None:
    async with DiscordServer() as server:
        server.fail("/applications/*/commands", status=429, retry_after_s=0.2)
        async with running(server):
            assert server.rest.published == 1


async def test_publishing_keeps_nobody_waiting_and_ends_with_the_bot() -> None:
    async with DiscordServer() as server:
        server.fail("/applications/*/commands", status=429, retry_after_s=20)
        before = asyncio.all_tasks()
        async with bot_for(server):
            await server.until(lambda: server.sessions.identified == 1)
            ann = server.person()
            await ann.dm("hi")
            await ann.sees()
        left = asyncio.all_tasks() - before
        assert not [one for one in left if "_publish_commands" in repr(one)]


async def test_starting_does_not_wait_long_for_a_silent_discord() -> None:
    async with DiscordServer() as server:
        server.fail("/users/@me", status=0, delay_s=5)
        answerer = ScriptedAnswerer(lambda _: [Reply(text="Hello")])
        settings = settings_for(server)
        async with (
            asyncio.timeout(4),
            DiscordBot(settings, answerer, Pictures(), start_s=0.3),
        ):
            await server.connected()


async def test_stopping_lets_what_was_begun_be_answered() -> None:
    asked, go_on = asyncio.Event(), asyncio.Event()

    class Slow:
        async def answer(self, _: Incoming) -> list[Reply]:
            asked.set()
            await go_on.wait()
            return [Reply(text="At last")]

    async with DiscordServer() as server:
        ann = server.person()
        async with DiscordBot(settings_for(server), Slow(), Pictures(), drain_s=5):
            exchange = await ann.slash("similar", photo=jpeg())
            await asked.wait()
            asyncio.get_running_loop().call_later(0.2, go_on.set)
        assert (await exchange.reply()).text == "At last"


async def test_stopping_does_not_wait_for_ever(caplog: pytest.LogCaptureFixture) -> None:
    class Stuck:
        async def answer(self, _: Incoming) -> list[Reply]:
            await asyncio.Event().wait()
            return []

    async with DiscordServer() as server:
        ann = server.person()
        async with DiscordBot(settings_for(server), Stuck(), Pictures(), drain_s=0.1):
            await (await ann.slash("help")).acknowledged()
    assert "Stopping with 1 answers not given" in caplog.text


async def test_an_interaction_answered_too_late_is_dropped_and_the_next_one_is_not() -> None:
    async with DiscordServer(answer_within_s=0.2) as server, running(server) as chat:
        chat.answers(Reply(text="Hello"))
        ann = server.person()
        server.fail("/interactions/*", status=429, retry_after_s=0.4)
        late = await ann.slash("help")
        assert await late.timed_out()
        await server.until(lambda: late.failed)
        assert (await (await ann.slash("help")).reply()).text == "Hello"
        assert len(chat.heard) == 1


async def test_a_token_that_ran_out_meanwhile_is_dropped(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO)

    class Slow:
        async def answer(self, _: Incoming) -> list[Reply]:
            await asyncio.sleep(0.3)
            return [Reply(text="Too late")]

    async with DiscordServer(followups_for_s=0.1) as server:
        ann = server.person()
        async with DiscordBot(settings_for(server), Slow(), Pictures()):
            exchange = await ann.slash("help")
            await server.until(lambda: "came too late" in caplog.text)
            assert exchange.messages == []
    assert "Traceback" not in caplog.text
    assert exchange.token not in caplog.text


async def test_channels_that_are_gone_are_departed_from() -> None:
    async with DiscordServer() as server, running(server) as chat:
        second = server.world.add_channel(guild=server.guild)
        await server.sessions.dispatch(
            "CHANNEL_CREATE", server.world.channel_payload(second) | {"guild_id": server.guild}
        )
        await server.remove_channel(second)
        await server.until(lambda: len(chat.heard) == 1)
        await server.remove_bot()
        await server.until(lambda: len(chat.heard) == 2)
        assert [type(heard) for heard in chat.heard] == [Departure, Departure]
        assert [heard.sender.chat_id for heard in chat.heard] == [second.id, server.channel.id]


async def test_no_token_nor_words_of_people_are_logged_even_when_debugging(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    async with DiscordServer(token="very-secret") as server, running(server) as chat:
        chat.answers(Reply(text="Hello"))
        ann = server.person()
        exchange = await ann.slash("subscribe", at="words of a person")
        await exchange.reply()
        await ann.dm("words of a person")
        await ann.sees(2)
    for secret in ("very-secret", exchange.token, "words of a person"):
        assert secret not in caplog.text


async def test_a_library_that_trips_is_started_again(caplog: pytest.LogCaptureFixture) -> None:
    async with DiscordServer() as server, running(server) as chat:
        chat.answers(Reply(text="Hello"))
        await server.sessions.send_raw("this is no JSON")
        await server.connected(times=2, max_wait_s=15)
        ann = server.person()
        await ann.dm("hi")
        assert (await ann.sees())[0].text == "Hello"
    assert caplog.text.count("Discord failed") == 1
