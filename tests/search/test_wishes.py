"""What people wish for is understood, in their own words."""

import unicodedata
from dataclasses import replace
from decimal import Decimal
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.catalogue import Gender
from core.remarks import says_off
from core.wishes import Wish, wish_of
from core.words import colours, kinds

SHOPS = {"corner": "Corner Shop", "thread": "Corner & Thread", "arcade": "Arcade"}
CORNERS = (("corner", "Corner Shop"), ("thread", "Corner & Thread"))
ARCADE = (("arcade", "Arcade"),)


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("black midi dress", Wish(kind="dress", colours=("black",), words=("midi",))),
        ("Looking for running shoes, please!", Wish(kind="trainers", words=("running",))),
        ("a t-shirt", Wish(kind="t-shirt")),
        ("red or blue skirt", Wish(kind="skirt", colours=("blue", "red"))),
        ("schwarzes Kleid für Damen", Wish(kind="dress", colours=("black",), gender=Gender.WOMEN)),
        ("chaussures noires", Wish(kind="shoes", colours=("black",))),
        ("striped kids' jumper", Wish(kind="sweater", pattern="striped", gender=Gender.KIDS)),
        ("Übergangsjacke", Wish(words=("ubergangsjacke",))),
        ("501 jeans", Wish(kind="jeans", words=("501",))),
        ("hi there", Wish()),
        ("", Wish()),
    ],
)
def test_clothes_are_told_from_the_other_words(text: str, wish: Wish) -> None:
    assert wish_of(text, SHOPS) == wish


@pytest.mark.parametrize(
    ("text", "most", "currency"),
    [
        ("dress under 50 €", "50", "EUR"),
        ("Kleid unter 50 Euro", "50", "EUR"),
        ("dress <30", "30", None),
        ("dress max 49,90", "49.90", None),
        ("dress up to $40", "40", "USD"),
        ("dress less than £1,299.50", "1299.50", "GBP"),
        ("dress bis zu 1.299 EUR", "1299", "EUR"),
        ("robe moins de 60€", "60", "EUR"),
        ("50 euro dress", "50", "EUR"),
        ("dress under 999,999,999,999,999,999 $", "1000000000", "USD"),
        ("dress 40$", "40", "USD"),
        ("dress max. 50", "50", None),
        ("dress 50 or less", "50", None),
        ("Kleid 50 oder weniger", "50", None),
        ("vestido 50 o menos", "50", None),
        ("robe 50 ou moins", "50", None),
        ("платье 50 или меньше", "50", None),
        ("Kleid bis 1.299,50\u00a0€", "1299.50", "EUR"),
        ("robe à 1\u202f299,50\u00a0€", "1299.50", "EUR"),
        ("платье до 1\u00a0299,50\u00a0₽", "1299.50", "RUB"),
        ("Kleid bis 1’299 CHF", "1299", "CHF"),
        ("dress under 2k", "2000", None),
        ("dress under 2.5k $", "2500", "USD"),
        ("платье до 3 тысяч рублей", "3000", "RUB"),
        ("vestido hasta 2 mil", "2000", None),
        ("платье 3 हज़ार से कम", "3000", None),
    ],
)
def test_a_price_is_the_most_that_it_may_cost(text: str, most: str, currency: str | None) -> None:
    wish = wish_of(text, SHOPS)
    assert (wish.kind, wish.most, wish.currency) == ("dress", Decimal(most), currency)
    assert wish.words == ()


