"""What a process has used: CPU time and memory, as the kernel counts them."""

from __future__ import annotations

import os
from pathlib import Path

from punchcard.errors import ConfigurationError

_TICKS = os.sysconf("SC_CLK_TCK")


def cpu_seconds(pid: int) -> float:
    """Return the CPU time, user and system, of a process with all its threads."""
    fields = _read(pid, "stat").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def resident_bytes(pid: int) -> int:
    """Return the memory that a process holds (its resident set)."""
    line = next(line for line in _read(pid, "status").splitlines() if line.startswith("VmRSS:"))
    return int(line.split()[1]) * 1024


def file_bytes(path: Path) -> int:
    """Return the size of a database file together with its log beside it."""
    return sum(file.stat().st_size for file in path.parent.glob(f"{path.name}*") if file.is_file())


def _read(pid: int, name: str) -> str:
    try:
        return Path(f"/proc/{pid}/{name}").read_text()
    except FileNotFoundError:
        raise ConfigurationError(
            f"/proc/{pid}/{name} is not there: the process ended, or this system has no /proc.",
            remedy="Run the benchmarks on Linux.",
        ) from None
