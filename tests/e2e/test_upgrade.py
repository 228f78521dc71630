"""A version that sees with another network: what was embedded by the old one is embedded anew."""

import asyncio
import csv
import shutil
import sqlite3
from dataclasses import replace
from functools import partial
from pathlib import Path

from aiohttp import ClientSession, CookieJar, FormData

from bot.app import open_core
from bot.settings import DemoSettings, Settings, Switch
from bot.terminal import answer_photo, as_text
from core.storage.database import FILE_NAME
from core.vision.backbone import fingerprint
from core.vision.eye import Eye
from core.vision.loading import resnet50_network
from core.vision.networks import KeptEyes
from core.vision.tensors import IMAGENET_DIGEST
from data.demo_shop.catalogue import DemoCatalogue, picture
from tests.e2e.process import BotProcess, command, environment, free_port

PRODUCTS = DemoCatalogue().products[::30]


async def test_the_catalogue_embeds_itself_anew_without_waiting_for_the_night(
    tmp_path: Path,
) -> None:
    port = free_port()
    env = environment(tmp_path / "state", TWINSET_DEMO_SHOP="off", PORT=port)
    status, _, err = await command("import", str(boutique(tmp_path)), env=env)
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


async def test_the_version_before_answers_until_the_new_one_has_embedded_everything(
    tmp_path: Path,
) -> None:
    port = free_port()
    env = environment(tmp_path / "state", TWINSET_DEMO_SHOP="off", PORT=port)
    said, before = await installed_before(tmp_path)
    status, out, err = await command("ask", str(tmp_path / "boutique" / "0.jpg"), env=env)
    assert status == 0, err
    assert out == said + "\n"
    assert f"{before} answers until" in err
    bot = BotProcess(env)
    await bot.start()
    try:
        async with asyncio.timeout(60):
            while "answers now" not in bot.log:  # noqa: ASYNC110 - another process says so
                await asyncio.sleep(0.1)
        titles = await album(f"http://127.0.0.1:{port}/", picture(PRODUCTS[0]))
    finally:
        assert await bot.stop() == 0
    assert titles[0] == PRODUCTS[0].title
    assert "Traceback" not in bot.log
    assert kept(tmp_path) == [fingerprint(IMAGENET_DIGEST, Eye.read_file())]


async def test_an_import_meanwhile_takes_everything_along(tmp_path: Path) -> None:
    env = environment(tmp_path / "state", TWINSET_DEMO_SHOP="off")
    _, before = await installed_before(tmp_path)
    (tmp_path / "other").mkdir()
    status, _, err = await command("import", str(boutique(tmp_path / "other", "late")), env=env)
    assert status == 0, err
    assert f": {2 * len(PRODUCTS)} products, " in err
    assert before not in kept(tmp_path)


async def installed_before(directory: Path) -> tuple[str, str]:
    """A catalogue as a version with another eye left it.

    Gives what that version says to the first product's photo, and its network's fingerprint.
    """
    state = directory / "state"
    settings = Settings(
        state_dir=state, shops_dir=state / "shops", demo=DemoSettings(shop=Switch.OFF)
    )
    describe = partial(
        resnet50_network,
        path=None,
        cache_dir=settings.cache_dir.expanduser(),
        precision="auto",
        runtime="auto",
    )
    networks = KeptEyes(state / "eyes", describe, shipped=another_eye(directory / "before.npz"))
    async with open_core(settings, networks=networks) as core:
        await core.importer.run(boutique(directory))
        await core.night.rebuild(allow_shrink=True)
        reply = await answer_photo(core.conversation, directory / "boutique" / "0.jpg")
    [before] = kept(directory)
    return as_text(reply), before


def kept(directory: Path) -> list[str]:
    """The fingerprints whose eyes are kept."""
    return [file.stem for file in (directory / "state" / "eyes").iterdir()]


def boutique(directory: Path, name: str = "boutique") -> Path:
    """A folder to import."""
    folder = directory / name
    folder.mkdir()
    with (folder / "products.csv").open("w", newline="") as file:
        table = csv.writer(file)
        table.writerow(["image", "title"])
        for number, product in enumerate(PRODUCTS):
            (folder / f"{number}.jpg").write_bytes(picture(product))
            table.writerow([f"{number}.jpg", product.title])
    return folder


def another_eye(file: Path) -> Path:
    """The shipped one with other weights: the same graph, and another space."""
    eye = Eye.read_file()
    eye.but(
        spaces={name: replace(space, weight=space.weight / 2) for name, space in eye.spaces.items()}
    ).write(file)
    return file


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
