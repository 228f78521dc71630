"""How much memory a process holds, of how much; told by Linux only."""

import os
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")
_CGROUP = Path("/sys/fs/cgroup/memory.max")
_KIB = 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A process's resident memory in megabytes: all of it, and what it is made of.

    ``mapped_mb`` are pages of files, which the system may drop and read anew.
    """

    resident_mb: float
    anonymous_mb: float
    mapped_mb: float


def read_memory(pid: int | None = None, *, proc: Path = PROC) -> Held:
    """What a process holds now, this one unless told; ``OSError`` where the system is silent."""
    status = proc / str(pid or os.getpid()) / "status"
    whole, anonymous, shared, mapped = _read(status, "VmRSS", "RssAnon", "RssShmem", "RssFile")
    return Held(resident_mb=whole, anonymous_mb=anonymous + shared, mapped_mb=mapped)


def machine_memory_mb(*, proc: Path = PROC) -> float:
    """What this machine has, or what the container that this runs in may have of it.

    In megabytes; ``OSError`` where the system is silent.
    """
    [whole] = _read(proc / "meminfo", "MemTotal")
    try:
        return min(whole, int(_CGROUP.read_text(encoding="ascii")) / _KIB**2)
    except (OSError, ValueError):  # no container, or one without a limit ("max")
        return whole


def _read(file: Path, *names: str) -> list[float]:
    lines = file.read_text(encoding="ascii", errors="replace").splitlines()
    fields = dict(line.split(":", 1) for line in lines if ":" in line)
    try:
        return [int(fields[name].split()[0]) / _KIB for name in names]
    except KeyError as error:  # a process that is just ending, or another kernel
        raise OSError(f"{file} does not tell {error}.") from error
