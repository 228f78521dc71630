"""People's own photos in screenshots, beside the photos themselves: how often matches are right."""

import asyncio
import random
import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont, ImageOps

from core.errors import Unavailable
from core.training.figures import Figure
from core.training.judging import Seen, judge_search, see_all
from core.training.labels import Part, read_photos
from core.vision.embedder import Embedder, open_embedder
from core.vision.eye import Eye
from core.vision.loading import resnet50
from tests.benchmarks.bars import Bar, emit, say
from tests.benchmarks.reference import CACHE_DIR

_RIGHT = "five nearest of an own photo: right kind"
_PHONE, _DESKTOP = (1080, 2340), (1600, 900)
_WORDS = (
    *("look", "new", "summer", "my", "fit", "love", "this"),
    *("today", "shop", "size", "free", "delivery", "€29.90", "cotton"),
)

_Colour = tuple[int, int, int]
_WHITE: _Colour = (255, 255, 255)
_BLUE: _Colour = (30, 90, 200)


async def main(photos: Path) -> None:
    """Measure and emit."""
    if not (photos / "own" / "labels.csv").is_file():
        say(f"{photos} has no photos of people's own, so there are none to draw screens around.")
        return
    labels = read_photos(photos).among({Part.JUDGING}).labels
    async with open_embedder(resnet50(path=None, cache_dir=CACHE_DIR)) as embedder:
        if (eye := embedder.eye) is None:
            raise Unavailable("The right kinds are judged with a network that was taught clothes.")
        seen = await see_all(labels, embedder)
        alone = await _judged(seen, embedder, eye, lambda image, _random: image)
        for name, screen in _SCREENS.items():
            shown = await _judged(seen, embedder, eye, screen)
            emit(
                [
                    Bar(
                        name=f"right kinds of own photos in {name}, of the photos' own",
                        measured=shown.share / alone.share,
                        sense="at least",
                        limit=0.95,
                        details={"in it": shown.share, "alone": alone.share, "±": alone.margin},
                        bound="where the picture ends on the screen is seen, not known",
                    )
                ]
            )


async def _judged(
    seen: Seen,
    embedder: Embedder,
    eye: Eye,
    screen: Callable[[Image.Image, random.Random], Image.Image],
) -> Figure:
    asked = seen.embeddings.copy()
    dice = random.Random(1)
    for number, photo in enumerate(seen.labels):
        if photo.own:
            with Image.open(photo.path) as opened:
                image = ImageOps.exif_transpose(opened).convert("RGB")
            out = BytesIO()
            drawn = screen(image, dice)
            drawn.save(out, dice.choice(["PNG", "JPEG"]), quality=85)
            sight = await embedder.see(out.getvalue())
            asked[number] = sight.garments[0].embedding
    return judge_search(Seen(seen.labels, asked, seen.readings), seen, eye)[_RIGHT]


class _Screen:
    """A canvas with a phone's clock and buttons, in light or dark."""

    def __init__(self, dice: random.Random, size: tuple[int, int] = _PHONE) -> None:
        self.dice = dice
        is_dark = size == _PHONE and dice.random() < 0.5
        self.paper, self.ink = (
            ((11, 20, 26), (235, 235, 235)) if is_dark else (_WHITE, (20, 20, 20))
        )
        self.image = Image.new("RGB", size, self.paper)
        self.draw = ImageDraw.Draw(self.image)

    def with_phone(self) -> Image.Image:
        width, height = self.image.size
        self.draw.text((50, 40), "9:41", fill=self.ink, font_size=44)
        self.draw.rectangle((width - 120, 50, width - 50, 84), outline=self.ink, width=4)
        for x in range(100, width, 260):
            self.draw.rectangle((x, height - 120, x + 60, height - 60), outline=self.ink, width=5)
        return self.image

    def picture(self, image: Image.Image, box: tuple[int, int, int, int]) -> int:
        """Laid into the box, as wide as it is and no higher; returns where it ends."""
        left, top, right, bottom = box
        width = right - left
        height = min(round(image.height * width / image.width), bottom - top)
        self.image.paste(ImageOps.fit(image, (width, height)), (left, top))
        return top + height

    def words(self, x: int, y: int, *, lines: int = 1, fill: _Colour | None = None) -> None:
        font = ImageFont.load_default(38)
        for line in range(lines):
            text = " ".join(self.dice.choices(_WORDS, k=self.dice.randint(2, 5)))
            self.draw.text((x, y + 66 * line), text, fill=fill or self.ink, font=font)


