"""What a night brought for one shop, for its operator to read."""

from collections.abc import Mapping
from dataclasses import dataclass

from core.storage.runs import Run


@dataclass(frozen=True, slots=True, kw_only=True)
class ShopReport:
    """What a night brought for one shop; ``problem`` says why it does not count, if so.

    ``counts`` has pages, unread, products, new, changed, gone, ...; where a good night went
    before, ``before`` is how many products that one showed. ``errors`` counts by kind.
    """

    shop: str
    counts: Mapping[str, int]
    errors: Mapping[str, int]
    problem: str | None

    @classmethod
    def of(cls, shop: str, run: Run) -> "ShopReport":
        """The report that the diary has of a run."""
        return cls(shop=shop, counts=run.counts or {}, errors=run.errors, problem=run.error)

    @property
    def complete(self) -> bool:
        """Whether the shop was seen as a whole."""
        return self.problem is None

    @property
    def share(self) -> float | None:
        """How many of the last good night's products there are, 1 for all; None without one."""
        before = self.counts.get("before")
        return self.counts.get("products", 0) / before if before else None

    def figures(self) -> str:
        """One line for the log: ``pages=12 ... yield=98% errors=3 (http 500: 2, refused: 1)``."""
        parts = [f"{name}={count}" for name, count in self.counts.items() if name != "errors"]
        if self.share is not None:
            parts.append(f"yield={self.share:.0%}")
        kinds = ", ".join(f"{kind}: {count}" for kind, count in sorted(self.errors.items()))
        total = sum(self.errors.values())
        parts.append(f"errors={total} ({kinds})" if kinds else "errors=0")
        return " ".join(parts)
