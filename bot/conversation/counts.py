"""How much there is to search, without asking the database for every answer."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from core.storage.catalogue import CatalogueCounts, CatalogueStore

_LAST = timedelta(minutes=1)


class Counts:
    """The catalogue's counts as of a minute ago at most; an empty one is asked again at once."""

    def __init__(self, catalogue: CatalogueStore, *, now: Callable[[], datetime]) -> None:
        self._catalogue = catalogue
        self._now = now
        self._counts = CatalogueCounts(products=0, shops=0)
        self._counted_at = datetime.min.replace(tzinfo=UTC)

    async def now(self) -> CatalogueCounts:
        """What there is to search."""
        if not self._counts.products or abs(self._now() - self._counted_at) > _LAST:
            self._counts, self._counted_at = await self._catalogue.counts(), self._now()
        return self._counts
