"""A reply → captions, texts and keyboards as Telegram takes them."""

import html
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar
from urllib.parse import urlsplit

from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    LinkPreviewOptions,
)
from telegram.constants import InlineKeyboardMarkupLimit, MediaGroupLimit, MessageLimit, ParseMode

from bot.conversation.messages import Button, Card

_T = TypeVar("_T")

_TEXT: Final = int(MessageLimit.MAX_TEXT_LENGTH)
_TITLE, _DETAILS, _URL = 200, 300, 400
_CAPTION: Final = int(MessageLimit.CAPTION_LENGTH)
_TEXT_OF_PICTURE = 300
_SHORTER = ((_TITLE, _DETAILS), (80, 80), (40, 60))  # five of the last go with such a text
_ROW, _DATA_BYTES, _LABEL, _EXPLANATION = 8, 64, 64, 100
_JOINERS = "\u200c\u200d"  # part of how Persian and many emoji are written


@dataclass(frozen=True, slots=True)
class Words:
    """Marked-up words, and their length as Telegram counts it: UTF-16 units without the tags."""

    html: str
    length: int


def caption(
    card: Card, *, title: int = _TITLE, details: int = _DETAILS, with_url: bool = True
) -> Words:
    """Return title, details and buy link; always within the 1,024 that a caption may have."""
    heading = f"{card.rank}. {_title(card, title)}"
    return _card(card, heading, details=details, with_url=with_url)


def choices(cards: Sequence[Card]) -> list[InlineQueryResultArticle]:
    """Return the list to choose from; what is chosen is sent with its picture as a preview."""
    return [_choice(card) for card in cards]


def explanation(text: str) -> InlineQueryResultsButton:
    """Return what stands in the place of a list; it leads to the chat with the bot."""
    return InlineQueryResultsButton(cut(clean(text), _EXPLANATION), start_parameter="lookup")


def _choice(card: Card) -> InlineQueryResultArticle:
    product = card.match.product
    picture = product.picture_url if _is_public(product.picture_url or "") else None
    preview = LinkPreviewOptions(
        is_disabled=picture is None,
        url=picture,
        prefer_large_media=True,
        show_above_text=True,
    )
    return InlineQueryResultArticle(
        str(product.id),
        _title(card),
        InputTextMessageContent(
            _card(card, _title(card)).html,
            parse_mode=ParseMode.HTML,
            link_preview_options=preview,
        ),
        description=cut(clean(card.details), _DETAILS),
        url=card.url if _is_public(card.url or "") else None,
        thumbnail_url=picture,
    )


def _title(card: Card, limit: int = _TITLE) -> str:
    return cut(clean(card.title) or "…", limit)


def _card(card: Card, heading: str, *, details: int = _DETAILS, with_url: bool = True) -> Words:
    words = [_marked(heading, "<b>{}</b>")]
    if line := cut(clean(card.details), details):
        words.append(_marked(line))
    if with_url and card.url and (link := _link(card.url, card.buy)):
        words.append(link)
    return _joined(words, "\n")


def picture_caption(text: str, cards: Sequence[Card]) -> Words:
    """Return a picture's text and the lines of what is on it, cut to what a caption may have."""
    said = _marked(cut(text.strip(), _TEXT_OF_PICTURE if cards else _CAPTION))
    for with_url in (True, False):
        for title, details in _SHORTER:
            shown = (
                caption(card, title=title, details=details, with_url=with_url) for card in cards
            )
            words = _joined([said, *shown], "\n\n")
            if words.length <= _CAPTION:
                return words
    return said


def messages(text: str, cards: Sequence[Card]) -> list[Words]:
    """Return the texts of the messages that hold the cards as lines, then the text."""
    pieces = [caption(card) for card in cards] + [_marked(part) for part in _split(text.strip())]
    packed: list[list[Words]] = []
    for piece in pieces:
        if packed and _joined([*packed[-1], piece], "\n\n").length <= _TEXT:
            packed[-1].append(piece)
        else:
            packed.append([piece])
    return [_joined(words, "\n\n") for words in packed]


