"""`python -m bot benchmark`: every figure beside its limit, on whatever catalogue there is."""

import asyncio
import csv
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.app import Core, open_core
from bot.benchmark import Effort, index_part, measured, memory_part
from bot.figures import Report
from bot.settings import DemoSettings, Settings, Switch
from core.index.build import BuildOptions
from core.index.index import Index
from data.demo_shop.catalogue import DemoCatalogue, picture
from tests.index.rows import chunks, unit_vectors
from tests.support.colour_backbone import ColourBackbone
from tests.support.networks import Versions

QUICK = Effort(pictures=6, rounds=1, phone_photos=1, answers=2, queries=5)
NETWORK = ColourBackbone()
PRODUCTS = DemoCatalogue().products[:8]


@asynccontextmanager
async def opened(state: Path) -> AsyncIterator[Core]:
    settings = Settings(
        state_dir=state, shops_dir=state / "shops", demo=DemoSettings(shop=Switch.OFF)
    )
    name = NETWORK.fingerprint
    async with open_core(settings, networks=Versions(name, {name: lambda: NETWORK}, set())) as core:
        yield core


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A few products to import."""
    folder = tmp_path_factory.mktemp("boutique")
    with (folder / "products.csv").open("w", newline="") as file:
        table = csv.writer(file)
        table.writerow(["image", "title"])
        for number, product in enumerate(PRODUCTS):
            (folder / f"{number}.jpg").write_bytes(picture(product))
            table.writerow([f"{number}.jpg", product.title])
    return folder


async def report_on(state: Path, folder: Path | None = None) -> Report:
    async with opened(state) as core:
        if folder:
            await core.importer.run(folder)
            await core.night.rebuild(allow_shrink=True)
        return await measured(core, effort=QUICK)


@pytest.fixture(scope="module")
def report(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Report:
    """On that folder."""
    return asyncio.run(report_on(tmp_path_factory.mktemp("state"), folder))


def test_speed_and_latency_stand_beside_their_limits_and_bars(report: Report) -> None:
    found = {figure.what: figure for figure in report.figures}
    for what, bar in (
        ("photos a second, many at once", "at least 0.9"),
        ("answer to one 12-megapixel photo, median", "at most 1.25"),
        ("answer to one 12-megapixel photo, p95", "at most 1.6"),
    ):
        figure = found[what]
        assert figure.limit is not None
        assert figure.limit > 0
        assert figure.measured == pytest.approx(figure.ratio * figure.limit)
        assert f"{figure.bar.sense} {figure.bar.ratio}" == bar
        assert figure.met is figure.bar.met_by(figure.ratio)
    memory = found["memory, ready to answer"]
    assert found["memory, anonymous"].measured < memory.measured < memory.limit


def test_the_report_says_whose_pictures_it_was_measured_on(report: Report) -> None:
    assert "Measured on 6 of the catalogue's own pictures." in report.notes


def test_a_small_catalogue_is_called_exact(report: Report) -> None:
    scan = report.figures[-1]
    assert scan.what == "an exact scan of 8 products"
    assert scan.measured > 0
    assert (scan.limit, scan.ratio, scan.met) == (None, None, None)
    assert "The index scans all 8 products for each query, so it is exact." in report.notes


async def test_an_empty_catalogue_is_measured_without_an_index(tmp_path: Path) -> None:
    report = await report_on(tmp_path)
    assert "There is no index yet, so that an answer is a look without matches." in report.notes
    assert any("drawn pictures" in note for note in report.notes)
    whats = " ".join(figure.what for figure in report.figures)
    assert "photos a second" in whats
    assert "12-megapixel" in whats
    assert "scan" not in whats
    assert "recall" not in whats


async def test_an_index_with_trees_stands_beside_the_exact_scan(tmp_path: Path) -> None:
    index = Index(tmp_path, fingerprint="f", options=BuildOptions(scan_rows=0, trees=10))
    await index.rebuild(chunks(unit_vectors(600)))
    assert index.current is not None
    recall, query = index_part(index.current, queries=20).figures
    assert recall.what == "recall@5 among 600 products"
    assert 0.9 < recall.measured <= 1
    assert recall.limit == 1
    assert recall.met is (recall.measured >= 0.99)
    assert query.limit is not None
    assert query.bar is not None
    assert query.ratio == query.measured / query.limit


def test_a_system_that_does_not_tell_its_memory_gets_a_sentence(tmp_path: Path) -> None:
    part = memory_part(None, proc=tmp_path)
    assert part.figures == ()
    assert part.notes == ["This system does not tell how much memory a process holds."]


def test_json_and_text_hold_the_same_figures(report: Report) -> None:
    found = json.loads(report.as_json())
    assert found["fingerprint"] == NETWORK.fingerprint
    assert found["machine"]["cores"] >= 1
    lines = report.as_text().splitlines()
    assert NETWORK.fingerprint in lines[0]
    assert f"{found['machine']['cores']} core" in lines[0]
    assert [figure["what"] for figure in found["figures"]] == [
        figure.what for figure in report.figures
    ]
    for figure in found["figures"]:
        [line] = [line for line in lines if line.startswith(f"{figure['what']}  ")]
        assert figure["unit"] in line
        if figure["met"] is not None:
            assert line.endswith("met" if figure["met"] else "missed")
    assert set(found["notes"]) <= set(lines)
