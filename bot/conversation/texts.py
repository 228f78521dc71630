"""Every sentence that a person reads, in one place: short, kind and true.

Buttons' labels and products' lines are sentences too. What a shop or a network calls something
(titles, "tabby cat") comes in as an argument.
"""

import math
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from bot.conversation.messages import OtherKind
from bot.conversation.prices import format_price
from core.catalogue import Availability, Gender, Money, Product
from core.errors import (
    BrokenPhoto,
    Busy,
    CatalogueEmpty,
    FetchError,
    LinkError,
    LinkProblem,
    NotAPhoto,
    PhotoTooHeavy,
    PhotoTooLarge,
    TwinsetError,
    Unavailable,
    UnsupportedFormat,
)
from core.looks import Look
from core.search import Strength
from core.wishes import Wish
from scraping.report import ShopReport
from scraping.searching import Searched

# Saying hello -----------------------------------------------------------------------------

START = (
    "Send me a photo of clothes, and I'll find five like it in real shops.\n"
    "A screenshot is fine too, and so are words. Your photos are never kept.\n"
    "/help shows what else I can do."
)

TRY_A_SAMPLE = "Try a sample photo"
SAMPLE = "A sample photo, answered as if it were yours:"

HELP = (
    "A photo or a screenshot: I answer with up to five products like it.\n"
    "A link to a picture or to a product's page will do, too.\n"
    "/similar: the same; in a group, as a reply to a photo\n"
    "/find black midi dress under 50 €: what the shops have of it; here, words alone will do\n"
    "/subscribe 09:00 Europe/Berlin: five picks a day at your hour\n"
    "/unsubscribe: no more picks\n"
    "/picks: today's picks, now\n"
    "♡ under an answer remembers what you like; tap again to undo.\n"
    "/privacy: what I keep, and how to have it erased"
)

HOW_TO = (
    "I look for clothes by photo or by words, such as: black midi dress under 50 €\n"
    "/help shows the rest."
)

FIND_HOW_TO = "What shall I look for? For example: /find black midi dress under 50 €"

FOUND_NO_WORDS = "No shop has anything called that. A kind and a colour work best: black dress"

UNKNOWN_COMMAND = "I don't know that command. /help lists those I do."

SIMILAR_HOW_TO = "Send me a photo, and I'll find clothes like it."

SIMILAR_HOW_TO_IN_A_GROUP = "Reply to a photo with /similar, and I'll find clothes like it."


def about(command: str, *, in_group: bool) -> str:
    """For a command that only asks how things are done."""
    match command:
        case "help":
            return HELP
        case "similar":
            return SIMILAR_HOW_TO_IN_A_GROUP if in_group else SIMILAR_HOW_TO
        case "find":
            return FIND_HOW_TO
    return UNKNOWN_COMMAND


# An answer --------------------------------------------------------------------------------

SEARCH_ANYWAY = "Search all the same"
MORE = "More"
SEARCH_SHOPS = "Search the shops"
SHOPS_ASKED_ALREADY = "The shops were asked already; see further down."
END_OF_LIST = "That was all of it."
ALREADY_SHOWN = "Already shown, further down."
NO_LONGER_WORKS = "This button no longer works here. Send me a photo for new ones."
PRODUCT_GONE = "That product is no longer there."

_STRENGTH = {Strength.STRONG: "close", Strength.FAIR: "fair", Strength.WEAK: "weak"}
_ALSO = 3  # shops that a card names besides its own
_HOW_MANY = {2: "Both are", 3: "All three are", 4: "All four are", 5: "All five are"}
_GENDER = {
    Gender.WOMEN: "women's",
    Gender.MEN: "men's",
    Gender.UNISEX: "unisex",
    Gender.KIDS: "kids'",
}


def look_line(look: Look) -> str:
    """What was recognised: "Dress · navy · floral · women's"."""
    gender = _GENDER[look.gender] if look.gender else None
    colours = " and ".join(word for word, _ in look.colours[:2]) or look.colour
    words = [look.kind or look.seen or "clothes", colours, look.pattern, gender]
    return _capital(" · ".join(word for word in words if word))


