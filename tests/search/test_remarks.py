"""What people say beside their wishes is understood for what it is, in each language."""

import pytest

from core.remarks import is_courtesy, points_at, says_off, step_in

_STEPS = {
    "cheaper": "cheaper",
    "anything cheaper, please?": "cheaper",
    "that's too expensive": "cheaper",
    "another shop": "elsewhere",
    "in a different color": "colour",
    "Günstiger": "cheaper",
    "zu teuer": "cheaper",
    "anderer Shop": "elsewhere",
    "andere Farbe": "colour",
    "más barato": "cheaper",
    "otra tienda": "elsewhere",
    "otro color": "colour",
    "c’est trop cher": "cheaper",
    "une autre boutique": "elsewhere",
    "une autre couleur": "colour",
    "подешевле": "cheaper",
    "другой магазин": "elsewhere",
    "в другом цвете": "colour",
    "सस्ता": "cheaper",
    "दूसरी दुकान": "elsewhere",
    "दूसरा रंग": "colour",
}


@pytest.mark.parametrize("text", _STEPS)
def test_what_the_buttons_bring_may_be_asked_for_in_words(text: str) -> None:
    assert step_in(text) == _STEPS[text]


@pytest.mark.parametrize("text", ["", "the", "cheaper shoes", "дешевле 50", "50", "in M", "red"])
def test_a_wish_is_no_button(text: str) -> None:
    assert step_in(text) is None


@pytest.mark.parametrize(
    "text",
    [
        *("clear all", "remove all filters", "alle Filter löschen", "quitar todos los filtros"),
        *("supprimer tous les filtres", "убрать все фильтры", "सारे फ़िल्टर हटाओ"),
    ],
)
def test_all_filters_are_switched_off_in_a_sentence(text: str) -> None:
    assert says_off(text)


@pytest.mark.parametrize("text", ["", "filters", "all", "alle", "no red", "clear bag", "все"])
def test_what_only_speaks_of_filters_switches_none_off(text: str) -> None:
    assert not says_off(text)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "this dress in red",
            "dieses Kleid in Rot",
            "este vestido en rojo",
            "cette robe en rouge",
        ),
        *("это платье в красном", "यह ड्रेस लाल रंग में"),
    ],
)
def test_this_points_at_what_is_there(text: str) -> None:
    assert points_at(text)
    assert not points_at(text.partition(" ")[2])


@pytest.mark.parametrize(
    "text",
    [
        *(
            "thanks",
            "Thank you so much!",
            "ok",
            "👍",
            "👍🏽👍🏽",
            "Danke schön",
            "¡Muchas gracias!",
        ),
        *("merci beaucoup", "D’accord", "спасибо большое", "ок", "धन्यवाद", "ठीक है"),
    ],
)
def test_thanks_are_told_from_wishes(text: str) -> None:
    assert is_courtesy(text)


@pytest.mark.parametrize("text", ["", "hi", "thanks, and a red dress", "merci robe", "🤔", "the"])
def test_what_says_more_is_no_courtesy(text: str) -> None:
    assert not is_courtesy(text)
