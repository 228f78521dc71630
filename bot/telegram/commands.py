"""The commands that Telegram shows, by where; what describes them is in the catalogue of texts."""

from typing import Final

COMMANDS: Final = (
    "similar",
    "find",
    "subscribe",
    "picks",
    "taste",
    "pause",
    "unsubscribe",
    "language",
    "privacy",
    "help",
    "start",
)

IN_GROUPS: Final = (
    "similar",
    "find",
    "subscribe",
    "picks",
    "pause",
    "unsubscribe",
    "language",
    "help",
)

FOR_OPERATORS: Final = ("shops",)
