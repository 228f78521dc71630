"""What all shoes share: how a pair stands, and the parts that most have."""

from collections.abc import Callable

import numpy as np

from data.demo_shop.canvas import Canvas, Fold
from data.demo_shop.fabrics import Fabric
from data.demo_shop.shapes import Outline, Point, outline, ribbon, shifted

RUBBER = (236, 234, 228)
INSOLE = (196, 170, 134)


def side_pair(canvas: Canvas, draw: Callable[[], None], *, rise: float = 0) -> None:
    """One shoe in front and its fellow behind, a little higher and further right."""
    with canvas.moved((46, -74 + rise), soft=0.25):
        draw()
    with canvas.moved((-34, 34 + rise), soft=0.25):
        draw()


def part(
    canvas: Canvas,
    shape: Outline,
    fabric: Fabric,
    *,
    lift: float = 2.0,
    edge: float = 3.0,
    volume: float = 3.0,
    dim: float = 1.0,
    folds: tuple[Fold, ...] = (),
) -> None:
    """A piece sewn onto the shoe."""
    canvas.piece(
        shape,
        fabric,
        lift_px=lift,
        edge_px=edge,
        volume_px=volume,
        rides=True,
        dim=dim,
        wrinkles=0.3,
        folds=folds,
    )


def mouth(canvas: Canvas, lining: Fabric, a: Point, b: Point, depth: float) -> None:
    """The far rim of the opening, seen over the near one."""
    middle = ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2)
    shape = outline([a, (middle[0], middle[1] - depth), b], [b, (middle[0], middle[1] + 26), a])
    canvas.piece(shape, lining, lift_px=6, edge_px=4, volume_px=2, wrinkles=0, dim=0.62)


def laces(
    canvas: Canvas, start: Point, end: Point, *, count: int, half: float, colour: Fabric
) -> None:
    """Laces that cross a line from start to end, each ``half`` pixels to either side."""
    for t in np.linspace(0, 1, count):
        x, y = start[0] + (end[0] - start[0]) * t, start[1] + (end[1] - start[1]) * t
        lace = np.array([(x - half, y - half * 0.55), (x, y + 2), (x + half, y + half * 0.75)])
        canvas.shade(ribbon(shifted(lace, 1, 4), 9), -0.3, soft_px=2)
        part(canvas, ribbon(lace, 8), colour, lift=3, edge=2, volume=1)
