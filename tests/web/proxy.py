"""A small reverse proxy that puts a server under a prefix, as nginx or Caddy would."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import ClientSession, DummyCookieJar, web
from aiohttp.test_utils import TestServer

_OWN = {"connection", "content-encoding", "content-length", "transfer-encoding"}


@asynccontextmanager
async def reverse_proxy(target: str, *, prefix: str) -> AsyncIterator[str]:
    """Serve ``target`` under the prefix; yields the address that a visitor sees.

    The host's name is not passed on, the visitor's address and the scheme are: as ``https``,
    which is what the visitor would have.
    """

    async def pass_on(request: web.Request) -> web.StreamResponse:
        headers = {
            name: value for name, value in request.headers.items() if name.lower() != "host"
        } | {"X-Forwarded-For": request.remote or "", "X-Forwarded-Proto": "https"}
        async with client.request(
            request.method,
            target + request.match_info["path"],
            headers=headers,
            data=request.content if request.can_read_body else None,
        ) as answer:
            response = web.StreamResponse(status=answer.status)
            for name, value in answer.headers.items():
                if name.lower() not in _OWN:
                    response.headers.add(name, value)
            await response.prepare(request)
            async for chunk in answer.content.iter_any():
                await response.write(chunk)
            return response

    application = web.Application()
    application.router.add_route("*", f"{prefix}{{path:.*}}", pass_on)
    async with (
        ClientSession(cookie_jar=DummyCookieJar()) as client,
        TestServer(application) as server,
    ):
        yield str(server.make_url(prefix))
