"""What was measured, each figure beside its limit and the bar it is held to, for people to read."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

_HEAD = ("", "here", "limit", "", "ratio", "bar", "")
_RIGHT = {1, 2, 4}


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """What a figure's ratio to its limit is to be at least, or at most."""

    sense: Literal["at least", "at most"]
    ratio: float

    def met_by(self, ratio: float) -> bool:
        """Whether it holds."""
        return ratio >= self.ratio if self.sense == "at least" else ratio <= self.ratio


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One line: what was measured, and the limit beside it, in the same unit.

    ``limit_is`` says whose figure the limit is. Without a bar it informs only.
    """

    what: str
    measured: float
    unit: str
    limit: float | None = None
    limit_is: str = ""
    bar: Bar | None = None

    @property
    def ratio(self) -> float | None:
        """The figure by its limit."""
        return self.measured / self.limit if self.limit else None

    @property
    def met(self) -> bool | None:
        """Whether the bar holds; None without one."""
        return None if self.bar is None or self.ratio is None else self.bar.met_by(self.ratio)


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Every figure of a run, and in sentences what has no figure."""

    cpu: str
    cores: int
    fingerprint: str
    figures: Sequence[Figure]
    notes: Sequence[str]

    def as_text(self) -> str:
        """The machine, a table with aligned columns, the notes."""
        cores = f"{self.cores} core{'' if self.cores == 1 else 's'}"
        machine = f"{cores} of {self.cpu or 'an unnamed processor'}"
        return "\n".join(
            [
                f"{machine}; network {self.fingerprint}",
                "",
                *_aligned([_HEAD, *map(_cells, self.figures)]),
                *(["", *self.notes] if self.notes else []),
            ]
        )

    def as_json(self) -> str:
        """The same as a JSON object."""
        found: dict[str, Any] = {
            "machine": {"cpu": self.cpu, "cores": self.cores},
            "fingerprint": self.fingerprint,
            "figures": [
                {
                    "what": figure.what,
                    "measured": figure.measured,
                    "unit": figure.unit,
                    "limit": figure.limit,
                    "limit_is": figure.limit_is,
                    "ratio": figure.ratio,
                    "bar": figure.bar and f"{figure.bar.sense} {figure.bar.ratio:g}",
                    "met": figure.met,
                }
                for figure in self.figures
            ],
            "notes": list(self.notes),
        }
        return json.dumps(found, ensure_ascii=False, indent=2)


def _cells(figure: Figure) -> tuple[str, ...]:
    bar, sign = figure.bar, {"at least": "≥", "at most": "≤"}
    return (
        figure.what,
        _amount(figure.measured, figure.unit),
        "" if figure.limit is None else _amount(figure.limit, figure.unit),
        figure.limit_is,
        "" if figure.ratio is None else f"{figure.ratio:.2f}",
        f"{sign[bar.sense]} {bar.ratio:.2f}" if bar else "",
        {True: "met", False: "missed", None: ""}[figure.met],
    )


def _amount(value: float, unit: str) -> str:
    digits = 0 if value >= 100 else 1 if value >= 10 else 3
    return f"{value:,.{digits}f} {unit}".rstrip()


def _aligned(rows: Sequence[Sequence[str]]) -> Iterable[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (
            cell.rjust(width) if place in _RIGHT else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        yield "  ".join(cells).rstrip()
