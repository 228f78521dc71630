"""What a benchmark says: one measured figure, beside the bar that it is held to."""

import json
import sys
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Literal

Sense = Literal["at least", "at most"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One line of the table.

    ``measured`` and ``limit`` are in ``unit`` ("x" for a ratio within one run); ``details`` are
    the absolute figures that the ratio is made of, by name with the unit in it; ``bound`` says
    what keeps the figure from being better.
    """

    name: str
    measured: float
    sense: Sense
    limit: float
    unit: str = "x"
    details: dict[str, float] = field(default_factory=dict)
    bound: str = ""

    @property
    def met(self) -> bool:
        """Whether the bar holds."""
        if self.sense == "at least":
            return self.measured >= self.limit
        return self.measured <= self.limit


def emit(bars: Iterable[Bar]) -> None:
    """Write bars for the process that reads this one's standard output, a JSON line each."""
    for bar in bars:
        print(json.dumps(asdict(bar)), flush=True)


def heard(line: str) -> Bar | None:
    """The bar in a line that ``emit`` wrote, None for any other line."""
    if not line.startswith('{"name": '):
        return None
    return Bar(**json.loads(line))


def say(text: str) -> None:
    """Tell whoever watches how far the benchmark is."""
    print(text, file=sys.stderr, flush=True)
