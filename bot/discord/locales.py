"""What people's clients speak: interactions tell, messages do not."""

from collections import OrderedDict
from typing import Any

import discord

_MOST = 10_000


class Locales:
    """The language of each person as last heard, in memory alone."""

    def __init__(self) -> None:
        self._heard: OrderedDict[int, str] = OrderedDict()

    def hear(self, interaction: discord.Interaction[Any]) -> None:
        """Note what the person's client says it speaks."""
        self._heard[interaction.user.id] = interaction.locale.value
        self._heard.move_to_end(interaction.user.id)
        if len(self._heard) > _MOST:
            self._heard.popitem(last=False)

    def of(self, person_id: int) -> str | None:
        """The IETF tag that was heard, if any was."""
        return self._heard.get(person_id)
