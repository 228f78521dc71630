"""Kind, colour and gender from shops' words."""

import tomllib
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.catalogue import Gender
from core.words import colour_of, gender_of, kind_of


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Turtle Check Men Navy Blue Shirt", "shirt"),
        ("Tshirts", "t-shirt"),
        ("T-Shirt Two", "t-shirt"),
        ("Denim shirt dress", "dress"),
        ("HADLEY - Cocktail dress / Party dress - black", "dress"),
        ("Umstandskleid in Wickeloptik", "dress"),
        ("Flip Flops", "flip-flops"),
        ("Across body bag", "bag"),
        ("Sports Shoes", "trainers"),
        ("Scarves", "scarf"),
        ("Zapatillas Nike", "trainers"),
        ("Trajes de baño mujer", "swimwear"),
        ("Kleid mit Taschen", "dress"),
        ("Étui, lunettes de soleil", "sunglasses"),
        ("Жёлтый пуховик", "jacket"),
        ("बनारसी सिल्क साड़ी", "saree"),
        ("Embroidered Salwar Kameez", "kurta"),
        ("Wide wale jute bag", "bag"),
        ("Massivholz-Waschmaschinenregal", None),
        ("Batteries", None),
    ],
)
def test_the_kind_is_told_from_a_title(text: str, kind: str | None) -> None:
    assert kind_of(text) == kind


def test_the_first_text_that_tells_decides() -> None:
    assert kind_of("MAVIS", "Women", "Coats") == "coat"
    assert kind_of("Shirt", "Coats") == "shirt"
    assert kind_of(None, "") is None


@pytest.mark.parametrize(
    ("text", "colour"),
    [
        ("Navy Blue", "navy"),
        ("graphit/grey", "grey"),
        ("azzurro", "blue"),
        ("Off White", "white"),
        ("Black Thunder and Red", "red"),
        ("Grey Melange", "grey"),
        ("Predator", None),
        ("गहरे नीले जूते", "navy"),
        ("Kale print", None),
    ],
)
def test_the_colour_is_told(text: str, colour: str | None) -> None:
    assert colour_of(text) == colour


@pytest.mark.parametrize(
    ("text", "gender"),
    [
        ("Women's shoes", Gender.WOMEN),
        ("Herren", Gender.MEN),
        ("Boys", Gender.KIDS),
        ("Men & Women", Gender.UNISEX),
        ("Дамски маратонки", Gender.WOMEN),
        ("Comme des Garçons", None),
        ("Детские ботинки", Gender.KIDS),
        ("Mentor", None),
        ("पुरुषों और महिलाओं के लिए", Gender.UNISEX),
    ],
)
def test_the_gender_is_told(text: str, gender: Gender | None) -> None:
    assert gender_of(text) == gender


@pytest.mark.parametrize("name", ["kinds", "colours", "genders"])
def test_no_word_of_the_vocabulary_means_two_things(name: str) -> None:
    table = tomllib.loads(files("data").joinpath("vocabulary", f"{name}.toml").read_text("utf-8"))
    words = [word for meaning, listed in table.items() for word in {meaning, *listed}]
    assert sorted(words) == sorted(set(words))


@given(st.text(max_size=200))
def test_any_text_may_come(text: str) -> None:
    kind_of(text)
    colour_of(text)
    gender_of(text)
