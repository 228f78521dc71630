"""Hostile inputs, on every front end: a kind sentence, nothing leaked, nothing rendered."""

import asyncio
import logging
import re
import unicodedata
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from itertools import cycle
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from aiohttp import ClientSession, CookieJar, FormData
from sqlalchemy import select, update

from core.storage.tables import products
from tests.scenarios.discord import open_discord
from tests.scenarios.hostile import BIDI, INPUTS, INVISIBLE, MARKUP, Hostile
from tests.scenarios.photos import garment
from tests.scenarios.running import copied_world, without_rank
from tests.scenarios.telegram import open_telegram
from tests.scenarios.web import open_web
from tests.scenarios.world import SHOPS, World
from tests.support.discord_messages import Message, Upload
from tests.support.english import texts

DRESS = garment("red", "dress", shift=2)
TITLES = (*MARKUP, BIDI + "dress", INVISIBLE + "dress", "x" * 10_000, "dress\n\n# " * 400)
SHOP = "<b>Corner</b> @everyone [x](https://evil.example) " + BIDI
SECRET = "21:37"
LEAKS = re.compile(
    rf"Traceback|site-packages|{re.escape(str(Path(__file__).parents[2]))}|"
    rf"\.py\b|sqlite|asyncio|Errno|0x[0-9a-f]{{6}}|{SECRET}"
)
SORRY = texts.unforeseen("").split(".")[0]
AT_ONCE = 12


@dataclass(frozen=True, slots=True)
class Shown:
    """What came of one input: words and notices, products' titles, labels, links' addresses."""

    words: tuple[str, ...]
    titles: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    links: tuple[str, ...] = ()


Send = Callable[[Hostile], Awaitable[Shown]]


@asynccontextmanager
async def harmful_world(stocked: Path, directory: Path) -> AsyncIterator[World]:
    """Shops and products are called what nobody should be called."""
    async with copied_world(stocked, directory) as world:
        for name in SHOPS:
            await world.catalogue.shop_seen(name, f"{SHOP} {name}", f"https://{name}.example/")
        async with world.database.write() as connection:
            found = (await connection.execute(select(products.c.id))).all()
            for row, title in zip(found, cycle(TITLES), strict=False):
                changed = update(products).where(products.c.id == row.id)
                await connection.execute(changed.values(title=title, brand=title[:80]))
        yield world


async def hold(send: Send, key: str, caplog: pytest.LogCaptureFixture) -> None:
    """Send every input, some at a time, each by somebody of their own; check what is shown."""
    caplog.set_level(logging.INFO)
    room = asyncio.Semaphore(AT_ONCE)

    async def sent(one: Hostile) -> Shown:
        if one.action is not None:
            one = replace(one, action=one.action.replace("{key}", key))
        async with room:
            return await send(one)

    results = await asyncio.gather(*map(sent, INPUTS), return_exceptions=True)
    for one, shown in zip(INPUTS, results, strict=True):
        where = f"{one!r:.200}"
        assert isinstance(shown, Shown), f"{where}: {shown!r}"
        _check(where, shown)
    tracebacks = [record for record in caplog.records if record.exc_info]
    assert not tracebacks, tracebacks
    assert max((len(record.getMessage()) for record in caplog.records), default=0) < 1_000
    assert len(caplog.records) < 5 * len(INPUTS)


def _check(where: str, shown: Shown) -> None:
    assert any(words.strip() for words in shown.words) or shown.titles, f"{where}: no answer"
    everything = "\n".join((*shown.words, *shown.titles, *shown.labels))
    assert SORRY not in everything, f"{where}: {shown.words}"
    assert not (found := LEAKS.search(everything)), f"{where}: {found}"
    assert not any(sign in everything for sign in "\u202e\u2066\x00\x1b"), f"{where}: {shown}"
    for title in shown.titles:
        assert any(_plain(one).startswith(_plain(title)) for one in TITLES), f"{where}: {title!r}"
    for link in shown.links:
        assert (urlsplit(link).hostname or "").endswith("shop.example"), f"{where}: {link}"


def _plain(title: str) -> str:
    """Without what does not show, and without what says that more follows."""
    kept = "".join(
        sign for sign in title if sign.isspace() or unicodedata.category(sign) not in ("Cc", "Cf")
    )
    return " ".join(kept.split()).removesuffix("…").rstrip()


