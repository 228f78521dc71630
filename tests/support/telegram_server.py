"""A loopback Bot API server, with the limits of the real one.

Everything goes over HTTP, so the bot may be another process: give it ``api_base``, ``file_base``
and ``token``. ``private`` and ``group`` make chats; see ``telegram_people`` for what people do.
"""

import asyncio
import contextlib
import json
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

import aiohttp
from aiohttp import web

from tests.support.telegram_api import BotApi
from tests.support.telegram_people import Chat, Raw
from tests.support.telegram_rules import Refused

TOKEN = "4242:a-token-of-nobody"
_WORDS = {"text", "caption", "url", "file_id", "photo", "parse_mode"}
_WORDS |= {"inline_query_id", "next_offset", "name", "description", "short_description"}


@dataclass
class Failure:
    """What goes wrong with the next ``times`` calls of a method ("*" for any).

    ``page`` is what a gateway before the Bot API answers instead of JSON.
    """

    method: str
    status: int = 0
    description: str = ""
    page: str = ""
    retry_after_s: float | None = None
    chat_id: int | None = None
    times: int = 1
    delay_s: float = 0.0
    is_dropped: bool = False
    is_lost: bool = False


class TelegramServer(BotApi):
    """Serves while its context is open.

    ``speed`` makes Telegram's seconds shorter, ``chat_burst`` says how many messages a chat may
    get at once. ``refused`` collects what broke a rule: mostly it should stay empty. A call, or a
    file, takes ``round_trip_s`` at least.
    """

    def __init__(
        self,
        *,
        token: str = TOKEN,
        speed: float = 1.0,
        chat_burst: int = 10,
        tap_lives_s: float = 15.0,
        names_bad_items: bool = True,
        port: int = 0,
    ) -> None:
        super().__init__(
            speed=speed,
            chat_burst=chat_burst,
            tap_lives_s=tap_lives_s,
            names_bad_items=names_bad_items,
        )
        self.token = token
        self.calls: list[tuple[str, Raw]] = []
        self.refused: list[Refused] = []
        self.downloads: list[str] = []
        self.failures: list[Failure] = []
        self.round_trip_s = 0.0
        self.told_s: defaultdict[int | None, float] = defaultdict(float)
        self.webhook_answers: list[int] = []
        self._speed = speed
        self._port = port
        self._runner: web.AppRunner | None = None
        self._pushing: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=1 << 28)
        app.router.add_route("*", "/bot{token}/{method}", self._serve)
        app.router.add_get("/file/bot{token}/{path:.+}", self._serve_file)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self._port).start()
        self._port = self._runner.addresses[0][1]
        self.root = f"http://127.0.0.1:{self._port}"
        self.api_base, self.file_base = f"{self.root}/bot", f"{self.root}/file/bot"
        self._pushing = asyncio.create_task(self._push_to_webhook())
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._pushing:
            self._pushing.cancel()
            await asyncio.gather(self._pushing, return_exceptions=True)
        if self._runner:
            self.polls += 1
            async with self.changed:
                self.changed.notify_all()
            await self._runner.cleanup()

    # What tests arrange -------------------------------------------------------------------

    @property
    def faults(self) -> list[Refused]:
        """What was refused for more than being too fast."""
        return [one for one in self.refused if one.status != 429]

    def fail(self, method: str, **failure: Any) -> None:  # noqa: ANN401 - its fields
        """Let the next calls of a method go wrong; see ``Failure``."""
        self.failures.append(Failure(method, **failure))

    async def until(self, holds: Callable[[], bool], *, max_wait_s: float = 10) -> None:
        """Wait until something holds; ``TimeoutError`` when it does not come."""
        async with asyncio.timeout(max_wait_s):
            while not holds():  # noqa: ASYNC110 - what holds is not ours to signal
                await asyncio.sleep(0.005)

    async def listening(self) -> None:
        """Wait until the bot asks for updates, or has set its webhook."""
        await self.until(lambda: self.polls > 0 or bool(self.webhook.get("url")))

    async def quiet(self) -> None:
        """Wait until the bot has taken every update."""
        await self.until(lambda: not self.updates)

    def made(self, method: str) -> list[Raw]:
        """The parameters of every call of a method."""
        return [parameters for name, parameters in self.calls if name == method]

    def private(self, name: str = "Ann", *, language: str = "en") -> Chat:
        """A new person and their chat with the bot."""
        person = self.user(name, language=language)
        return self.add(Chat(self, person["id"], "private", person, title=name))

    def group(
        self, title: str = "Friends", *, kind: str = "group", person: Raw | None = None
    ) -> Chat:
        """A new group with the bot and a person in it."""
        sign = -1_000_000_000_000 if kind == "supergroup" else -1000
        member = person or self.user("Bea")
        return self.add(Chat(self, sign - self.number(), kind, member, title=title))

    def user(self, name: str, *, language: str = "en") -> Raw:
        """A new person."""
        return {
            "id": 5000 + self.number(),
            "is_bot": False,
            "first_name": name,
            "language_code": language,
        }

    # The network's edge -------------------------------------------------------------------

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        answer = self.methods.get(method)
        try:
            if request.match_info["token"] != self.token:
                raise Refused(401, "Unauthorized")
            if answer is None:
                raise Refused(404, "Not Found")
            try:
                parameters, files = await _read(request)
            except ConnectionResetError:  # whoever asked has hung up
                return web.Response(status=499)
            self.calls.append((method, parameters))
            if method != "getUpdates":
                await asyncio.sleep(self.round_trip_s)
            failure = self._failure(method, parameters)
            if failure and failure.page:
                return web.Response(status=failure.status, text=failure.page)
            if failure:
                await _fail(failure)
            result = await answer(parameters, files)
            if failure and failure.is_lost:
                return _cut_off(request)
        except Refused as refused:
            self.refused.append(refused)
            return web.json_response(refused.body(), status=refused.status)
        except ConnectionAbortedError:
            return _cut_off(request)
        except ConnectionError:  # the bot went away
            raise
        except Exception as error:
            self.refused.append(Refused(500, f"{method}: {error!r}"))
            raise
        return web.json_response({"ok": True, "result": result})

    async def _serve_file(self, request: web.Request) -> web.StreamResponse:
        await asyncio.sleep(self.round_trip_s)
        path = request.match_info["path"]
        failure = self._failure("download", {})
        data = next((data for name, data in self.files.values() if name == path), None)
        if failure:
            try:
                await _fail(failure)
            except Refused as refused:
                return web.json_response(refused.body(), status=refused.status)
            except ConnectionAbortedError:
                return _cut_off(request)
        if data is None or request.match_info["token"] != self.token:
            return web.json_response(Refused(404, "Not Found").body(), status=404)
        self.downloads.append(path)
        return web.Response(body=data)

    def _failure(self, method: str, parameters: Raw) -> Failure | None:
        for failure in self.failures:
            if failure.method not in {method, "*"} or (method == "getUpdates" != failure.method):
                continue
            if failure.chat_id in {None, parameters.get("chat_id")}:
                self.told_s[parameters.get("chat_id")] += failure.retry_after_s or 0
                failure.times -= 1
                if failure.times <= 0:
                    self.failures.remove(failure)
                return failure
        return None

    async def _push_to_webhook(self) -> None:
        async with aiohttp.ClientSession() as client:
            while True:
                async with self.changed:
                    await self.changed.wait_for(lambda: self.updates and self.webhook.get("url"))
                update = self.updates[0]
                secret = {"X-Telegram-Bot-Api-Secret-Token": self.webhook.get("secret_token", "")}
                with contextlib.suppress(aiohttp.ClientError, TimeoutError):
                    async with client.post(
                        self.webhook["url"], json=update, headers=secret
                    ) as answer:
                        self.webhook_answers.append(answer.status)
                        if answer.ok:
                            self.updates.remove(update)
                            continue
                await asyncio.sleep(1 / self._speed)


