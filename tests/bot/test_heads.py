"""Light heads from the setting to the answer."""

import csv
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.app import Core, open_core
from bot.settings import DemoSettings, Settings, Switch
from bot.terminal import answer_photo
from tests.support.networks import Versions
from tests.support.shop_world import png
from tests.support.taught_backbone import BLUE, PURPLE, RED, TaughtBackbone

THINGS = {"Dresses": BLUE, "T-Shirts": RED, "Salopettes": PURPLE}


@asynccontextmanager
async def opened(state: Path, *, fit_heads: bool) -> AsyncIterator[Core]:
    settings = Settings(
        state_dir=state,
        shops_dir=state / "shops",
        demo=DemoSettings(shop=Switch.OFF),
        fit_heads=fit_heads,
    )
    name = TaughtBackbone.fingerprint
    networks = Versions(name, {name: TaughtBackbone}, {name}, eye=TaughtBackbone.eye)
    async with open_core(settings, networks=networks) as core:
        yield core


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A shop with a kind of its own, to import."""
    folder = tmp_path_factory.mktemp("boutique")
    with (folder / "products.csv").open("w", newline="") as file:
        table = csv.writer(file)
        table.writerow(["image", "title", "category"])
        for kind, (red, green, blue) in THINGS.items():
            for number in range(40):
                name = f"{kind}-{number}.png"
                shade = (red + number % 7, green + number % 5, blue + number // 5)
                (folder / name).write_bytes(png(shade))
                table.writerow([name, f"Number {number}", kind])
    return folder


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """What somebody sends."""
    file = tmp_path / "photo.png"
    file.write_bytes(png(PURPLE))
    return file


async def recognised(core: Core, photo: Path) -> str | None:
    reply = await answer_photo(core.conversation, photo)
    assert reply.look
    return reply.look.kind


async def test_after_the_night_the_shops_own_kind_is_recognised(
    tmp_path: Path, folder: Path, photo: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", logger="scraping.night")
    async with opened(tmp_path, fit_heads=True) as core:
        await core.importer.run(folder)
        await core.night.rebuild(allow_shrink=True)
        before = await core.index.ready()
        assert await recognised(core, photo) in {"dress", "t-shirt"}
        report = await core.night.run([])
        assert [fit.of for fit in report.fits if fit.head] == ["kind"]
        assert report.problems == ()
        (line,) = [line for line in caplog.messages if line.startswith("heads: ")]
        assert "kind adopted: 3 names" in line
        assert await recognised(core, photo) == "salopettes"
        after = await core.index.ready()
        assert before
        assert after
        assert (after.fingerprint, after.rows) == (before.fingerprint, before.rows)
    async with opened(tmp_path, fit_heads=True) as core:
        assert await recognised(core, photo) == "salopettes"
    async with opened(tmp_path, fit_heads=False) as core:
        assert await recognised(core, photo) in {"dress", "t-shirt"}


async def test_nothing_is_fitted_unless_asked_for(
    tmp_path: Path, folder: Path, photo: Path
) -> None:
    assert not Settings().fit_heads
    async with opened(tmp_path, fit_heads=False) as core:
        await core.importer.run(folder)
        report = await core.night.run([])
        assert report.fits == ()
        assert await recognised(core, photo) in {"dress", "t-shirt"}
    assert not (tmp_path / "heads").exists()


async def test_heads_that_cannot_be_kept_are_a_problem_and_no_more(
    tmp_path: Path, folder: Path, photo: Path
) -> None:
    async with opened(tmp_path, fit_heads=True) as core:
        await core.importer.run(folder)
        (tmp_path / "heads").mkdir()  # in the way
        report = await core.night.run([])
        assert report.generation
        assert [problem.partition(":")[0] for problem in report.problems] == ["Light heads"]
        assert await recognised(core, photo) in {"dress", "t-shirt"}
