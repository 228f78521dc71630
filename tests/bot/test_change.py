"""An update that brings another network: the one before answers until the new one has its index."""

import asyncio
import csv
import gc
import json
import threading
import weakref
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import date, time
from pathlib import Path
from shutil import copyfile, copytree, rmtree
from time import sleep

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from bot.app import Core, open_core, utc_now
from bot.service import open_service
from bot.settings import DemoSettings, Settings, Switch, WebSettings
from bot.terminal import answer_photo, as_json
from core.errors import Unavailable
from core.picks import Wanted
from core.storage.people import Subscription
from core.storage.signals import Owner
from core.vision.features import Backbone, Features
from tests.support.colour_backbone import ColourBackbone
from tests.support.networks import NewBackbone, Versions

COUNT = 150
OLD, NEW = ColourBackbone.fingerprint, NewBackbone.fingerprint


@dataclass(slots=True)
class Installation:
    """A disk with a catalogue on it; each opening is a process of a version."""

    directory: Path
    kept: set[str] = field(default_factory=set)
    loads: dict[str, Callable[[], Backbone]] = field(
        default_factory=lambda: {OLD: ColourBackbone, NEW: NewBackbone}
    )

    @property
    def settings(self) -> Settings:
        return Settings(
            state_dir=self.directory / "state",
            shops_dir=self.directory / "shops",
            demo=DemoSettings(shop=Switch.OFF),
            web=WebSettings(chat=Switch.OFF),
            rates_url="off",
        )

    @property
    def photo(self) -> Path:
        """Of thing 7."""
        return self.directory / "photo.png"

    @asynccontextmanager
    async def opened(self, version: str) -> AsyncIterator[Core]:
        async with open_core(
            self.settings, networks=Versions(version, self.loads, self.kept)
        ) as core:
            yield core

    @asynccontextmanager
    async def serving(self, version: str) -> AsyncIterator[Core]:
        async with self.opened(version) as core, open_service(self.settings, core):
            yield core

    async def answer(self, core: Core) -> Mapping[str, object]:
        found: dict[str, object] = json.loads(
            as_json(await answer_photo(core.conversation, self.photo))
        )
        return found


class HeldBackbone(NewBackbone):
    """Warms up, sees ``count`` photos, and then waits until it may."""

    def __init__(self, count: int) -> None:
        self.may_run = threading.Event()
        self.reached = threading.Event()
        self._left = count + 2 * min(self.batch_sizes)

    def forward(self, pixels: NDArray[np.uint8]) -> Features:
        self._left -= len(pixels)
        if self._left < 0:
            self.reached.set()
            assert self.may_run.wait(10)
        return super().forward(pixels)


class SlowBackbone(NewBackbone):
    """Takes its time."""

    def forward(self, pixels: NDArray[np.uint8]) -> Features:
        sleep(0.05)
        return super().forward(pixels)


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not condition():  # noqa: ASYNC110 - what is awaited happens in other threads too
            await asyncio.sleep(0.01)


async def install(directory: Path) -> Installation:
    installation = Installation(directory)
    folder = directory / "boutique"
    folder.mkdir(parents=True)
    rng = np.random.default_rng(3)
    with (folder / "products.csv").open("w", newline="") as file:
        table = csv.writer(file)
        table.writerow(["image", "title", "category"])
        for number in range(COUNT):
            tiles = rng.integers(0, 255, (8, 8, 3), dtype=np.uint8)
            Image.fromarray(tiles).resize((64, 64), 0).save(folder / f"{number}.png")
            table.writerow([f"{number}.png", f"Thing {number}", "Shirts"])
    copyfile(folder / "7.png", installation.photo)
    async with installation.opened(OLD) as core:
        await core.importer.run(folder)
        await core.night.rebuild(allow_shrink=True)
    return installation


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    return asyncio.run(install(tmp_path_factory.mktemp("change") / "disk"))


@pytest.fixture
def installed(made: Installation) -> Iterator[Installation]:
    """A catalogue that the version before has embedded and indexed.

    It knows its pictures by where they lie, so that every test has it in that one place.
    """
    aside = made.directory.with_name("aside")
    made.directory.rename(aside)
    copytree(aside, made.directory)
    yield replace(made, kept=set(made.kept), loads=dict(made.loads))
    rmtree(made.directory)
    aside.rename(made.directory)


async def test_an_update_answers_at_once_as_the_version_before(installed: Installation) -> None:
    async with installed.opened(OLD) as core:
        before = await installed.answer(core)
    async with installed.opened(NEW) as core:
        assert await installed.answer(core) == before
        assert (core.embedder.changing, core.embedder.backbone.fingerprint) == (True, OLD)
    assert installed.kept == {OLD}


async def test_when_all_is_embedded_the_new_network_answers_and_the_old_one_is_let_go(
    installed: Installation,
) -> None:
    made: list[weakref.ref[ColourBackbone]] = []

    def load() -> ColourBackbone:
        backbone = ColourBackbone()
        made.append(weakref.ref(backbone))
        return backbone

    installed.loads[OLD] = load
    async with installed.serving(NEW) as core:
        await until(lambda: NEW in installed.kept)
        assert (core.embedder.changing, core.embedder.backbone.fingerprint) == (False, NEW)
        info = await core.index.ready()
        assert info is not None
        assert (info.fingerprint, info.products) == (NEW, COUNT)
        answer = await installed.answer(core)
        assert answer["matches"][0]["title"] == "Thing 7"  # type: ignore[index]
        gc.collect()
        assert [backbone() for backbone in made] == [None]
    assert installed.kept == {NEW}
    async with installed.opened(NEW) as core:
        assert not core.embedder.changing
        assert await installed.answer(core) == answer


