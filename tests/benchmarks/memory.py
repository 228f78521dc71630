"""How much memory a process holds."""

import os
from pathlib import Path


def resident_mb(pid: int | None = None) -> float:
    """Resident memory in megabytes, mapped files included; of this process unless told."""
    return sum(_fields(pid or os.getpid(), "VmRSS"))


def peak_mb(pid: int | None = None) -> float:
    """The most that was resident at any time so far, in megabytes."""
    return sum(_fields(pid or os.getpid(), "VmHWM"))


def anonymous_mb(pid: int | None = None) -> float:
    """Resident memory that is no mapped file, in megabytes."""
    return sum(_fields(pid or os.getpid(), "RssAnon", "RssShmem"))


def _fields(pid: int, *names: str) -> list[float]:
    lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace").splitlines()
    fields = dict(line.split(":", 1) for line in lines if ":" in line)
    return [int(fields[name].split()[0]) / 1024 for name in names]
