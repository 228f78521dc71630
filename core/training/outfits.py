"""The outfits of a folder: which of a shop's things its stylists put together."""

import hashlib
from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.catalogue import Said
from core.errors import ConfigurationError
from core.training.judging import loader_of
from core.training.labels import Part, part_of, rows_of
from core.training.rows import rows_in
from core.vision.embedder import Embedder, Sight
from core.words import colour_of, gender_of, kind_of

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing that is worn with others.

    ``family`` is what the shop counts it among, and is empty where the shop says nothing.
    """

    path: Path
    source: str
    family: str
    said: Said

    @property
    def part(self) -> Part:
        """As ``Labelled.part``, and the same for what the eye learns from too."""
        return part_of(self.source)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outfits:
    """``looks`` are things worn together, by their numbers in ``items``; two or more each."""

    items: Sequence[Item]
    looks: Sequence[tuple[int, ...]]

    def among(self, parts: Container[Part]) -> Sequence[tuple[int, ...]]:
        """Of each look the things of some parts, where there are two."""
        return self.of(np.array([item.part in parts for item in self.items])).looks

    def of(self, there: NDArray[np.bool_]) -> "Outfits":
        """With looks of those things only, bool[n]."""
        left = (tuple(thing for thing in look if there[thing]) for look in self.looks)
        return replace(self, looks=[look for look in left if len(look) > 1])


def folder_of_outfits(folder: Path) -> Path | None:
    """Where a folder of photos has outfits: in itself, or in ``outfits``; None without any."""
    places = (folder.resolve(), folder.resolve() / "outfits")
    return next((place for place in places if (place / "outfits.csv").is_file()), None)


def read_outfits(folder: Path) -> Outfits:
    """``outfits.csv``, a row a thing: the ``outfit`` that it belongs to, and its ``id`` or image.

    With ids, ``labels.csv`` has the ``image`` of each; of what shops say its ``family``, ``type``
    (or ``kind``), ``colour`` and ``gender`` (or ``sex``) count. Raises ``ConfigurationError``.
    """
    folder = folder.resolve()  # what is kept of embeddings goes by the paths
    table = folder / "outfits.csv"
    rows = rows_of(table, "outfit")
    key = "id" if rows and "id" in rows[0] else "image"
    labels = folder / "labels.csv"
    things = rows_of(labels) if labels.is_file() else rows
    known = {row[key]: row for row in things if row.get(key) and row.get("image")}
    items = [_item(folder, row) for row in known.values()]
    numbers = {name: number for number, name in enumerate(known)}
    looks: dict[str, list[int]] = {}
    for row in rows:
        if row.get(key) in numbers:
            looks.setdefault(row["outfit"], []).append(numbers[row[key]])
    together = [tuple(dict.fromkeys(look)) for look in looks.values()]
    together = [look for look in together if len(look) > 1]
    if not together:
        raise ConfigurationError(f"{table} puts no two things together whose photos are known.")
    return Outfits(items=items, looks=together)


def _item(folder: Path, row: Mapping[str, str]) -> Item:
    kind = row.get("type") or row.get("kind") or ""
    gender = row.get("gender") or row.get("sex")
    return Item(
        path=folder / row["image"],
        source=f"flat {row['image']}",
        family=row.get("family") or kind_of(kind) or "",
        said=Said(kind_of(kind), colour_of(row.get("colour")), gender_of(gender)),
    )


async def see_items(
    items: Sequence[Item],
    embedder: Embedder,
    *,
    dimension: int,
    cache_dir: Path,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
    unreadable: Callable[[Path, Exception], None] = lambda _path, _error: None,
) -> tuple[Floats, NDArray[np.bool_]]:
    """Embeddings float32[n, d], and bool[n] which of the photos could be read; kept as they come.

    A killed run goes on where it was. Raises ``ConfigurationError`` when ``cache_dir`` cannot be
    written.
    """
    named = "\n".join([embedder.fingerprint, *(str(item.path) for item in items)])
    kept = rows_in(
        cache_dir / f"outfits-{hashlib.sha256(named.encode()).hexdigest()[:12]}",
        {"embedding": ((dimension,), np.float32), "done": ((), np.uint8)},
        len(items),
    )
    missing = np.flatnonzero(kept["done"] == 0).tolist()
    loaders = ((number, loader_of(items[number].path)) for number in missing)
    async for number, sight in embedder.see_many(loaders):
        if isinstance(sight, Sight):
            kept["embedding"][number] = sight.embedding
            kept["done"][number] = 1
        else:
            unreadable(items[number].path, sight)
        progress(number + 1, len(items))
    return np.array(kept["embedding"]), kept["done"] == 1
