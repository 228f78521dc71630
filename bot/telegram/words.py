"""The few words that only Telegram shows; all others are the conversation's."""

from types import MappingProxyType
from typing import Final

COMMANDS: Final = MappingProxyType(
    {
        "similar": "Find products like a photo: send it with one, or reply to one",
        "subscribe": "Daily picks: /subscribe 09:00 Europe/Berlin",
        "picks": "Today's picks, now",
        "unsubscribe": "No more daily picks",
        "privacy": "What I keep of you; /export and /forget",
        "help": "What I can do",
        "start": "Hello",
    }
)

BUY: Final = "Buy"
UNNAMED: Final = "Unnamed product"
BUTTONS: Final = "What next?"