async def _read(request: web.Request) -> tuple[Raw, Raw]:
    """Parameters and files: form, multipart or JSON, nested values as JSON."""
    if request.content_type == "application/json":
        return await request.json(), {}
    if request.content_type != "multipart/form-data":
        form = await request.post()
        return {name: _value(name, str(value)) for name, value in form.items()}, {}
    parameters, files = {}, {}
    async for part in await request.multipart():
        if not isinstance(part, aiohttp.BodyPartReader) or part.name is None:
            continue
        if part.filename:
            files[part.name] = bytes(await part.read())
        else:
            parameters[part.name] = _value(part.name, await part.text())
    return parameters, files


def _value(name: str, value: str) -> object:
    if name in _WORDS:
        return value
    with contextlib.suppress(ValueError):
        return json.loads(value)
    return value


async def _fail(failure: Failure) -> None:
    await asyncio.sleep(failure.delay_s)
    if failure.is_dropped:
        raise ConnectionAbortedError
    if failure.retry_after_s is not None:
        raise Refused(429, "Too Many Requests", retry_after=failure.retry_after_s)
    if failure.status:
        raise Refused(failure.status, failure.description or "Failed on purpose")


def _cut_off(request: web.Request) -> web.StreamResponse:
    """End the connection without an answer."""
    if request.transport:
        request.transport.abort()
    return web.Response()
