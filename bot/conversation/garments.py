"""The garments of one photo, or of an album's photos: each once, by a name of its own."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from bot.conversation.texts import Texts
from core.looks import Look
from core.search import Found
from core.storage.answers import Trace
from core.vision.embedder import Sight

FASHION = 0.5
"""From this probability on, a photo is taken to show something to wear."""

# Cosines, measured on photos of people's own clothes; docs/decisions/0064.
_SAME_PHOTO = 0.95
_SAME_GARMENT = 0.92  # of one kind


@dataclass(frozen=True, slots=True, eq=False)
class Garment:
    """A garment in the photo of that number, what it is, and what is like it."""

    photo: int
    sight: Sight
    found: Found
    look: Look

    @property
    def name(self) -> str:
        """What it is called on its button."""
        regions = self.sight.regions
        return self.look.kind or (regions[0].family if regions else "clothes")

    @property
    def trace(self) -> Trace | None:
        """What is kept to go on from it: no photo."""
        sight = self.sight
        return Trace.of(sight.embedding, sight.fingerprint) if sight.fingerprint else None

    @property
    def is_worn(self) -> bool:
        """Whether its photo shows something to wear at all."""
        return self.look.fashion >= FASHION

    def is_same(self, other: "Garment") -> bool:
        """Whether both are one: of a kind in one photo, or seen again in another."""
        if self.name != other.name:
            return False
        alike = float(self.sight.embedding @ other.sight.embedding)
        return self.photo == other.photo or alike >= _SAME_GARMENT


def no_repeats(garments: Sequence[Garment], photos: Sequence[Sight]) -> list[Garment]:
    """Without those whose photo shows nearly what that of one before does."""
    kept: list[Garment] = []
    for one in garments:
        whole = photos[one.photo].embedding
        if all(float(whole @ photos[other.photo].embedding) < _SAME_PHOTO for other in kept):
            kept.append(one)
    return kept


def labels_of(garments: Sequence[Garment], say: Texts) -> list[str]:
    """A name for each: its kind, where several have that with the colour, then with a number."""
    named = Counter(one.name for one in garments)
    labels = [
        say.garment(one.name, colour=one.look.colour if named[one.name] > 1 else None)
        for one in garments
    ]
    told: Counter[str] = Counter()
    for place, label in enumerate(labels):
        told[label] += 1
        if told[label] > 1:
            labels[place] = f"{label} {told[label]}"
    return labels
