"""Views of labelled photos, drawn while the network learns from others."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from core.photos import SIDE_PX
from core.training.labels import Labelled, Part
from core.training.views import Rng, plain_view_of, view_of

_AS_IT_IS = 0.3  # of the views
_ON_GROUND = 0.5  # of the others of products
_THREADS = 2


class Views:
    """Views by the photo's number; a seed draws the same ones each time."""

    def __init__(self, photos: Sequence[Labelled]) -> None:
        """All ``photos`` must be readable once they are asked for."""
        self._photos = photos
        self._grounds = [
            photo.path for photo in photos if photo.own and photo.part is Part.LEARNING
        ]
        self._threads = ThreadPoolExecutor(_THREADS)

    def drawn(
        self, numbers: NDArray[np.intp], *, seed: Sequence[int], side_px: int
    ) -> NDArray[np.uint8]:
        """uint8[n, side, side, 3]: of each photo a view as it might come through a chat.

        Raises ``PhotoError`` and ``OSError``.
        """

        def one(place: int) -> NDArray[np.uint8]:
            rng = np.random.default_rng((*seed, place))
            photo = self._photos[numbers[place]]
            data = photo.path.read_bytes()
            if rng.random() < _AS_IT_IS:
                return plain_view_of(data, side_px=side_px)
            return view_of(data, rng=rng, ground=self._ground(photo, rng), side_px=side_px)

        return np.stack(list(self._threads.map(one, range(len(numbers)))))

    def plain(self, numbers: NDArray[np.intp]) -> NDArray[np.uint8]:
        """uint8[n, 224, 224, 3]: the photos as they are."""

        def one(number: int) -> NDArray[np.uint8]:
            return plain_view_of(self._photos[number].path.read_bytes(), side_px=SIDE_PX)

        return np.stack(list(self._threads.map(one, numbers.tolist())))

    def _ground(self, photo: Labelled, rng: Rng) -> Image.Image | None:
        """Something that a person photographed, for a shop's cut-out to lie on."""
        if photo.own or not self._grounds or rng.random() >= _ON_GROUND:
            return None
        return _opened(self._grounds[int(rng.integers(len(self._grounds)))])


def _opened(path: Path) -> Image.Image | None:
    try:
        with Image.open(path) as image:
            return image.convert("RGB")
    except OSError:
        return None