def sureness(strengths: Sequence[tuple[int, Strength]]) -> str:
    """How sure, for (rank, strength) pairs, best first."""
    groups: dict[Strength, list[int]] = {}
    for rank, strength in strengths:
        groups.setdefault(strength, []).append(rank)
    if len(groups) > 1:
        parts = (f"{_STRENGTH[strength]}: {_span(ranks)}" for strength, ranks in groups.items())
        return f"{_capital(' · '.join(parts))}."
    ((strength, ranks),) = groups.items()
    if strength is Strength.WEAK:
        return "Only weak matches: nothing here is very like it."
    if len(ranks) == 1:
        return f"A {_STRENGTH[strength]} match."
    return f"{_HOW_MANY.get(len(ranks), 'All are')} {_STRENGTH[strength]} matches."


def searched(*, products: int, shops: int) -> str:
    """Where the answer comes from."""
    return f"Searched {_count(products, 'product')} in {_count(shops, 'shop')}."


def answer(
    look: Look,
    strengths: Sequence[tuple[int, Strength]],
    *,
    products: int,
    shops: int,
    photos: int = 1,
    unread: int = 0,
    bare: int = 0,
    garments: Sequence[str] = (),
    asked: Searched | None = None,
) -> str:
    """The message under an album; ``photos`` is how many came in one message.

    Of them ``unread`` could not be read, and ``bare`` show no clothes. ``garments`` are the
    others; ``asked`` is what came of asking the shops besides.
    """
    lines = [look_line(look), sureness(strengths), searched(products=products, shops=shops)]
    if asked:
        lines.append(shops_asked(asked))
    if garments:
        where = "photo" if photos == 1 else "photos"
        lines.append(f"Also in the {where}: {', '.join(garments)}.")
    if bare:
        lines.append(f"In {bare} of the {photos} photos I see no clothes.")
    if unread:
        lines.append(f"I couldn't read {unread} of the {photos} photos.")
    return "\n".join(lines)


def from_link(title: str, product: Product | None, answer: str, *, now: datetime) -> str:
    """The same answer under what a link led to; ``product`` where it is in the catalogue."""
    shown = f"{title} · {details(product, now=now)}" if product else title
    return f"From your link: {shown}\n{answer}"


def shops_asked(asked: Searched) -> str:
    """Whom we asked: "Asked 3 shops for "women navy dress"; one did not answer."."""
    said = f'Asked {_count(asked.asked, "shop")} for "{asked.words}"'
    if not asked.silent:
        return f"{said}."
    if asked.silent == asked.asked:
        who = "it did not answer" if asked.asked == 1 else "none of them answered"
    else:
        who = f"{'one' if asked.silent == 1 else asked.silent} did not answer"
    return f"{said}; {who}."


def offered(asked: Searched, strengths: Sequence[tuple[int, Strength]]) -> str:
    """The message under what the shops have besides; no strengths where that is nothing."""
    if strengths:
        return f"{shops_asked(asked)}\n{sureness(strengths)}"
    if asked.silent == asked.asked:
        return f"{shops_asked(asked)}\n{LATER}"
    they = "It has" if asked.asked == 1 else "They have"
    return f"{shops_asked(asked)}\n{they} nothing that I had not found already."


def wish_line(wish: Wish) -> str:
    """What was understood: "Dress · black · under €50 · Corner Shop · "midi""."""
    shops = " or ".join(title for _, title in wish.shops)
    words = [wish.kind, " or ".join(wish.colours), wish.pattern]
    words += [_GENDER[wish.gender] if wish.gender else None, _limit(wish), shops]
    words += [f'"{_cut(word)}"' for word in wish.words]
    return _capital(" · ".join(word for word in words if word))


def found(wish: Wish, strengths: Sequence[tuple[int, Strength]], *, unsaid: Sequence[str]) -> str:
    """The message under what words found; ``unsaid`` are those that no title has."""
    lines = [wish_line(wish), sureness(strengths)]
    if unsaid:
        words = " or ".join(f'"{_cut(word)}"' for word in unsaid)
        lines.append(f"None of these is called {words}.")
    return "\n".join(lines)


def found_nothing(wish: Wish) -> str:
    """For words that nothing in the shops fits."""
    return f"The shops have nothing like this: {wish_line(wish)}.\nFewer words may find more."


def garment(name: str) -> str:
    """A button for another garment of the photo."""
    return _capital(name)


