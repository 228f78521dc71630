"""The catalogue of texts as its files have it, what asks for it, and all that can be said."""

import ast
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path

import discord
from fluent.syntax import FluentParser
from fluent.syntax import ast as ftl

from bot.conversation.messages import OtherKind
from bot.conversation.texts import Liking, Texts, Why
from bot.conversation.wording import Sentence
from bot.discord.commands import command_tree
from bot.telegram.commands import COMMANDS, FOR_ADMINS, FOR_OPERATORS
from core.catalogue import Availability, Money
from core.errors import (
    BrokenPhoto,
    Busy,
    CatalogueEmpty,
    FetchFailed,
    IndexInvalid,
    LinkError,
    LinkProblem,
    NotAPhoto,
    PhotoTooHeavy,
    PhotoTooLarge,
    UnsupportedFormat,
)
from core.looks import Look
from core.search import Strength
from core.storage.assortment import News
from core.storage.broadcasts import Progress
from core.storage.chats import QuietHours
from core.storage.people import Subscription
from core.wishes import Wish, wish_of
from core.words import families
from scraping.report import ShopReport
from scraping.searching import Searched
from tests.support.answers import product

ROOT = Path(__file__).parents[2]
SHOPS = {"corner": "Corner Shop", "arcade": "Arcade"}
PACKAGES = ("conversation", "telegram", "discord", "web")
FORESEEN = (
    UnsupportedFormat("GIF"),
    BrokenPhoto("x"),
    PhotoTooHeavy(size_bytes=30_000_000, limit_bytes=20_000_000),
    PhotoTooLarge(pixels=200_000_000, limit_pixels=64_000_000),
    NotAPhoto("x"),
    Busy(retry_after_s=19.2),
    CatalogueEmpty("x"),
    IndexInvalid("x"),
    FetchFailed("x"),
    *(LinkError("x", problem) for problem in LinkProblem),
)
NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Text:
    """What one text refers to, and the keys of each of its choices."""

    arguments: set[str]
    texts: set[str]
    choices: list[list[str]]

    @classmethod
    def of(cls, message: ftl.Message) -> "Text":
        nodes = list(_nodes(message))
        choices = [node.variants for node in nodes if isinstance(node, ftl.SelectExpression)]
        return cls(
            {node.id.name for node in nodes if isinstance(node, ftl.VariableReference)},
            {node.id.name for node in nodes if isinstance(node, ftl.MessageReference)},
            [[getattr(one.key, "name", "a number") for one in variants] for variants in choices],
        )


def _nodes(node: ftl.BaseNode) -> Iterator[ftl.BaseNode]:
    yield node
    for value in vars(node).values():
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ftl.BaseNode):
                yield from _nodes(child)


def source(language: str) -> str:
    return (ROOT / "data" / "texts" / f"{language}.ftl").read_text("utf-8")


@cache
def catalogue(language: str) -> dict[str, Text]:
    """Each text by its id."""
    found = {}
    for entry in FluentParser().parse(source(language)).body:
        assert not isinstance(entry, ftl.Junk), entry.content
        if isinstance(entry, ftl.Message):
            assert entry.id.name not in found, f"{entry.id.name} twice"
            found[entry.id.name] = Text.of(entry)
    return found


def arguments(language: str, name: str) -> set[str]:
    """The arguments of a text, those of the texts in it too."""
    text = catalogue(language)[name]
    return text.arguments.union(*(arguments(language, other) for other in text.texts))


def vocabulary(name: str) -> dict[str, object]:
    return tomllib.loads((ROOT / "data" / "vocabulary" / f"{name}.toml").read_text("utf-8"))


def words() -> set[str]:
    """The id of each of our own words for what a photo shows."""
    kinds = [*vocabulary("kinds"), *vocabulary("imagenet")["worn"], *families(), "clothes"]  # type: ignore[misc]
    sorts = {
        "kind": kinds,
        "colour": [*vocabulary("colours"), *vocabulary("swatches")],
        "pattern": [*vocabulary("patterns"), *vocabulary("training")["patterns"]],  # type: ignore[misc]
        "gender": vocabulary("genders"),
    }
    return {f"{sort}-{word.replace(' ', '-')}" for sort, some in sorts.items() for word in some}  # type: ignore[attr-defined]


