"""Embeddings by the content of the picture, so that nothing is embedded twice."""

from collections.abc import AsyncIterator, Collection, Mapping

import numpy as np
import numpy.typing as npt
from sqlalchemy import select

from core.catalogue import Said
from core.storage.catalogue import PICTURE_ID, SHOWN
from core.storage.chunks import chunks
from core.storage.database import Database
from core.storage.tables import images, products, shops, vectors
from core.storage.upserts import insert_missing

Floats = npt.NDArray[np.float32]
_STORED = np.dtype("<f2")


class VectorStore:
    """Vectors, kept as float16, by content hash and the fingerprint of their space."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def missing(self, hashes: Collection[str], fingerprint: str) -> set[str]:
        """Those of the content hashes that have no vector in this space."""
        known: set[str] = set()
        async with self._database.read() as connection:
            for chunk in chunks(hashes):
                query = select(vectors.c.content_hash).where(
                    vectors.c.fingerprint == fingerprint, vectors.c.content_hash.in_(chunk)
                )
                known.update(await connection.scalars(query))
        return set(hashes) - known

    async def save(self, fingerprint: str, found: Mapping[str, Floats]) -> None:
        """Keep float32[d] vectors by content hash; one that is there already stays.

        Raises ``ValueError`` for a vector that float16 cannot hold.
        """
        for chunk in chunks(found.items(), 250):
            rows = [
                {
                    "content_hash": content_hash,
                    "fingerprint": fingerprint,
                    "dim": vector.shape[0],
                    "vector": _packed(vector),
                }
                for content_hash, vector in chunk
            ]
            async with self._database.write() as connection:
                await insert_missing(connection, vectors, rows)

    async def load(self, fingerprint: str, hashes: Collection[str]) -> dict[str, Floats]:
        """The float32[d] vectors of those content hashes that have one."""
        found: dict[str, Floats] = {}
        async with self._database.read() as connection:
            for chunk in chunks(hashes):
                query = select(vectors.c.content_hash, vectors.c.vector).where(
                    vectors.c.fingerprint == fingerprint, vectors.c.content_hash.in_(chunk)
                )
                for content_hash, blob in await connection.execute(query):
                    found[content_hash] = np.frombuffer(blob, _STORED).astype(np.float32)
        return found

    async def rows(
        self, fingerprint: str, *, chunk: int = 1000
    ) -> AsyncIterator[tuple[npt.NDArray[np.int64], Floats, list[Said]]]:
        """Every product that may be shown, by id, with its picture's vector and what is said of it.

        Yields (int64[n] product ids, float32[n, d], n times ``Said``), n at most ``chunk``. Each
        product comes at most once; each chunk is a read of its own, so that no long one holds
        the log.
        """
        last = 0
        while True:
            query = (
                select(
                    products.c.id,
                    vectors.c.vector,
                    products.c.kind,
                    products.c.colour,
                    products.c.gender,
                )
                .select_from(products)
                .join(shops)
                .join(images, images.c.id == PICTURE_ID)
                .join(
                    vectors,
                    (vectors.c.content_hash == images.c.content_hash)
                    & (vectors.c.fingerprint == fingerprint),
                )
                .where(SHOWN, products.c.id > last)
                .order_by(products.c.id)
                .limit(chunk)
            )
            async with self._database.read() as connection:
                found = (await connection.execute(query)).all()
            if not found:
                return
            last = found[-1].id
            ids = np.array([row.id for row in found], np.int64)
            blob = b"".join(row.vector for row in found)
            stored = np.frombuffer(blob, _STORED).reshape(len(found), -1).astype(np.float32)
            yield ids, stored, [Said(row.kind, row.colour, row.gender) for row in found]


def _packed(vector: Floats) -> bytes:
    with np.errstate(over="ignore"):
        half = vector.astype(_STORED)
    if half.ndim != 1 or not np.isfinite(half).all():
        raise ValueError("The vector is not one row of numbers that float16 holds.")
    return half.tobytes()