@pytest.mark.parametrize(
    ("text", "sizes"),
    [
        ("jacket in M", ("m",)),
        ("jacket in S or M.", ("s", "m")),
        ("Jacke in L", ("l",)),
        ("chaqueta en S", ("s",)),
        ("veste en M", ("m",)),
        ("куртка 42 размера", ("42",)),
        ("जैकेट में M", ("m",)),
        ("XL jacket", ("xl",)),
        ("jacket EU 42", ("eu 42",)),
        ("jacket uk 10", ("uk 10",)),
        ("jacket W32 L34", ("w32 l34",)),
        ("jacket in s", ()),
        ("jacket M", ()),
        ("jacket in 2 days", ()),
        ("jacket XLNT", ()),
    ],
)
def test_a_size_needs_no_word_for_it(text: str, sizes: tuple[str, ...]) -> None:
    wish = wish_of(text, SHOPS)
    assert (wish.kind, wish.sizes) == ("jacket", sizes)


@pytest.mark.parametrize(
    ("text", "gender"),
    [
        ("bag for my wife", Gender.WOMEN),
        ("bag for my daughter", Gender.KIDS),
        ("Tasche für meinen Mann", Gender.MEN),
        ("Tasche für meine Mutter", Gender.WOMEN),
        ("bolso para mi hijo", Gender.KIDS),
        ("sac pour ma mère", Gender.WOMEN),
        ("сумка для дочки", Gender.KIDS),
        ("сумка мужу", Gender.MEN),
        ("पत्नी के लिए बैग", Gender.WOMEN),
        ("women's bag for my daughter", Gender.WOMEN),
    ],
)
def test_whom_it_is_for_says_who_wears_it_unless_the_thing_does(text: str, gender: Gender) -> None:
    assert wish_of(text, SHOPS) == Wish(kind="bag", gender=gender)


@pytest.mark.parametrize(
    ("text", "new", "in_stock", "words"),
    [
        ("new dresses in stock", True, True, ()),
        ("neues Kleid, lieferbar", True, True, ()),
        ("robes en stock", False, True, ()),
        ("new balance trainers", False, False, ("new", "balance")),
        ("new New Balance trainers", True, False, ("new", "balance")),
    ],
)
def test_new_and_in_stock_are_understood_and_names_are_left_alone(
    text: str, new: bool, in_stock: bool, words: tuple[str, ...]
) -> None:
    wish = wish_of(text, SHOPS)
    assert (wish.new, wish.in_stock, wish.words) == (new, in_stock, words)


_RUPEES = Wish(currency="INR")
_HINDI = {
    "नीले रंग में": Wish(colours=("blue",)),
    "मुझे एक लाल साड़ी चाहिए": Wish(kind="saree", colours=("red",)),
    "लाल साड़ियाँ ₹2000 तक": replace(_RUPEES, kind="saree", colours=("red",), most=Decimal(2000)),
    "पुरुषों के काले जूते": Wish(kind="shoes", colours=("black",), gender=Gender.MEN),
    "औरतों के लिए हरी या पीली कुर्ती": Wish(
        kind="kurta", colours=("yellow", "green"), gender=Gender.WOMEN
    ),
    "बच्चों की धारीदार टी-शर्ट": Wish(kind="t-shirt", pattern="striped", gender=Gender.KIDS),
    "लड़कियों की फूलों वाली फ़्रॉक": Wish(kind="dress", pattern="floral", gender=Gender.KIDS),
    "रंग-बिरंगा दुपट्टा": Wish(kind="scarf", colours=("multicoloured",)),
    "धूप का चश्मा": Wish(kind="sunglasses"),
    "ऊँची एड़ी के जूते": Wish(kind="heels"),
    "चाँदी के झुमके": Wish(kind="earrings", colours=("silver",)),
    "हल्का नीला स्वेटर": Wish(kind="sweater", colours=("light blue",)),
    "lal kurta": Wish(kind="kurta", colours=("red",)),
    "safed chappal": Wish(kind="flip-flops", colours=("white",)),
    "mujhe neeli jeans chahiye": Wish(kind="jeans", colours=("blue",)),
    "बनारसी साड़ी": Wish(kind="saree", words=("बनारसी",)),
    "2000 से कम": Wish(most=Decimal(2000)),
    "२००० रुपये से कम": replace(_RUPEES, most=Decimal(2000)),
    "रु. 2,000 के अंदर": replace(_RUPEES, most=Decimal(2000)),
    "1,50,000.50 रुपये तक": replace(_RUPEES, most=Decimal("150000.50")),
    "ज़्यादा से ज़्यादा ₹900": replace(_RUPEES, most=Decimal(900)),
    "2000 se kam": Wish(most=Decimal(2000)),
    "500 से ज़्यादा": Wish(least=Decimal(500)),
    "₹500 से": replace(_RUPEES, least=Decimal(500)),
    "कम से कम 500": Wish(least=Decimal(500)),
    "500 से 1000 के बीच": Wish(least=Decimal(500), most=Decimal(1000)),
    "₹500 से ₹1000 तक": replace(_RUPEES, least=Decimal(500), most=Decimal(1000)),
    "₹500 से ज़्यादा और ₹1000 से कम": replace(_RUPEES, least=Decimal(500), most=Decimal(1000)),
    "500 se 1000 ke beech": Wish(least=Decimal(500), most=Decimal(1000)),
    "2 से 3 साल की लड़की": Wish(gender=Gender.KIDS, words=("साल",)),
    "2000 तकिया": Wish(words=("2000", "तकिया")),
    "कुर्ता साइज़ M": Wish(kind="kurta", sizes=("m",)),
    "L या XL साइज़ का कुर्ता": Wish(kind="kurta", sizes=("l", "xl")),
    "८ नंबर के जूते": Wish(kind="shoes", sizes=("8",)),
    "Corner Shop से बैग": Wish(kind="bag", shops=CORNERS[:1]),
    "Corner से नया बैग": Wish(kind="bag", shops=CORNERS, new=True),
    "Arcade पर बैग, स्टॉक में": Wish(kind="bag", shops=ARCADE, in_stock=True),
}


