"""Links that people send in place of a photo."""

import re
from typing import Protocol

from scraping.links import Linked

_LINK = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
_AFTER = ".,;:!?'…»”’*_"  # a sentence's, not the address's
_BRACKETS = {")": "(", "]": "[", "}": "{"}


class Links(Protocol):
    """Opens what lies behind a link."""

    async def open(self, url: str) -> Linked:
        """The picture that it shows, within seconds.

        Raises ``LinkError``, and ``Busy`` when too many are being opened.
        """
        ...


def without_link(text: str, link: str | None = None) -> str:
    """The words of a text beside the web addresses in it, ``link`` being one without a scheme."""
    bare = text.replace(link.partition("://")[2], " ") if link else text
    return _LINK.sub(" ", bare)


def link_in(text: str) -> str | None:
    """The first web address in a text, None when there is none."""
    found = _LINK.search(text)
    if found is None:
        return None
    link = found[0]
    while link[-1] in _AFTER or (
        (opening := _BRACKETS.get(link[-1])) and link.count(opening) < link.count(link[-1])
    ):
        link = link[:-1]
    return link
