"""Everything that can go wrong on purpose.

TwinsetError
├── PhotoError              the person sent something that cannot be searched
│   ├── NotAPhoto           not an image at all
│   ├── UnsupportedFormat   an image, of a kind that is not read (GIF, SVG, ...)
│   ├── BrokenPhoto         an image that cannot be decoded to its end
│   ├── PhotoTooHeavy       more bytes than are accepted
│   └── PhotoTooLarge       more pixels than are decoded
├── LinkError               a link that a person sent leads to no picture
├── Busy                    the line is full; carries when to come back
├── Unavailable             a part is not there (yet)
│   ├── CatalogueEmpty      no product to search
│   ├── WeightsUnavailable  no way to the network's weights is open
│   ├── IndexInvalid        a generation failed its validation
│   └── IndexBeingBuilt     another build of the index is under way
├── FetchError              a shop or a picture could not be fetched
│   ├── FetchRefused        by us: robots.txt, a private address, a limit
│   └── FetchFailed         by them: status, time-out, network
├── StorageFailed           the database or the disk did not take or give what was asked
├── Undeliverable           a chat cannot be written to any more (blocked, left, deleted)
├── ShopError               a shop's description or pages do not hold what is needed
└── ConfigurationError      a setting or a command-line argument is wrong

The text of each is one English sentence, fit for a terminal or a log. What a person in a
chat reads is chosen by ``bot.conversation.texts`` from the type and its fields.
"""

from enum import StrEnum


class TwinsetError(Exception):
    """Base of every error that Twinset raises deliberately."""


class PhotoError(TwinsetError):
    """What was sent cannot be searched by."""


class NotAPhoto(PhotoError):
    """The bytes are not an image."""


class UnsupportedFormat(PhotoError):
    """The bytes are an image of a format that is not read."""

    def __init__(self, format_name: str) -> None:
        super().__init__(f"{format_name} pictures are not read; send a JPEG, PNG or WebP.")
        self.format_name = format_name


class BrokenPhoto(PhotoError):
    """The image ends early or is damaged."""


class PhotoTooHeavy(PhotoError):
    """More bytes than are accepted."""

    def __init__(self, *, size_bytes: int, limit_bytes: int) -> None:
        has, limit = size_bytes / 1e6, limit_bytes / 1e6
        super().__init__(f"The picture has {has:.0f} MB; at most {limit:.0f} MB are read.")
        self.size_bytes = size_bytes
        self.limit_bytes = limit_bytes


class PhotoTooLarge(PhotoError):
    """More pixels than are decoded."""

    def __init__(self, *, pixels: int, limit_pixels: int) -> None:
        super().__init__(
            f"The picture has {pixels / 1e6:.0f} megapixels; "
            f"at most {limit_pixels / 1e6:.0f} are read."
        )
        self.pixels = pixels
        self.limit_pixels = limit_pixels


class LinkProblem(StrEnum):
    """Why a link leads to no picture."""

    AWAY = "away"
    SLOW = "slow"
    CLOSED = "closed"
    REFUSED = "refused"
    EMPTY = "empty"


class LinkError(TwinsetError):
    """Nobody answers there or in time, robots.txt forbids it, we refuse it, or it has no picture.

    In the order of ``LinkProblem``.
    """

    def __init__(self, message: str, problem: LinkProblem) -> None:
        super().__init__(message)
        self.problem = problem


class Busy(TwinsetError):
    """The line is full; try again after ``retry_after_s`` seconds."""

    def __init__(self, *, retry_after_s: float) -> None:
        super().__init__(f"Too many photos at once; try again in {retry_after_s:.0f} s.")
        self.retry_after_s = retry_after_s


class Unavailable(TwinsetError):
    """A part that is needed is not there, or not there yet."""


class CatalogueEmpty(Unavailable):
    """There is no product to search."""


class WeightsUnavailable(Unavailable):
    """No way to the network's weights is open, or what came is not what was pinned."""


class IndexInvalid(Unavailable):
    """A generation failed its validation and was not put to use."""


class IndexBeingBuilt(Unavailable):
    """Another build of the index is under way, here or in another process."""


class FetchError(TwinsetError):
    """A page or a picture could not be fetched."""


class FetchRefused(FetchError):
    """We did not ask, or stopped listening: robots.txt, a private address, a limit."""


class FetchFailed(FetchError):
    """They did not answer as needed.

    ``status`` is the HTTP status, None without an answer; ``url`` is who answered in the end.
    """

    def __init__(
        self,
        message: str,
        *,
        status: int | None = None,
        retry_after_s: float | None = None,
        url: str | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.url = url
        self.retry_after_s = retry_after_s


class StorageFailed(TwinsetError):
    """The database or the disk did not take, or give, what was asked: full, locked, away."""


class Undeliverable(TwinsetError):
    """This chat cannot be written to any more: blocked, left or deleted."""


class ShopError(TwinsetError):
    """A shop's description or pages do not hold what is needed."""


class ConfigurationError(TwinsetError):
    """A setting or a command-line argument is wrong."""
