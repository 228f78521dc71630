"""A photo of several garments: the largest is searched, the others have buttons."""

import asyncio
import io
import json
from collections.abc import AsyncIterator
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from bot.conversation.garments import Garment, no_repeats
from bot.conversation.messages import Sender
from bot.terminal import answer_photo, as_json
from core.looks import Look
from core.photos import open_photo
from core.search import Found
from core.vision.embedder import Sight
from core.vision.eye import FEATURES, Eye, Space
from core.vision.features import Features, Maps
from tests.conversation.test_refining import prices
from tests.scenarios import photos
from tests.scenarios.bare import BareDriver
from tests.scenarios.world import Clock, World, open_world
from tests.support.colour_backbone import ColourBackbone
from tests.support.english import texts

_BOXES = ((0, 60, 96, 164), (128, 56, 224, 168))  # the right one is the larger


class PairBackbone(ColourBackbone):
    """Finds two garments where a picture is twice as wide as high, one in each half."""

    eye = Eye(
        trunk={},
        look={},
        readings={},
        spaces={"cut": Space(np.eye(FEATURES, 2048, dtype=np.float32), weight=1)},
        finders=[{"near/kernel": np.zeros(1, np.float32)}],
        families=("dress", "bag"),
    )

    def forward(self, pixels: NDArray[np.uint8]) -> Features:
        seen = super().forward(pixels)
        maps = [self._maps(photo) for photo in pixels]
        arrays = ("cells", "words", "attention", "found")
        return Features(
            embeddings=seen.embeddings,
            logits=seen.logits,
            maps=Maps(*(np.concatenate([getattr(one, name) for one in maps]) for name in arrays)),
        )

    def _maps(self, photo: NDArray[np.uint8]) -> Maps:
        cells = np.zeros((1, 7, 7, 2048), np.float32)
        found = np.full((1, 14, 14, 2, 6), -9, np.float32)
        if (photo[:48] == 255).all() and (photo[56:168] < 255).any():
            for family, (half, box) in enumerate(zip((0, 112), _BOXES, strict=True)):
                large = photo[56:168, half : half + 112].repeat(2, 0).repeat(2, 1)
                alone = super().forward(large[None]).embeddings[0]
                cells[0, :, box[0] // 32 : box[2] // 32] = alone
                x, y = (box[0] + box[2]) // 2, 112
                row, column = y // 16, x // 16
                middle = (16 * column + 8, 16 * row + 8)
                found[0, row, column, family] = [
                    9,
                    9,
                    middle[0] - box[0],
                    middle[1] - box[1],
                    box[2] - middle[0],
                    box[3] - middle[1],
                ]
        words = np.zeros((1, 14, 14, 64), np.float32)
        return Maps(cells, words, np.ones((1, 7, 7), np.float32), found)


def side_by_side(*garments: bytes) -> bytes:
    wide = Image.new("RGB", (224 * len(garments), 224), "white")
    for number, garment in enumerate(garments):
        wide.paste(Image.open(io.BytesIO(garment)), (224 * number, 0))
    out = io.BytesIO()
    wide.save(out, "PNG")
    return out.getvalue()


PAIR = side_by_side(photos.garment("red", "dress"), photos.garment("navy", "bag"))


@pytest.fixture
async def world(tmp_path: Path, clock: Clock) -> AsyncIterator[World]:
    async with open_world(tmp_path, clock=clock, backbone=PairBackbone) as world:
        await world.stock()
        yield world


async def test_the_largest_garment_is_searched_and_the_others_are_named(ann: BareDriver) -> None:
    seen = await ann.send_photos([PAIR])
    assert seen.album[0] == "Navy bag"
    assert "Also in the photo: dress." in seen.texts[-1]
    assert "Dress" in seen.buttons


async def test_a_tap_on_another_garment_answers_for_it_once(ann: BareDriver) -> None:
    await ann.send_photos([PAIR])
    seen = await ann.tap("Dress")
    assert seen.album[0] == "Red dress"
    assert seen.texts[-1].startswith("Dress · ")
    again = await ann.tap("Dress")
    assert again.notices == (texts.ALREADY_SHOWN,)
    assert not again.album


@pytest.mark.parametrize("caption", ["the dress?", "Kleid", "that dress, in stock"])
async def test_a_kind_in_the_caption_chooses_the_garment(ann: BareDriver, caption: str) -> None:
    seen = await ann.send_photos([PAIR], caption=caption)
    assert seen.album[0] == "Red dress"
    assert "Also in the photo: bag." in seen.texts[-1]
    assert (await ann.tap("Bag")).album[0] == "Navy bag"


async def test_a_kind_that_is_not_in_the_photo_chooses_none(ann: BareDriver) -> None:
    seen = await ann.send_photos([PAIR], caption="with my new hat")
    assert seen.album[0] == "Navy bag"


async def test_filters_hold_for_the_other_garments_too(ann: BareDriver, world: World) -> None:
    await ann.send_command("filters", "under 30 €")
    await ann.send_photos([PAIR])
    seen = await ann.tap("Dress")
    assert len(seen.album) == 5
    assert "Filters: under €30" in seen.texts[0]
    assert set(await prices(world, seen.album)) == {Decimal("29.90")}


async def test_the_others_stay_beside_likes_and_more(ann: BareDriver) -> None:
    await ann.send_photos([PAIR])
    assert "Dress" in (await ann.tap("♡ 1")).buttons
    await ann.tap(texts.MORE)
    first, second = ann.keyboards
    assert "Dress" in [button.label for button in first]
    assert "Dress" not in [button.label for button in second]


async def test_the_terminal_tells_where_each_garment_is(world: World, tmp_path: Path) -> None:
    photo = tmp_path / "pair.png"
    photo.write_bytes(PAIR)
    reply = await answer_photo(world.conversation(), photo)
    bag, dress = json.loads(as_json(reply))["garments"]
    assert (bag["family"], dress["family"]) == ("bag", "dress")
    left, top, right, bottom = dress["box"]
    assert left == 0
    assert right == pytest.approx(96 / 224, abs=0.01)
    assert 0 <= top < 0.1
    assert 0.9 < bottom <= 1


async def test_a_photo_of_one_garment_names_no_other(ann: BareDriver) -> None:
    seen = await ann.send_photos([photos.garment("red", "dress")])
    assert seen.album[0] == "Red dress"
    assert "Also" not in seen.texts[-1]


async def test_of_an_album_garments_of_one_kind_are_told_apart_by_their_colour(
    ann: BareDriver,
) -> None:
    dress, bag = photos.garment("red", "dress"), photos.garment("olive", "bag")
    seen = await ann.send_photos([dress, bag, photos.garment("navy", "dress"), PAIR])
    assert seen.album[0] == "Red dress"
    assert "Also in the photos: olive bag, blue dress, and blue bag." in seen.texts[-1]
    assert (await ann.tap("Blue dress")).album[0] == "Navy dress"


async def test_each_photo_of_a_full_album_has_its_button_and_more_photos_do_not(
    ann: BareDriver,
) -> None:
    sent = [photos.garment(colour, kind) for kind in photos.KINDS for colour in photos.COLOURS]
    await ann.send_photos(sent[::2])
    labels = [button.label for button in ann.keyboards[0]]
    others = labels[labels.index(texts.ALERT_ME) + 1 :]
    assert others.pop() == texts.COMPLETE_OUTFIT
    assert len(set(others)) == len(others) == 9


async def test_an_album_weighs_as_many_photos_as_it_has(world: World) -> None:
    """One beyond the limit is answered as far as it goes."""
    crowded = BareDriver(world.conversation(max_photos=2))
    dress, bag = photos.garment("red", "dress"), photos.garment("navy", "bag")
    seen = await crowded.send_photos([dress, bag, photos.garment("grey", "shirt")])
    assert "Also in the photos: bag." in seen.texts[-1]
    with_one_under_way = world.conversation(max_photos=2)
    answers = await asyncio.gather(
        *(
            BareDriver(
                with_one_under_way,
                sender=Sender(platform="bare", person_id=name, chat_id=name),
            ).send_photos([dress, bag])
            for name in ("bob", "eve")
        )
    )
    assert sorted(len(one.album) for one in answers) == [0, 5]


def test_a_photo_that_shows_nearly_the_same_as_one_before_gives_nothing_more() -> None:
    """Whatever its largest garment is taken for, now that it is cut a little."""
    photo = open_photo(photos.garment("red", "dress"))
    wholes = ([1.0, 0.0], [0.98, 0.2], [0.0, 1.0])
    seen = [Sight(np.array(whole, np.float32), np.zeros(1, np.float32), photo) for whole in wholes]
    kinds = ("dress", "t-shirt", "shoes")
    garments = [
        Garment(number, sight, Found([]), Look(fashion=1.0, seen="", kind=kind))
        for number, (sight, kind) in enumerate(zip(seen, kinds, strict=True))
    ]
    assert [one.name for one in no_repeats(garments, seen)] == ["dress", "shoes"]