def asked_for() -> set[str]:
    """The id of every text that the code asks for."""
    by_name = {name.lower().replace("_", "-") for name in sentences()}
    by_id = {
        str(call.args[0].value)
        for path in sources()
        for call in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(call, ast.Call) and called(call) in {"say", "said", "Refused"}
        if isinstance(call.args[0], ast.Constant)
    }
    html = (ROOT / "bot" / "web" / "page" / "index.html").read_text("utf-8")
    by_page = set(re.findall(r"\{\{([a-z-]+)\}\}", html))
    by_kind = {
        *words(),
        *(f"other-{kind}" for kind in OtherKind),
        *(f"{form}-{strength}" for form in ("ranks", "sure") for strength in Strength),
        *(f"link-{problem}" for problem in LinkProblem),
        *(f"shop-{change}" for change in ("new", "changed", "gone", "pages")),
        *(f"news-{news}" for news in News),
        *(f"command-{name}" for name in commands()),
    }
    return by_name | by_id | by_page | by_kind


def sentences() -> set[str]:
    """The names of the texts that have no arguments."""
    return {
        name
        for kind in Texts.__mro__
        for name, value in vars(kind).items()
        if isinstance(value, Sentence)
    }


def commands() -> set[str]:
    """Every command that a platform lists."""
    tree = command_tree(discord.Client(intents=discord.Intents.none()), None, None)  # type: ignore[arg-type]
    slash = tree.get_commands(type=discord.AppCommandType.chat_input)
    return {command.name for command in slash} | {*COMMANDS, *FOR_ADMINS, *FOR_OPERATORS}


def sources() -> list[Path]:
    return [path for package in PACKAGES for path in sorted((ROOT / "bot" / package).glob("*.py"))]


def called(call: ast.Call) -> str:
    return getattr(call.func, "attr", getattr(call.func, "id", ""))


def every_text(say: Texts) -> list[str]:
    """Everything that there is to say, said, with counts and arguments of every sort."""
    return [
        *(getattr(say, name) for name in sentences()),
        *(say.say(word) for word in words()),
        *(say.command(name) for name in commands()),
        *(say.say(name) for name in catalogue("en") if name.endswith(("-option", "-about"))),
        *(say.other(kind) for kind in OtherKind),
        *_answers(say),
        *_pick_texts(say),
        *_alert_texts(say),
        *_shop_texts(say),
        *(said for error in FORESEEN if (said := say.trouble(error))),
        *(say.say(name) for name in catalogue("en") if name.startswith("page-")),
        *(say.say(name) for name in ("find-similar", "other-site", "no-cookie", "too-long")),
        say.say("not-understood"),
        say.say("too-many-photos", limit=10),
        say.say("too-much-at-once", limit=64),
        say.unforeseen("0123abcd"),
    ]


def _answers(say: Texts) -> Iterator[str]:
    look = Look(fashion=1, seen="gown", kind="dress", colour="navy", pattern="floral")
    for strength in Strength:
        for count in range(1, 7):
            yield say.sureness([(rank, strength) for rank in range(1, count + 1)])
    mixed = list(enumerate(Strength, 1))
    for photos in (1, 2, 5):
        names = [say.garment("bag"), say.garment("dress", colour="red")]
        counts = {"photos": photos, "bare": 1, "unread": 2}
        answer = say.answer(look, mixed, wish=Wish(), products=3, shops=2, garments=names, **counts)
        yield say.from_link("Dress", product(1), answer, now=NOW)
        yield say.no_clothes(look, photos=photos)
    yield say.further(mixed, last=True)
    yield say.further((), last=True)
    yield say.rebuilt(1)
    yield say.rebuilt(45_000)
    yield say.not_rebuilt("The index is being built by another process.")
    for count, gone in ((1, 0), (1, 1), (7, 2), (25, 5)):
        yield say.likes(count, gone=gone)
    for asked, silent in ((1, 0), (1, 1), (3, 0), (3, 1), (3, 2), (3, 3)):
        searched = Searched(
            words={"en": "women red dress"}, asked=asked, silent=silent, products=()
        )
        yield say.offered(searched, [])
        yield say.offered(searched, mixed)
    wish = wish_of("black or red dress under 50 € from Corner, floral, women, midi", SHOPS)
    yield say.found(wish, mixed, unsaid=["midi", "x" * 500])
    yield say.found(wish_of("dress under 50", SHOPS), mixed, unsaid=[])
    yield say.found_nothing(wish)
    wish = replace(wish, new=True, in_stock=True, elsewhere=("arcade",))
    yield say.refined(look, wish, mixed)
    yield say.colour_button("light blue")
    yield say.outfit(look, stands_in=True)
    yield say.swap("bottom")
    others = [product(number) for number in range(2, 7)]
    for more in (1, 3, 5):
        yield say.details(product(1), now=NOW, also=others[:more])
    yield say.look_line(Look(fashion=1, seen="jersey"))
    yield say.look_line(Look(fashion=1, seen=""))
    yield say.no_clothes(Look(fashion=0, seen="tabby cat"))
    yield say.no_clothes(Look(fashion=0, seen=""))
    yield say.garment_button(say.garment("clothes"))
    yield say.buy(1)
    yield say.liked("Dress")
    yield say.unliked("Dress")
    for days in (0, 1, 2, 5, 21):
        yield say.details(product(1), now=product(1).checked_at + timedelta(days=days))
    yield say.details(replace(product(1), availability=Availability.SOLD_OUT), now=NOW)


