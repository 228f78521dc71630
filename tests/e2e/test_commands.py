"""The commands, as somebody types them."""

import asyncio
import csv
import json
import socket
import sys
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from core.vision.eye import Eye
from data.demo_shop.catalogue import DemoCatalogue, picture
from tests.e2e.process import PROJECT, command, environment, own_cache, typed

PRODUCTS = DemoCatalogue().products


def thing(number: int) -> bytes:
    """A JPEG of something on white; drawn in no time, as ``picture`` is not."""
    tiles = np.random.default_rng(number).integers(0, 200, (6, 4, 3), np.uint8)
    image = Image.new("RGB", (200, 240), "white")
    image.paste(Image.fromarray(tiles).resize((120, 180), Image.Resampling.NEAREST), (40, 30))
    image.save(out := BytesIO(), "JPEG")
    return out.getvalue()


def names_in(directory: str) -> list[str]:
    return [path.name for path in Path(directory).iterdir()]


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    return environment(tmp_path / "state", TWINSET_DEMO_SHOP="off")


async def test_migrate_needs_neither_network_nor_shop(env: dict[str, str]) -> None:
    for run in (typed, command):
        assert await run("migrate", env=env) == (0, "The database is up to date.\n", "")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("ask", "nowhere.jpg"), "There is no file nowhere.jpg."),
        (("embed", "nowhere.txt", "--out", "x.npz"), "nowhere.txt"),
        (("train", "photos", "--out", "eye.npz", "--steps", "0"), "--steps must be more than 0"),
        (("train", "photos", "--out", "eye.npz", "--batch", "7"), "--batch must be even"),
        (("train", "photos", "--out", "eye.npz", "--seed", "-1"), "--seed must be 0 or more"),
        (("scrape", "nosuch"), "There is no shop 'nosuch'"),
        (("import", "nowhere"), "nowhere"),
        (("embed", "list.txt", "--out", "nowhere/x.npz"), "there is no folder nowhere"),
        (("train", "photos", "--out", "nowhere/x.npz"), "there is no folder nowhere"),
        (("outfit", "photo.jpg", "--out", "tests"), "it is a folder"),
        (("evaluate", "photos", "--sheet", "nowhere/x.jpg"), "there is no folder nowhere"),
    ],
)
async def test_a_wrong_argument_gets_a_sentence(
    env: dict[str, str], arguments: tuple[str, ...], says: str
) -> None:
    status, out, err = await command(*arguments, env=env)
    assert status != 0
    assert out == ""
    assert says in err
    assert "Traceback" not in err


async def test_a_wrong_setting_is_named(env: dict[str, str]) -> None:
    status, _, err = await typed("migrate", env={**env, "PORT": "many"})
    assert status == 1
    assert "PORT" in err


@pytest.mark.parametrize(
    ("below", "says"),
    [
        ("file", "TWINSET_STATE_DIR: {state} cannot be made: Not a directory."),
        ("twinset.sqlite3", "The database {state} is damaged: file is not a database."),
    ],
)
async def test_a_state_that_cannot_be_used_gets_a_sentence(
    env: dict[str, str], tmp_path: Path, below: str, says: str
) -> None:
    (tmp_path / below).write_bytes(b"something else entirely" * 100)
    state = tmp_path / "file" / "state" if below == "file" else tmp_path
    status, out, err = await command("migrate", env={**env, "TWINSET_STATE_DIR": str(state)})
    assert (status, out) == (1, "")
    shown = state if below == "file" else tmp_path / below
    assert err == f"twinset: {says.format(state=shown)}\n"


