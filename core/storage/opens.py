"""What was opened of answers, and the secret that signs the links to it."""

import secrets as random
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import exists, select

from core.storage.database import Database
from core.storage.tables import answers, opens, products, secrets
from core.storage.upserts import insert_if_missing

_LINKS = "links"


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """What a buy link leads to: a product at its rank, from 1, in the answer of that key.

    ``picks`` says that it stood among the day's picks.
    """

    key: str
    product_id: int
    rank: int
    picks: bool = False


@dataclass(frozen=True, slots=True)
class Opener:
    """Whose answer it was; ``person_id`` is "" for a group's."""

    platform: str
    person_id: str


class OpenStore:
    """Openings, each once; they go with their answers."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def note(self, opening: Opening, at: datetime) -> Opener | None:
        """Note an opening; None where it was noted before, or answer or product are no more."""
        whose = select(answers.c.platform, answers.c.person_id).where(answers.c.key == opening.key)
        product = exists().where(products.c.id == opening.product_id)
        async with self._database.write() as connection:
            found = (await connection.execute(whose)).one_or_none()
            if found is None or not await connection.scalar(select(product)):
                return None
            is_first = await insert_if_missing(connection, opens, {**asdict(opening), "at": at})
        return Opener(found.platform, found.person_id) if is_first else None

    async def secret(self) -> bytes:
        """32 bytes, the same for everybody who has this database; made when first asked for."""
        row = {"name": _LINKS, "value": random.token_bytes(32)}
        async with self._database.write() as connection:
            await insert_if_missing(connection, secrets, row)
            query = select(secrets.c.value).where(secrets.c.name == _LINKS)
            return bytes(await connection.scalar(query))
