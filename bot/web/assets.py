"""The page's own files, at addresses that change when they do."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files

_TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asset:
    """A file that the page loads."""

    body: bytes
    content_type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFiles:
    """The page, and what it loads by name from under ``static/<version>/``."""

    html: bytes
    assets: Mapping[str, Asset]
    version: str


def read_page() -> PageFiles:
    """Read them as this version ships them; ``html`` names the assets with their version."""
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
    html = (folder / "index.html").read_bytes()
    return PageFiles(
        html=html.replace(b'"static/', f'"static/{version}/'.encode()),
        assets=assets,
        version=version,
    )
