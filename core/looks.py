"""Look: what was recognised in a photo."""

from dataclasses import dataclass

from core.catalogue import Gender


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What a photo shows.

    ``fashion`` is the probability, 0 to 1, that it shows something to wear; ``seen`` what the
    network's own classes make of it ("tabby cat"). The rest is None where it is not known.
    """

    fashion: float
    seen: str
    kind: str | None = None
    colour: str | None = None
    pattern: str | None = None
    gender: Gender | None = None
