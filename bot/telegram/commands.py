"""The commands that Telegram shows, by where; what describes them is in the catalogue of texts."""

from typing import Final

COMMANDS: Final = (
    "similar",
    "find",
    "filters",
    "subscribe",
    "picks",
    "unsubscribe",
    "language",
    "privacy",
    "help",
    "start",
)

IN_GROUPS: Final = ("similar", "find", "subscribe", "picks", "unsubscribe", "language", "help")

FOR_OPERATORS: Final = ("shops",)
