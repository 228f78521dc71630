"""The conversations of every platform, over the catalogue of ``world.py``."""

from bot.conversation.messages import OtherKind
from bot.conversation.texts import texts_in
from tests.scenarios import photos
from tests.scenarios.bazaar import FINDS
from tests.scenarios.scenario import (
    Command,
    Expect,
    Other,
    Photo,
    Restart,
    Scenario,
    Step,
    Tap,
    Words,
)
from tests.scenarios.world import Pages
from tests.support.english import texts

german = texts_in("de")

DRESS = photos.garment("red", "dress", shift=2)
SHIRT = photos.garment("red", "shirt", shift=2)
_ROWS = tuple(f"Buy {rank}" for rank in range(1, 6)) + tuple(f"♡ {rank}" for rank in range(1, 6))
ANSWER = Expect(
    says=("24 products in 2 shops",), cards=5, first="Red dress", buttons=(*_ROWS, texts.MORE)
)
BAZAAR = Expect(
    says=('Asked 1 shop for "women red dress".',),
    cards=5,
    buttons=_ROWS,
    no_buttons=(texts.SEARCH_SHOPS,),
)
OUTFIT = Expect(
    says=("An outfit around: Shirt · red", "1 stands for yours"),
    cards=3,
    pictures=1,
    first="Red shirt",
    buttons=("Buy 1", "Buy 3", "♡ 2", "⇄ Shirt", "⇄ Trousers", "⇄ Bag", texts.ANOTHER_OUTFIT),
)
EXAMPLE = "/subscribe 09:00 Europe/Berlin"
GROUP = frozenset({"group"})
ADMIN = GROUP | {"admin"}
_EVERY_PHOTO = f"{{}} {texts.EVERY_PHOTO}"
WAYS = (texts.CHEAPER, texts.OTHER_COLOUR, texts.OTHER_SHOP)


def _other(kind: OtherKind) -> Scenario:
    return Scenario(
        f"a {kind} is answered with what to send instead",
        (Step(Other(kind), Expect(says=(texts.other(kind),))),),
        frozenset({kind.value}),
    )


def _bad(name: str, content: bytes, *says: str) -> Scenario:
    return Scenario(name, (Step(Photo(content), Expect(says=says)), Step(Photo(DRESS), ANSWER)))


def _speaks(language: str, words: str, says: str) -> Scenario:
    return Scenario(
        f"words are understood in {language}",
        (Step(Words(words), Expect(says=(says,), cards=5, first="Red dress")),),
    )


def _found(colour: str, kind: str) -> Scenario:
    title = f"{colour.title()} {kind}"
    return Scenario(
        f"a {kind} is answered by its like",
        (
            Step(
                Photo(photos.garment(colour, kind)),
                Expect(says=(kind.title(),), cards=5, first=title, buttons=_ROWS),
            ),
            Step(Tap("♡ 1"), Expect(notice=f"♥ Liked: {title}", buttons=("♥ 1",))),
        ),
    )


