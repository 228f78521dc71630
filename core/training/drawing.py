"""Views of opened photos, drawn by processes of their own while the network learns from others."""

from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from core.training.opened import Opened, opened_in
from core.training.views import Rng, plain_view_of, view_of
from core.vision.machine import cores

_AS_IT_IS = 0.3  # of the views
_ON_GROUND = 0.5  # of the others of products
_AT_ONCE = 8  # views that a process draws

Pixels = NDArray[np.uint8]


class Views:
    """Views by the photo's number; a seed draws the same ones each time. A context manager."""

    def __init__(self, opened: Opened, *, own: NDArray[np.bool_], grounds: Sequence[int]) -> None:
        """``own`` bool[n] tells people's photos from products', that may be laid on ``grounds``.

        ``grounds`` are numbers of photos, taken for their corners. All must be readable once they
        are asked for.
        """
        self._opened = opened
        self._processes = ProcessPoolExecutor(
            cores() or None,
            mp_context=get_context("spawn"),
            initializer=_start,
            initargs=(opened.folder, len(opened.pixels), own, list(grounds)),
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._processes.shutdown(cancel_futures=True)

    def draw(
        self, numbers: NDArray[np.intp], *, seed: Sequence[int], side_px: int
    ) -> Callable[[], Pixels]:
        """Begin to draw; what is given back waits for uint8[n, side, side, 3].

        Of each photo a view as it might come through a chat.
        """
        parts = [
            self._processes.submit(
                _drawn, numbers[start : start + _AT_ONCE], start, tuple(seed), side_px
            )
            for start in range(0, len(numbers), _AT_ONCE)
        ]
        return lambda: np.concatenate([part.result() for part in parts])

    def plain(self, numbers: NDArray[np.intp]) -> Pixels:
        """uint8[n, 224, 224, 3]: the photos as they are."""
        return self._opened.pixels[numbers]


class _Easel:
    """What a process draws from."""

    def __init__(
        self, folder: Path, count: int, own: NDArray[np.bool_], grounds: list[int]
    ) -> None:
        self._opened = opened_in(folder, count)
        self._own, self._grounds = own, grounds

    def drawn(self, number: int, rng: Rng, side_px: int) -> Pixels:
        if rng.random() < _AS_IT_IS:
            return plain_view_of(self._opened.pixels[number], side_px=side_px)
        ground = self._ground(rng) if not self._own[number] else None
        return view_of(self._image(number), rng=rng, ground=ground, side_px=side_px)

    def _ground(self, rng: Rng) -> Image.Image | None:
        """Something that a person photographed, for a shop's cut-out to lie on."""
        if not self._grounds or rng.random() >= _ON_GROUND:
            return None
        return self._image(self._grounds[int(rng.integers(len(self._grounds)))])

    def _image(self, number: int) -> Image.Image:
        return _without_letterbox(self._opened.pixels[number], *self._opened.sizes[number].tolist())


_easel: _Easel


def _start(folder: Path, count: int, own: NDArray[np.bool_], grounds: list[int]) -> None:
    global _easel  # noqa: PLW0603 - a process has one
    _easel = _Easel(folder, count, own, grounds)


def _drawn(numbers: NDArray[np.intp], first: int, seed: tuple[int, ...], side_px: int) -> Pixels:
    return np.stack(
        [
            _easel.drawn(number, np.random.default_rng((*seed, first + place)), side_px)
            for place, number in enumerate(numbers.tolist())
        ]
    )


def _without_letterbox(pixels: Pixels, width: int, height: int) -> Image.Image:
    """An opened photo of such an original without the white beside it."""
    scale = pixels.shape[0] / max(width, height)
    size = [max(1, round(side * scale)) for side in (width, height)]
    left, top = ((pixels.shape[0] - side) // 2 for side in size)
    return Image.fromarray(pixels[top : top + size[1], left : left + size[0]])
