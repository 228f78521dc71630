"""What this machine's processor offers the network."""

import os
import platform
from pathlib import Path

_BFLOAT16_FLAGS = frozenset({"avx512_bf16", "amx_bf16"})


def cores() -> int:
    """The cores that this process may use, 0 where that is not told."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 0


def cpu_name() -> str:
    """The processor's name as its maker gives it, empty where that is not told."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return platform.processor()
    return next((line.partition(":")[2].strip() for line in lines if "model name" in line), "")


def wants_bfloat16(precision: str) -> bool:
    """Whether to compute in bfloat16: when told to, or for ``auto`` where the CPU does so."""
    return precision == "bfloat16" or (precision == "auto" and _cpu_has_bfloat16())


def _cpu_has_bfloat16() -> bool:
    try:
        text = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    flags = next((line for line in text.splitlines() if line.startswith("flags")), "")
    return not _BFLOAT16_FLAGS.isdisjoint(flags.split())
