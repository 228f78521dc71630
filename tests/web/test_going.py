"""``/go/…``: a redirect to the shop for people, uncounted for programs, a sentence otherwise."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.conversation.going import Going, GoLinks
from bot.conversation.texts import texts_in
from bot.web.going import go_routes
from core.looks import Look
from core.storage.answers import Answer, AnswerStore
from core.storage.catalogue import CatalogueStore
from core.storage.database import Database, database_url, migrate
from core.storage.opens import Opening, OpenStore
from core.storage.signals import SignalStore
from core.storage.stats import StatsStore
from tests.storage.records import NIGHT, record, store_with

PERSON = {"User-Agent": "Mozilla/5.0 (Linux; Android 13; CUBOT X70) Chrome/130.0 Mobile"}

ANSWER = Answer(
    platform="web",
    chat_id="c",
    person_id="ann",
    product_ids=(1,),
    scores=(0.9,),
    shown=1,
    look=Look(fashion=1.0, seen=""),
    created_at=NIGHT,
)


class Door:
    """The bot's web server, one link that leads through it, and what is counted."""

    def __init__(
        self, client: TestClient, link: str, *, stats: StatsStore, catalogue: CatalogueStore
    ) -> None:
        self.client, self.link = client, link
        self._stats, self._catalogue = stats, catalogue

    async def moves(self, address: str) -> None:
        """The shop shows the product at another address from now on."""
        await self._catalogue.save("shop", [record("a", url=address)], seen_at=NIGHT)

    async def opens(self) -> int:
        return (await self._stats.since(NIGHT)).opens


@pytest.fixture
async def door(tmp_path: Path) -> AsyncIterator[Door]:
    where = database_url(None, tmp_path)
    await migrate(where)
    async with Database.open(where) as database:
        catalogue = await store_with(database, record("a"))
        key = (await AnswerStore(database).save(ANSWER)).key
        opens = OpenStore(database)
        links = GoLinks("", await opens.secret())
        going = Going(
            links,
            catalogue=catalogue,
            opens=opens,
            signals=SignalStore(database),
            now=lambda: NIGHT,
        )
        application = web.Application()
        application.add_routes(go_routes(going))
        async with TestClient(TestServer(application)) as client:
            link = links.link(Opening(key=key, product_id=1, rank=1))
            yield Door(client, link, stats=StatsStore(database), catalogue=catalogue)


async def test_a_person_is_led_to_the_shop_and_counted_once(door: Door) -> None:
    for _ in range(2):
        response = await door.client.get(door.link, headers=PERSON, allow_redirects=False)
        assert response.status == 302
        assert response.headers["Location"] == "https://shop.test/a"
        assert response.headers["Cache-Control"] == "no-store"
        assert response.headers["Referrer-Policy"] == "no-referrer"
    assert await door.opens() == 1


@pytest.mark.parametrize(
    "headers",
    [
        {"User-Agent": "TelegramBot (like TwitterBot)"},
        {"User-Agent": "Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)"},
        {"User-Agent": "facebookexternalhit/1.1"},
        {"User-Agent": ""},
        {**PERSON, "Sec-Purpose": "prefetch;prerender"},
    ],
)
async def test_a_program_is_led_there_too_and_not_counted(
    door: Door, headers: dict[str, str]
) -> None:
    response = await door.client.get(door.link, headers=headers, allow_redirects=False)
    assert response.status == 302
    assert await door.opens() == 0


async def test_asking_for_the_head_alone_is_not_counted(door: Door) -> None:
    response = await door.client.head(door.link, headers=PERSON, allow_redirects=False)
    assert (response.status, response.headers["Location"]) == (302, "https://shop.test/a")
    assert await door.opens() == 0


async def test_an_address_in_other_letters_is_led_to_as_browsers_write_it(door: Door) -> None:
    await door.moves("https://shop.test/платье?a=1&b=%20#c")
    response = await door.client.get(door.link, headers=PERSON, allow_redirects=False)
    path = "%D0%BF%D0%BB%D0%B0%D1%82%D1%8C%D0%B5"
    assert response.headers["Location"] == f"https://shop.test/{path}?a=1&b=%20#c"


@pytest.mark.parametrize(
    "path", ["/go/a1.1.abcdefgh.AAAAAAAAAAAAAAAA", "/go/https.evil.example", "/go/x"]
)
async def test_what_we_did_not_write_is_answered_in_the_visitors_language(
    door: Door, path: str
) -> None:
    headers = {**PERSON, "Accept-Language": "de"}
    response = await door.client.get(path, headers=headers, allow_redirects=False)
    assert response.status == 404
    assert "Location" not in response.headers
    assert texts_in("de").PRODUCT_GONE in await response.text()
