"""Buttons that outlive a restart: what a button does is written in its own id."""

import re
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any, Self

import discord

from bot.conversation.messages import Button
from bot.discord.text import is_web_address

_PREFIX = "tw:"
_OURS = re.compile(f"{_PREFIX}(?P<action>.+)", re.DOTALL)
_ROWS = 5
_PER_ROW = 5
_LABEL_LIMIT = 80
_URL_LIMIT = 512


class ActionButton(
    discord.ui.DynamicItem[discord.ui.Button[discord.ui.View]],
    template=_OURS,
):
    """A button that sends its action back; the client hears of it in ``tapped``.

    A dynamic item is found by its id's form, so a message from before a restart still works and
    the library keeps no view in memory for each message sent.
    """

    def __init__(self, *, label: str, action: str, row: int | None = None) -> None:
        super().__init__(
            discord.ui.Button(label=label, custom_id=_PREFIX + action, row=row), row=row
        )
        self.action = action

    @classmethod
    async def from_custom_id(
        cls,
        interaction: discord.Interaction[Any],  # noqa: ARG003 - the library's signature
        item: discord.ui.Item[Any],
        match: re.Match[str],
        /,
    ) -> Self:
        """Rebuild a button that was tapped."""
        return cls(label=getattr(item, "label", None) or "…", action=match["action"])

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Hand the tap to the client."""
        await interaction.client.tapped(interaction, self.action)


def view_of(rows: Sequence[Sequence[Button]]) -> discord.ui.View | None:
    """The keyboard for a message; None without a button that Discord takes."""
    view = discord.ui.View(timeout=None)
    known: set[str] = set()
    for number, row in enumerate(_laid_out(rows)):
        for button in row:
            # A repeated id or an overlong link would have Discord refuse the whole message.
            if button.action and button.action not in known:
                known.add(button.action)
                view.add_item(ActionButton(label=_label(button), action=button.action, row=number))
            elif button.url and len(button.url) <= _URL_LIMIT and is_web_address(button.url):
                view.add_item(discord.ui.Button(label=_label(button), url=button.url, row=number))
    return view if view.children else None


def is_ours(custom_id: str) -> bool:
    """Whether a button of this version has such an id."""
    return _OURS.fullmatch(custom_id) is not None


def first_action(message: discord.Message) -> str | None:
    """The action of the first button of ours under a message."""
    for row in message.components:
        for item in getattr(row, "children", ()):
            if (getattr(item, "custom_id", None) or "").startswith(_PREFIX):
                return str(item.custom_id).removeprefix(_PREFIX)
    return None


def _label(button: Button) -> str:
    label = " ".join(button.label.split()) or "…"
    return label if len(label) <= _LABEL_LIMIT else label[: _LABEL_LIMIT - 1] + "…"


def _laid_out(rows: Sequence[Sequence[Button]]) -> list[Sequence[Button]]:
    fitting = list(chain.from_iterable(_in_rows(row) for row in rows))
    if len(fitting) > _ROWS:
        fitting = list(_in_rows(list(chain.from_iterable(rows))))
    return fitting[:_ROWS]


def _in_rows(buttons: Sequence[Button]) -> Iterator[Sequence[Button]]:
    for start in range(0, len(buttons), _PER_ROW):
        yield buttons[start : start + _PER_ROW]
