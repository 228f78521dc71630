"""The page's own files, at addresses that change when they do."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from importlib.resources import files

from bot.conversation.texts import Texts

_TEXT = re.compile(r"\{\{([a-z-]+)\}\}")
_TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asset:
    """A file that the page loads."""

    body: bytes
    content_type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFiles:
    """The page, and what it loads by name from under ``static/<version>/``."""

    template: str
    assets: Mapping[str, Asset]
    version: str

    def html(self, say: Texts) -> bytes:
        """The page, each ``{{text}}`` said in that language."""
        return _TEXT.sub(lambda text: escape(say.say(text[1])), self.template).encode()


def read_page() -> PageFiles:
    """Read them as this version ships them; the page names the assets with their version."""
    folder = files("bot.web") / "page"
    assets = {
        file.name: Asset(body=file.read_bytes(), content_type=_TYPES[file.name[at:]])
        for file in folder.iterdir()
        if (at := file.name.rfind(".")) >= 0 and file.name[at:] in _TYPES
    }
    digest = hashlib.sha256()
    for name in sorted(assets):
        digest.update(assets[name].body)
    version = digest.hexdigest()[:12]
    html = (folder / "index.html").read_text("utf-8").replace('"static/', f'"static/{version}/')
    return PageFiles(template=html, assets=assets, version=version)
