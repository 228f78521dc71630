"""A look says what a photo shows, and says nothing where it does not know."""

import csv
import math
from dataclasses import replace
from itertools import islice

import numpy as np
import pytest

from core.catalogue import Availability, Gender, Match, Product
from core.colours import name_colour
from core.looks import Look, recognise
from core.photos import Photo, open_photo
from core.vision.embedder import Sight
from core.words import colour_of
from data.labels import imagenet_classes
from tests.search.shelf import NIGHT
from tests.support.shared import SHARED, needs_shared


def sight(**classes: float) -> Sight:
    """A photo of a navy thing that the network is so sure of (logits by class; others are 0)."""
    names = imagenet_classes()
    logits = np.zeros(1000, dtype=np.float32)
    for name, logit in classes.items():
        logits[names.index(name.replace("_", " "))] = logit
    pixels = np.full((224, 224, 3), 255, dtype=np.uint8)
    pixels[40:190, 60:170] = (25, 32, 70)
    return Sight(np.ones(2048, dtype=np.float32), logits, Photo(pixels, 640, 480))


def match(score: float = 0.65, *, kind: str | None = None, gender: Gender | None = None) -> Match:
    product = Product(
        id=1,
        shop="shop",
        shop_title="Shop",
        key="1",
        title="A thing",
        url=None,
        brand=None,
        kind=kind,
        colour=None,
        gender=gender,
        price=None,
        availability=Availability.IN_STOCK,
        checked_at=NIGHT,
        picture=None,
        picture_url=None,
    )
    return Match(product=product, score=score)


def test_jeans_are_jeans() -> None:
    look = recognise(sight(jean=14), [match(kind="jeans", gender=Gender.MEN)] * 5)
    assert look == Look(
        fashion=look.fashion, seen="jean", kind="jeans", colour="navy", gender=Gender.MEN
    )
    assert look.fashion > 0.99


def test_a_cat_is_a_cat() -> None:
    look = recognise(sight(tabby=14), [match(0.5, kind="dress")])
    assert look.seen == "tabby cat"
    assert look.fashion < 0.05


def test_what_clothes_are_taken_for_is_not_refused() -> None:
    """A heap of laundry on a bed, to ImageNet a quilt or a shower curtain, and a bit of jersey."""
    assert recognise(sight(quilt=9, shower_curtain=8.5, jersey=7), []).fashion > 0.5


def test_a_products_own_picture_counts_as_fashion() -> None:
    """Shops sell what ImageNet does not know as worn; a picture of theirs is recognised."""
    ring = sight(whistle=8, backpack=5)
    assert recognise(ring, [match(0.6, kind="ring")]).fashion < 0.5
    assert recognise(ring, [match(0.95, kind="ring")]).fashion > 0.5


def test_a_sure_cat_stays_a_cat_however_near_a_product_is() -> None:
    assert recognise(sight(tabby=16), [match(0.99, kind="bag")]).fashion < 0.5


def test_the_nearest_matches_decide_the_kind() -> None:
    near = [match(0.8, kind="skirt")] * 2
    far = [match(0.6, kind="shorts")] * 18
    assert recognise(sight(), [*near, *far]).kind == "skirt"


def test_imagenet_breaks_a_tie() -> None:
    tied = [match(kind="trousers"), match(kind="jeans")]
    assert recognise(sight(jean=12), tied).kind == "jeans"


def test_what_matches_disagree_on_is_left_open() -> None:
    kinds = ["skirt", "bag", "hat", "shoes", "dress", "belt", "watch"]
    genders = [Gender.WOMEN, Gender.MEN, Gender.KIDS, None]
    matches = [match(kind=kind, gender=genders[n % 4]) for n, kind in enumerate(kinds)]
    look = recognise(sight(), matches)
    assert look.kind is None
    assert look.gender is None


@pytest.mark.parametrize("matches", [[], [match()]])
def test_without_words_there_is_no_kind(matches: list[Match]) -> None:
    look = recognise(sight(), matches)
    assert (look.kind, look.gender, look.colour) == (None, None, "navy")


@pytest.mark.parametrize("logit", [-1e4, 0, 1e4])
def test_fashion_is_a_probability_for_any_logits(logit: float) -> None:
    look = recognise(sight(jean=logit), [match(1.0)])
    assert 0 <= look.fashion <= 1
    assert math.isfinite(look.fashion)


