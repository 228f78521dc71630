"""The few words that only Telegram shows; all others are the conversation's."""

from types import MappingProxyType
from typing import Final

COMMANDS: Final = MappingProxyType(
    {
        "similar": "Find products like a photo: send it with one, or reply to one",
        "find": "Find products by words: /find black midi dress",
        "subscribe": "Daily picks: /subscribe 09:00 Europe/Berlin",
        "picks": "Today's picks, now",
        "unsubscribe": "No more daily picks",
        "privacy": "What I keep of you; /export and /forget",
        "help": "What I can do",
        "start": "Hello",
    }
)

IN_GROUPS: Final = ("similar", "find", "subscribe", "picks", "unsubscribe", "help")

FOR_OPERATORS: Final = MappingProxyType({"shops": "How each shop's last night went"})

DESCRIPTION: Final = (
    "Send me a photo of clothes, or a screenshot, and I answer with five products like it from "
    "real shops: with prices, and links to buy them.\n\n"
    "No photo at hand? Start me, and try a sample. Your photos are never kept."
)

SHORT_DESCRIPTION: Final = "A photo of clothes in, five products like it out, with buy links."

BUY: Final = "Buy"
UNNAMED: Final = "Unnamed product"
BUTTONS: Final = "What next?"
