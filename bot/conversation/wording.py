"""The catalogue of texts: data/texts, one Fluent file a language, read whole when first used."""

import unicodedata
from collections.abc import Sequence
from importlib.resources import files

from babel import Locale
from babel.lists import format_list
from fluent.runtime import FluentBundle, FluentResource

from bot.conversation.prices import format_price
from core.catalogue import Money

LANGUAGES = ("en", "de", "es", "fr", "ru", "hi")
"""Two-letter codes; the first is for whoever speaks none of them."""

_QUOTE = 40
_JOINERS = "\u200c\u200d"  # part of how Persian and many emoji are written


class Sentence:
    """A text without arguments, as an attribute: ``NO_SHOPS`` is the catalogue's ``no-shops``."""

    def __set_name__(self, owner: type, name: str) -> None:
        self._id = name.lower().replace("_", "-")

    def __get__(self, wording: "Wording", owner: type) -> str:
        """What it says in the language of this wording."""
        return wording.say(self._id)


class Wording:
    """One language: its texts by id, our words for clothes, and its small print."""

    def __init__(self, language: str) -> None:
        """``language`` is one of ``LANGUAGES``."""
        self.language = language
        self.locale = Locale.parse(language)
        text = files("data").joinpath("texts", f"{language}.ftl").read_text("utf-8")
        # Bidirectional isolation is for scripts that none of the languages has.
        self._bundle = FluentBundle(
            [language],
            use_isolating=False,
            functions={"A": _a},  # type: ignore[dict-item]  # words do as well as its own type
        )
        self._bundle.add_resource(FluentResource(text))

    def say(self, name: str, /, **arguments: str | int) -> str:
        """The text of that id with its arguments in it; raises what is wrong with either."""
        pattern = self._bundle.get_message(name).value
        if pattern is None:
            raise LookupError(name)
        said, errors = self._bundle.format_pattern(
            pattern,
            {
                key: legible(given) if isinstance(given, str) else given
                for key, given in arguments.items()
            },
        )
        if errors:
            raise errors[0]
        return str(said)

    def word(self, sort: str, word: str | None) -> str:
        """A word of ours for a "kind", "colour" and so on; one that only a shop has as it is."""
        name = f"{sort}-{word.replace(' ', '-')}" if word else ""
        return self.say(name) if self._bundle.has_message(name) else legible(word or "")

    def price(self, money: Money) -> str:
        """An amount alone."""
        return format_price(money, self.locale)

    def quoted(self, words: str) -> str:
        """What a person wrote, in quotation marks, and cut where it goes on and on."""
        words = words if len(words) <= _QUOTE else f"{words[:_QUOTE].rstrip()}…"
        return self.say("quoted", words=words)

    def both(self, words: Sequence[str]) -> str:
        """ "navy and white"."""
        return format_list(words, "standard", self.locale)

    def either(self, words: Sequence[str]) -> str:
        """ "navy or white"."""
        return format_list(words, "or", self.locale)


def legible(words: str) -> str:
    """What a shop or a person wrote, without signs that hide, reorder or break what is around."""
    return "".join(sign for sign in words if not _is_hidden(sign))


def capital(words: str) -> str:
    """With a capital, as the first of a line has it."""
    return words[:1].upper() + words[1:]


def span(ranks: Sequence[int]) -> str:
    """Places of a list: "2–4", or "1, 3"."""
    if len(ranks) > 1 and ranks[-1] - ranks[0] == len(ranks) - 1:
        return f"{ranks[0]}–{ranks[-1]}"
    return ", ".join(str(rank) for rank in ranks)


def _is_hidden(sign: str) -> bool:
    if sign in _JOINERS or sign.isspace():
        return False
    return unicodedata.category(sign) in {"Cc", "Cf", "Co", "Cs"}


def _a(thing: str) -> str:
    """English alone needs it: a thing with its article."""
    return f"{'an' if thing[:1].lower() in 'aeiou' else 'a'} {thing}"
