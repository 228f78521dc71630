"""The chat page's routes, as a browser would use them."""

import asyncio
import io
import json
from collections.abc import AsyncIterator

import pytest
from aiohttp import ClientSession, FormData, web
from aiohttp.test_utils import TestClient, TestServer

from bot.conversation.messages import (
    CommandMessage,
    Incoming,
    PhotoMessage,
    Reply,
    TapMessage,
    TextMessage,
)
from bot.web.server import MAX_PHOTOS, WebChat
from core.errors import FetchFailed
from core.photos import MAX_BYTES
from tests.support.answers import ScriptedAnswerer, album_reply, jpeg


def reply_in_kind(message: Incoming) -> list[Reply]:
    match message:
        case PhotoMessage():
            return [album_reply()]
        case TapMessage(action="like:abcdefgh:1"):
            return [Reply(notice="Liked", buttons=album_reply().buttons, replaces_buttons=True)]
        case _:
            return [Reply(text="Hello")]


class Page:
    """An open chat page: the client with its cookie, and what the bot behind it heard."""

    def __init__(self, client: TestClient, chat: WebChat, answerer: ScriptedAnswerer) -> None:
        self.client, self.chat, self.heard = client, chat, answerer.heard

    async def send(self, *photos: bytes, text: str = "", heavy: int | None = None) -> list[dict]:
        form = FormData({"text": text})
        for photo in photos:
            form.add_field("photo", io.BytesIO(photo), filename="photo")
        if heavy:
            form.add_field("heavy", str(heavy))
        if not photos:
            form.add_field("photo-none", b"", filename="none")  # makes the form multipart
        response = await self.client.post("/api/messages", data=form)
        assert response.status == 200, await response.text()
        return (await response.json())["replies"]


@pytest.fixture
async def page() -> AsyncIterator[Page]:
    answerer = ScriptedAnswerer(reply_in_kind)

    async def picture_of(product_id: int) -> bytes | None:
        return jpeg() if product_id < 100 else None

    chat = WebChat(answerer, picture_of)
    application = web.Application(client_max_size=0)
    application.add_routes(chat.routes())
    async with TestClient(TestServer(application)) as client:
        assert (await client.get("/")).status == 200
        yield Page(client, chat, answerer)
        chat.close()


async def test_a_photo_becomes_an_album_with_pictures_and_buttons(page: Page) -> None:
    [reply] = await page.send(jpeg(), text="in red")
    assert [card["rank"] for card in reply["album"]] == [1, 2, 3, 4, 5]
    assert reply["album"][0]["url"] == "https://corner.example/p/1"
    assert reply["buttons"][2] == [{"label": "More", "action": "more:abcdefgh", "url": None}]
    picture = await page.client.get("/" + reply["album"][0]["picture"])
    assert (picture.status, picture.content_type) == (200, "image/jpeg")
    [message] = page.heard
    assert isinstance(message, PhotoMessage)
    assert message.caption == "in red"
    assert await message.photos[0].load() == jpeg()


async def test_words_with_a_slash_are_a_command_and_others_are_text(page: Page) -> None:
    await page.send(text="/Subscribe 09:00 Europe/Berlin")
    await page.send(text="hello")
    command, text = page.heard
    assert isinstance(command, CommandMessage)
    assert (command.name, command.argument) == ("subscribe", "09:00 Europe/Berlin")
    assert isinstance(text, TextMessage)
    assert text.text == "hello"
    assert command.update_id != text.update_id


async def test_a_tap_carries_its_action_back(page: Page) -> None:
    response = await page.client.post("/api/taps", json={"action": "like:abcdefgh:1"})
    [reply] = (await response.json())["replies"]
    assert reply["notice"] == "Liked"
    assert reply["replaces_buttons"] is True


async def test_a_photo_over_the_limit_arrives_as_its_size_alone(page: Page) -> None:
    await page.send(b"x" * (MAX_BYTES + 1))
    await page.send(heavy=900_000_000)
    uploaded, announced = page.heard
    assert isinstance(uploaded, PhotoMessage)
    assert isinstance(announced, PhotoMessage)
    assert uploaded.photos[0].size_bytes == MAX_BYTES + 1
    assert await uploaded.photos[0].load() == b""
    assert announced.photos[0].size_bytes == 900_000_000


async def test_each_visitor_is_a_person_of_their_own(page: Page) -> None:
    await page.send(text="one")
    async with ClientSession() as other:
        await other.get(page.client.make_url("/"))
    other_client = TestClient(page.client.server)
    await other_client.get("/")
    form = FormData({"text": "two"})
    form.add_field("photo", jpeg(), filename="photo")
    await other_client.post("/api/messages", data=form)
    await other_client.session.close()
    first, second = page.heard
    assert first.sender.person_id != second.sender.person_id


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/api/taps", b"{"),
        ("/api/taps", b"[]"),
        ("/api/taps", b'{"action": 7}'),
        ("/api/messages", b"just bytes"),
    ],
)
async def test_a_malformed_request_is_refused_with_a_sentence(
    page: Page, path: str, body: bytes
) -> None:
    response = await page.client.post(path, data=body)
    assert response.status == 400
    assert (await response.text()).endswith(".")
    assert page.heard == []


async def test_more_photos_than_a_message_may_carry_are_refused(page: Page) -> None:
    form = FormData()
    for _ in range(MAX_PHOTOS + 1):
        form.add_field("photo", b"x", filename="photo")
    assert (await page.client.post("/api/messages", data=form)).status == 400


async def test_a_form_from_another_site_is_refused(page: Page) -> None:
    response = await page.client.post(
        "/api/taps", json={"action": "more:abcdefgh"}, headers={"Origin": "https://evil.example"}
    )
    assert response.status == 403
    assert page.heard == []


async def test_a_caller_without_the_cookie_is_refused(page: Page) -> None:
    async with ClientSession() as stranger:
        response = await stranger.post(
            page.client.make_url("/api/taps"), json={"action": "more:abcdefgh"}
        )
        assert response.status == 403


async def test_files_beside_the_page_are_not_served(page: Page) -> None:
    for path in ("/static/..%2fserver.py", "/static/server.py", "/pictures/100/x.jpg"):
        assert (await page.client.get(path)).status == 404


async def test_a_pick_reaches_the_open_page_and_fails_for_now_without_one(page: Page) -> None:
    await page.send(text="hello")
    chat_id = page.heard[0].sender.chat_id
    with pytest.raises(FetchFailed):
        await page.chat.deliver(chat_id, Reply(text="Your picks"))
    async with page.client.get("/api/events") as stream:
        assert await stream.content.readline() == b": open\n"
        message_id = await page.chat.deliver(chat_id, Reply(text="Your picks"))
        await stream.content.readline()
        line = await asyncio.wait_for(stream.content.readline(), timeout=5)
        event = json.loads(line.removeprefix(b"data: "))
        assert event["id"] == message_id
        assert event["replies"][0]["text"] == "Your picks"
