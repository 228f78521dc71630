"""What Telegram takes as a photo, and which pictures it has already."""

from collections import OrderedDict
from io import BytesIO

from PIL import Image
from telegram.constants import FileSizeLimit

from core.catalogue import Match

_MOST_BYTES = int(FileSizeLimit.PHOTOSIZE_UPLOAD)
_MOST_SIDES_PX = 10_000  # width and height together
_MOST_RATIO = 20


def is_sendable(picture: bytes) -> bool:
    """Whether a picture is whole and within Telegram's limits; decodes it, so not for the loop."""
    try:
        with Image.open(BytesIO(picture)) as image:
            short, long = sorted(image.size)
            image.load()
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return False
    fits = short + long <= _MOST_SIDES_PX and long <= _MOST_RATIO * short
    return fits and len(picture) <= _MOST_BYTES


class FileIds:
    """The ids under which Telegram knows pictures sent before; at most ``most`` of them."""

    def __init__(self, *, most: int = 20_000) -> None:
        self._most = most
        self._ids: OrderedDict[str, str] = OrderedDict()

    def get(self, match: Match) -> str | None:
        """Return the id of the match's picture, None when it was not sent yet."""
        picture = match.product.picture
        return self._ids.get(picture) if picture else None

    def learn(self, match: Match, file_id: str) -> None:
        """Remember an id."""
        if picture := match.product.picture:
            self._ids[picture] = file_id
            self._ids.move_to_end(picture)
            if len(self._ids) > self._most:
                self._ids.popitem(last=False)

    def forget(self, match: Match) -> None:
        """Forget an id that Telegram refused."""
        if picture := match.product.picture:
            self._ids.pop(picture, None)
