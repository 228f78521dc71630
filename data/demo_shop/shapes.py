"""Outlines: smooth curves through points, mirrored halves, ribbons.

Points are ``(x, y)`` in pixels of the canvas, x counted from its middle axis, y down from its
top. An outline is an array float64[n, 2], closed by whoever fills it.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Point = tuple[float, float]
Outline = NDArray[np.float64]
Line = Sequence[Point | Outline] | Outline

_STEPS = 10


def spline(points: Line) -> Outline:
    """A smooth open curve through the points (uniform Catmull-Rom).

    Where it starts or ends on the middle axis it runs level, so that halves join smoothly.
    """
    p = np.asarray(points, dtype=np.float64)
    if len(p) < 3:
        return p
    before = mirror(p[1]) if p[0, 0] == 0 else 2 * p[0] - p[1]
    after = mirror(p[-2]) if p[-1, 0] == 0 else 2 * p[-1] - p[-2]
    p = np.vstack([before, p, after])
    t = np.linspace(0, 1, _STEPS, endpoint=False)[:, None, None]
    a, b, c, d = p[:-3], p[1:-2], p[2:-1], p[3:]
    curve = 0.5 * (
        2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3
    )
    return np.vstack([curve.transpose(1, 0, 2).reshape(-1, 2), p[-2]])


def outline(*segments: Line) -> Outline:
    """Smooth segments joined end to end; corners lie where they meet."""
    return np.vstack([spline(segment) for segment in segments])


def mirror(shape: Line) -> Outline:
    """The same outline on the other side of the middle axis."""
    return np.asarray(shape, dtype=np.float64) * (-1, 1)


def symmetric(*segments: Line) -> Outline:
    """The whole outline of which the right half is given, from top middle to bottom middle."""
    right = outline(*segments)
    return np.vstack([right, mirror(right)[::-1]])


def parallel(line: Line, distance_px: float) -> Outline:
    """The curve at a distance to the right of another one (seen along its direction)."""
    p = np.asarray(line, dtype=np.float64)
    step = np.gradient(p, axis=0)
    normal = np.stack([-step[:, 1], step[:, 0]], axis=1)
    length = np.linalg.norm(normal, axis=1, keepdims=True) + 1e-9
    return np.asarray(p + distance_px * normal / length)


def ribbon(points: Line, width_px: float, end_px: float | None = None) -> Outline:
    """A strip around a smooth line, as wide as told at its start and its end."""
    line = spline(points)
    half = np.linspace(width_px, width_px if end_px is None else end_px, len(line))[:, None] / 2
    normal = parallel(line, 1.0) - line
    return np.vstack([line + half * normal, (line - half * normal)[::-1]])


def ellipse(centre: Point, rx: float, ry: float, turn_deg: float = 0.0) -> Outline:
    """An ellipse with its half axes, turned clockwise."""
    a = np.linspace(0, 2 * np.pi, 48, endpoint=False)
    ring = np.stack([rx * np.cos(a), ry * np.sin(a)], axis=1)
    return turned(ring, turn_deg) + centre


def box(left: float, top: float, right: float, bottom: float, corner: float = 0.0) -> Outline:
    """A rectangle with rounded corners."""
    if corner <= 0:
        return np.array([(left, top), (right, top), (right, bottom), (left, bottom)], dtype=float)
    a = np.linspace(0, np.pi / 2, 6)
    arc = corner * np.stack([np.sin(a), -np.cos(a)], axis=1)
    corners = [
        ((right - corner, top + corner), 0),
        ((right - corner, bottom - corner), 90),
        ((left + corner, bottom - corner), 180),
        ((left + corner, top + corner), 270),
    ]
    return np.vstack([turned(arc, angle) + centre for centre, angle in corners])


def shifted(shape: Line, right_px: float, down_px: float) -> Outline:
    """The outline moved."""
    return np.array(shape, dtype=np.float64) + (right_px, down_px)  # noqa: RUF005 - a sum of points


def turned(shape: Outline, degrees: float, about: Point = (0.0, 0.0)) -> Outline:
    """The outline turned clockwise about a point."""
    a = np.deg2rad(degrees)
    rotation = np.array([[np.cos(a), np.sin(a)], [-np.sin(a), np.cos(a)]])
    return np.asarray((shape - about) @ rotation + about)
