"""A visitor of the chat page, who speaks to its routes as its script does."""

from base64 import b64decode
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from io import BytesIO
from typing import Any

from aiohttp import ClientSession, CookieJar, FormData, web
from aiohttp.test_utils import TestServer
from PIL import Image

from bot.conversation.languages import Languages
from bot.conversation.messages import OtherKind
from bot.web.server import WebChat
from tests.scenarios.running import Drawn, Watched
from tests.scenarios.scenario import Seen
from tests.scenarios.world import World

Json = dict[str, Any]


class WebHouse:
    """The server of the chat page; ``restart`` leaves only the database."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.answerer = Watched(world.conversation())

    async def start(self, *, port: int | None = None) -> None:
        self.answerer = Watched(self.world.conversation())
        self.chat = WebChat(
            self.answerer, Drawn(self.world).for_page, Languages(self.world.languages).of
        )
        application = web.Application()
        application.add_routes(self.chat.routes())
        self.server = TestServer(application, port=port)
        await self.server.start_server()

    async def stop(self) -> None:
        self.chat.close()
        await self.server.close()

    def url(self, path: str) -> str:
        return str(self.server.make_url(path))


@asynccontextmanager
async def open_web(world: World) -> AsyncIterator[WebHouse]:
    house = WebHouse(world)
    await house.start()
    try:
        yield house
    finally:
        await house.stop()


@asynccontextmanager
async def open_visit(house: WebHouse) -> AsyncIterator["WebDriver"]:
    """Somebody new, who has opened the page."""
    async with ClientSession(cookie_jar=CookieJar(unsafe=True)) as client:
        async with client.get(house.url("/")) as response:
            assert response.status == 200
        yield WebDriver(house, client)


class WebDriver:
    """Keeps the keyboards of all messages, as the page does."""

    def __init__(self, house: WebHouse, client: ClientSession) -> None:
        self._house = house
        self._client = client
        self._keyboards: list[list[Json]] = []

    @property
    def abilities(self) -> frozenset[str]:
        return frozenset({"album"})  # whatever is sent that is no photo is told so as a photo

    async def send_photos(self, photos: Sequence[bytes], *, caption: str = "") -> Seen:
        return await self._send(caption, photos)

    async def send_command(self, name: str, argument: str, photo: bytes | None) -> Seen:
        return await self._send(f"/{name} {argument}".strip(), [] if photo is None else [photo])

    async def send_text(self, text: str, *, reply_to: int | None = None) -> Seen:
        assert reply_to is None, "the page has no replies"
        return await self._send(text)

    async def send_other(self, kind: OtherKind) -> Seen:
        raise LookupError(f"the page has no way to send a {kind}")

    async def tap(self, label: str) -> Seen:
        for place, keyboard in reversed(list(enumerate(self._keyboards))):
            for button in keyboard:
                if button["label"] == label and button["action"]:
                    action = {"action": button["action"]}
                    async with self._client.post(self._url("/api/taps"), json=action) as response:
                        assert response.status == 200, await response.text()
                        return await self._seen((await response.json())["replies"], tapped=place)
        raise AssertionError(f"no button {label!r}")

    async def restart(self) -> None:
        await self._house.stop()
        await self._house.start()

    def _url(self, path: str) -> str:
        return self._house.url(path)

    async def _send(self, text: str, photos: Sequence[bytes] = ()) -> Seen:
        form = FormData(default_to_multipart=True)
        form.add_field("text", text)
        for photo in photos:
            form.add_field("photo", BytesIO(photo), filename="photo")
        async with self._client.post(self._url("/api/messages"), data=form) as response:
            assert response.status == 200, await response.text()
            return await self._seen((await response.json())["replies"])

    async def _seen(self, replies: Sequence[Json], *, tapped: int | None = None) -> Seen:
        shown: list[Json] = []
        for reply in replies:
            shown = [button for row in reply["buttons"] for button in row]
            replaces = reply["replaces_buttons"] or reply["replaces_message"]
            if replaces and tapped is not None:
                self._keyboards[tapped] = shown
            elif reply["text"]:
                self._keyboards.append(shown)
        cards = [card for reply in replies for card in reply["album"]]
        for card in cards:
            await self._check_picture(card["picture"])
        pictures = [reply["picture"] for reply in replies if reply["picture"]]
        for picture in pictures:
            Image.open(BytesIO(b64decode(picture))).verify()
        return Seen(
            texts=tuple(reply["text"] for reply in replies if reply["text"]),
            album=tuple(card["title"] for card in cards),
            pictures=len(pictures),
            buttons=tuple(button["label"] for button in shown),
            notices=tuple(reply["notice"] for reply in replies if reply["notice"]),
        )

    async def _check_picture(self, path: str) -> None:
        async with self._client.get(self._url(f"/{path}")) as response:
            assert (response.status, response.content_type) == (200, "image/jpeg")
            Image.open(BytesIO(await response.read())).verify()