async def test_on_telegram(stocked: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    async with harmful_world(stocked, tmp_path) as world, open_telegram(world) as house:
        server = house.server

        async def send(one: Hostile) -> Shown:
            chat = server.private()
            if one.action is not None:
                tap = server.new_tap()
                await server.push(
                    "callback_query",
                    {
                        "id": tap.query_id,
                        "from": chat.person,
                        "chat_instance": "1",
                        "data": one.action,
                        "message": {"chat": chat.payload(), "message_id": 1, "date": 0},
                    },
                )
                await server.until(lambda: tap.answered, max_wait_s=60)
                return Shown((tap.notice or "",))
            if one.photo is not None:
                await chat.send_document(
                    one.photo, name="photo.jpg", mime="image/jpeg", caption=one.words
                )
            else:
                await chat.send_text(f"/{one.command} {one.words}" if one.command else one.words)
            answer = await chat.answer(max_wait_s=60)
            cards = [message for message in chat.received if message.picture is not None]
            for message in chat.received:
                allowed = 1 if message in cards else 0
                assert len(message.text.bold) <= allowed, message
            return Shown(
                tuple(one.text.plain for one in chat.received),
                tuple(without_rank(one.text.bold[0]) for one in cards if one.text.bold),
                tuple(answer.labels),
                tuple(url for one in chat.received for _, url in one.text.links),
            )

        victim = server.private()
        await victim.send_text(f"/subscribe {SECRET} Europe/Berlin")
        await victim.send_photo(DRESS)
        answer = await victim.answer(after=1, max_wait_s=60)
        buttons = [button for row in answer.buttons for button in row]
        data = next(one["callback_data"] for one in buttons if "callback_data" in one)
        await hold(send, data.split(":")[1], caplog)
        assert server.refused == []


async def test_on_discord(stocked: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    options = {"find": "words", "subscribe": "at", "similar": "link"}
    async with harmful_world(stocked, tmp_path) as world, open_discord(world) as house:
        server = house.server
        stranger = server.person()
        await stranger.slash("help")
        [helped] = await stranger.sees()

        async def send(one: Hostile) -> Shown:
            person = server.person()
            if one.action is not None:
                # As it stands after "tw:", or as another version may have written it.
                forged = f"tw:{one.action}" if len(one.action) % 2 else one.action or "old"
                button = {"type": 2, "style": 2, "label": "x", "custom_id": forged}
                payload = {**helped.payload, "components": [{"type": 1, "components": [button]}]}
                exchange = await person.tap(Message(payload=payload, until=server.until), "x")
                await exchange.replies(max_wait_s=60)
            elif one.photo is not None:
                await person.dm(one.words, photo=Upload(data=one.photo))
            elif one.command:
                await person.slash(one.command, **{options[one.command]: one.words})
            else:
                await person.dm(one.words)
            [message] = await person.sees(max_wait_s=60)
            assert not message.pings
            return Shown(
                (message.text, *(card.details for card in message.cards)),
                tuple(without_rank(card.title) for card in message.cards),
                tuple(message.labels),
                tuple(card.url for card in message.cards if card.url),
            )

        victim = server.person()
        await victim.slash("subscribe", at=f"{SECRET} Europe/Berlin")
        exchange = await victim.slash("similar", photo=DRESS)
        answer = await exchange.reply(max_wait_s=60)
        data = next(one.custom_id for one in answer.buttons if one.custom_id)
        await hold(send, data.split(":")[2], caplog)
        assert server.refused == []


async def test_on_the_page(stocked: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    async with harmful_world(stocked, tmp_path) as world, open_web(world) as house:

        async def ask(
            client: ClientSession,
            path: str,
            **body: Any,  # noqa: ANN401 - as aiohttp takes it
        ) -> list[dict[str, Any]]:
            async with client.post(house.url(path), **body) as response:
                assert response.status in {200, 400, 413}
                assert response.content_type == "application/json"
                replies: list[dict[str, Any]] = (await response.json())["replies"]
                return replies

        @asynccontextmanager
        async def visit() -> AsyncIterator[ClientSession]:
            async with ClientSession(cookie_jar=CookieJar(unsafe=True)) as client:
                async with client.get(house.url("/")) as response:
                    assert response.status == 200
                yield client

        async def send(one: Hostile) -> Shown:
            async with visit() as client:
                if one.action is not None:
                    return _on_page(await ask(client, "/api/taps", json={"action": one.action}))
                words = f"/{one.command} {one.words}" if one.command else one.words
                return _on_page(await ask(client, "/api/messages", data=_form(words, one.photo)))

        async with visit() as victim:
            await ask(victim, "/api/messages", data=_form(f"/subscribe {SECRET} Europe/Berlin"))
            [answer] = await ask(victim, "/api/messages", data=_form("", DRESS))
        data = next(one["action"] for row in answer["buttons"] for one in row if one["action"])
        await hold(send, data.split(":")[1], caplog)


def _form(words: str, photo: bytes | None = None) -> FormData:
    form = FormData(default_to_multipart=True)
    form.add_field("text", words)
    if photo is not None:
        form.add_field("photo", photo, filename="photo", content_type="image/jpeg")
    return form


def _on_page(replies: Iterable[dict[str, Any]]) -> Shown:
    replies = list(replies)
    cards = [card for reply in replies for card in reply["album"]]
    return Shown(
        (
            *(reply["text"] or reply["notice"] or "" for reply in replies),
            *(card["details"] for card in cards),
        ),
        tuple(card["title"] for card in cards),
        tuple(b["label"] for reply in replies for row in reply["buttons"] for b in row),
        tuple(card["url"] for card in cards),
    )
