"""Who is answered in which language, and /language."""

import unicodedata
from functools import cache

from babel import Locale

from bot.conversation.actions import Action, Verb, write_action
from bot.conversation.messages import Button, Reply, Sender
from bot.conversation.texts import Texts, texts_in
from bot.conversation.wording import LANGUAGES
from core.storage.languages import LanguageStore

_IN_A_ROW = 3
_CODE = 2  # letters
_NASAL = "\u0902"  # of Hindi, which also writes it as a letter


class Languages:
    """Chooses the language of every answer.

    In private that is the person's choice, else what their client speaks; in a group the group's
    choice comes first. English is for all others.
    """

    def __init__(self, store: LanguageStore) -> None:
        self._store = store

    async def of(self, sender: Sender) -> Texts:
        """What to answer this person with, in this chat."""
        chosen = await self._store.chosen(
            sender.platform,
            person_id=sender.person_id,
            chat_id=sender.chat_id if sender.is_group else "",
        )
        return texts_in(language_of(chosen or sender.language))

    async def of_group(self, sender: Sender) -> str | None:
        """The language that was chosen for this group, if one was."""
        return await self._store.chosen(sender.platform, chat_id=sender.chat_id)

    async def asked(self, sender: Sender, words: str, say: Texts) -> Reply:
        """Answer /language: choose what the words name, or show what there is."""
        language = named_language(words)
        if language is None:
            text = say.LANGUAGE_UNKNOWN if words.strip() else say.CHOOSE_LANGUAGE
            return Reply(text=text, buttons=_buttons(), private=sender.is_group)
        text = await self.choose(sender, language, say)
        return Reply(text=text, private=sender.is_group, language=language)

    async def tapped(self, sender: Sender, language: str, say: Texts) -> Reply:
        """Choose what was tapped."""
        return Reply(notice=await self.choose(sender, language, say), language=language)

    async def choose(self, sender: Sender, language: str, say: Texts) -> str:
        """Choose for the person, or for the group if they run it; returns what to say."""
        if not sender.is_group:
            await self._store.choose(sender.platform, language, person_id=sender.person_id)
        elif await sender.is_admin():
            await self._store.choose(sender.platform, language, chat_id=sender.chat_id)
        else:
            return say.LANGUAGE_FOR_ADMINS
        return texts_in(language).LANGUAGE_CHOSEN


def spoken(tag: str) -> str | None:
    """One of ``LANGUAGES`` for a client's tag: "de" for "de-AT"; None for what is none."""
    code = tag.replace("_", "-").partition("-")[0].lower()
    return code if code in LANGUAGES else None


def language_of(tag: str | None) -> str:
    """The same, and English for all others."""
    return spoken(tag or "") or LANGUAGES[0]


def named_language(words: str) -> str | None:
    """The language that is meant by a code or by its name in any of the languages."""
    folded, names = _fold(words), _names()
    # Codes are words of their own in many languages ("en", "de"), so beside others none counts.
    among = (word.strip(".,!?") for word in folded.split() if len(word) > _CODE)
    told = (folded, folded.partition("-")[0], *among)
    return next((names[name] for name in told if name in names), None)


def own_name(language: str) -> str:
    """What a language calls itself."""
    return str(Locale.parse(language).languages[language]).capitalize()


def _buttons() -> tuple[tuple[Button, ...], ...]:
    buttons = [
        Button(
            label=own_name(language),
            action=write_action(Action(verb=Verb.LANGUAGE, key=language)),
        )
        for language in LANGUAGES
    ]
    return tuple(
        tuple(buttons[start : start + _IN_A_ROW]) for start in range(0, len(buttons), _IN_A_ROW)
    )


def _fold(words: str) -> str:
    plain = unicodedata.normalize("NFKD", words.casefold().replace("_", "-").replace(_NASAL, "न"))
    return "".join(sign for sign in plain if not unicodedata.combining(sign)).strip()


@cache
def _names() -> dict[str, str]:
    names = {code: code for code in LANGUAGES}
    for locale in map(Locale.parse, LANGUAGES):
        names |= {_fold(locale.languages[code]): code for code in LANGUAGES}
    return names