def keyboard(
    rows: Iterable[Sequence[Button]], *, with_urls: bool = True
) -> InlineKeyboardMarkup | None:
    """Return the inline keyboard, None when no button is left."""
    made: list[list[InlineKeyboardButton]] = []
    left = int(InlineKeyboardMarkupLimit.TOTAL_BUTTON_NUMBER)
    for row in rows:
        buttons = [made_one for one in row if (made_one := _button(one, with_urls=with_urls))]
        buttons = buttons[:left]
        left -= len(buttons)
        made += [buttons[start : start + _ROW] for start in range(0, len(buttons), _ROW)]
    return InlineKeyboardMarkup(made) if made else None


def groups(items: Sequence[_T]) -> list[Sequence[_T]]:
    """Split into albums of equal size within Telegram's ten, so that none has a single item."""
    if not items:
        return []
    most = int(MediaGroupLimit.MAX_MEDIA_LENGTH)
    count = -(-len(items) // most)
    sizes = [len(items) // count + (at < len(items) % count) for at in range(count)]
    ends = [sum(sizes[: at + 1]) for at in range(count)]
    return [items[end - size : end] for size, end in zip(sizes, ends, strict=True)]


def clean(text: str) -> str:
    """Return one line without characters that hide, reorder or break text; "" if none shows."""
    kept = "".join(
        " " if one.isspace() else one
        for one in text
        if one.isspace() or one in _JOINERS or unicodedata.category(one) not in {"Cc", "Cf", "Cs"}
    )
    return " ".join(kept.split()) if kept.strip(f" {_JOINERS}") else ""


def cut(text: str, limit: int) -> str:
    """Shorten to ``limit`` UTF-16 units, never inside a character that people see as one."""
    if _units(text) <= limit:
        return text
    end, used = 0, 0
    while used + _units(text[end]) < limit:
        used += _units(text[end])
        end += 1
    while end and (_joins(text[end]) or text[end - 1] == "\u200d"):
        end -= 1
    return text[:end].rstrip() + "…"


def _button(button: Button, *, with_urls: bool) -> InlineKeyboardButton | None:
    label = cut(clean(button.label), _LABEL) or "·"
    if button.url is not None:
        fits = with_urls and _is_web(button.url)
        return InlineKeyboardButton(label, url=button.url) if fits else None
    action = button.action or ""
    if not 1 <= len(action.encode()) <= _DATA_BYTES:
        raise ValueError(f"a button's action has 1 to {_DATA_BYTES} bytes, not {action!r}")
    return InlineKeyboardButton(label, callback_data=action)


def _link(url: str, words: str) -> Words | None:
    """A link; the address in full where Telegram would drop the link, as for ``localhost``."""
    if not _is_web(url):
        return None
    if _is_public(url):
        return _marked(words, f'<a href="{html.escape(url)}">{{}}</a>')
    return _marked(url) if _units(url) <= _URL else None


def _is_public(url: str) -> bool:
    """Whether it may be an address that Telegram's servers know."""
    return _is_web(url) and "." in (urlsplit(url).hostname or "")


def _is_web(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and url.isprintable()
    except ValueError:
        return False


def _split(text: str) -> list[str]:
    """Cut a long text at paragraphs, else lines, else words, else anywhere."""
    parts = []
    while _units(text) > _TEXT:
        # One sign that hardly ends is cut in it.
        room = max(len(cut(text, _TEXT)) - 1, _TEXT // 4)
        breaks = (text.rfind(mark, 1, room) for mark in ("\n\n", "\n", " "))
        at = next((at for at in breaks if at > 0), room)
        parts.append(text[:at].rstrip())
        text = text[at:].lstrip()
    return [*parts, text] if text else parts


def _marked(text: str, template: str = "{}") -> Words:
    text = text.encode("utf-8", "replace").decode()  # half a surrogate pair cannot be sent
    return Words(template.format(html.escape(text)), _units(text))


def _joined(words: Sequence[Words], between: str) -> Words:
    length = sum(one.length for one in words) + len(between) * (len(words) - 1)
    return Words(between.join(one.html for one in words), length)


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _joins(character: str) -> bool:
    return (
        character == "\u200d"
        or unicodedata.category(character) in {"Mn", "Me"}
        or ("\U0001f3fb" <= character <= "\U0001f3ff")
    )
