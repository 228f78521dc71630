"""What is new and like a product that somebody watches."""

from datetime import datetime

from core.alerts import Alert
from core.alike import Alike
from core.index.index import Index
from core.search import Strength, strength
from core.storage.alerts import AlertStore
from core.storage.catalogue import CatalogueStore
from core.storage.vectors import VectorStore
from core.vision.embedder import Embedder
from core.wishes import Wish

_NEAREST = 10


class Newness:
    """Compares what came into the shops lately with what people watch."""

    def __init__(
        self,
        *,
        alerts: AlertStore,
        alike: Alike,
        catalogue: CatalogueStore,
        vectors: VectorStore,
        index: Index,
        embedder: Embedder,
    ) -> None:
        self._alerts = alerts
        self._alike = alike
        self._catalogue = catalogue
        self._vectors = vectors
        self._index = index
        self._embedder = embedder
        self._compared: str | None = None

    async def find(self, at: datetime) -> int:
        """Note what is new and a strong match of what is watched; returns how many.

        Does nothing where the index is as it was. Raises what ``Search.find`` raises.
        """
        info = await self._index.ready()
        if info is None or info.name == self._compared:
            return 0
        found = sum([await self._of(alert, at) for alert in await self._alerts.alike()])
        self._compared = info.name
        return found

    async def _of(self, alert: Alert, at: datetime) -> int:
        space = self._embedder.fingerprint
        product_id = alert.product_id or 0
        products = await self._catalogue.products([product_id], include_gone=True)
        picture = products[product_id].picture if products else None
        vectors = await self._vectors.load(space, [picture]) if picture else {}
        if not picture or picture not in vectors:
            return 0
        near = await self._alike.scored(
            vectors[picture], space, Wish(new=True), k=_NEAREST, in_all=0, exclude={product_id}
        )
        strong = [one for one in near.matches if strength(one.score) is Strength.STRONG]
        return await self._alerts.note_new(alert, [one.product.id for one in strong], at)