def further(strengths: Sequence[tuple[int, Strength]], *, last: bool) -> str:
    """The message under a further album."""
    return f"{sureness(strengths)} {END_OF_LIST}" if last else sureness(strengths)


def no_clothes(look: Look, *, photos: int = 1) -> str:
    """For a photo that seems to show nothing to wear, or several."""
    seen = look.seen.strip()
    if photos > 1:
        return f"I see no clothes in these {photos} photos."
    if not seen:
        return "I see no clothes in this photo."
    return f"I see no clothes in this photo. It looks like {_a(seen)} to me."


def buy(rank: int) -> str:
    """A buy button."""
    return f"Buy {rank}"


def heart(rank: int, *, liked: bool) -> str:
    """A like button in its state."""
    return f"{'♥' if liked else '♡'} {rank}"


def liked(title: str) -> str:
    """After a like."""
    return f"♥ Liked: {title}"


def unliked(title: str) -> str:
    """After a like was taken back."""
    return f"♡ No longer liked: {title}"


def details(product: Product, *, now: datetime, also: Sequence[Product] = ()) -> str:
    """A product's line: price, shop, the price's age when it is not from today, other shops."""
    words: list[str] = []
    if product.availability is Availability.SOLD_OUT:
        words.append("sold out")
    elif product.price is not None:
        words.append(format_price(product.price))
    words.append(product.shop_title)
    if product.price is not None and product.availability is not Availability.SOLD_OUT:
        words.extend(_age(product.checked_at, now))
    if also:
        titles = [one.shop_title for one in also]
        more = f" and {len(titles) - _ALSO} more" if len(titles) > _ALSO else ""
        words.append(f"also at {', '.join(titles[:_ALSO])}{more}")
    return _capital(" · ".join(words))


def price(money: Money) -> str:
    """An amount alone."""
    return format_price(money)


# Trouble ----------------------------------------------------------------------------------

LATER = "Please try again in a few minutes."

_OTHER = {
    OtherKind.STICKER: "Nice sticker! I can only search by photos, though.",
    OtherKind.VOICE: "I can't listen to voice messages. Send me a photo instead.",
    OtherKind.VIDEO: "I can't watch videos yet. A screenshot of the right moment works well.",
    OtherKind.GIF: "I can't search by moving pictures. A screenshot of it works well.",
    OtherKind.FILE: "I can't open that file. Send me a photo: JPEG, PNG or WebP.",
    OtherKind.OTHER: "I can't search by that. Send me a photo of clothes.",
}


_LINK = {
    LinkProblem.AWAY: "I couldn't reach that page. Is the link right? A screenshot works, too.",
    LinkProblem.SLOW: "That page takes too long. Send me a screenshot of it instead.",
    LinkProblem.CLOSED: "That site doesn't let me look at its pages. Send me a screenshot instead.",
    LinkProblem.REFUSED: "I can't open that link. Send me the picture itself, or a screenshot.",
    LinkProblem.EMPTY: "I found no picture behind that link. Send me a screenshot instead.",
}


def other(kind: OtherKind) -> str:
    """For what is not a photo."""
    return _OTHER[kind]


def trouble(error: TwinsetError) -> str | None:  # noqa: C901, PLR0911  one sentence for each kind
    """What to say about an error that was foreseen; None when a person can do nothing with it."""
    match error:
        case UnsupportedFormat():
            return (
                f"I can't read {error.format_name} pictures. "
                "Send a JPEG, PNG or WebP; a screenshot of it works well."
            )
        case BrokenPhoto():
            return "That picture is damaged or cut off. Please send it again."
        case PhotoTooHeavy():
            return (
                f"That file has {math.ceil(error.size_bytes / 1e6)} MB, and I read up to "
                f"{error.limit_bytes / 1e6:.0f} MB. A screenshot of it works well."
            )
        case PhotoTooLarge():
            return (
                f"That picture has {math.ceil(error.pixels / 1e6)} megapixels, and I read up to "
                f"{error.limit_pixels / 1e6:.0f}. A screenshot of it works well."
            )
        case NotAPhoto():
            return "I can't find a picture in that. Send me a photo: JPEG, PNG or WebP."
        case LinkError():
            return _LINK[error.problem]
        case Busy():
            return busy(error.retry_after_s)
        case CatalogueEmpty():
            return f"There are no products to search yet. {LATER}"
        case Unavailable():
            return f"I'm still sorting the products. {LATER}"
        case FetchError():
            return "I couldn't download that photo. Please send it again."
    return None


