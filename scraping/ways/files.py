"""A stocklist that lies in a file, answered as if it had been fetched."""

from pathlib import Path
from urllib.parse import unquote, urlsplit

from core.errors import FetchFailed, FetchRefused
from scraping.fetcher import Fetched, Validators, Wanted


def read_file(url: str, wanted: Wanted) -> Fetched:
    """What a ``file://`` address holds; ``FetchError`` for none and for one that is too large."""
    path = Path(unquote(urlsplit(url).path))
    try:
        with path.open("rb") as file:
            body = file.read(wanted.max_bytes + 1)
    except OSError as error:
        raise FetchFailed(f"{path} cannot be read: {error.strerror}.") from None
    if len(body) > wanted.max_bytes:
        raise FetchRefused(f"{path} is larger than {wanted.max_bytes / 1e6:.1f} MB.")
    return Fetched(
        url=url,
        status=200,
        body=body,
        content_type=None,
        validators=Validators(),
        redirected=False,
    )
