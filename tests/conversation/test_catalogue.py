"""The catalogue of texts: whole in every language, and nothing is said that is not in it."""

import ast
import re
from collections.abc import Iterator

import pytest
from babel import Locale

import core.errors
from bot.conversation.languages import own_name
from bot.conversation.texts import Texts, texts_in
from bot.conversation.times import read_hour, read_hours
from bot.conversation.wording import LANGUAGES
from core.catalogue import Gender
from core.looks import Look
from core.wishes import wish_of
from tests.support.sayings import (
    ROOT,
    arguments,
    asked_for,
    called,
    catalogue,
    commands,
    every_text,
    source,
    sources,
    words,
)

OTHERS = LANGUAGES[1:]
SHOWING = {
    *("Reply", "Button", "Card", "BotCommand", "Command", "ContextMenu", "Choice"),
    *("describe", "rename", "send", "send_message", "send_photo", "answer_callback_query"),
}


@pytest.mark.parametrize("language", OTHERS)
def test_every_language_has_every_text_with_the_same_arguments(language: str) -> None:
    english = {name: arguments("en", name) for name in catalogue("en")}
    assert {name: arguments(language, name) for name in catalogue(language)} == english


def test_every_text_is_asked_for_and_every_text_asked_for_is_there() -> None:
    within = set().union(*(text.texts for text in catalogue("en").values()))
    assert asked_for() | within == set(catalogue("en"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_that_counts_has_a_form_for_every_number(language: str) -> None:
    plural = Locale.parse(language).plural_form
    needed = {plural(number) for number in (*range(200), 1_000_000)}
    for name, text in catalogue(language).items():
        for keys in text.choices:
            if {*keys} & {"one", "few", "many"}:
                assert needed <= {*keys}, name


@pytest.mark.parametrize("language", OTHERS)
def test_no_sentence_was_left_in_english(language: str) -> None:
    def sentences(of: str) -> dict[str, str]:
        return dict(line.split(" = ", 1) for line in source(of).splitlines() if " = " in line)

    english, own = sentences("en"), sentences(language)
    left = [
        name for name, said in own.items() if said == english[name] and re.search(r"\w \w", said)
    ]
    assert left == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_whatever_there_is_to_say_can_be_said(language: str) -> None:
    """A text that lacks an argument, or asks for one that it is not given, raises."""
    for said in every_text(texts_in(language)):
        assert said
        assert not re.search(r"[{}]", said), said


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_said_fits_its_place(language: str) -> None:
    say = texts_in(language)
    title = "W" * 120
    for notice in (say.liked(title), say.unliked(title), *_notices(say)):
        assert len(notice) <= 200, notice
    for label in (say.TRY_A_SAMPLE, say.SEARCH_ANYWAY, say.MORE, say.STOP_PICKS, say.FORGET_ALL):
        assert len(label) <= 30, label
    for word in words():
        assert len(say.say(word)) <= 25, word
    for rank in (1, 60):
        assert len(say.buy(rank)) <= 6, "five stand in a row on a phone"
    for name in commands():
        assert 3 <= len(say.command(name)) <= 100, name
    for name in catalogue("en"):
        if name.endswith("-option"):
            assert re.fullmatch(r"[-'\w\u0900-\u097F]{1,32}", say.say(name)), name
    assert len(say.DESCRIPTION) <= 512
    assert len(say.SHORT_DESCRIPTION) <= 120
    for text in (say.PRIVACY, say.HELP, say.START):
        assert len(text) <= 1900


def _notices(say: Texts) -> list[str]:
    return [
        say.NO_LONGER_WORKS,
        say.ALREADY_SHOWN,
        say.END_OF_LIST,
        say.PRODUCT_GONE,
        say.NOTHING_CHEAPER,
        say.NO_OTHER_COLOUR,
        say.NO_OTHER_SHOP,
        say.NO_PIECE,
        say.NO_OTHER_PIECE,
        say.NOTHING_GOES_WITH,
        say.STOPPED,
        say.NOT_SUBSCRIBED,
        say.FORGOTTEN,
        say.NOTHING_KEPT,
        say.PRIVACY_ALONE,
        say.LANGUAGE_CHOSEN,
        say.LANGUAGE_FOR_ADMINS,
        say.SETTINGS_FOR_ADMINS,
        say.PHOTOS_UNSEEN,
        say.QUIET_HOW_TO,
        say.ONE_SHOP_STAYS,
        say.SHARED_ALREADY,
        say.BROADCAST_BEGUN,
        say.BROADCAST_BUSY,
        say.BROADCAST_STOPPED,
        say.BROADCAST_DISCARDED,
        say.BROADCASTS_OFF,
        say.BROADCASTS_ON,
        say.for_operators(f"web:{'a' * 32}"),
        say.busy(3600),
        say.unforeseen("0123abcd"),
    ]


def test_each_help_names_the_other_languages_and_every_command() -> None:
    listed = re.compile(r"^/\w+", re.MULTILINE)
    for language in LANGUAGES:
        text = texts_in(language).HELP
        assert all(own_name(other) in text for other in LANGUAGES if other != language)
        assert listed.findall(text) == listed.findall(texts_in("en").HELP)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_people_are_told_to_write_is_understood(language: str) -> None:
    say = texts_in(language)
    (example,) = re.findall(r"^/find (.*?)\s?: ", say.HELP, re.MULTILINE)
    wish = wish_of(example, {})
    assert (wish.kind, wish.colours) == ("dress", ("black",))
    assert wish.most
    assert wish.currency
    assert example in say.FIND_HOW_TO
    for sentence in (say.HELP.split("\n")[2], say.say("wish-about")):
        wish = wish_of(sentence.partition(":")[2], {})
        assert (wish.colours, wish.gender, wish.most is None) == (("red",), Gender.MEN, False)
        assert wish == wish.narrowing
    assert example in say.LOOKUP_HOW_TO
    for sentence in (say.SETTINGS, say.QUIET_HOW_TO, say.say("quiet-about")):
        start, end, zone = read_hours(re.split("/settings|: ", sentence)[-1]) or (None, None, None)
        assert (f"{start}–{end}", zone is None) == ("22:00:00–07:00:00", False)
    for sentence in (say.HELP, say.SUBSCRIBE_HOW_TO, say.which_zone("09:00")):
        hour = read_hour(re.findall(r"/subscribe (\S+ \S+)", sentence)[0].rstrip(":"))
        assert hour
        assert hour.zone


def test_french_keeps_its_signs_at_their_words() -> None:
    loose = re.compile(r"[^\s\d] ?[;!?»](?:\s|$)|\w ?:(?:\s|$)|«[^\u00a0]")
    for line in source("fr").splitlines():
        assert line.startswith("#") or not loose.search(line), line


@pytest.mark.parametrize(
    ("products", "shops", "said"),
    [
        (0, 5, "Просмотрено: 0 товаров в 5 магазинах."),
        (1, 1, "Просмотрено: 1 товар в 1 магазине."),
        (2, 2, "Просмотрено: 2 товара в 2 магазинах."),
        (5, 11, "Просмотрено: 5 товаров в 11 магазинах."),
        (21, 21, "Просмотрено: 21 товар в 21 магазине."),
        (112, 101, "Просмотрено: 112 товаров в 101 магазине."),
        (20523, 3, "Просмотрено: 20\xa0523 товара в 3 магазинах."),
    ],
)
def test_russian_counts_as_russians_do(products: int, shops: int, said: str) -> None:
    assert texts_in("ru").searched(products=products, shops=shops) == said


@pytest.mark.parametrize(
    ("language", "count", "said"),
    [
        ("de", 1, "1 Produkt aus 1 Shop durchsucht."),
        ("de", 20523, "20.523 Produkte aus 20.523 Shops durchsucht."),
        ("es", 0, "He buscado entre 0 productos de 0 tiendas."),
        ("es", 1_000_000, "He buscado entre 1.000.000 de productos de 1.000.000 de tiendas."),
        ("fr", 0, "J’ai cherché parmi 0 produit de 0 boutique."),
        ("fr", 2, "J’ai cherché parmi 2 produits de 2 boutiques."),
        ("hi", 1, "1 दुकान के 1 प्रोडक्ट में ढूँढा।"),
        ("hi", 123456, "1,23,456 दुकानों के 1,23,456 प्रोडक्ट में ढूँढा।"),
    ],
)
def test_numbers_and_their_nouns_are_the_languages_own(
    language: str, count: int, said: str
) -> None:
    assert texts_in(language).searched(products=count, shops=count) == said


def test_what_was_recognised_is_said_in_the_persons_words() -> None:
    look = Look(
        fashion=0.9,
        seen="gown",
        kind="dress",
        colours=(("navy", 0.6), ("white", 0.4)),
        pattern="floral",
        gender=Gender.WOMEN,
    )
    assert [texts_in(language).look_line(look) for language in LANGUAGES] == [
        "Dress · navy and white · floral · women's",
        "Kleid · marineblau und weiß · geblümt · Damen",
        "Vestido · azul marino y blanco · de flores · de mujer",
        "Robe · bleu marine et blanc · à fleurs · femme",
        "Платье · тёмно-синий и белый · в цветочек · для женщин",
        "ड्रेस · नेवी ब्लू और सफ़ेद · फूलों वाला · महिलाओं के लिए",
    ]


def test_a_shops_own_word_and_the_networks_english_stay_as_they_are() -> None:
    say = texts_in("de")
    assert say.look_line(Look(fashion=0.9, seen="", kind="Trachtenjanker")) == "Trachtenjanker"
    assert say.look_line(Look(fashion=0.9, seen="jersey")) == "„jersey“"
    assert "„tabby cat“" in say.no_clothes(Look(fashion=0, seen="tabby cat"))


def test_no_sentence_stands_outside_the_catalogue() -> None:
    """No string of the conversation or of a platform reads like words for people.

    Errors and logs are for operators; the names of places are what people write to the bot.
    """
    for path in sources():
        if path.name in {"times.py", "errors.py", "setup.py"}:
            continue
        for node in _spoken(ast.parse(path.read_text("utf-8"))):
            assert not re.search(r"[^\W\d_]{2}\s+[^\W\d_]", node.value), f"{path}: {node.value!r}"


def test_no_word_is_handed_to_people_but_from_the_catalogue() -> None:
    for path in sources():
        for call in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(call, ast.Call) and called(call) in SHOWING:
                for value in [*call.args, *(keyword.value for keyword in call.keywords)]:
                    for node in _constants(value):
                        assert not re.search(r"[^\W\d_]", node.value), f"{path}: {node.value!r}"


def test_no_word_stands_on_the_chat_page_but_from_the_catalogue() -> None:
    page = ROOT / "bot" / "web" / "page"
    html = re.sub(r"\{\{[a-z-]+\}\}", "", (page / "index.html").read_text("utf-8"))
    assert set(re.findall(r"[^\W\d_]+", re.sub(r"<[^>]*>", "", html))) == {"Twinset"}
    assert not re.search(r'\b(?:aria-label|title|placeholder|alt)="[^"]*[^\W\d_]', html)
    for script in page.glob("*.js"):
        assert not re.search(r'["`][A-Z][^"`]*[a-z] [a-z]', script.read_text("utf-8")), script


def _spoken(node: ast.AST) -> Iterator[ast.Constant]:
    """Strings that are neither documentation nor said to operators, logs and developers."""
    if isinstance(node, ast.Raise | ast.Assert):
        return
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return
    if isinstance(node, ast.Call) and ast.unparse(node.func).startswith(("_log.", "re.")):
        return
    if isinstance(node, ast.Call) and hasattr(core.errors, called(node)):
        return
    if isinstance(node, ast.AnnAssign) and ast.unparse(node.target) == "BAD_TOKEN":
        return
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node
    for child in ast.iter_child_nodes(node):
        yield from _spoken(child)


def _constants(node: ast.AST) -> Iterator[ast.Constant]:
    """Strings as they stand, not those that a call makes something of."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node
    if not isinstance(node, ast.Call):
        for child in ast.iter_child_nodes(node):
            yield from _constants(child)
