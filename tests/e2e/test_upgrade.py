"""A version that sees with another network: what was embedded by the old one is embedded anew."""

import asyncio
import csv
import shutil
import sqlite3
from pathlib import Path

from aiohttp import ClientSession, CookieJar, FormData

from core.storage.database import FILE_NAME
from data.demo_shop.catalogue import DemoCatalogue, picture
from tests.e2e.process import BotProcess, command, environment, free_port

PRODUCTS = DemoCatalogue().products[::30]


async def test_the_catalogue_embeds_itself_anew_without_waiting_for_the_night(
    tmp_path: Path,
) -> None:
    port = free_port()
    env = environment(tmp_path / "state", TWINSET_DEMO_SHOP="off", PORT=port)
    folder = tmp_path / "boutique"
    folder.mkdir()
    with (folder / "products.csv").open("w", newline="") as file:
        table = csv.writer(file)
        table.writerow(["image", "title"])
        for number, product in enumerate(PRODUCTS):
            (folder / f"{number}.jpg").write_bytes(picture(product))
            table.writerow([f"{number}.jpg", product.title])
    status, _, err = await command("import", str(folder), env=env)
    assert status == 0, err
    with sqlite3.connect(tmp_path / "state" / FILE_NAME) as database:
        database.execute("UPDATE vectors SET fingerprint = 'of another network'")
    database.close()
    shutil.rmtree(tmp_path / "state" / "index")
    bot = BotProcess(env)
    await bot.start()
    try:
        titles = await album(f"http://127.0.0.1:{port}/", picture(PRODUCTS[0]))
    finally:
        assert await bot.stop() == 0
    assert titles[0] == PRODUCTS[0].title
    assert "Traceback" not in bot.log


async def album(page: str, photo: bytes) -> list[str]:
    """The titles of the first album that a photo is answered with, however often it takes."""
    async with (
        asyncio.timeout(60),
        ClientSession(page, cookie_jar=CookieJar(unsafe=True)) as browser,
    ):
        await browser.get("/")
        while True:
            form = FormData({"text": ""})
            form.add_field("photo", photo, filename="photo.jpg")
            async with browser.post("/api/messages", data=form) as response:
                [reply] = (await response.json())["replies"]
            if reply["album"]:
                return [card["title"] for card in reply["album"]]
            await asyncio.sleep(0.2)