@pytest.mark.parametrize("text", _HINDI)
def test_hindi_is_understood_as_it_is_written(text: str) -> None:
    assert wish_of(text, SHOPS) == _HINDI[text]


@given(
    text=st.lists(st.sampled_from(sorted(_HINDI)), min_size=1, max_size=3).map(" ".join),
    form=st.sampled_from(["NFC", "NFD", "NFKC", "NFKD"]),
)
def test_however_letters_are_composed_the_wish_is_the_same(text: str, form: str) -> None:
    assert wish_of(unicodedata.normalize(form, text), SHOPS) == wish_of(text, SHOPS)


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("सा\u095cी", "सा\u0921\u093cी"),
        ("साड़ी", "साडी"),
        ("सफ़ेद कमीज़", "सफेद कमीज"),
        ("चाँदी की अँगूठी", "चांदी की अंगूठी"),
        ("500 से ज़्यादा", "500 से ज्यादा"),
        ("साइज़ M", "साइज M"),
        ("कुर्\u200dता", "कुर्ता"),
        ("Gro\u0308ße M, grünes Kleid", "Größe M, gru\u0308nes Kleid"),
    ],
)
def test_two_spellings_are_one_wish(text: str, other: str) -> None:
    assert wish_of(text, SHOPS) == wish_of(other, SHOPS)
    assert not wish_of(text, SHOPS).words


@pytest.mark.parametrize("text", ["हटाएँ", "हटाएं", "फ़िल्टर बंद", "फिल्टर बंद", "aus", "Off"])
def test_filters_are_switched_off_in_words(text: str) -> None:
    assert says_off(text)


_WISHES = st.builds(
    Wish,
    kind=st.none() | st.sampled_from(["dress", "bag"]),
    colours=st.sampled_from([(), ("red",), ("red", "navy")]),
    gender=st.none() | st.sampled_from(Gender),
    most=st.none() | st.integers(1, 90).map(Decimal),
    shops=st.sampled_from([(), CORNERS, ARCADE]),
    elsewhere=st.sampled_from([(), ("arcade",)]),
    new=st.booleans(),
    in_stock=st.booleans(),
)


