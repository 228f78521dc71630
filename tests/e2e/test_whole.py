"""Everything at once, on real parts: the process, the network, the demo shop, three platforms."""

import asyncio
import json
import shutil
import sqlite3
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio
from aiohttp import ClientSession, CookieJar, FormData

from core.storage.database import FILE_NAME
from data.demo_shop.catalogue import DemoCatalogue, picture
from tests.e2e.process import BotProcess, command, environment, free_port
from tests.support.discord_server import DiscordServer
from tests.support.telegram_server import TelegramServer

pytestmark = pytest.mark.asyncio(loop_scope="module")

DRESS = next(
    product
    for product in DemoCatalogue().products
    if product.in_stock and "dress" in product.title.lower()
)


@dataclass
class Whole:
    """A running bot and the world around it."""

    bot: BotProcess
    env: dict[str, str]
    state_dir: Path
    telegram: TelegramServer
    discord: DiscordServer
    page: str


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def whole(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Whole]:
    state_dir = tmp_path_factory.mktemp("state")
    async with TelegramServer() as telegram, DiscordServer() as discord:
        port = free_port()
        env = environment(
            state_dir,
            TWINSET_TELEGRAM_TOKEN=telegram.token,
            TWINSET_TELEGRAM_API_BASE=telegram.api_base,
            TWINSET_TELEGRAM_FILE_BASE=telegram.file_base,
            TWINSET_DISCORD_TOKEN=discord.token,
            TWINSET_DISCORD_API_BASE=discord.api_base,
            TWINSET_DISCORD_GATEWAY=discord.gateway,
            TWINSET_WEB_CHAT="on",
            TWINSET_DEMO_PORT=free_port(),
            PORT=port,
        )
        bot = BotProcess(env)
        said = await bot.start()
        try:
            yield Whole(bot, env, state_dir, telegram, discord, f"http://127.0.0.1:{port}/")
        finally:
            assert f"http://127.0.0.1:{port}/" in said
            assert await bot.stop() == 0
            # The poll of a killed bot is still open when its successor polls.
            assert [fault for fault in telegram.faults if fault.status != 409] == []
            assert not discord.refused
            assert "Traceback" not in bot.log
            assert telegram.token not in bot.log


async def test_telegram_answers_a_photo_with_an_album(whole: Whole) -> None:
    chat = whole.telegram.private()
    await chat.send_photo(picture(DRESS))
    answer = await chat.answer(max_wait_s=30)
    album = [message for message in chat.received if message.picture]
    assert len(album) == 5
    assert DRESS.title in str(album[0].text)
    assert "dress" in str(answer.text).lower()
    assert "More" in " ".join(answer.labels)


async def test_discord_answers_a_slash_command_with_a_photo(whole: Whole) -> None:
    await whole.discord.connected()
    person = whole.discord.person()
    exchange = await person.slash("similar", photo=picture(DRESS))
    reply = await exchange.reply(max_wait_s=30)
    assert len(reply.cards) == 5
    assert DRESS.title in reply.cards[0].title
    assert reply.cards[0].image


async def test_the_page_answers_a_photo_and_shows_the_pictures(whole: Whole) -> None:
    async with ClientSession(whole.page, cookie_jar=CookieJar(unsafe=True)) as browser:
        reply = await _send(browser, picture(DRESS))
        assert len(reply["album"]) == 5
        assert reply["album"][0]["title"] == DRESS.title
        for card in reply["album"]:
            async with browser.get("/" + card["picture"]) as shown:
                assert shown.status == 200
            async with browser.get(card["url"]) as bought:
                assert bought.status == 200
                assert card["title"] in await bought.text()


async def test_a_hundred_photos_at_once_are_each_answered(whole: Whole) -> None:
    data = picture(DRESS)

    async def one() -> dict:
        async with ClientSession(whole.page, cookie_jar=CookieJar(unsafe=True)) as browser:
            return await _send(browser, data)

    replies = await asyncio.gather(*(one() for _ in range(100)))
    answered = [reply for reply in replies if len(reply["album"]) == 5]
    refused = [reply for reply in replies if not reply["album"]]
    assert len(answered) >= 50
    assert all("again" in reply["text"] for reply in refused)


async def test_questions_are_answered_while_the_shops_are_scraped_again(whole: Whole) -> None:
    night = asyncio.create_task(command("scrape", env=whole.env))
    answered = 0
    async with ClientSession(whole.page, cookie_jar=CookieJar(unsafe=True)) as browser:
        while not night.done():
            reply = await _send(browser, picture(DRESS))
            assert reply["album"][0]["title"] == DRESS.title
            answered += 1
            await asyncio.sleep(0.3)
    status, out, err = await night
    assert status == 0, err
    assert " 0 new" in out
    assert answered > 5


async def test_killed_and_started_again_it_goes_on_where_it_was(whole: Whole) -> None:
    chat = whole.telegram.private()
    await chat.send_photo(picture(DRESS))
    answer = await chat.answer(max_wait_s=30)
    await whole.bot.kill()
    shutil.rmtree(whole.state_dir / "index")
    shutil.rmtree(whole.state_dir / "pictures")
    scrapes = whole.bot.log.count("scrape demo")
    with sqlite3.connect(whole.state_dir / FILE_NAME) as database:
        database.execute(
            "DELETE FROM runs WHERE job = 'night'"
        )  # as if last night was slept through
    database.close()
    await whole.bot.start()
    before = len(chat.received)
    await chat.tap(answer, "More")
    await chat.answer(after=before, max_wait_s=30)
    assert len([message for message in chat.received[before:] if message.picture]) == 5
    await whole.telegram.until(lambda: whole.bot.log.count("scrape demo") > scrapes, max_wait_s=60)


async def test_ask_gives_the_look_and_the_matches_as_json(whole: Whole, tmp_path: Path) -> None:
    photo = tmp_path / "dress.jpg"
    photo.write_bytes(picture(DRESS))
    status, out, err = await command("ask", str(photo), "--json", env=whole.env)
    assert status == 0, err
    found = json.loads(out)
    assert found["look"]["kind"] == "dress"
    assert [match["rank"] for match in found["matches"]] == [1, 2, 3, 4, 5]
    best = found["matches"][0]
    assert best["title"] == DRESS.title
    assert best["currency"] == "EUR"
    assert best["score"] > found["matches"][4]["score"]
    assert {"price", "shop", "url", "image"} <= best.keys()


async def _send(browser: ClientSession, photo: bytes) -> dict:
    async with browser.get("/") as opened:
        assert opened.status == 200
    form = FormData({"text": ""})
    form.add_field("photo", photo, filename="photo.jpg")
    async with browser.post("/api/messages", data=form) as response:
        [reply] = (await response.json())["replies"]
        return reply