SCENARIOS = (
    Scenario(
        "filters hold for every search until they are off, and are changed in place",
        (
            Step(
                Command("filters"),
                Expect(says=("/filters off",), buttons=(texts.ANY_PRICE, "○ In stock")),
            ),
            Step(Tap("○ In stock"), Expect(buttons=("✓ In stock",))),
            Step(Tap(texts.ANY_PRICE), Expect(buttons=(f"✓ {texts.ANY_PRICE}", texts.BACK))),
            Step(Tap(texts.BACK), Expect(buttons=("✓ In stock", texts.ANY_PRICE))),
            Step(
                Command("filters", "under 30 €"),
                Expect(says=("Filters: under €30 · in stock",), buttons=("Under €30",)),
            ),
            Step(
                Photo(DRESS),
                Expect(
                    says=("Filters: under €30 · in stock",),
                    cards=5,
                    buttons=(*_ROWS, texts.MORE, texts.FILTERS),
                    no_buttons=(texts.SEARCH_UNFILTERED,),
                ),
            ),
            Step(Restart()),
            Step(
                Command("find", "red dress"),
                Expect(
                    says=("Only 3 are within these filters.",),
                    cards=3,
                    buttons=(texts.SEARCH_UNFILTERED,),
                ),
            ),
            Step(Tap(texts.SEARCH_UNFILTERED), Expect(cards=5, first="Red dress")),
            Step(Command("filters", "off"), Expect(says=(texts.NO_FILTERS,))),
            Step(Photo(DRESS), ANSWER),
            Step(Command("filters", "under 30 €"), Expect(buttons=(texts.SEARCH_AGAIN,))),
            Step(Tap(texts.SEARCH_AGAIN), Expect(says=("Filters: under €30",), cards=5)),
        ),
    ),
    Scenario(
        "hello, and a sample to try",
        (
            Step(Command("start"), Expect(says=(texts.START,), buttons=(texts.TRY_A_SAMPLE,))),
            Step(
                Tap(texts.TRY_A_SAMPLE),
                Expect(
                    says=(texts.SAMPLE, "24 products in 2 shops"),
                    pictures=1,
                    cards=5,
                    buttons=(*_ROWS, texts.MORE),
                ),
            ),
            Step(Tap("♡ 1"), Expect(notice="♥ Liked: ", buttons=("♥ 1",))),
        ),
    ),
    Scenario("help", (Step(Command("help"), Expect(says=("/similar", "/unsubscribe"))),)),
    Scenario("words get the way in", (Step(Words("hi there"), Expect(says=(texts.HOW_TO,))),)),
    Scenario("a photo gets five, best first", (Step(Photo(DRESS), ANSWER),)),
    Scenario("a photo with a caption", (Step(Photo(DRESS, caption="this one?"), ANSWER),)),
    Scenario("a command with a photo", (Step(Command("similar", photo=DRESS), ANSWER),)),
    Scenario(
        "a command without a photo says how",
        (Step(Command("similar"), Expect(says=("photo",))),),
    ),
    Scenario(
        "an album of one garment gets one answer",
        (Step(Photo(DRESS, others=(photos.garment("red", "dress"),) * 9), ANSWER),),
        frozenset({"album"}),
    ),
    Scenario(
        "of an album each garment is answered once, whatever the other photos are",
        (
            Step(
                Photo(
                    photos.cat(),
                    others=(
                        DRESS,
                        photos.garment("navy", "bag"),
                        photos.truncated(),
                        photos.garment("red", "dress", shift=4),
                    ),
                ),
                Expect(
                    says=(
                        "Also in the photos: bag.",
                        "In 1 of the 5 photos I see no clothes.",
                        "I couldn't read 1 of the 5 photos.",
                    ),
                    cards=5,
                    first="Red dress",
                    buttons=(*_ROWS, texts.MORE, "Bag"),
                    no_buttons=("Dress",),
                ),
            ),
            Step(Tap("Bag"), Expect(says=("Bag · blue",), cards=5, first="Navy bag")),
        ),
        frozenset({"album"}),
    ),
    Scenario(
        "an album without clothes is told so",
        (
            Step(
                Photo(photos.cat(), others=(photos.cat(),)),
                Expect(says=("no clothes in these 2 photos",), buttons=(texts.SEARCH_ANYWAY,)),
            ),
        ),
        frozenset({"album"}),
    ),
    Scenario(
        "a link to a picture is answered like the photo",
        (
            Step(Words(Pages.PICTURE), ANSWER),
            Step(Command("similar", Pages.PICTURE), ANSWER),
        ),
    ),
    Scenario(
        "a link to a product's page names the product and finds others like it",
        (
            Step(
                Words(f"something like this ({Pages.PRODUCT})?"),
                Expect(
                    says=("From your link: Red dress · €39.90 · Corner Shop",),
                    cards=5,
                    first="Red trousers",
                ),
            ),
        ),
    ),
    Scenario(
        "a link that leads nowhere is told so",
        (Step(Words("https://nobody.example/x"), Expect(says=("couldn't reach that page",))),),
    ),
    Scenario(
        "pictures of other formats are answered like photos",
        tuple(Step(Photo(content), ANSWER) for content in (photos.gif(), photos.heic())),
    ),
    Scenario(
        "a like shows, and goes again",
        (
            Step(Photo(DRESS), ANSWER),
            Step(
                Tap("♡ 2"),
                Expect(notice="♥ Liked: ", buttons=("♡ 1", "♥ 2", texts.MORE), no_buttons=("♡ 2",)),
            ),
            Step(Tap("♥ 2"), Expect(notice="♡ No longer liked: ", buttons=_ROWS)),
        ),
    ),
    Scenario(
        "a like is remembered in the next answer",
        (
            Step(Photo(DRESS), ANSWER),
            Step(Tap("♡ 1"), Expect(notice="♥ Liked: Red dress", buttons=("♥ 1",))),
            Step(Photo(DRESS), Expect(cards=5, buttons=("♥ 1", "♡ 2"))),
            Step(Tap("♥ 1"), Expect(notice="♡ No longer liked: Red dress", buttons=_ROWS)),
        ),
    ),
    Scenario(
        "more, page after page, to the end",
        (
            Step(Photo(DRESS), ANSWER),
            *(
                Step(Tap(texts.MORE), Expect(cards=5, buttons=(f"Buy {first}", texts.MORE)))
                for first in (6, 11, 16)
            ),
            Step(
                Tap(texts.MORE),
                Expect(says=(texts.END_OF_LIST,), cards=4, no_buttons=(texts.MORE,)),
            ),
        ),
    ),
    Scenario(
        "buttons work after a restart",
        (
            Step(Photo(DRESS), ANSWER),
            Step(Restart()),
            Step(Tap("♡ 3"), Expect(notice="♥ Liked: ", buttons=("♥ 3",))),
            Step(Tap("♥ 3"), Expect(notice="♡ No longer", buttons=("♡ 3",))),
            Step(Tap(texts.MORE), Expect(cards=5, buttons=("Buy 6",))),
        ),
    ),
    Scenario(
        "a cat is told so, and searched all the same when asked",
        (
            Step(
                Photo(photos.cat()),
                Expect(says=("no clothes", "cat"), buttons=(texts.SEARCH_ANYWAY,)),
            ),
            Step(Tap(texts.SEARCH_ANYWAY), Expect(cards=5, buttons=_ROWS)),
        ),
    ),
    _bad("not an image", photos.text_file(), "JPEG, PNG or WebP"),
    _bad("a truncated photo", photos.truncated(), "damaged"),
    _bad("a huge PNG", photos.huge(), "200 megapixels"),
    Scenario(
        "a daily pick, step by step",
        (
            Step(Command("subscribe"), Expect(says=(EXAMPLE,))),
            Step(Command("subscribe", "9"), Expect(says=("09:00 in which time zone?",))),
            Step(Command("subscribe", "9 the moon"), Expect(says=("moon", "nearest big city"))),
            Step(Command("subscribe", "9 berlin"), Expect(says=("09:00 (Europe/Berlin)",))),
            Step(Command("subscribe", "9:30 pm"), Expect(says=("21:30 (Europe/Berlin)",))),
            Step(Command("subscribe"), Expect(says=("You get picks every day at 21:30",))),
            Step(Command("unsubscribe"), Expect(says=(texts.STOPPED,))),
            Step(Command("unsubscribe"), Expect(says=(texts.NOT_SUBSCRIBED,))),
        ),
    ),
    Scenario(
        "all is erased when that is confirmed",
        (
            Step(Photo(DRESS), ANSWER),
            Step(Tap("♡ 1"), Expect(notice="♥ Liked: ")),
            Step(Command("privacy"), Expect(says=("/forget", "/export"))),
            Step(Command("forget"), Expect(says=(texts.FORGET,), buttons=(texts.FORGET_ALL,))),
            Step(Tap(texts.FORGET_ALL), Expect(notice=texts.FORGOTTEN)),
            Step(Photo(DRESS), Expect(cards=5, buttons=("♡ 1",), no_buttons=("♥ 1",))),
        ),
    ),
    *(_other(kind) for kind in OtherKind),
    Scenario(
        "a group's photos are its own",
        (Step(Photo(DRESS), Expect(silence=True)),),
        GROUP,
    ),
    Scenario(
        "a group asks by replying to a photo",
        (
            Step(Command("similar"), Expect(says=(texts.SIMILAR_HOW_TO_IN_A_GROUP,))),
            Step(Command("similar", photo=DRESS), ANSWER),
            Step(Tap("♡ 1"), Expect(notice="♥ Liked: Red dress")),
            Step(Tap(texts.MORE), Expect(cards=5, buttons=("Buy 6", "♡ 6"))),
        ),
        GROUP,
    ),
    Scenario(
        "words are searched like a photo",
        (
            Step(
                Words("a red dress, please"),
                Expect(says=("Dress · red",), cards=5, first="Red dress", buttons=_ROWS),
            ),
            Step(Tap("♡ 1"), Expect(notice="♥ Liked: Red dress", buttons=("♥ 1", "♡ 2"))),
            Step(Restart()),
            Step(Tap(texts.MORE), Expect(says=(texts.END_OF_LIST,), cards=1, buttons=("Buy 6",))),
        ),
    ),
    Scenario(
        "a price and a shop are kept to",
        (
            Step(
                Command("find", "navy bag under 50 € from Arcade"),
                Expect(
                    says=("Bag · navy · under €50 · Arcade", "Close: 1"), cards=3, first="Navy bag"
                ),
            ),
            Step(
                Command("find", "navy bag under 5 €"),
                Expect(says=("nothing like this: Bag · navy · under €5",)),
            ),
            Step(Command("find", "xyzzy"), Expect(says=(texts.FOUND_NO_WORDS,))),
        ),
    ),
    Scenario(
        "a group finds by words",
        (
            Step(Command("find", "olive shirt"), Expect(cards=5, first="Olive shirt")),
            Step(Tap("♡ 1"), Expect(notice="♥ Liked: Olive shirt")),
            Step(Tap(texts.MORE), Expect(cards=1)),
        ),
        GROUP,
    ),
    Scenario(
        "a caption says how it is to be otherwise",
        (
            Step(
                Photo(photos.garment("navy", "dress"), caption="in red, under 40 €"),
                Expect(says=("You asked for: red · under €40",), cards=4, first="Red dress"),
            ),
            Step(
                Photo(DRESS, caption="in red from Corner"),
                Expect(says=("You asked for: red · Corner Shop",), cards=4, first="Red dress"),
            ),
            Step(
                Photo(DRESS, caption="under 5 €"),
                Expect(
                    says=("nothing like this: Dress · under €5",), buttons=(texts.SEARCH_ANYWAY,)
                ),
            ),
            Step(Tap(texts.SEARCH_ANYWAY), Expect(cards=5, first="Red dress")),
            Step(
                Command("similar", "in olive", photo=DRESS),
                Expect(says=("You asked for: olive",), cards=4, first="Olive dress"),
            ),
        ),
    ),
    Scenario(
        "words beside an answer say how it is to be otherwise",
        (
            Step(Photo(DRESS), ANSWER),
            Step(
                Words("only from Arcade, please"),
                Expect(says=("You asked for: Arcade",), cards=5, buttons=(texts.MORE, *WAYS)),
            ),
            Step(Words("in navy"), Expect(says=("You asked for: navy · Arcade",), cards=4)),
            Step(Restart()),
            Step(Words("unter 20 Euro"), Expect(says=("nothing like this: Dress · navy",))),
            Step(Words("a red bag"), Expect(says=("Bag · red",), cards=5, first="Red bag")),
            Step(Words("in navy"), Expect(says=("Bag · navy",), cards=5, first="Navy bag")),
        ),
    ),
    Scenario(
        "what was shown is asked for as something else",
        (
            Step(Photo(DRESS), ANSWER),
            Step(
                Words("as a bag"),
                Expect(says=("You asked for: bag",), cards=5, first="Red bag"),
            ),
            Step(
                Words("in navy"),
                Expect(says=("You asked for: bag · navy",), cards=1, first="Navy bag"),
            ),
            Step(
                Photo(DRESS, caption="but as trousers, please"),
                Expect(says=("You asked for: trousers",), cards=5, first="Red trousers"),
            ),
        ),
    ),
    Scenario(
        "a reply is about what it replies to",
        (
            Step(Photo(DRESS), ANSWER),
            Step(Photo(photos.garment("navy", "bag")), Expect(cards=5, first="Navy bag")),
            Step(Words("in olive?", reply_to=0), Expect(cards=4, first="Olive dress")),
            Step(Words("for men", reply_to=1), Expect(says=("nothing like this: Bag · men's",))),
            Step(Words("orange dress", reply_to=0), Expect(cards=4, first="Orange dress")),
            Step(Words("orange dress", reply_to=1), Expect(cards=5, first="Orange dress")),
        ),
        frozenset({"reply"}),
    ),
    Scenario(
        "cheaper, in another colour, from another shop",
        (
            Step(Photo(DRESS), Expect(cards=5, buttons=(*_ROWS, texts.MORE, *WAYS))),
            Step(
                Tap(texts.CHEAPER),
                Expect(says=("You asked for: under €39",), cards=5, buttons=(texts.MORE, *WAYS)),
            ),
            Step(Restart()),
            Step(
                Tap(texts.OTHER_COLOUR),
                Expect(buttons=("Buy 1", "♡ 1", "Navy", "Orange"), no_buttons=("Red", *WAYS)),
            ),
            Step(
                Tap("Navy"),
                Expect(says=("You asked for: navy · under €39",), cards=4, buttons=WAYS),
            ),
            Step(Tap(texts.OTHER_SHOP), Expect(notice=texts.NO_OTHER_SHOP)),
            Step(Words("bag from Corner"), Expect(cards=3, buttons=WAYS)),
            Step(
                Tap(texts.OTHER_SHOP),
                Expect(says=("Bag · from another shop",), cards=3, first="Grey bag"),
            ),
            Step(Tap(texts.CHEAPER), Expect(notice=texts.NOTHING_CHEAPER)),
        ),
    ),
    Scenario(
        "a group goes on from an answer",
        (
            Step(Command("similar", photo=DRESS), Expect(cards=5, buttons=WAYS)),
            Step(Tap(texts.OTHER_COLOUR), Expect(buttons=("Navy",), no_buttons=WAYS)),
            Step(Tap("Navy"), Expect(says=("You asked for: navy",), cards=4, first="Navy dress")),
            Step(Tap(texts.CHEAPER), Expect(notice=texts.NOTHING_CHEAPER)),
        ),
        GROUP,
    ),
    *(_found(*one) for one in (("olive", "shirt"), ("purple", "trousers"), ("navy", "bag"))),
    _bad("a bitmap", photos.bmp(), "I can't read BMP"),
    _bad("an empty file", b"", "find a picture in that"),
    Scenario(
        "after a photo that cannot be read the answer before goes on",
        (
            Step(Photo(DRESS), ANSWER),
            Step(Photo(photos.truncated()), Expect(says=("damaged",))),
            Step(Tap(texts.MORE), Expect(cards=5, buttons=("Buy 6",))),
        ),
    ),
    Scenario(
        "a cat, then clothes",
        (
            Step(Photo(photos.cat()), Expect(says=("no clothes",))),
            Step(Photo(DRESS), ANSWER),
            Step(Tap(texts.SEARCH_ANYWAY), Expect(cards=5, buttons=_ROWS)),
        ),
    ),
    Scenario(
        "what is no clothes can be searched after a restart",
        (
            Step(Photo(photos.cat()), Expect(buttons=(texts.SEARCH_ANYWAY,))),
            Step(Restart()),
            Step(Tap(texts.SEARCH_ANYWAY), Expect(cards=5, buttons=_ROWS)),
        ),
    ),
    Scenario(
        "liked, not liked, liked again",
        (
            Step(Photo(DRESS), ANSWER),
            Step(Tap("♡ 4"), Expect(notice="♥ Liked: ", buttons=("♥ 4",))),
            Step(Tap("♥ 4"), Expect(notice="♡ No longer liked: ", buttons=("♡ 4",))),
            Step(Tap("♡ 4"), Expect(notice="♥ Liked: ", buttons=("♥ 4",))),
        ),
    ),
    Scenario(
        "the answer before keeps its buttons",
        (
            Step(Photo(DRESS), ANSWER),
            Step(Command("help"), Expect(says=("/similar",))),
            Step(Words("olive shirt"), Expect(cards=5, first="Olive shirt")),
            Step(Tap(texts.OTHER_COLOUR), Expect(buttons=("Navy",))),
            Step(Tap("Navy"), Expect(cards=5, first="Navy shirt")),
        ),
    ),
    Scenario(
        "cheaper until there is nothing cheaper",
        (
            Step(Photo(DRESS), ANSWER),
            Step(Tap(texts.CHEAPER), Expect(says=("under €39",), cards=5)),
            Step(Tap(texts.CHEAPER), Expect(notice=texts.NOTHING_CHEAPER)),
        ),
    ),
    Scenario(
        "a caption in another language",
        (
            Step(
                Photo(DRESS, caption="in Marineblau, unter 40 Euro"),
                Expect(says=("You asked for: navy · under €40",), first="Navy dress", cards=4),
            ),
        ),
    ),
    Scenario(
        "a caption that wishes for nothing changes nothing",
        (Step(Photo(DRESS, caption="look what my sister found :)"), ANSWER),),
    ),
    Scenario(
        "a link with a wish",
        (
            Step(
                Words(f"in navy: {Pages.PICTURE}"),
                Expect(says=("You asked for: navy",), cards=4, first="Navy dress"),
            ),
        ),
    ),
    _speaks("German", "ein rotes Kleid", "Dress · red"),
    _speaks("Spanish", "un vestido rojo", "Dress · red"),
    _speaks("French", "une robe rouge", "Dress · red"),
    _speaks("Russian", "красное платье", "Dress · red"),
    _speaks("Hindi", "मुझे लाल ड्रेस दिखाओ", "Dress · red"),
    Scenario(
        "words go on to the end",
        (
            Step(Words("purple trousers"), Expect(cards=5, first="Purple trousers")),
            Step(Tap(texts.MORE), Expect(says=(texts.END_OF_LIST,), cards=1)),
        ),
    ),
    Scenario(
        "words may name a shop",
        (Step(Words("a bag from Arcade"), Expect(says=("Bag · Arcade",), cards=3)),),
    ),
    Scenario(
        "today's picks, now",
        (
            Step(Command("picks"), Expect(cards=5, buttons=("♡ 1", "♡ 5"))),
            Step(Tap("♡ 2"), Expect(notice="♥ Liked: ", buttons=("♥ 2",))),
            Step(Restart()),
            Step(Tap("♥ 2"), Expect(notice="♡ No longer liked: ", buttons=("♡ 2",))),
        ),
    ),
    Scenario(
        "picks at noon, until they are stopped after a restart",
        (
            Step(Command("subscribe", "noon Vienna"), Expect(says=("12:00 (Europe/Vienna)",))),
            Step(Restart()),
            Step(Command("unsubscribe"), Expect(says=(texts.STOPPED,))),
        ),
    ),
    Scenario(
        "no picks to stop",
        (Step(Command("unsubscribe"), Expect(says=(texts.NOT_SUBSCRIBED,))),),
    ),
    Scenario(
        "nothing is kept, and nothing handed over",
        (
            Step(Command("export"), Expect(says=(texts.NOTHING_KEPT,))),
            Step(Command("forget"), Expect(buttons=(texts.FORGET_ALL,))),
            Step(Tap(texts.FORGET_ALL), Expect(notice=texts.NOTHING_KEPT)),
        ),
    ),
    Scenario(
        "what is kept is handed over",
        (
            Step(Words("red dress"), Expect(cards=5)),
            Step(Tap("♡ 1"), Expect(notice="♥ Liked: ")),
            Step(Command("export"), Expect(says=(texts.EXPORTED,))),
        ),
    ),
    Scenario(
        "the buttons of what was erased say so",
        (
            Step(Words("red dress"), Expect(cards=5)),
            Step(Command("forget"), Expect(buttons=(texts.FORGET_ALL,))),
            Step(Tap(texts.FORGET_ALL), Expect(notice=texts.FORGOTTEN)),
            Step(Tap("♡ 2"), Expect(notice=texts.NO_LONGER_WORKS)),
        ),
    ),
    Scenario(
        "a language by its name, for all that follows",
        (
            Step(Command("language", "de"), Expect(says=(german.LANGUAGE_CHOSEN,))),
            Step(Command("help"), Expect(says=(german.HELP,))),
            Step(Restart()),
            Step(Photo(DRESS), Expect(cards=5, buttons=(german.MORE, german.CHEAPER))),
            Step(Command("language", "en"), Expect(says=(texts.LANGUAGE_CHOSEN,))),
            Step(Command("help"), Expect(says=(texts.HELP,))),
        ),
    ),
    Scenario(
        "a language by a tap",
        (
            Step(Command("language"), Expect(says=(texts.CHOOSE_LANGUAGE,), buttons=("Deutsch",))),
            Step(Tap("Deutsch"), Expect(notice=german.LANGUAGE_CHOSEN)),
            Step(Words("hallo"), Expect(says=(german.HOW_TO,))),
            Step(Photo(photos.truncated()), Expect(says=(german.say("broken-photo"),))),
        ),
    ),
    Scenario(
        "a language that nobody here speaks",
        (
            Step(
                Command("language", "klingon"),
                Expect(says=(texts.LANGUAGE_UNKNOWN,), buttons=("English", "Français")),
            ),
        ),
    ),
    Scenario(
        "what is for operators is for nobody else",
        (Step(Command("shops"), Expect(says=("those who run this bot",))),),
    ),
    Scenario(
        "hello again, and again",
        (
            Step(Command("start"), Expect(says=(texts.START,), buttons=(texts.TRY_A_SAMPLE,))),
            Step(Restart()),
            Step(Command("start"), Expect(says=(texts.START,))),
            Step(Tap(texts.TRY_A_SAMPLE), Expect(says=(texts.SAMPLE,), pictures=1, cards=5)),
        ),
    ),
    # It is two in the afternoon in Berlin. What is set there is taken back: others are in it, too.
    Scenario(
        "a group's admin has every photo answered, but for its quiet hours",
        (
            Step(
                Command("settings"),
                Expect(says=("who asks with /similar",), buttons=(_EVERY_PHOTO.format("☐"),)),
            ),
            Step(Photo(DRESS), Expect(silence=True)),
            Step(Tap(_EVERY_PHOTO.format("☐")), Expect(buttons=(_EVERY_PHOTO.format("☑"),))),
            Step(Photo(DRESS), ANSWER),
            Step(Photo(photos.cat()), Expect(silence=True)),
            Step(Tap(texts.MORE), Expect(cards=5, buttons=("Buy 6", "♡ 6"))),
            Step(
                Command("settings", "13-15 Berlin"),
                Expect(says=("from 13:00 to 15:00 (Europe/Berlin)",)),
            ),
            Step(Restart()),
            Step(Photo(DRESS), Expect(silence=True)),
            Step(Command("similar", photo=DRESS), ANSWER),
            Step(Tap(_EVERY_PHOTO.format("☑")), Expect(buttons=(_EVERY_PHOTO.format("☐"),))),
            Step(Photo(DRESS), Expect(silence=True)),
        ),
        ADMIN,
    ),
    Scenario(
        "an outfit is completed, each piece swapped in its place, and another made",
        (
            Step(Photo(SHIRT), Expect(cards=5, buttons=(texts.COMPLETE_OUTFIT,))),
            Step(Tap(texts.COMPLETE_OUTFIT), OUTFIT),
            Step(Tap("⇄ Bag"), OUTFIT),
            Step(Restart()),
            Step(Tap("⇄ Trousers"), OUTFIT),
            Step(Tap("♡ 3"), Expect(notice="♥ Liked: ", buttons=("♥ 3", texts.ANOTHER_OUTFIT))),
            Step(Tap(texts.ANOTHER_OUTFIT), OUTFIT),
            Step(Tap("⇄ Shirt"), Expect(cards=3, pictures=1, buttons=("⇄ Shirt", "⇄ Bag"))),
        ),
    ),
    Scenario(
        "an outfit is asked for with a photo, or for what was shown last",
        (
            Step(Command("outfit"), Expect(says=(texts.OUTFIT_HOW_TO,))),
            Step(Command("outfit", photo=SHIRT), OUTFIT),
            Step(
                Command("outfit", photo=photos.cat()),
                Expect(says=("no clothes",), buttons=(texts.SEARCH_ANYWAY,)),
            ),
            Step(Words("red dress"), Expect(cards=5, first="Red dress")),
            Step(
                Command("outfit"),
                Expect(
                    says=("An outfit around: Dress · red",),
                    cards=2,
                    pictures=1,
                    first="Red dress",
                    buttons=("♡ 2", "⇄ Bag"),
                    no_buttons=("⇄ Dress",),
                ),
            ),
            Step(Command("outfit", "9"), Expect(says=(texts.OUTFIT_HOW_TO,))),
        ),
    ),
    Scenario(
        "a group has outfits",
        (
            Step(Command("outfit", photo=SHIRT), OUTFIT),
            Step(Tap("⇄ Trousers"), OUTFIT),
            Step(Tap("♡ 1"), Expect(notice="♥ Liked: Red shirt")),
        ),
        GROUP,
    ),
    Scenario(
        "an alert is set by taps and words, listed, and ended",
        (
            Step(Command("alerts"), Expect(says=(texts.ALERTS_NONE,))),
            Step(Photo(DRESS), Expect(cards=5, buttons=(texts.MORE, texts.ALERT_ME, *WAYS))),
            Step(
                Tap(texts.ALERT_ME),
                Expect(buttons=("Buy 1", "♡ 1", "🔔 1", "🔔 5"), no_buttons=(texts.ALERT_ME,)),
            ),
            Step(
                Tap("🔔 1"),
                Expect(
                    says=("Red dress: when shall I tell you?",),
                    buttons=("Below €39.90", "20 % off: €31.92", texts.ALERT_ALIKE),
                    no_buttons=(texts.ALERT_STOCK,),
                ),
            ),
            Step(Restart()),
            Step(Tap("Below €39.90"), Expect(notice="Red dress: below €39.90")),
            Step(Command("alerts", "1 under 25 €"), Expect(says=("Red dress: €25 or less",))),
            Step(Command("alerts", "7"), Expect(says=(texts.ALERTS_HOW_TO,))),
            Step(
                Command("alerts"),
                Expect(
                    says=("1. Red dress: below €39.90\n2. Red dress: €25 or less",),
                    buttons=("✕ 1", "✕ 2"),
                ),
            ),
            Step(Tap("✕ 1"), Expect(notice=texts.ALERT_ENDED, buttons=("✕ 2",))),
            Step(Tap("✕ 2"), Expect(notice=texts.ALERT_ENDED)),
            Step(Command("alerts"), Expect(says=(texts.ALERTS_NONE,))),
        ),
    ),
    Scenario(
        "the price of an alert is said in reply",
        (
            Step(Photo(DRESS), Expect(cards=5)),
            Step(Tap(texts.ALERT_ME), Expect(buttons=("🔔 2",))),
            Step(Tap("🔔 1"), Expect(says=("when shall I tell you?",), buttons=("Below €39.90",))),
            Step(
                Words("under 30 €", reply_to=1),
                Expect(says=("Red dress: €30 or less",)),
            ),
            Step(Words("50 €", reply_to=1), Expect(says=("within your price already",))),
            Step(Words("under 3 €", reply_to=1), Expect(says=("take for a mistake",))),
            Step(Words("under 30 $", reply_to=1), Expect(says=("in that currency",))),
        ),
        frozenset({"reply"}),
    ),
    Scenario(
        "a group watches nothing",
        (
            Step(Command("similar", photo=DRESS), Expect(cards=5, no_buttons=(texts.ALERT_ME,))),
            Step(Command("alerts", "1"), Expect(says=(texts.PRIVACY_ALONE,))),
        ),
        GROUP,
    ),
    # What is found there is in the catalogue from then on, so these come last.
    Scenario(
        "a tap searches the shops",
        (
            Step(Photo(DRESS), Expect(cards=5, buttons=(texts.MORE, texts.SEARCH_SHOPS))),
            Step(Tap(texts.SEARCH_SHOPS), BAZAAR),
            Step(Tap("♡ 1"), Expect(notice="♥ Liked: Women's red dress, Bazaar")),
            Step(Tap(texts.MORE), Expect(says=(texts.END_OF_LIST,), cards=FINDS - 5)),
        ),
    ),
    Scenario(
        "the shops are searched after a restart",
        (
            Step(Photo(DRESS), Expect(cards=5)),
            Step(Restart()),
            Step(Tap(texts.SEARCH_SHOPS), BAZAAR),
        ),
    ),
    Scenario(
        "a group searches the shops",
        (
            Step(Command("similar", photo=DRESS), Expect(cards=5)),
            Step(Tap(texts.SEARCH_SHOPS), BAZAAR),
        ),
        GROUP,
    ),
)
