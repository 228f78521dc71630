"""The commands that Telegram shows, by where; what describes them is in the catalogue of texts."""

from typing import Final

COMMANDS: Final = (
    "similar",
    "find",
    "outfit",
    "filters",
    "subscribe",
    "picks",
    "likes",
    "taste",
    "pause",
    "unsubscribe",
    "alerts",
    "language",
    "privacy",
    "help",
    "start",
)

IN_GROUPS: Final = (
    "similar",
    "find",
    "outfit",
    "subscribe",
    "picks",
    "pause",
    "unsubscribe",
    "language",
    "help",
)

FOR_ADMINS: Final = ("settings", "filters")
"""Shown to those who run a group, besides what it is shown."""

FOR_OPERATORS: Final = ("shops", "stats", "rebuild", "broadcast")