@pytest.mark.parametrize(
    ("command_line", "status", "says"),
    [
        ("| true; exit ${PIPESTATUS[0]}", 141, ""),
        ("> /dev/full", 1, "twinset: The answer cannot be written: No space left on device.\n"),
    ],
)
async def test_an_answer_that_nobody_takes_leaves_no_traceback(
    env: dict[str, str], command_line: str, status: int, says: str
) -> None:
    process = await asyncio.create_subprocess_exec(
        *("bash", "-c", f"{sys.executable} -m bot migrate {command_line}"),
        cwd=PROJECT,
        env=env,
        stderr=asyncio.subprocess.PIPE,
    )
    _, err = await process.communicate()
    assert (process.returncode, err.decode()) == (status, says)


@pytest.mark.parametrize(
    ("variables", "says"),
    [
        ({}, "set PORT to a free one"),
        ({"TWINSET_WEB_HOST": "999.9.9.9"}, "set TWINSET_WEB_HOST to an address"),
        ({"TWINSET_WEB_HOST": "192.0.2.1"}, "set TWINSET_WEB_HOST to an address"),
    ],
)
async def test_a_start_that_fails_ends_in_its_sentence_alone(
    env: dict[str, str], variables: dict[str, str], says: str
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        env |= {"PORT": str(port), "TWINSET_WEB_CHAT": "on", "TWINSET_RATES_URL": "off"}
        status, out, err = await command("run", env=env | variables)
    assert (status, out) == (1, "")
    assert "Traceback" not in err
    assert "CancelledError" not in err
    assert says in err.splitlines()[-1]


async def test_an_import_of_no_photo_at_all_says_so(env: dict[str, str], tmp_path: Path) -> None:
    folder = tmp_path / "boutique"
    folder.mkdir()
    (folder / "1.jpg").write_bytes(b"no photo")
    (folder / "products.csv").write_text("image,title\n1.jpg,A ghost\n")
    status, out, err = await command("import", str(folder), env=env)
    assert status == 1
    assert "0 photos embedded" in out
    assert "None of the photos could be read" in err


async def test_an_imported_folder_is_searchable(env: dict[str, str], tmp_path: Path) -> None:
    folder = tmp_path / "boutique"
    folder.mkdir()
    chosen = PRODUCTS[::40]
    with (folder / "products.csv").open("w", newline="") as file:
        table = csv.writer(file)
        table.writerow(["image", "title", "price", "currency", "url"])
        for number, product in enumerate(chosen):
            (folder / f"{number}.jpg").write_bytes(picture(product))
            url = f"https://boutique.example/{number}"
            table.writerow([f"{number}.jpg", product.title, "19.90", "EUR", url])
        table.writerow(["missing.jpg", "A ghost", "1.00", "EUR", ""])
    status, out, err = await command("import", str(folder), env=env)
    assert status == 0, err
    assert f"{len(chosen)} new" in out
    assert "missing.jpg" in err
    status, out, err = await command("ask", str(folder / "0.jpg"), "--anyway", env=env)
    assert status == 0, err
    assert chosen[0].title in out.splitlines()[0]


async def test_embed_writes_a_vector_for_each_image(env: dict[str, str], tmp_path: Path) -> None:
    for number in range(3):
        (tmp_path / f"{number}.jpg").write_bytes(picture(PRODUCTS[number]))
    (tmp_path / "3.jpg").write_bytes(b"no photo")
    listed = [str(tmp_path / f"{number}.jpg") for number in (0, 3, 1, 2)]
    (tmp_path / "list.txt").write_text("\n".join(listed))
    out_file = tmp_path / "vectors.npz"
    status, out, err = await command(
        "embed", str(tmp_path / "list.txt"), "--out", str(out_file), env=env
    )
    assert status == 1
    assert "3.jpg" in err
    assert "3 of 4 images" in out
    with np.load(out_file) as saved:
        assert list(saved["paths"]) == listed
        assert saved["vectors"].shape == (4, Eye.read_file().dimension)
        assert np.isnan(saved["vectors"][1]).all()
        assert np.allclose(np.linalg.norm(saved["vectors"][[0, 2, 3]], axis=1), 1, atol=1e-3)


async def test_clothes_are_learned_from_a_folder_and_judged(
    env: dict[str, str], tmp_path: Path
) -> None:
    env |= {"TWINSET_CACHE_DIR": str(own_cache(tmp_path / "cache"))}
    shop = tmp_path / "photos" / "shop"
    shop.mkdir(parents=True)
    lines = ["image,id,gender,articleType,baseColour,image_large"]
    for number, product in enumerate(PRODUCTS[10:26], 10):  # of two kinds
        (shop / f"{number}.jpg").write_bytes(thing(number))
        lines.append(f"{number}.jpg,{number},Women,{product.kind},Red,{number}.jpg")
    (shop / "labels.csv").write_text("\n".join(lines))
    (shop / "13.jpg").write_bytes(b"no photo")
    (shop.parent / "street").mkdir()
    lines = ["image,label,x0,y0,x1,y1,area_frac"]
    for number in (0, 1, 5, 8):  # for learning, for tuning and for judging
        (shop.parent / "street" / f"{number}.jpg").write_bytes(thing(100 + number))
        lines.append(f"{number}.jpg,dress,40,30,160,210,0.3")
    (shop.parent / "street" / "labels.csv").write_text("\n".join(lines))
    out_file = tmp_path / "eye.npz"
    arguments = ("train", str(shop.parent), "--out", str(out_file), "--steps", "1", "--batch", "8")
    status, out, err = await command(*arguments, env=env)
    assert status == 0, err
    assert "13.jpg is left out" in err
    assert "32 photos" in out
    assert "same kind |" in out
    assert Eye.read_file(out_file).dimension > 128
    assert not any(name.startswith("training") for name in names_in(env["TWINSET_CACHE_DIR"]))
    sheet = tmp_path / "sheet.jpg"
    judging = ("evaluate", str(shop.parent), "--eye", str(out_file), "--held-out", "--json")
    status, out, err = await command(*judging, "--sheet", str(sheet), env=env)
    assert status == 0, err
    figures, nearest = json.loads(out), "five nearest of a product: same"
    assert figures["Twinset"][f"{nearest} gender"]["share"] == 1
    counts = {column: found[f"{nearest} kind"]["count"] for column, found in figures.items()}
    assert counts["ResNet-50"] == counts["Twinset"] > 0
    assert figures["Twinset"]["street: garments found in their family"]["count"] > 0
    with Image.open(sheet) as drawn:
        assert drawn.width >= 160


async def test_outfits_are_learned_from_a_folder_judged_and_refused_to_another_eye(
    env: dict[str, str], tmp_path: Path
) -> None:
    env |= {"TWINSET_CACHE_DIR": str(own_cache(tmp_path / "cache"))}
    folder = tmp_path / "looks"
    folder.mkdir()
    lines = ["outfit,image"]
    for number in range(48):
        (folder / f"{number}.jpg").write_bytes(thing(number))
        lines += [f"{look},{number}.jpg" for look in range(number, number + 4)]
    (folder / "outfits.csv").write_text("\n".join(lines))
    out_file = tmp_path / "outfits.npz"
    arguments = ("train", str(folder), "--out", str(out_file), "--steps", "5")
    status, out, err = await command(*arguments, env=env)
    assert status == 0, err
    assert "49 outfits" in out
    assert "| outfits: the right one of four |" in out
    first = out_file.read_bytes()
    status, again, err = await command(*arguments, env=env)
    assert status == 0, err
    assert (again, out_file.read_bytes()) == (out, first)
    judging = ("evaluate", str(folder), "--outfits", str(out_file), "--json")
    status, out, err = await command(*judging, env=env)
    assert status == 0, err
    assert json.loads(out)["Twinset"]["outfits: whole ones, together or not"]["count"] > 0
    with np.load(out_file) as learned:
        arrays = {**learned, "fingerprint": np.array("another")}
    np.savez(out_file, **arrays)
    status, out, err = await command(*judging, env=env)
    assert "learned with the network another" in err
    assert json.loads(out) == {}