def read(**names: dict[str, float]) -> Sight:
    """A photo of which that was read, by a network to which it looks like a cat."""
    seen = sight(tabby=16)
    return Sight(seen.embedding, seen.logits, seen.photo, {**names})


def test_what_it_is_not_sure_of_is_not_named() -> None:
    assert recognise(sight(tabby=2), [match()]).seen == ""
    assert recognise(sight(tabby=16), [match()]).seen == "tabby cat"


def test_what_was_read_off_the_photo_goes_before_what_matches_say() -> None:
    look = recognise(
        read(
            fashion={"fashion": 0.97, "other": 0.03},
            kind={"Tshirts": 0.7, "Shirts": 0.3},
            colour={"Navy Blue": 0.6, "Blue": 0.4},
            pattern={"striped": 0.8, "solid": 0.2},
            gender={"Men": 0.9, "Women": 0.1},
            usage={"Smart Casual": 0.75, "Sports": 0.25},
        ),
        [match(0.9, kind="dress", gender=Gender.WOMEN)] * 5,
    )
    assert look == Look(
        fashion=0.97,
        seen="tabby cat",
        kind="t-shirt",
        colour="navy",
        pattern="striped",
        gender=Gender.MEN,
        colours=(("navy", 1.0),),
        occasion="smart casual",
        likely={"kind": 0.7, "colour": 0.6, "pattern": 0.8, "gender": 0.9, "occasion": 0.75},
    )


def test_several_colours_are_named_when_network_and_pixels_speak_for_them() -> None:
    seen = read(kind={"Dresses": 1.0}, colour={"Navy Blue": 0.5, "Red": 0.3, "Green": 0.2})
    pixels = seen.photo.pixels.copy()
    pixels[40:115, 60:170] = (205, 25, 35)
    look = recognise(replace(seen, photo=Photo(pixels, 640, 480)), [])
    assert look.colour == "navy"
    assert [name for name, _ in look.colours] == ["navy", "red"]
    assert sum(share for _, share in look.colours) == pytest.approx(1, abs=0.01)


def test_shade_is_no_second_colour() -> None:
    """Half of a navy thing in the shade is black to the pixels, and not to the network."""
    seen = read(kind={"Dresses": 1.0}, colour={"Navy Blue": 0.9, "Blue": 0.1})
    pixels = seen.photo.pixels.copy()
    pixels[40:115, 60:170] = (12, 12, 14)
    look = recognise(replace(seen, photo=Photo(pixels, 640, 480)), [])
    assert look.colours == (("navy", 1.0),)


def test_names_for_one_thing_are_added_up() -> None:
    """A shop's three words for a scarf outweigh its one for a tie."""
    look = recognise(read(kind={"Ties": 0.4, "Scarves": 0.3, "Stoles": 0.2, "Mufflers": 0.1}), [])
    assert look.kind == "scarf"


def test_what_is_read_without_confidence_is_left_open() -> None:
    even = dict.fromkeys(("Tshirts", "Dresses", "Ties", "Caps", "Jeans", "Belts"), 1 / 8)
    look = recognise(read(kind=even, gender={"Men": 0.5, "Women": 0.5}), [])
    assert (look.kind, look.gender, look.colour) == (None, None, None)


def test_only_cloth_has_a_pattern() -> None:
    striped = {"striped": 0.9, "solid": 0.1}
    assert recognise(read(kind={"Dresses": 1.0}, pattern=striped), []).pattern == "striped"
    assert recognise(read(kind={"Watches": 1.0}, pattern=striped), []).pattern is None


def test_without_a_reading_of_fashion_the_classes_decide() -> None:
    assert recognise(read(kind={"Dresses": 1.0}), []).fashion < 0.05


@needs_shared
def test_shop_photos_have_the_family_of_their_labelled_colour() -> None:
    """Six in ten; the labels agree with each other on nine in ten."""
    family = {
        **dict.fromkeys(["navy", "light blue", "turquoise"], "blue"),
        "olive": "green",
        "burgundy": "red",
        "silver": "grey",
        "gold": "yellow",
    }
    photos = SHARED / "photos" / "shop"
    right = total = 0
    with (photos / "labels.csv").open(newline="") as file:
        for row in islice(csv.DictReader(file), 0, None, 60):
            if label := colour_of(row["baseColour"]):
                named = name_colour(open_photo((photos / row["image"]).read_bytes()).pixels)
                total += 1
                right += family.get(label, label) == family.get(named or "", named)
    assert total > 300
    assert right / total > 0.55
