"""Every sentence that a person reads, as the front ends ask for them; the words are in data/texts.

Buttons' labels and products' lines are sentences too. What a shop or a network calls something
(titles, "tabby cat") comes in as an argument.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from babel.dates import format_skeleton
from babel.numbers import format_percent

from bot.conversation.alert_texts import AlertTexts
from bot.conversation.answer_texts import AnswerTexts
from bot.conversation.experiment_texts import ExperimentTexts
from bot.conversation.messages import OtherKind
from bot.conversation.operator_texts import OperatorTexts
from bot.conversation.wording import Sentence, capital, span
from core.catalogue import Money
from core.errors import (
    BrokenPhoto,
    Busy,
    CatalogueEmpty,
    FetchError,
    LinkError,
    NotAPhoto,
    PhotoTooHeavy,
    PhotoTooLarge,
    TwinsetError,
    Unavailable,
    UnsupportedFormat,
)
from core.storage.assortment import News
from core.storage.chats import QuietHours
from core.storage.people import Subscription


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """Why the pick of a rank was picked, as ``core.picks.Reason``; ``liked`` is a title."""

    rank: int
    shop: str
    liked: str | None = None
    photo: bool = False
    news: News | None = None
    less: int = 0
    surprise: bool = False

    @property
    def is_merely_new(self) -> bool:
        """Whether nothing is known but that it is new."""
        return self.news is News.NEW and not (self.liked or self.photo or self.surprise)


@dataclass(frozen=True, slots=True, kw_only=True)
class Liking:
    """One interest of a taste: what its products are called, what they cost, and what made it.

    ``share`` is its part of all that is liked, 0 to 1; ``prices`` the lowest and the highest;
    ``photo`` is whether photos that were sent are part of it, ``liked`` are titles.
    """

    share: float
    kinds: tuple[str, ...]
    colours: tuple[str, ...]
    gender: str | None
    prices: tuple[Money, Money] | None
    liked: tuple[str, ...]
    photo: bool


class Texts(AnswerTexts, AlertTexts, OperatorTexts, ExperimentTexts):
    """Everything there is to say, in one language."""

    START = Sentence()
    TRY_A_SAMPLE = Sentence()
    SAMPLE = Sentence()
    HELP = Sentence()
    HOW_TO = Sentence()
    COURTESY = Sentence()
    UNKNOWN_COMMAND = Sentence()
    SIMILAR_HOW_TO = Sentence()
    SIMILAR_HOW_TO_IN_A_GROUP = Sentence()
    FIND_HOW_TO = Sentence()
    STOP_PICKS = Sentence()
    STOPPED = Sentence()
    NOT_SUBSCRIBED = Sentence()
    SUBSCRIBE_HOW_TO = Sentence()
    NO_PICKS = Sentence()
    PAUSE_PICKS = Sentence()
    NO_LIKES = Sentence()
    NO_TASTE = Sentence()
    TASTE_WAYS = Sentence()
    TASTE_LESS = Sentence()
    TASTE_DROPPED = Sentence()
    TASTE_RESET = Sentence()
    TASTE_RESET_SURE = Sentence()
    TASTE_IS_RESET = Sentence()
    TASTE_EXPORT = Sentence()
    PAUSE_HOW_TO = Sentence()
    PRIVACY = Sentence()
    PRIVACY_ALONE = Sentence()
    EXPORTED = Sentence()
    FORGET = Sentence()
    FORGET_ALL = Sentence()
    FORGOTTEN = Sentence()
    NOTHING_KEPT = Sentence()
    NO_FILTERS = Sentence()
    FILTERS_HOW_TO = Sentence()
    FILTERS_UNKNOWN = Sentence()
    NO_RATES = Sentence()
    FOR_ANYONE = Sentence()
    ANY_PRICE = Sentence()
    ANY_SIZE = Sentence()
    SURE_SIZE = Sentence()
    ALL_SHOPS = Sentence()
    SHOPS_CURRENCIES = Sentence()
    CLEAR_FILTERS = Sentence()
    SEARCH_AGAIN = Sentence()
    BACK = Sentence()
    CHOOSE_LANGUAGE = Sentence()
    LANGUAGE_CHOSEN = Sentence()
    LANGUAGE_UNKNOWN = Sentence()
    LANGUAGE_FOR_ADMINS = Sentence()
    SETTINGS = Sentence()
    SETTINGS_FOR_GROUPS = Sentence()
    SETTINGS_FOR_ADMINS = Sentence()
    EVERY_PHOTO = Sentence()
    PHOTOS_UNSEEN = Sentence()
    QUIET_HOW_TO = Sentence()
    LANGUAGE_OF_EACH = Sentence()
    ONE_SHOP_STAYS = Sentence()
    LOOKUP_HOW_TO = Sentence()
    NO_SHOPS = Sentence()
    INTERRUPTED = Sentence()
    DESCRIPTION = Sentence()
    SHORT_DESCRIPTION = Sentence()

    def about(self, command: str, *, in_group: bool) -> str:
        """For a command that only asks how things are done."""
        match command:
            case "help":
                return self.HELP
            case "similar":
                return self.SIMILAR_HOW_TO_IN_A_GROUP if in_group else self.SIMILAR_HOW_TO
            case "find":
                return self.FIND_HOW_TO
        return self.UNKNOWN_COMMAND

    def command(self, name: str) -> str:
        """A command as a platform's own list describes it."""
        return self.say(f"command-{name}")

    # Trouble ------------------------------------------------------------------------------

    def other(self, kind: OtherKind) -> str:
        """For what is not a photo."""
        return self.say(f"other-{kind}")

    def trouble(self, error: TwinsetError) -> str | None:  # noqa: C901, PLR0911  a sentence a kind
        """What to say about an error that was foreseen; None when a person can do nothing."""
        match error:
            case UnsupportedFormat():
                return self.say("unsupported-format", format=error.format_name)
            case BrokenPhoto():
                return self.say("broken-photo")
            case PhotoTooHeavy():
                return self.say(
                    "photo-too-heavy",
                    size=math.ceil(error.size_bytes / 1e6),
                    limit=round(error.limit_bytes / 1e6),
                )
            case PhotoTooLarge():
                return self.say(
                    "photo-too-large",
                    size=math.ceil(error.pixels / 1e6),
                    limit=round(error.limit_pixels / 1e6),
                )
            case NotAPhoto():
                return self.say("not-a-photo")
            case LinkError():
                return self.say(f"link-{error.problem}")
            case Busy():
                return self.busy(error.retry_after_s)
            case CatalogueEmpty():
                return self.say("catalogue-empty")
            case Unavailable():
                return self.say("unavailable")
            case FetchError():
                return self.say("download-failed")
        return None

    def busy(self, retry_after_s: float) -> str:
        """The line is full."""
        return self.say("busy", seconds=max(1, math.ceil(retry_after_s)))

    def unforeseen(self, error_id: str) -> str:
        """Something broke; the id is in the log."""
        return self.say("unforeseen", id=error_id)

    # Daily picks --------------------------------------------------------------------------

    def picks(self, reasons: Sequence[Why]) -> str:
        """The message under the day's picks, with the reasons for each, if they are to be told."""
        if reasons and all(why.is_merely_new for why in reasons):
            return self.say("picks-newest")
        lines: dict[str, list[int]] = {}
        for why in reasons:
            lines.setdefault(self._because(why), []).append(why.rank)
        for why in reasons:
            if why.news and not why.is_merely_new:
                lines.setdefault(self._news(why), []).append(why.rank)
        said = (
            self.say("because", ranks=span(ranks), reason=reason) for reason, ranks in lines.items()
        )
        return "\n".join([self.say("picks"), *said])

    def _because(self, why: Why) -> str:
        if why.is_merely_new:
            return self.say("because-new")
        if why.surprise:
            return self.say("because-surprise")
        if why.liked:
            return self.say("because-liked", title=why.liked)
        return self.say("because-photo") if why.photo else self.say("because-taste")

    def _news(self, why: Why) -> str:
        return self.say(f"news-{why.news}", less=why.less, shop=why.shop)

    def disliked(self, title: str) -> str:
        """After a pick was not liked."""
        return self.say("disliked", title=title)

    def dislike(self, rank: int) -> str:
        """A button for what is not liked, the same in every language."""
        return f"✕ {rank}"

    def taste(self, likings: Sequence[Liking], *, against: Sequence[str]) -> str:
        """What is known of a taste, each interest a line; ``against`` are titles."""
        lines = [self.say("taste") if likings else self.NO_TASTE]
        for rank, liking in enumerate(likings, 1):
            words = [
                self.both([self.word("kind", kind) for kind in liking.kinds]),
                self.both([self.word("colour", colour) for colour in liking.colours]),
                self.word("gender", liking.gender),
                self._prices(liking.prices),
            ]
            share = format_percent(liking.share, locale=self.locale)
            what = capital(" · ".join(word for word in words if word) or self.say("kind-clothes"))
            why = [self.quoted(title) for title in liking.liked]
            reason = self.say("taste-because", titles=self.both(why)) if why else ""
            if liking.photo and not why:
                reason = self.say("because-photo")
            line = self.say("taste-line", rank=rank, what=what, share=share, why=reason)
            lines.append(line.rstrip())
        if against:
            titles = self.both([self.quoted(title) for title in against])
            lines.append(self.say("taste-against", titles=titles))
        return "\n".join(lines)

    def less_button(self, rank: int) -> str:
        """A button for less of an interest."""
        return self.say("less-of", rank=rank)

    def drop_button(self, rank: int) -> str:
        """A button to forget an interest."""
        return self.say("forget-one", rank=rank)

    def _prices(self, prices: tuple[Money, Money] | None) -> str:
        if prices is None:
            return ""
        low, high = map(self.price, prices)
        return low if low == high else f"{low}–{high}"

    def subscribed(self, subscription: Subscription, *, next_at: datetime, now: datetime) -> str:
        """The confirmation; ``now`` and ``next_at`` are in the subscription's zone."""
        return self.say("subscribed", **self._hour(subscription), **self._when(next_at, now))

    def subscribed_already(
        self, subscription: Subscription, *, next_at: datetime, now: datetime
    ) -> str:
        """For /subscribe alone, when there is a subscription."""
        return self.say(
            "subscribed-already", **self._hour(subscription), **self._when(next_at, now)
        )

    def likes(self, count: int, *, gone: int) -> str:
        """Above what somebody likes; ``gone`` of it are not sold any more."""
        said = [self.say("likes", count=count)]
        if gone:
            said.append(self.say("likes-gone", count=gone))
        return " ".join(said)

    def paused(self, *, next_at: datetime, now: datetime) -> str:
        """After /pause."""
        return self.say("paused", **self._when(next_at, now))

    def which_zone(self, at: str) -> str:
        """An hour without a zone."""
        return self.say("which-zone", at=at)

    def subscribed_in_vain(self, at: str, zone: str) -> str:
        """An hour of a group's quiet hours, which do not end that day."""
        return self.say("subscribe-quiet", at=at, zone=zone)

    def unknown_zone(self, words: str, at: str, choices: Sequence[str]) -> str:
        """A zone that is not known, or that may be several."""
        quoted = self.quoted(words)
        if not choices:
            return self.say("unknown-zone", words=quoted, at=at)
        examples = self.either([f"/subscribe {at} {zone}" for zone in choices])
        return self.say("unknown-zone-perhaps", words=quoted, examples=examples)

    # Groups ---------------------------------------------------------------------------------

    def quiet_button(self, hours: QuietHours | None) -> str:
        """The quiet hours' button; with what they are where they hold."""
        name = self.say("quiet-hours")
        if hours is None:
            return name
        return f"{name} {hours.start:%H:%M}–{hours.end:%H:%M} ({zone_name(hours.timezone)})"

    def quiet_set(self, hours: QuietHours) -> str:
        """After they were set."""
        return self.say(
            "quiet-set",
            start=f"{hours.start:%H:%M}",
            end=f"{hours.end:%H:%M}",
            zone=zone_name(hours.timezone),
        )

    def shops_button(self, searched: int, shops: int) -> str:
        """How many of the shops are searched for a group."""
        return self.say("shops-searched", searched=searched, shops=shops)

    def _hour(self, subscription: Subscription) -> dict[str, str]:
        names = self.locale.days["format"]["wide"]
        days = [names[n] for n in range(7) if subscription.days >> n & 1]
        every = self.say("every-day")
        return {
            "every": every if len(days) == len(names) else self.say("every", days=self.both(days)),
            "at": f"{subscription.at:%H:%M}",
            "zone": zone_name(subscription.timezone),
        }

    def _when(self, then: datetime, now: datetime) -> dict[str, str | int]:
        return {
            "days": (then.date() - now.date()).days,
            "date": format_skeleton("MMMMd", then, tzinfo=then.tzinfo, locale=self.locale),
            "next": f"{then:%H:%M}",
        }


@cache
def texts_in(language: str) -> Texts:
    """The texts in one of ``LANGUAGES``."""
    return Texts(language)


def zone_name(zone: str) -> str:
    """A zone as people write it: the database counts Etc/GMT-2 the other way round."""
    if zone.startswith(("Etc/GMT+", "Etc/GMT-")):
        sign = "-" if zone[7] == "+" else "+"
        return f"UTC{sign}{zone[8:]}"
    return zone
