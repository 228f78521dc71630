"""What the drivers of the platforms share: the world behind the bot, and what it answered."""

import re
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bot.conversation.messages import Answerer, Incoming, Reply
from core.catalogue import Match
from tests.scenarios.bazaar import open_bazaar
from tests.scenarios.world import Drawings, World, open_world

QUIET_S = 0.06
"""How long nothing more may come before an answer counts as complete."""


@dataclass(slots=True)
class Watched:
    """An answerer that keeps what it was asked and what it replied, in order."""

    answerer: Answerer
    asked: list[Incoming] = field(default_factory=list)
    replies: list[list[Reply]] = field(default_factory=list)

    async def answer(self, message: Incoming) -> list[Reply]:
        self.asked.append(message)
        replies = await self.answerer.answer(message)
        self.replies.append(replies)
        return replies


@dataclass(frozen=True, slots=True)
class Drawn(Drawings):
    """The world's products as they are drawn, for a page too."""

    world: World

    async def for_page(self, product_id: int, version: str) -> bytes | None:
        product = await self.world.catalogue.product(product_id)
        if product is None or not (product.picture or "").startswith(version):
            return None
        return await self.jpeg(Match(product=product, score=1.0))


@asynccontextmanager
async def copied_world(stocked: Path, directory: Path) -> AsyncIterator[World]:
    """A world of its own over a copy of full shops, with another shop that can be searched."""
    shutil.copytree(stocked, directory, dirs_exist_ok=True)
    async with open_world(directory) as world, open_bazaar(world, directory):
        yield world


def without_rank(title: str) -> str:
    """A card's title as the shop has it: "1. Red dress" → "Red dress"."""
    return re.sub(r"^\d+\. ", "", title)