def busy(retry_after_s: float) -> str:
    """The line is full."""
    return (
        f"I'm busy; I'll be back in about {max(1, math.ceil(retry_after_s))} s. "
        "Please try again then."
    )


def unforeseen(error_id: str) -> str:
    """Something broke; the id is in the log."""
    return f"Sorry, something went wrong on my side. If it happens again, mention {error_id}."


_QUOTE = 40

# Daily picks ------------------------------------------------------------------------------

STOP_PICKS = "Stop these"
STOPPED = "Done: no more daily picks. /subscribe brings them back."
NOT_SUBSCRIBED = "You get no daily picks. /subscribe 09:00 Europe/Berlin starts them."
SUBSCRIBE_HOW_TO = (
    "When would you like your daily picks? For example: /subscribe 09:00 Europe/Berlin"
)
PICKS = "Your picks for today"
PICKS_HOW_TO = "Tap ♡ on what you like, and the next ones come closer to it."
NO_PICKS = f"I have no picks for you right now. {LATER}"


def picks(reasons: Sequence[tuple[int, str | None]]) -> str:
    """The message under the day's picks.

    For each rank the title of the liked product that it is like, None for what is merely new.
    """
    if not any(liked for _, liked in reasons):
        return f"{PICKS}, from the newest in the shops.\n{PICKS_HOW_TO}"
    ranks: dict[str | None, list[int]] = {}
    for rank, liked in reasons:
        ranks.setdefault(liked, []).append(rank)
    lines = (
        f"{_span(some)}: because you liked {liked}" if liked else f"{_span(some)}: new in the shops"
        for liked, some in ranks.items()
    )
    return "\n".join([f"{PICKS}:", *lines])


def subscribed(*, at: str, zone: str, next_at: datetime, now: datetime) -> str:
    """The confirmation; ``now`` and ``next_at`` are in the subscription's zone."""
    return (
        f"Done: picks every day at {at} ({zone_name(zone)}). "
        f"The next come {_day(next_at, now)} at {next_at:%H:%M}. /unsubscribe stops them."
    )


def subscribed_already(*, at: str, zone: str, next_at: datetime, now: datetime) -> str:
    """For /subscribe alone, when there is a subscription."""
    return (
        f"You get picks every day at {at} ({zone_name(zone)}); "
        f"the next come {_day(next_at, now)} at {next_at:%H:%M}. "
        "For another hour: /subscribe 18:30"
    )


def which_zone(at: str) -> str:
    """An hour without a zone."""
    return f"{at} in which time zone? Your city will do: /subscribe {at} Berlin"


def unknown_zone(words: str, at: str, choices: Sequence[str]) -> str:
    """A zone that is not known, or that may be several."""
    words = _cut(words)
    if choices:
        examples = " or ".join(f"/subscribe {at} {zone}" for zone in choices)
        return f'Which time zone is "{words}"? Perhaps: {examples}'
    return (
        f'I don\'t know the time zone "{words}". '
        f"Try the nearest big city, for example: /subscribe {at} Berlin"
    )


def zone_name(zone: str) -> str:
    """A zone as people write it: the database counts Etc/GMT-2 the other way round."""
    if zone.startswith(("Etc/GMT+", "Etc/GMT-")):
        sign = "-" if zone[7] == "+" else "+"
        return f"UTC{sign}{zone[8:]}"
    return zone


# Privacy ----------------------------------------------------------------------------------

PRIVACY = (
    "I never keep a photo: it is looked at in memory and dropped.\n"
    "Of you I keep:\n"
    "· what you liked with ♡, until you take it back\n"
    "· when you want daily picks and in which chat, and which ones you were sent in the last "
    "30 days\n"
    "· for 30 days, which products an answer showed you and what I took the photo for, with some "
    "300 numbers to compare products by, so that its buttons work\n"
    "Of a group's members I keep only what they like; answers and picks there belong to nobody. "
    "Those who run this bot see numbers, not people.\n"
    "/export hands you all of it; /forget erases it."
)