@pytest.mark.parametrize(
    ("text", "colours"),
    [
        ("as a skirt", ()),
        ("the same style, but as a red skirt under 50 €", ("red",)),
        ("das gleiche als schwarzer Rock", ("black",)),
        ("la même en jupe noire", ("black",)),
        ("como falda", ()),
        ("то же, но как чёрная юбка", ("black",)),
        ("लाल स्कर्ट के रूप में", ("red",)),
        ("skirt ke roop mein", ()),
    ],
)
def test_another_kind_may_be_what_something_is_wished_for_as(
    text: str, colours: tuple[str, ...]
) -> None:
    wish = wish_of(text, SHOPS)
    assert (wish.kind, wish.as_kind, wish.colours) == ("skirt", True, colours)
    assert wish == wish.narrowing


@pytest.mark.parametrize("text", ["a skirt", "a skirt as a gift", "from Zara, skirt", "en rouge"])
def test_a_kind_alone_is_none_to_wish_for_something_as(text: str) -> None:
    wish = wish_of(text, SHOPS)
    assert not wish.as_kind
    assert wish.narrowing.kind is None


def test_what_is_not_understood_makes_nothing_another_kind() -> None:
    wish = wish_of("as a leather skirt", SHOPS)
    assert wish.narrowing == Wish()


@given(first=_WISHES, then=_WISHES)
def test_what_is_said_later_counts_and_the_rest_stays(first: Wish, then: Wish) -> None:
    both = first.refined(then)
    for name in ("kind", "colours", "gender", "most", "new", "in_stock"):
        assert getattr(both, name) == (getattr(then, name) or getattr(first, name))
    placed = then if then.shops or then.elsewhere else first
    assert (both.shops, both.elsewhere) == (placed.shops, placed.elsewhere)
    assert first.refined(Wish()) == first
    assert Wish().refined(then) == then


@pytest.mark.parametrize(
    "text",
    ["dress size 42", "501 dress", "dress 2024", "90s dress", "2k dress", "dress within 2 days"],
)
def test_a_number_alone_is_no_price(text: str) -> None:
    assert wish_of(text, SHOPS).most is None


@pytest.mark.parametrize(
    ("text", "shops"),
    [
        ("dress from Corner", CORNERS),
        ("dress from Corner Shop", CORNERS[:1]),
        ("Kleid bei Corner & Thread", CORNERS[1:]),
        ("corner shop dresses", CORNERS[:1]),
        ("dress at arcade", ARCADE),
        ("arcade dress", ()),
        ("dress from Elsewhere", ()),
    ],
)
def test_a_shop_is_named_after_a_from_or_whole(
    text: str, shops: tuple[tuple[str, str], ...]
) -> None:
    wish = wish_of(text, SHOPS)
    assert (wish.kind, wish.shops) == ("dress", shops)


@given(
    kind=st.sampled_from(sorted(set(kinds().values()))),
    colour=st.sampled_from(sorted(set(colours().values()))),
    most=st.integers(1, 9999),
)
def test_what_we_call_a_thing_is_understood(kind: str, colour: str, most: int) -> None:
    wish = wish_of(f"{colour} {kind} under {most} €", SHOPS)
    assert (wish.kind, wish.colours) == (kind, (colour,))
    assert (wish.most, wish.currency) == (Decimal(most), "EUR")


@pytest.mark.parametrize(
    "word", ["1 ", "s m ", "1 - ", "₹1 से ", "रु", "a\u0300", "1k ", "no more ", "not red or ", "XL "]
)
def test_what_is_said_over_and_over_is_read_in_a_moment(word: str) -> None:
    began = perf_counter()
    wish_of(word * 250, SHOPS)
    assert perf_counter() - began < 1


@given(text=st.text(max_size=600))
def test_whatever_is_written_is_read(text: str) -> None:
    wish = wish_of(text, SHOPS)
    assert all(word == word.strip() != "" for word in wish.words)
