"""The chat page's routes, as a browser would use them."""

import asyncio
import io
import json
import re
import zlib
from collections.abc import AsyncIterator

import pytest
from aiohttp import ClientResponse, ClientSession, FormData, web
from aiohttp.test_utils import TestClient, TestServer

from bot.conversation.languages import language_of
from bot.conversation.messages import (
    CommandMessage,
    Incoming,
    PhotoMessage,
    Reply,
    Sender,
    TapMessage,
    TextMessage,
)
from bot.conversation.texts import Texts, texts_in
from bot.web.forms import MAX_BODY_BYTES, MAX_PHOTOS
from bot.web.server import WebChat
from core.errors import FetchFailed
from core.photos import MAX_BYTES
from tests.support.answers import ScriptedAnswerer, album_reply, jpeg
from tests.support.english import texts


def reply_in_kind(message: Incoming) -> list[Reply]:
    match message:
        case PhotoMessage():
            return [album_reply()]
        case TapMessage(action="like:abcdefgh:1"):
            return [Reply(notice="Liked", buttons=album_reply().buttons, replaces_buttons=True)]
        case _:
            return [Reply(text="Hello")]


async def said(response: ClientResponse) -> str:
    """The only thing that a response has to say."""
    [reply] = (await response.json())["replies"]
    return reply["text"]


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

    async def picture_of(product_id: int, version: str) -> bytes | None:
        return jpeg() if version == f"{product_id:064x}"[:12] else None

    async def language(reader: Sender) -> Texts:
        return texts_in(language_of(reader.language))

    chat = WebChat(answerer, picture_of, language)
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
    assert [button["label"] for button in reply["buttons"][2]] == ["More"]
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
        ("/api/taps", b"[" * 15_000),
        ("/api/messages", b"just bytes"),
    ],
)
async def test_a_malformed_request_is_refused_with_a_sentence(
    page: Page, path: str, body: bytes
) -> None:
    response = await page.client.post(path, data=body)
    assert (response.status, await said(response)) == (400, texts.say("not-understood"))
    assert page.heard == []


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"--b",
        b"--b\r\n",
        b"--b\r\n\r\n",
        b"--b\r\nContent-Disposition: form-data; name=text\r\n\r\nhel",
        b"--b\r\n" + b"X: " + b"x" * 20_000 + b"\r\n\r\nhello\r\n--b--\r\n",
        b"--b\r\nno header at all\r\n\r\nhello\r\n--b--\r\n",
        b"--b\r\nContent-Transfer-Encoding: base64\r\n\r\n$$$$$\r\n--b--\r\n",
        b"--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n--c\r\n\r\n\r\n--c--\r\n--b--",
        b"\xff\xfe\x00" * 500,
    ],
)
async def test_a_form_that_is_cut_or_twisted_never_breaks_the_server(
    page: Page, body: bytes
) -> None:
    headers = {"Content-Type": "multipart/form-data; boundary=b"}
    response = await page.client.post("/api/messages", data=body, headers=headers)
    assert response.status in {200, 400}
    assert (await said(response)).endswith((".", "Hello"))


@pytest.mark.parametrize("heavy", ["-5", "1e9", "9" * 400, "many", ""])
async def test_a_size_that_is_no_number_is_passed_over(page: Page, heavy: str) -> None:
    form = FormData({"heavy": heavy, "text": "hello"}, default_to_multipart=True)
    assert (await page.client.post("/api/messages", data=form)).status == 200
    [message] = page.heard
    assert isinstance(message, TextMessage)


async def test_ten_thousand_letters_are_heard_and_a_hundred_thousand_kindly_refused(
    page: Page,
) -> None:
    await page.send(text="ш" * 7_000 + "x" * 2_000)
    form = FormData({"text": "x" * 100_000}, default_to_multipart=True)
    response = await page.client.post("/api/messages", data=form)
    assert (response.status, await said(response)) == (413, texts.say("too-long"))
    assert len(page.heard) == 1


async def test_more_than_a_message_may_weigh_is_refused_before_it_is_read(page: Page) -> None:
    headers = {
        "Content-Type": "multipart/form-data; boundary=b",
        "Content-Length": str(MAX_BODY_BYTES + 1),
    }
    response = await page.client.post("/api/messages", data=b"x", headers=headers)
    assert response.status == 413
    assert "64 MB" in await said(response)


async def test_more_photos_than_a_message_may_carry_are_refused(page: Page) -> None:
    form = FormData()
    for _ in range(MAX_PHOTOS + 1):
        form.add_field("photo", b"x", filename="photo")
    response = await page.client.post("/api/messages", data=form)
    refusal = texts.say("too-many-photos", limit=MAX_PHOTOS)
    assert (response.status, await said(response)) == (400, refusal)


async def test_a_form_from_another_site_is_refused(page: Page) -> None:
    for headers in (
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "https://[broken"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Origin": str(page.client.make_url("")).rstrip("/")},
    ):
        response = await page.client.post(
            "/api/taps", json={"action": "more:abcdefgh"}, headers=headers
        )
        assert (response.status, await said(response)) == (403, texts.say("other-site"))
    assert page.heard == []


async def test_a_caller_without_the_cookie_is_refused(page: Page) -> None:
    async with ClientSession() as stranger:
        response = await stranger.post(
            page.client.make_url("/api/taps"), json={"action": "more:abcdefgh"}
        )
        assert (response.status, await said(response)) == (403, texts.say("no-cookie"))