PRIVACY_ALONE = "That is between the two of us: ask me in a private chat."
EXPORTED = "Here is all that I keep of you."
FORGET = "Shall I erase all that I keep of you: likes, daily picks and earlier answers?"
FORGET_ALL = "Erase everything"
FORGOTTEN = "Done. I keep nothing of you any more; earlier buttons no longer work."
NOTHING_KEPT = "I keep nothing of you."


# The chat page ----------------------------------------------------------------------------

OTHER_SITE = "That came from another site than this page, so I left it alone."
NO_COOKIE = "I lost track of who you are. Please reload the page, and allow it its cookie."
NOT_UNDERSTOOD = "That reached me in pieces. Please reload the page and try again."
TOO_LONG = "That is more than I can read. I look for clothes by photo: send me one."


def too_many_photos(limit: int) -> str:
    """More than one message may carry."""
    return f"That is a lot of photos: please send at most {limit} at once."


def too_much_at_once(limit_bytes: int) -> str:
    """A message of too many bytes."""
    return f"That is more than {limit_bytes / 1e6:.0f} MB at once. Please send fewer photos."


# For operators ----------------------------------------------------------------------------

NO_SHOPS = "There are no shops yet: describe one in the shops folder."


def for_operators(name: str) -> str:
    """For everybody else; ``name`` is what the setting would have to say."""
    return (
        "That is for those who run this bot. "
        f"If you do, put {name} into TWINSET_OPERATORS and start it again."
    )


def shop_news(title: str, report: ShopReport, *, ago: timedelta) -> str:
    """A shop's last night: "Corner: 480 products (98 % of last time), 3 new, ...; 5 h ago"."""
    counts = report.counts
    share = "" if report.share is None else f" ({report.share:.0%} of last time)"
    parts = [f"{_count(counts.get('products', 0), 'product')}{share}"]
    parts += [f"{counts.get(name, 0):,} {name}" for name in ("new", "changed", "gone")]
    parts.append(_count(counts.get("pages", 0), "page"))
    if report.errors:
        kinds = ", ".join(f"{kind}: {count}" for kind, count in sorted(report.errors.items()))
        parts.append(f"{_count(sum(report.errors.values()), 'error')} ({kinds})")
    mark = "" if report.complete else f"\n  ⚠ not seen as a whole: {report.problem}"
    return f"{title}: {', '.join(parts)}; {_ago(ago)}{mark}"


def shop_without_news(title: str) -> str:
    """A shop of which no night is known."""
    return f"{title}: not scraped in the last month"


def and_more_shops(count: int) -> str:
    """What a message has no room for."""
    return f"… and {_count(count, 'shop')} more; the log has them all."


def _ago(ago: timedelta) -> str:
    hours = int(ago.total_seconds() // 3600)
    if hours < 1:
        return "just now"
    return f"{hours} h ago" if hours < 48 else f"{hours // 24} days ago"


# The small print of the language ----------------------------------------------------------


def _age(checked_at: datetime, now: datetime) -> list[str]:
    days = (now.astimezone(UTC).date() - checked_at.astimezone(UTC).date()).days
    if days < 1:
        return []
    return ["price from yesterday" if days == 1 else f"price from {days} days ago"]


def _day(then: datetime, now: datetime) -> str:
    days = (then.date() - now.date()).days
    return {0: "today", 1: "tomorrow"}.get(days, f"on {then:%A}")


def _span(ranks: Sequence[int]) -> str:
    if len(ranks) > 1 and ranks[-1] - ranks[0] == len(ranks) - 1:
        return f"{ranks[0]}–{ranks[-1]}"
    return ", ".join(str(rank) for rank in ranks)


def _count(number: int, thing: str) -> str:
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def _limit(wish: Wish) -> str | None:
    if wish.most is None:
        return None
    if wish.currency is None:
        return f"under {wish.most:f}"
    return f"under {format_price(Money(wish.most, wish.currency))}"


def _cut(words: str) -> str:
    return words if len(words) <= _QUOTE else f"{words[:_QUOTE].rstrip()}…"


def _a(thing: str) -> str:
    return f"{'an' if thing[0].lower() in 'aeiou' else 'a'} {thing}"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