def _feed(image: Image.Image, dice: random.Random) -> Image.Image:
    screen = _Screen(dice)
    screen.draw.ellipse((30, 190, 110, 270), fill=(200, 120, 90))
    screen.words(140, 210)
    end = screen.picture(image, (0, 300, 1080, 1800))
    for x in (40, 150, 260):
        screen.draw.ellipse((x, end + 30, x + 60, end + 90), outline=screen.ink, width=6)
    screen.words(40, end + 130, lines=3)
    return screen.with_phone()


def _shop(image: Image.Image, dice: random.Random) -> Image.Image:
    screen = _Screen(dice)
    end = screen.picture(image, (0, 160, 1080, 1560))
    screen.words(50, end + 40, lines=4)
    screen.draw.rounded_rectangle((50, end + 330, 1030, end + 450), 30, fill=_BLUE)
    screen.words(400, end + 365, fill=_WHITE)
    return screen.with_phone()


def _app(image: Image.Image, dice: random.Random) -> Image.Image:
    screen = _Screen(dice)
    colour = dice.choice([(180, 40, 70), (40, 60, 140), (240, 150, 30), (30, 110, 90)])
    screen.draw.rectangle((0, 0, 1080, 260), fill=colour)
    screen.words(60, 170, fill=_WHITE)
    end = screen.picture(image, (0, 260, 1080, 1660))
    screen.words(50, end + 60, lines=3)
    screen.draw.rectangle((0, 2010, 1080, 2160), fill=colour)
    screen.words(400, 2060, fill=_WHITE)
    return screen.with_phone()


def _chat(image: Image.Image, dice: random.Random) -> Image.Image:
    screen = _Screen(dice)
    is_dark = screen.paper != _WHITE
    if not is_dark:
        screen.draw.rectangle((0, 0, 1080, 2340), fill=(236, 229, 221))
    bubble = (32, 44, 51) if is_dark else _WHITE
    screen.draw.rectangle((0, 0, 1080, 230), fill=(0, 128, 105))
    screen.words(160, 150, fill=_WHITE)
    screen.draw.rounded_rectangle((60, 260, 900, 360), 24, fill=bubble)
    screen.words(90, 290)
    end = min(432 + round(image.height * 740 / image.width), 1732)
    screen.draw.rounded_rectangle((40, 420, 804, end + 80), 24, fill=bubble)
    screen.picture(image, (52, 432, 792, 1732))
    screen.words(70, end + 20)
    screen.draw.rounded_rectangle((20, 2060, 900, 2180), 60, fill=bubble)
    return screen.with_phone()


def _web(image: Image.Image, dice: random.Random) -> Image.Image:
    screen = _Screen(dice, _DESKTOP)
    for x in range(80, 1500, 480):
        screen.words(x, 40)
    width = min(760, round(image.width * 740 / image.height))
    screen.picture(image, (80, 120, 80 + width, 860))
    screen.words(900, 160, lines=6)
    screen.draw.rectangle((900, 640, 1400, 720), fill=(20, 20, 20))
    screen.words(1050, 660, fill=_WHITE)
    return screen.image


_SCREENS = {
    "a feed": _feed,
    "a shop's app, with a button": _shop,
    "an app with a header and a bar to buy": _app,
    "a chat": _chat,
    "a shop's web page": _web,
}


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
