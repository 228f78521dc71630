"""How much memory a process holds, of how much; told by Linux only."""

import os
from pathlib import Path

_CGROUP = Path("/sys/fs/cgroup/memory.max")
_MIB = 1024 * 1024


def resident_mb(pid: int | None = None) -> float:
    """Resident memory in megabytes, mapped files included; of this process unless told.

    This and what follows raises ``OSError`` where the system does not tell.
    """
    return sum(_fields(pid, "VmRSS"))


def peak_mb(pid: int | None = None) -> float:
    """The most that was resident at any time so far, in megabytes."""
    return sum(_fields(pid, "VmHWM"))


def anonymous_mb(pid: int | None = None) -> float:
    """Resident memory that is no mapped file, in megabytes."""
    return sum(_fields(pid, "RssAnon", "RssShmem"))


def mapped_mb(pid: int | None = None) -> float:
    """Resident pages of mapped files, in megabytes; the system may drop them and read them anew."""
    return sum(_fields(pid, "RssFile"))


def machine_mb() -> float:
    """What this machine has, or lets the container that this runs in have, in megabytes."""
    [whole] = _read(Path("/proc/meminfo"), "MemTotal")
    try:
        return min(whole, int(_CGROUP.read_text(encoding="ascii")) / _MIB)
    except (OSError, ValueError):  # no container, or one without a limit ("max")
        return whole


def _fields(pid: int | None, *names: str) -> list[float]:
    return _read(Path(f"/proc/{pid or os.getpid()}/status"), *names)


def _read(file: Path, *names: str) -> list[float]:
    lines = file.read_text(encoding="ascii", errors="replace").splitlines()
    fields = dict(line.split(":", 1) for line in lines if ":" in line)
    return [int(fields[name].split()[0]) / 1024 for name in names]