def _pick_texts(say: Texts) -> Iterator[str]:
    yield say.picks([Why(rank=rank, shop="Corner", news=News.NEW) for rank in (1, 2)])
    whys = [Why(rank=1, shop="Corner", liked="Dress", news=News.NEW)]
    whys += [Why(rank=2, shop="Corner", photo=True, news=News.REDUCED, less=20)]
    whys += [Why(rank=3, shop="Corner", surprise=True, news=News.BACK), Why(rank=4, shop="Corner")]
    yield say.picks([*whys, Why(rank=5, shop="Corner", news=News.NEW)])
    wanted = Subscription(
        platform="web",
        chat_id="c",
        person_id="ann",
        at=time(9),
        timezone="Europe/Berlin",
        created_at=NOW,
    )
    for days in (0, 1, 4):
        for some in (wanted, replace(wanted, days=0b0010001)):
            yield say.subscribed(some, next_at=NOW + timedelta(days=days), now=NOW)
            yield say.subscribed_already(some, next_at=NOW + timedelta(days=days), now=NOW)
        yield say.paused(next_at=NOW + timedelta(days=days), now=NOW)
    yield say.disliked("Dress")
    yield say.dislike(5)
    yield say.less_button(5)
    yield say.drop_button(5)
    price = Money(Decimal(20), "EUR")
    known = Liking(
        share=0.7,
        kinds=("dress", "skirt"),
        colours=("red",),
        gender="women",
        prices=(price, Money(Decimal(40), "EUR")),
        liked=("Red dress",),
        photo=False,
    )
    bare = Liking(share=0.3, kinds=(), colours=(), gender=None, prices=None, liked=(), photo=True)
    yield say.taste([known, replace(known, prices=(price, price)), bare], against=["Bag"])
    quiet = QuietHours(start=time(22), end=time(7), timezone="Etc/GMT-2")
    yield say.quiet_button(None)
    yield say.quiet_button(quiet)
    yield say.quiet_set(quiet)
    for count in (1, 2, 5):
        yield say.shops_button(1, count)
    yield say.which_zone("09:00")
    yield say.unknown_zone("the moon", "09:00", ())
    yield say.unknown_zone("ist", "09:00", ("Asia/Kolkata", "Europe/Dublin"))


def _alert_texts(say: Texts) -> Iterator[str]:
    price = Money(Decimal(30), "EUR")
    yield from (say.alert_when("Dress"), say.alert_brand("Acme"), say.alert_like("Dress"))
    yield from (say.alert_cheaper(price), say.alert_fifth(price), say.alert_already(price))
    yield from (say.alert_too_low(price), say.alert_other_currency(price))
    for below in (True, False):
        yield say.alert_set(say.alert_limit("Dress", price, below=below))
    yield say.alert_price([1, 2], was=price)
    yield from (say.alert_back([1]), say.alert_new([2], brand="Acme"))
    yield say.alert_new_like([1, 3], title="Dress")


def _shop_texts(say: Texts) -> Iterator[str]:
    yield say.for_operators("bare:ann")
    yield say.shop_without_news("Corner")
    yield say.broadcast_too_long(3)
    yield say.broadcast_reach(people=1, groups=2)
    for going, stopped in ((True, False), (False, True), (False, False)):
        yield say.broadcast(
            Progress(
                id=1,
                text="Hello",
                is_going=going,
                is_stopped=stopped,
                sent=3,
                failed=1,
                left=2,
                unsure=1,
            )
        )
    for count in (1, 2, 5):
        yield say.and_more_shops(count)
        counts = {"products": count, "new": count, "changed": count, "gone": count, "pages": count}
        report = ShopReport(
            shop="corner", counts=counts, errors={"timeout": count}, problem="too few"
        )
        for hours in (0, 5, 24 * 3):
            yield say.shop_news("Corner", report, ago=timedelta(hours=hours))
