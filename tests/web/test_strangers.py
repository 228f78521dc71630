"""Buttons that are forged, or somebody else's, do nothing and give nothing away."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from aiohttp import ClientSession, CookieJar, FormData

from bot.conversation.actions import BARE
from tests.scenarios.conversations import DRESS
from tests.scenarios.running import copied_world
from tests.scenarios.web import Json, WebHouse, open_web
from tests.support.english import texts

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def house(stocked: Path, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[WebHouse]:
    directory = tmp_path_factory.mktemp("strangers")
    async with copied_world(stocked, directory) as world, open_web(world) as house:
        yield house


class Stranger:
    """Somebody with a cookie of their own."""

    def __init__(self, house: WebHouse, client: ClientSession) -> None:
        self._house = house
        self._client = client

    async def asks(self, photo: bytes) -> list[str]:
        """Send a photo; the actions of the answer's buttons."""
        form = FormData({"text": ""}, default_to_multipart=True)
        form.add_field("photo", photo, filename="photo")
        url = self._house.url("/api/messages")
        async with self._client.post(url, data=form) as response:
            [reply] = (await response.json())["replies"]
        return [one["action"] for row in reply["buttons"] for one in row if one["action"]]

    async def taps(self, action: str) -> list[Json]:
        url = self._house.url("/api/taps")
        async with self._client.post(url, json={"action": action}) as response:
            assert response.status == 200
            return (await response.json())["replies"]


@pytest_asyncio.fixture(loop_scope="module")
async def strangers(house: WebHouse) -> AsyncIterator[tuple[Stranger, Stranger]]:
    async with (
        ClientSession(cookie_jar=CookieJar(unsafe=True)) as one,
        ClientSession(cookie_jar=CookieJar(unsafe=True)) as other,
    ):
        for client in (one, other):
            await client.get(house.url("/"))
        yield Stranger(house, one), Stranger(house, other)


async def test_another_visitors_button_is_refused_and_changes_nothing(
    strangers: tuple[Stranger, Stranger],
) -> None:
    owner, other = strangers
    actions = [one for one in await owner.asks(DRESS) if one not in BARE]
    assert len(actions) > 5
    for action in actions:
        [reply] = await other.taps(action)
        assert reply["notice"] == texts.NO_LONGER_WORKS
        assert [reply["text"], reply["album"], reply["buttons"]] == ["", [], []]
    [liked] = await owner.taps(actions[0])
    assert liked["notice"].startswith("♥ Liked")


@pytest.mark.parametrize(
    "forged",
    [
        "",
        "like",
        "like:../../etc/passwd",
        "like:{key}:0:a0-5",
        "like:{key}:6:a0-5",
        "like:{key}:1:a0-999",
        "more:{key}:24:a20-24",
        "anyway:' OR 1=1 --",
        "garment:\u202e\u200b",
        "<script>alert(1)</script>",
        "like:{key}:1:a0-5\x00",
        "\ud800",
        "x" * 5_000,
    ],
)
async def test_a_forged_action_gets_the_same_sentence(
    strangers: tuple[Stranger, Stranger], forged: str
) -> None:
    person, _ = strangers
    key = (await person.asks(DRESS))[0].split(":")[1]
    [reply] = await person.taps(forged.replace("{key}", key))
    assert reply["notice"] == texts.NO_LONGER_WORKS
    assert [reply["text"], reply["album"], reply["buttons"]] == ["", [], []]