async def test_questions_are_answered_by_the_old_one_all_the_while(
    installed: Installation,
) -> None:
    installed.loads[NEW] = SlowBackbone
    answers: list[Mapping[str, object]] = []
    async with installed.serving(NEW) as core:
        while core.embedder.changing:
            answers.append(await installed.answer(core))
        last = await installed.answer(core)
    before = answers[0]
    # The one during which the change took place may be of either.
    assert answers[:-1] == [before] * (len(answers) - 1)
    assert answers[-1] in (before, last)
    assert len(answers) > 5


async def test_a_photo_that_the_old_one_saw_is_searched_among_what_the_old_one_saw(
    installed: Installation,
) -> None:
    async with installed.opened(NEW) as core:
        sight = await core.embedder.see(installed.photo.read_bytes())
        before = await core.search.similar(sight.embedding, fingerprint=sight.fingerprint)
        await core.night.embed_missing()
        await core.night.rebuild()
        after = await core.search.similar(sight.embedding, fingerprint=sight.fingerprint)
        assert after == before
        later = await core.embedder.see(installed.photo.read_bytes())
        assert (sight.fingerprint, later.fingerprint) == (OLD, NEW)
        [best] = await core.search.similar(later.embedding, k=1, fingerprint=later.fingerprint)
        assert best.product.title == "Thing 7"


async def test_killed_in_between_it_goes_on_where_it_was(installed: Installation) -> None:
    held = HeldBackbone(count=110)
    installed.loads[NEW] = lambda: held
    async with installed.serving(NEW) as core:
        before = await installed.answer(core)
        await until(held.reached.is_set)
        asyncio.get_running_loop().call_later(0.2, held.may_run.set)
    installed.loads[NEW] = NewBackbone
    async with installed.opened(NEW) as core:
        assert core.embedder.changing
        assert await installed.answer(core) == before
        counts = await core.night.embed_missing()
        assert 0 < counts.embedded <= COUNT - 64
        assert (await core.night.rebuild()).products == COUNT
        assert not core.embedder.changing
    assert installed.kept == {NEW}


async def test_picks_are_found_among_what_the_old_one_saw(installed: Installation) -> None:
    async with installed.opened(NEW) as core:
        [liked] = await core.stores.catalogue.newest(1)
        await core.stores.people.toggle_like("web", "ann", liked.id)
        subscription = await core.stores.people.subscribe(
            Subscription(
                platform="web",
                chat_id="c",
                person_id="ann",
                at=time(9),
                timezone="UTC",
                created_at=utc_now(),
            )
        )
        picks = await core.picker.picks(
            "web",
            Wanted(
                owner=Owner("ann"),
                local_date=date(2026, 3, 10),
                subscription_id=subscription.id,
            ),
        )
        assert all(pick.reason.liked for pick in picks)


async def test_without_what_the_old_one_is_made_of_the_catalogue_embeds_itself_as_ever(
    installed: Installation,
) -> None:
    installed.kept.clear()
    async with installed.serving(NEW) as core:
        assert (core.embedder.changing, core.embedder.backbone.fingerprint) == (False, NEW)
        await until(lambda: core.index.current is not None and core.index.current.info.rows > 0)
        assert (await installed.answer(core))["matches"]


async def test_an_old_one_that_does_not_load_is_done_without(installed: Installation) -> None:
    def broken() -> Backbone:
        raise Unavailable("It does not load.")

    installed.loads[OLD] = broken
    async with installed.opened(NEW) as core:
        assert (core.embedder.changing, core.embedder.backbone.fingerprint) == (False, NEW)
        assert not await core.ready()


async def test_a_damaged_index_of_the_old_one_is_done_without(installed: Installation) -> None:
    for file in (installed.directory / "state" / "index").glob("*/vectors.npy"):
        file.write_bytes(b"damaged")
    async with installed.opened(NEW) as core:
        assert (core.embedder.changing, core.embedder.backbone.fingerprint) == (False, NEW)


async def test_while_the_new_one_does_not_load_nights_leave_the_old_one_in_its_place(
    installed: Installation,
) -> None:
    def broken() -> Backbone:
        raise Unavailable("It does not load.")

    installed.loads[NEW] = broken
    async with installed.opened(NEW) as core:
        before = await installed.answer(core)
        report = await core.night.run([])
        assert report.problems == ("Embedding: It does not load.",)
        assert report.generation is None
        assert core.embedder.changing
        assert await installed.answer(core) == before
        with pytest.raises(Unavailable):
            await core.night.rebuild(allow_shrink=True)
        assert await installed.answer(core) == before
    assert installed.kept == {OLD}


async def test_too_few_new_vectors_are_no_reason_to_change(
    installed: Installation, caplog: pytest.LogCaptureFixture
) -> None:
    rmtree(installed.directory / "state" / "pictures")
    for number in range(COUNT // 2):
        (installed.directory / "boutique" / f"{number}.png").unlink()
    async with installed.serving(NEW) as core:
        before = await installed.answer(core)
        await until(lambda: "answers until the next night" in caplog.text)
        assert core.embedder.changing
        assert await installed.answer(core) == before
