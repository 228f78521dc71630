"""The gateway of the loopback Discord: one websocket, sessions that can be resumed."""

import asyncio
import itertools
import json
import zlib
from typing import Any

from aiohttp import WSMsgType, web

GUILDS = 1 << 0
GUILD_MESSAGES = 1 << 9
DIRECT_MESSAGES = 1 << 12
MESSAGE_CONTENT = 1 << 15
PRIVILEGED = 1 << 1 | 1 << 8 | MESSAGE_CONTENT
_DISPATCH, _HEARTBEAT, _IDENTIFY, _RESUME = 0, 1, 2, 6
_RECONNECT, _INVALID_SESSION, _HELLO, _HEARTBEAT_ACK = 7, 9, 10, 11


class Session:
    """One bot's session: every event since it began, and the socket that it has now."""

    def __init__(self, session_id: str, intents: int) -> None:
        self.id = session_id
        self.intents = intents
        self.events: list[dict[str, Any]] = []
        self.socket: Socket | None = None

    async def dispatch(self, event: str, data: object) -> None:
        message = {"op": _DISPATCH, "t": event, "s": len(self.events) + 1, "d": data}
        self.events.append(message)
        if self.socket:
            await self.socket.send(message)


class Socket:
    """A websocket that compresses as its client asked."""

    def __init__(self, response: web.WebSocketResponse, *, compress: bool) -> None:
        self.response = response
        self._zlib = zlib.compressobj() if compress else None

    async def send(self, message: dict[str, Any]) -> None:
        if self.response.closed:
            return
        text = json.dumps(message)
        if self._zlib is None:
            await self.response.send_str(text)
        else:
            packed = self._zlib.compress(text.encode()) + self._zlib.flush(zlib.Z_SYNC_FLUSH)
            await self.response.send_bytes(packed)


class Gateway:
    """Serves ``handle``; ``dispatch`` sends an event to the bot that is identified."""

    def __init__(self, *, token: str, bot: dict[str, Any], allowed: int = 0) -> None:
        self.address = ""
        self.allowed_privileged = allowed
        self.refuse_with: int | None = None
        self.hold = asyncio.Event()
        self.hold.set()
        self.identified = 0
        self.resumed = 0
        self.heartbeats = 0
        self.guilds: dict[str, dict[str, Any]] = {}
        self.changed = asyncio.Event()
        self._token = token
        self._bot = bot
        self._numbers = itertools.count(1)
        self._sessions: dict[str, Session] = {}
        self._sockets: set[Socket] = set()

    @property
    def session(self) -> Session | None:
        """The session that has a socket."""
        for session in reversed(self._sessions.values()):
            if session.socket and not session.socket.response.closed:
                return session
        return None

    @property
    def latest(self) -> Session | None:
        """The last session, connected or not."""
        return next(reversed(self._sessions.values()), None)

    async def dispatch(self, event: str, data: object, *, intent: int = 0) -> None:
        """Send an event, or keep it for a session that is away."""
        session = self.latest
        if session and (not intent or session.intents & intent):
            await session.dispatch(event, data)

    async def repeat(self, event: str) -> None:
        """Tell the latest such event once more, as a gateway may that is taken up again."""
        session = self.latest
        assert session is not None
        told = next(one["d"] for one in reversed(session.events) if one["t"] == event)
        await session.dispatch(event, told)

    async def drop(self, *, code: int = 4000) -> None:
        """Hang up; the session may be resumed."""
        for socket in list(self._sockets):
            await socket.response.close(code=code)

    async def ask_to_reconnect(self) -> None:
        for socket in list(self._sockets):
            await socket.send({"op": _RECONNECT, "d": None})

    async def send_raw(self, text: str) -> None:
        """Send what no gateway sends."""
        for socket in list(self._sockets):
            await socket.response.send_str(text)

    async def invalidate(self) -> None:
        """Forget every session and say so."""
        self._sessions.clear()
        for socket in list(self._sockets):
            await socket.send({"op": _INVALID_SESSION, "d": False})

    async def handle(self, request: web.Request) -> web.StreamResponse:
        await self.hold.wait()
        response = web.WebSocketResponse()
        await response.prepare(request)
        socket = Socket(response, compress=request.query.get("compress") == "zlib-stream")
        self._sockets.add(socket)
        session: Session | None = None
        try:
            await socket.send({"op": _HELLO, "d": {"heartbeat_interval": 41_250}})
            async for message in response:
                if message.type is not WSMsgType.TEXT:
                    break
                session = await self._hear(socket, json.loads(message.data)) or session
        finally:
            self._sockets.discard(socket)
            if session and session.socket is socket:
                session.socket = None
        return response

    async def _hear(self, socket: Socket, message: dict[str, Any]) -> Session | None:
        operation, data = message["op"], message["d"]
        if operation == _HEARTBEAT:
            self.heartbeats += 1
            await socket.send({"op": _HEARTBEAT_ACK, "d": None})
        elif operation == _IDENTIFY:
            return await self._identify(socket, data)
        elif operation == _RESUME:
            return await self._resume(socket, data)
        return None

    async def _identify(self, socket: Socket, data: dict[str, Any]) -> Session | None:
        if self.refuse_with:
            await socket.response.close(code=self.refuse_with)
            return None
        if data["token"] != self._token:
            await socket.response.close(code=4004, message=b"Authentication failed.")
            return None
        if data["intents"] & PRIVILEGED & ~self.allowed_privileged:
            await socket.response.close(code=4014, message=b"Disallowed intent(s).")
            return None
        session = Session(f"session-{next(self._numbers)}", data["intents"])
        session.socket = socket
        self._sessions[session.id] = session
        self.identified += 1
        await session.dispatch(
            "READY",
            {
                "v": 10,
                "user": self._bot,
                "guilds": [{"id": guild, "unavailable": True} for guild in self.guilds],
                "session_id": session.id,
                "resume_gateway_url": self.address,
                "application": {"id": self._bot["id"], "flags": 0},
            },
        )
        if session.intents & GUILDS:
            for guild in self.guilds.values():
                await session.dispatch("GUILD_CREATE", guild)
        self.changed.set()
        return session

    async def _resume(self, socket: Socket, data: dict[str, Any]) -> Session | None:
        session = self._sessions.get(data["session_id"])
        if session is None or data["token"] != self._token:
            await socket.send({"op": _INVALID_SESSION, "d": False})
            return None
        session.socket = socket
        for event in session.events[data["seq"] :]:
            await socket.send(event)
        self.resumed += 1
        await session.dispatch("RESUMED", {})
        self.changed.set()
        return session
