"""A small answerer written by hand: what an adapter is tested against."""

import io
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal

from PIL import Image

from bot.conversation.messages import Button, Card, Incoming, Reply
from core.catalogue import Availability, Match, Money, Product


def product(number: int, *, title: str | None = None, url: str | None = None) -> Product:
    return Product(
        id=number,
        shop="corner",
        shop_title="Corner Shop",
        key=f"p{number}",
        title=title or f"Navy dress {number}",
        url=url or f"https://corner.example/p/{number}",
        brand=None,
        kind="dress",
        colour="navy",
        gender=None,
        price=Money(Decimal("39.90"), "EUR"),
        availability=Availability.IN_STOCK,
        checked_at=datetime(2026, 1, 1, tzinfo=UTC),
        picture=f"{number:064x}",
        picture_url=f"https://corner.example/p/{number}.jpg",
    )


def card(number: int, *, title: str | None = None, url: str | None = None) -> Card:
    item = product(number, title=title, url=url)
    return Card(
        rank=number,
        title=item.title,
        details="€39.90 · Corner Shop",
        url=item.url,
        buy="Buy",
        match=Match(product=item, score=0.9),
    )


def album_reply(count: int = 5) -> Reply:
    """An answer as the conversation gives it: album, text, three rows of buttons."""
    ranks = range(1, count + 1)
    return Reply(
        text="Dress · navy",
        album=tuple(card(rank) for rank in ranks),
        buttons=(
            tuple(Button(label=f"Buy {rank}", url=card(rank).url) for rank in ranks),
            tuple(Button(label=f"♡ {rank}", action=f"like:abcdefgh:{rank}") for rank in ranks),
            (Button(label="More", action="more:abcdefgh"),),
        ),
    )


def jpeg(colour: str = "navy", size: tuple[int, int] = (300, 400)) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", size, colour).save(buffer, "JPEG")
    return buffer.getvalue()


class ScriptedAnswerer:
    """Answers by a function, and remembers what it was asked."""

    def __init__(self, script: Callable[[Incoming], list[Reply]]) -> None:
        self._script = script
        self.heard: list[Incoming] = []

    async def answer(self, message: Incoming) -> list[Reply]:
        self.heard.append(message)
        return self._script(message)
