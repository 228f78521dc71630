"""The REST API of the loopback Discord, limits and refusals included."""

import asyncio
import fnmatch
import json
import time
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from aiohttp import web
from aiohttp.typedefs import Handler

from tests.support.discord_messages import Message, user_payload
from tests.support.discord_people import Exchange
from tests.support.discord_rules import (
    EPHEMERAL,
    Rate,
    Refused,
    check_commands,
    check_install,
    check_message,
)
from tests.support.discord_world import Channel, World

Files = dict[int, tuple[str, bytes]]
HANGS_UP = 0


@dataclass(kw_only=True)
class Failure:
    """An answer that some call gets instead of its own; see ``DiscordServer.fail``."""

    method: str
    path: str
    status: int
    code: int
    retry_after_s: float
    times: int
    lost: bool
    via: bool
    delay_s: float


class Rest:
    """Every call that the bot makes, and the files that people attached."""

    def __init__(
        self, world: World, *, token: str, answer_within_s: float, followups_for_s: float
    ) -> None:
        self.refused: list[Refused] = []
        self.requests: list[tuple[str, str]] = []
        self.downloads: list[str] = []
        self.failures: list[Failure] = []
        self.told_s: defaultdict[str, float] = defaultdict(float)
        self.published = 0
        self.round_trip_s = 0.0  # which each call takes at least
        self.answer_within_s = answer_within_s
        self.followups_for_s = followups_for_s
        self._world = world
        self._token = token
        self.application: dict[str, Any] = {
            "id": world.bot["id"],
            "name": "Twinset",
            "description": "",
            "icon": None,
            "bot_public": True,
            "bot_require_code_grant": False,
            "owner": user_payload("1", "Owner"),
            "team": None,
            "verify_key": "",
            "flags": 0,
            "approximate_guild_count": 1,
            "interactions_endpoint_url": None,
            "integration_types_config": {"0": {}},
        }
        self._rate = Rate()
        self._nonces: dict[tuple[str, str], dict[str, Any]] = {}

    def routes(self) -> list[web.RouteDef]:
        api = "/api/v10"
        hooks = f"{api}/webhooks/{{app}}/{{token}}"
        return [
            web.get("/attachments/{channel}/{id}/{name}", self._download),
            web.get(f"{api}/users/@me", self._me),
            web.get(f"{api}/oauth2/applications/@me", self._application),
            web.patch(f"{api}/applications/@me", self._edit_application),
            web.put(f"{api}/applications/{{app}}/commands", self._put_commands),
            web.get(f"{api}/applications/{{app}}/commands", self._get_commands),
            web.post(f"{api}/users/@me/channels", self._open_dm),
            web.get(f"{api}/channels/{{channel}}", self._get_channel),
            web.post(f"{api}/channels/{{channel}}/typing", self._typing),
            web.post(f"{api}/channels/{{channel}}/messages", self._post_message),
            web.post(f"{api}/interactions/{{id}}/{{token}}/callback", self._callback),
            web.post(hooks, self._follow_up),
            web.get(f"{hooks}/messages/{{message}}", self._get_hook_message),
            web.patch(f"{hooks}/messages/{{message}}", self._edit_hook_message),
            web.delete(f"{hooks}/messages/{{message}}", self._delete_hook_message),
        ]

    @web.middleware
    async def middleware(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        path = request.path.removeprefix("/api/v10")
        if "/gateway" not in path:
            await asyncio.sleep(self.round_trip_s)
        self.requests.append((request.method, path))
        failure = self._failing(request.method, path)
        if failure:
            await asyncio.sleep(failure.delay_s)
        if failure and not failure.lost:
            return _failed(failure, request)
        open_to_all = ("/interactions/", "/webhooks/", "/gateway/", "/attachments/")
        known = request.headers.get("Authorization") == f"Bot {self._token}"
        if not path.startswith(open_to_all):
            if not known:
                return _json({"message": "401: Unauthorized", "code": 0}, status=401)
            if (wait_s := self._rate.wait_s(time.monotonic())) > 0:
                self.refused.append(Refused(429, 0, f"again in {wait_s:.2f} s"))
                return _too_fast(wait_s, scope="global")
        try:
            response: web.StreamResponse = await handler(request)
        except Refused as refused:
            self.refused.append(refused)
            response = _json(refused.body(), status=refused.status)
        self._world.changed.set()
        return _failed(failure, request) if failure else response

    def _failing(self, method: str, path: str) -> Failure | None:
        for failure in self.failures:
            if failure.method in ("*", method) and fnmatch.fnmatch(path, failure.path):
                if failure.status == 429:
                    self.told_s[path] += failure.retry_after_s
                failure.times -= 1
                if not failure.times:
                    self.failures.remove(failure)
                return failure
        return None

    async def _me(self, _: web.Request) -> web.Response:
        return _json(self._world.bot)

    async def _application(self, _: web.Request) -> web.Response:
        return _json(self.application)

    async def _edit_application(self, request: web.Request) -> web.Response:
        changes = await request.json()
        if unknown := set(changes) - {"integration_types_config"}:
            raise Refused(400, 50035, "Not for a bot to change.", min(unknown))
        for config in changes["integration_types_config"].values():
            check_install(config["oauth2_install_params"])
        self.application.update(changes)
        return _json(self.application)

    async def _put_commands(self, request: web.Request) -> web.Response:
        commands = await request.json()
        check_commands(commands)
        self.published += 1
        self._world.commands = {
            (command.get("type", 1), command["name"]): {
                "options": [],
                "default_member_permissions": None,
                **command,
                "id": self._world.snowflake(),
                "application_id": self._world.bot["id"],
                "version": self._world.snowflake(),
                "description": command.get("description", ""),
                "integration_types": command.get("integration_types") or [0],
                "contexts": command.get("contexts") or [0, 1, 2],
                "type": command.get("type", 1),
            }
            for command in commands
        }
        return _json(list(self._world.commands.values()))

    async def _get_commands(self, request: web.Request) -> web.Response:
        commands = list(self._world.commands.values())
        if request.query.get("with_localizations") == "true":
            return _json(commands)
        return _json([_untranslated(command) for command in commands])

    async def _open_dm(self, request: web.Request) -> web.Response:
        recipient = str((await request.json())["recipient_id"])
        for person in self._world.people:
            if person.id == recipient:
                return _json(self._world.channel_payload(person.dms))
        raise Refused(400, 50033, "Invalid Recipient(s)")

    def _channel(self, request: web.Request) -> Channel:
        channel = self._world.channels.get(request.match_info["channel"])
        if channel is None:
            raise Refused(404, 10003, "Unknown Channel")
        if not channel.bot_may_write:
            raise Refused(403, 50001, "Missing Access")
        return channel

    async def _get_channel(self, request: web.Request) -> web.Response:
        return _json(self._world.channel_payload(self._channel(request)))

    async def _typing(self, request: web.Request) -> web.Response:
        self._channel(request)
        return web.Response(status=204)

    async def _post_message(self, request: web.Request) -> web.Response:
        channel = self._channel(request)
        payload, files = await _body(request)
        if channel.person and channel.person.blocks_bot:
            raise Refused(403, 50007, "Cannot send messages to this user")
        if payload.get("message_reference") and not channel.bot_may_read_history:
            raise Refused(403, 160002, "Cannot reply without permission to read message history")
        check_message("channel", payload, files)
        nonce = (channel.id, str(payload.get("nonce")))
        if payload.get("enforce_nonce") and nonce in self._nonces:
            return _json(self._nonces[nonce])
        message = self._world.new_message(channel, payload, files)
        self._nonces[nonce] = message.payload
        self._world.show(channel, message, to=channel.person)
        return _json(message.payload)

    # Interactions.

    async def _callback(self, request: web.Request) -> web.Response:
        exchange = self._world.exchanges.get(request.match_info["token"])
        if exchange is None or exchange.id != request.match_info["id"]:
            raise Refused(404, 10062, "Unknown interaction")
        if exchange.callback is not None:
            raise Refused(400, 40060, "Interaction has already been acknowledged.")
        if time.monotonic() - exchange.sent_at > self.answer_within_s:
            exchange.failed = True
            raise Refused(404, 10062, "Unknown interaction")
        payload, files = await _body(request)
        kind, data = payload["type"], payload.get("data") or {}
        if kind not in ((4, 5, 9) if exchange.kind == 2 else (4, 5, 6, 7, 9)):
            raise Refused(400, 50035, "Not a response to this interaction.", "type")
        if kind in (4, 7):
            check_message("callback", data, files)
        exchange.callback = kind
        message = self._respond(exchange, kind, data, files)
        if "with_response" not in request.query:
            return web.Response(status=204)
        answer: dict[str, Any] = {"interaction": {"id": exchange.id, "type": exchange.kind}}
        if message:
            answer["interaction"] |= {
                "response_message_id": message.id,
                "response_message_loading": message.loading,
                "response_message_ephemeral": message.ephemeral,
            }
            answer["resource"] = {"type": kind, "message": message.payload}
        return _json(answer)

    def _respond(
        self,
        exchange: Exchange,
        kind: int,
        data: dict[str, Any],
        files: Files,
    ) -> Message | None:
        if kind in (4, 5):
            message = self._world.new_message(exchange.channel, data, files)
            message.loading = kind == 5
            message.payload["flags"] = (data.get("flags") or 0) & EPHEMERAL
            exchange.original = message
            if kind == 4:
                self._world.show(exchange.channel, message, to=exchange.person, exchange=exchange)
            return message
        if kind == 9:
            exchange.modal = data
            return None
        exchange.original = exchange.tapped
        if kind == 7 and exchange.tapped:
            self._world.apply(exchange.tapped, data, files)
        return exchange.original

    def _hook(self, request: web.Request) -> Exchange:
        exchange = self._world.exchanges.get(request.match_info["token"])
        if exchange is None or exchange.callback is None:
            raise Refused(404, 10015, "Unknown Webhook")
        if time.monotonic() - exchange.sent_at > self.followups_for_s:
            raise Refused(401, 50027, "Invalid Webhook Token")
        return exchange

    async def _follow_up(self, request: web.Request) -> web.Response:
        exchange = self._hook(request)
        payload, files = await _body(request)
        check_message("followup", payload, files)
        original = exchange.original
        if original and original.loading:
            self._fill(exchange, original, payload, files)
            return _json(original.payload)
        if not exchange.channel.bot_may_write and exchange.follow_ups >= 5:
            raise Refused(400, 40094, "Only 5 follow-ups where the bot is not installed.")
        exchange.follow_ups += 1
        message = self._world.new_message(exchange.channel, payload, files)
        message.payload["flags"] = (payload.get("flags") or 0) & EPHEMERAL
        self._world.show(exchange.channel, message, to=exchange.person, exchange=exchange)
        return _json(message.payload)

    def _hook_message(self, request: web.Request) -> Message:
        exchange = self._hook(request)
        wanted = request.match_info["message"]
        message = exchange.original if wanted == "@original" else self._world.messages.get(wanted)
        if message is None or message.deleted:
            raise Refused(404, 10008, "Unknown Message")
        return message

    async def _get_hook_message(self, request: web.Request) -> web.Response:
        return _json(self._hook_message(request).payload)

    async def _edit_hook_message(self, request: web.Request) -> web.Response:
        message = self._hook_message(request)
        payload, files = await _body(request)
        check_message("edit", payload, files)
        if message.loading:
            self._fill(self._hook(request), message, payload, files)
        else:
            self._world.apply(message, payload, files)
        return _json(message.payload)

    async def _delete_hook_message(self, request: web.Request) -> web.Response:
        self._hook_message(request).deleted = True
        return web.Response(status=204)

    def _fill(
        self,
        exchange: Exchange,
        message: Message,
        payload: dict[str, Any],
        files: Files,
    ) -> None:
        self._world.apply(message, payload, files)
        message.loading, message.edits = False, 0
        self._world.show(exchange.channel, message, to=exchange.person, exchange=exchange)

    async def _download(self, request: web.Request) -> web.Response:
        self.downloads.append(request.path)
        data, content_type = self._world.files.get(request.path, (None, None))
        if data is None:
            raise web.HTTPNotFound
        return web.Response(body=data, content_type=content_type or "application/octet-stream")


async def _body(
    request: web.Request,
) -> tuple[dict[str, Any], Files]:
    if request.content_type == "application/json":
        return await request.json(), {}
    payload: dict[str, Any] = {}
    files: Files = {}
    async for part in await request.multipart():
        name = getattr(part, "name", "")
        if name == "payload_json":
            payload = json.loads(await part.text())
        elif name.startswith("files["):
            number = int(name.removeprefix("files[").removesuffix("]"))
            files[number] = (part.filename, bytes(await part.read()))
        else:
            raise Refused(400, 50035, "Unknown part.", name)
    return payload, files


def _json(
    data: object, *, status: int = 200, headers: Mapping[str, str] | None = None
) -> web.Response:
    # Without a charset: discord.py compares the content type as a whole.
    return web.Response(
        body=json.dumps(data).encode(),
        status=status,
        content_type="application/json",
        headers=headers,
    )


def _failed(failure: Failure, request: web.Request) -> web.Response:
    if failure.status == HANGS_UP and request.transport:
        request.transport.abort()
        return web.Response()
    if failure.status != 429:
        return _json({"message": "made to fail", "code": failure.code}, status=failure.status)
    return _too_fast(failure.retry_after_s, scope="user", via=failure.via)


def _too_fast(wait_s: float, *, scope: str, via: bool = True) -> web.Response:
    body = {
        "message": "You are being rate limited.",
        "retry_after": wait_s,
        "global": scope == "global",
    }
    headers = {"Retry-After": str(wait_s), "X-RateLimit-Scope": scope}
    return _json(body, status=429, headers=headers | ({"Via": "1.1 google"} if via else {}))


def _untranslated(command: Mapping[str, Any]) -> dict[str, Any]:
    """A command as Discord tells it unless it is asked for every language."""
    told = {key: value for key, value in command.items() if not key.endswith("_localizations")}
    return {**told, "options": [_untranslated(one) for one in command.get("options") or ()]}
