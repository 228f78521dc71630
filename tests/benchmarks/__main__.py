"""Every benchmark, each in a process of its own on the same two cores; a table and a JSON file."""

import argparse
import json
import os
import platform
import subprocess
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from core.vision.machine import cpu_name
from tests.benchmarks.bars import Bar, heard, say

BENCHMARKS = (
    "network",
    "people",
    "index",
    "million",
    "night",
    "start",
    "extract",
    "picks",
    "outfits",
    "screens",
    "crowd",
    "year",
)
_PHOTOS = Path(__file__).parents[3] / "shared" / "photos"


def main() -> int:
    """Run what was asked for; 1 when a bar is missed or a benchmark fails."""
    options = _options()
    cores = sorted(os.sched_getaffinity(0))[: options.cores]
    os.sched_setaffinity(0, cores)
    bars: list[Bar] = []
    failed = []
    for name in options.names or BENCHMARKS:
        say(f"== {name}")
        found, status = _run(name, options.photos)
        bars += found
        if status:
            failed.append(name)
    print(_table(bars))
    options.json.write_text(json.dumps(_record(bars, len(cores)), indent=2) + "\n")
    for name in failed:
        say(f"{name} ended with an error.")
    return 1 if failed or not all(bar.met for bar in bars) else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(BENCHMARKS)}")
    parser.add_argument(
        "--photos", type=Path, default=_PHOTOS, help="real photos; drawn ones where there are none"
    )
    parser.add_argument("--json", type=Path, default=Path("benchmarks.json"))
    parser.add_argument("--cores", type=int, default=2)
    options = parser.parse_args()
    if unknown := set(options.names) - set(BENCHMARKS):
        parser.error(f"no benchmark {', '.join(sorted(unknown))}; there are {BENCHMARKS}")
    return options


def _run(name: str, photos: Path) -> tuple[list[Bar], int]:
    command = [sys.executable, "-m", f"tests.benchmarks.{name}", str(photos)]
    bars = []
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if bar := heard(line):
                bars.append(bar)
                say(_line(bar))
    return bars, process.returncode


def _table(bars: list[Bar]) -> str:
    head = "| what | measured | bar | |\n| --- | --- | --- | --- |\n"
    return head + "\n".join(_line(bar) for bar in bars)


def _line(bar: Bar) -> str:
    limit = f"{'≥' if bar.sense == 'at least' else '≤'} {bar.limit:g} {bar.unit}"
    details = ", ".join(f"{name} {value:.4g}" for name, value in bar.details.items())
    verdict = "" if bar.met else " **missed**"
    return f"| {bar.name} | {bar.measured:.3g} {bar.unit}{verdict} | {limit} | {details} |"


def _record(bars: list[Bar], cores: int) -> dict[str, object]:
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": {"cores": cores, "cpu": cpu_name(), "python": platform.python_version()},
        "bars": [{**asdict(bar), "met": bar.met} for bar in bars],
    }


if __name__ == "__main__":
    sys.exit(main())
