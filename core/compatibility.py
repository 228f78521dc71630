"""What was learned of things that are worn together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from types import MappingProxyType
from typing import Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from core.errors import Unavailable
from core.vision.kept import write_atomically

Floats = NDArray[np.float32]

SHIPPED = Path(__file__).parents[1] / "data" / "outfits" / "outfits.npz"
"""Made by ``python -m bot train``; data/outfits/README.md is its model card."""

_PARTS = ("hidden", "bias", "code", "appeal")
_CHUNK_ROWS = 4096


@dataclass(frozen=True, slots=True, eq=False)
class Codes:
    """Of n things ``vectors`` float32[n, k], whose products tell what goes with what, and
    ``appeal`` float32[n], how often each is worn at all, as far as it can be seen.
    """

    vectors: Floats
    appeal: Floats

    def of(self, rows: NDArray[np.intp] | Sequence[int]) -> "Codes":
        """Those of some."""
        return Codes(self.vectors[rows], self.appeal[rows])

    def beside(self, worn: Floats) -> Floats:
        """How well each goes with the mean of what is worn, float32[k]: float32[n]."""
        made: Floats = self.vectors @ worn + self.appeal
        return made


class Compatibility:
    """A small network that was taught which things stylists, or a shop's looks, put together.

    Immutable. ``fingerprint`` names the space of the embeddings that it takes; ``looks`` tells in
    how many looks each piece was, and ``together`` in what share of those each other piece.
    """

    def __init__(
        self,
        *,
        fingerprint: str,
        hidden: Floats,
        bias: Floats,
        code: Floats,
        appeal: Floats,
        looks: Mapping[str, int],
        together: Mapping[str, Mapping[str, float]],
    ) -> None:
        """``hidden`` is float32[d, h], ``bias`` [h], ``code`` [h, k] and ``appeal`` [d]."""
        self.fingerprint = fingerprint
        self._network = MappingProxyType(
            dict(zip(_PARTS, (hidden, bias, code, appeal), strict=True))
        )
        self.looks = MappingProxyType(dict(looks))
        self.together = MappingProxyType({name: dict(some) for name, some in together.items()})

    def must_be_of(self, *fingerprints: str) -> None:
        """``Unavailable`` where an embedding is of a space that this was not learned in."""
        others = set(fingerprints) - {self.fingerprint}
        if others:
            raise Unavailable(
                f"What goes together was learned with the network {self.fingerprint}, which is not "
                f"{', '.join(sorted(others))}; learn it anew: python -m bot train, with outfits."
            )

    def see(self, embeddings: Floats) -> Codes:
        """The codes of things by their embeddings, float32[n, d]."""
        vectors = np.empty((len(embeddings), self._network["code"].shape[1]), np.float32)
        for start in range(0, len(embeddings), _CHUNK_ROWS):
            rows = slice(start, start + _CHUNK_ROWS)
            hidden = embeddings[rows] @ self._network["hidden"] + self._network["bias"]
            np.matmul(np.maximum(hidden, 0), self._network["code"], out=vectors[rows])
        return Codes(vectors, embeddings @ self._network["appeal"])

    def write(self, file: Path) -> None:
        """As a whole or not at all; ``OSError``."""
        names = list(self.looks)
        arrays: dict[str, Any] = {
            "fingerprint": np.array(self.fingerprint),
            "pieces": np.array(names),
            "looks": np.array([self.looks[name] for name in names], np.int64),
            "together": np.array(
                [[self.together[one].get(name, 0.0) for name in names] for one in names],
                np.float32,
            ),
        }
        for name, values in self._network.items():
            arrays[name] = values.astype(np.float16)
        out = BytesIO()
        np.savez_compressed(out, **arrays)
        write_atomically(file, out.getvalue())

    @classmethod
    def read_file(cls, file: Path = SHIPPED) -> "Compatibility":
        """What ``write`` wrote; ``Unavailable`` when it is none."""
        try:
            with file.open("rb") as opened, np.load(opened, allow_pickle=False) as arrays:
                names = arrays["pieces"].tolist()
                return cls(
                    fingerprint=str(arrays["fingerprint"]),
                    **{name: arrays[name].astype(np.float32) for name in _PARTS},
                    looks=dict(zip(names, arrays["looks"].tolist(), strict=True)),
                    together={
                        one: dict(zip(names, shares, strict=True))
                        for one, shares in zip(names, arrays["together"].tolist(), strict=True)
                    },
                )
        except (OSError, ValueError, KeyError, EOFError, BadZipFile) as error:
            raise Unavailable(
                f"What goes together, {file.name}, cannot be read: {error}"
            ) from error
