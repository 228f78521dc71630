"""What a reverse proxy tells of a visitor is believed when it is one of those named."""

import asyncio
from collections.abc import Sequence
from ipaddress import ip_network

import pytest
from aiohttp import CookieJar, web
from aiohttp.test_utils import TestClient, TestServer, make_mocked_request

from bot.conversation.messages import Answerer, Incoming, Reply, Sender
from bot.conversation.texts import Texts
from bot.web.server import WebChat
from bot.web.visitors import Visitors
from tests.support.answers import ScriptedAnswerer
from tests.support.english import texts
from tests.web.proxy import reverse_proxy

LOOPBACK = "127.0.0.1"


async def no_picture(_product_id: int, _version: str) -> None:
    return None


async def in_english(_reader: Sender) -> Texts:
    return texts


class Slow:
    """Answers all when it is let go, which is when the last of so many has come."""

    def __init__(self, *, last: int) -> None:
        self._barrier = asyncio.Barrier(last)

    async def answer(self, _message: Incoming) -> list[Reply]:
        await self._barrier.wait()
        return [Reply(text="Hello")]


def served(trusted: Sequence[str], *, answerer: Answerer | None = None) -> TestServer:
    """A chat page that trusts those proxies and says "Hello"."""
    chat = WebChat(
        answerer or ScriptedAnswerer(lambda _: [Reply(text="Hello")]),
        no_picture,
        in_english,
        trusted=[ip_network(name) for name in trusted],
    )
    application = web.Application()
    application.add_routes(chat.routes())
    return TestServer(application)


@pytest.mark.parametrize(("trusted", "secure"), [((LOOPBACK,), True), ((), False)])
async def test_the_cookie_is_secure_when_a_trusted_proxy_speaks_of_tls(
    trusted: Sequence[str], secure: bool
) -> None:
    async with (
        served(trusted) as server,
        reverse_proxy(str(server.make_url("/")), prefix="/fashion/") as seen,
        TestClient(TestServer(web.Application()), cookie_jar=CookieJar(unsafe=True)) as client,
    ):
        cookie = (await client.session.get(seen)).cookies["twinset"]
        assert bool(cookie["secure"]) == secure
        assert cookie["path"] in {"", "/fashion"}  # the page's own, wherever the proxy put it


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": "https://shop.example", "X-Forwarded-Host": "shop.example"}, 200),
        ({"Origin": "https://evil.example", "X-Forwarded-Host": "shop.example"}, 403),
        ({"Origin": "https://shop.example"}, 403),
        ({"Origin": "https://shop.example", "Sec-Fetch-Site": "same-origin"}, 200),
    ],
)
async def test_a_page_under_another_name_is_known_by_what_its_proxy_or_the_browser_says(
    headers: dict[str, str], status: int
) -> None:
    async with TestClient(served([LOOPBACK])) as client:
        await client.get("/")
        answer = await client.post("/api/taps", json={"action": "a"}, headers=headers)
        assert answer.status == status


@pytest.mark.parametrize(
    ("noted", "trusted", "address"),
    [
        ("203.0.113.7", ["10.0.0.0/8"], "203.0.113.7"),
        ("198.51.100.2, 203.0.113.7", ["10.0.0.0/8"], "203.0.113.7"),  # only the last is believed
        ("203.0.113.7, 10.9.9.9", ["10.0.0.0/8"], "203.0.113.7"),
        ("::ffff:203.0.113.7", ["10.0.0.0/8"], "203.0.113.7"),
        ("2001:db8::1", ["10.0.0.0/8"], "2001:db8::1"),
        ("nonsense", ["10.0.0.0/8"], "10.0.0.1"),
        ("", ["10.0.0.0/8"], "10.0.0.1"),
        ("203.0.113.7", [], "10.0.0.1"),
        ("203.0.113.7", ["192.0.2.0/24"], "10.0.0.1"),
    ],
)
def test_the_address_is_the_nearest_that_is_no_trusted_proxys(
    noted: str, trusted: list[str], address: str
) -> None:
    visitors = Visitors([ip_network(name) for name in trusted])
    request = make_mocked_request("GET", "/", headers={"X-Forwarded-For": noted})
    assert str(visitors.address(request.clone(remote="10.0.0.1"))) == address


async def test_one_address_cannot_crowd_out_the_others() -> None:
    async with TestClient(served([LOOPBACK], answerer=Slow(last=17))) as client:
        await client.get("/")

        async def tap(address: str) -> tuple[int, str]:
            headers = {"X-Forwarded-For": address}
            answer = await client.post("/api/taps", json={"action": "a"}, headers=headers)
            return answer.status, (await answer.json())["replies"][0]["text"]

        crowd = [asyncio.create_task(tap("203.0.113.7")) for _ in range(40)]
        refused, _ = await asyncio.wait(crowd, return_when=asyncio.FIRST_COMPLETED)
        assert {task.result() for task in refused} == {(429, texts.busy(20))}
        assert await tap("198.51.100.2") == (200, "Hello")
        answers = await asyncio.gather(*crowd)
        assert answers.count((200, "Hello")) == 16
