"""The conversations of every platform, over the catalogue of ``world.py``."""

from bot.conversation.messages import OtherKind
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

DRESS = photos.garment("red", "dress", shift=2)
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
EXAMPLE = "/subscribe 09:00 Europe/Berlin"
GROUP = frozenset({"group"})
WAYS = (texts.CHEAPER, texts.OTHER_COLOUR, texts.OTHER_SHOP)


def _other(kind: OtherKind) -> Scenario:
    return Scenario(
        f"a {kind} is answered with what to send instead",
        (Step(Other(kind), Expect(says=(texts.other(kind),))),),
        frozenset({kind.value}),
    )


def _bad(name: str, content: bytes, *says: str) -> Scenario:
    return Scenario(name, (Step(Photo(content), Expect(says=says)), Step(Photo(DRESS), ANSWER)))


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
                    says=("Only 3 are within your filters.",),
                    cards=3,
                    buttons=(texts.SEARCH_UNFILTERED,),
                ),
            ),
            Step(Tap(texts.SEARCH_UNFILTERED), Expect(cards=5, first="Red dress")),
            Step(Command("filters", "off"), Expect(says=(texts.NO_FILTERS,))),
            Step(Photo(DRESS), ANSWER),
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
            Step(Command("subscribe", "9 the moon"), Expect(says=("the moon", "nearest big city"))),
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