async def test_files_beside_the_page_are_not_served(page: Page) -> None:
    for path in (
        "/static/1/..%2f..%2fserver.py",
        "/static/1/server.py",
        "/static/1/index.html",
        "/pictures/1/x.jpg",
        "/pictures/1/000000000000.jpg/..",
    ):
        assert (await page.client.get(path)).status == 404


async def test_a_pick_reaches_the_open_page_and_fails_for_now_without_one(page: Page) -> None:
    await page.send(text="hello")
    chat_id = page.heard[0].sender.chat_id
    with pytest.raises(FetchFailed):
        await page.chat.deliver(chat_id, Reply(text="Your picks"))
    async with page.client.get("/api/events") as stream:
        assert b": open" in await stream.content.readuntil(b"\n\n")
        message_id = await page.chat.deliver(chat_id, Reply(text="Your picks"))
        line = await asyncio.wait_for(stream.content.readuntil(b"\n\n"), timeout=20)
        event = json.loads(line.removeprefix(b"data: "))
        assert event["id"] == message_id
        assert event["replies"][0]["text"] == "Your picks"


async def test_what_the_page_loads_is_kept_until_it_changes(page: Page) -> None:
    html = await (await page.client.get("/")).text()
    names = re.findall(r'"(static/[^"]+)"', html)
    assert len(set(names)) >= 4
    for name in names:
        response = await page.client.get(f"/{name}")
        assert response.status == 200
        assert "immutable" in response.headers["Cache-Control"]
        before = await page.client.get(re.sub(r"static/\w+", "/static/000000000000", name))
        assert before.headers["Cache-Control"] == "no-store"


async def test_a_picture_is_kept_for_good_and_only_under_its_own_hash(page: Page) -> None:
    [reply] = await page.send(jpeg())
    picture = await page.client.get("/" + reply["album"][0]["picture"])
    assert "immutable" in picture.headers["Cache-Control"]
    assert (await page.client.get("/pictures/1/0123456789ab.jpg")).status == 404


async def test_the_page_is_small_and_goes_compressed(page: Page) -> None:
    html = await (await page.client.get("/")).text()
    paths = {"", *re.findall(r'(?:href|src)="(static/[^"]+)"', html)}
    weight = 0
    for path in paths:
        response = await page.client.get(f"/{path}")
        assert response.headers["Content-Encoding"] in {"gzip", "deflate"}
        weight += len(zlib.compress(await response.read()))
    assert weight < 20_000


async def test_what_is_a_visitors_own_is_kept_by_no_cache(page: Page) -> None:
    assert "private" in (await page.client.get("/")).headers["Cache-Control"]
    for body in (b"{", b'{"action": "more:abcdefgh"}'):
        response = await page.client.post("/api/taps", data=body)
        assert response.headers["Cache-Control"] == "no-store"
        assert response.headers["X-Content-Type-Options"] == "nosniff"


async def test_nothing_but_the_page_itself_may_run_or_be_reached(page: Page) -> None:
    policy = (await page.client.get("/")).headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy


async def test_a_visitor_is_known_for_thirty_days_from_the_last_visit(page: Page) -> None:
    first = page.client.session.cookie_jar.filter_cookies(page.client.make_url("/"))["twinset"]
    again = (await page.client.get("/")).cookies["twinset"]
    assert again.value == first.value
    assert again["max-age"] == str(30 * 24 * 3600)
    assert again["httponly"]
    assert again["samesite"] == "Lax"
    assert not again["secure"]


async def test_a_made_up_cookie_is_replaced(page: Page) -> None:
    async with ClientSession(cookies={"twinset": "admin"}) as stranger:
        response = await stranger.get(page.client.make_url("/"))
        assert len(response.cookies["twinset"].value) == 22
        assert response.cookies["twinset"].value != "admin"


@pytest.mark.parametrize(
    ("told", "language", "tag"),
    [
        ("de-AT,de;q=0.9,en;q=0.8", "de", "de-AT"),
        ("pt-BR, fr;q=0.5, ru;q=0.7", "ru", "ru"),
        ("en-GB", "en", "en-GB"),
        ("pt-BR,pt;q=0.9", "en", "pt-BR"),
        ("*", "en", None),
        ("", "en", None),
        ("q=1;;,de;q=wrong", "de", "de"),
    ],
)
async def test_the_page_and_its_visitor_speak_what_the_browser_likes_best(
    page: Page, told: str, language: str, tag: str | None
) -> None:
    headers = {"Accept-Language": told}
    response = await page.client.get("/", headers=headers)
    html = await response.text()
    assert f'<html lang="{language}">' in html
    assert f'placeholder="{texts_in(language).say("page-placeholder")}"' in html
    assert "{{" not in html
    assert response.headers["Vary"] == "Accept-Language, Cookie"
    tap = await page.client.post("/api/taps", json={"action": "more"}, headers=headers)
    assert tap.status == 200
    assert page.heard[0].sender.language == tag


async def test_a_refusal_is_in_the_browsers_language(page: Page) -> None:
    response = await page.client.post("/api/taps", data=b"{", headers={"Accept-Language": "fr"})
    assert await said(response) == texts_in("fr").say("not-understood")
