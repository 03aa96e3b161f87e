"""The machine that a figure was measured on, by its cores and memory only."""

from __future__ import annotations

import os
from dataclasses import dataclass

GIB = 1024**3


@dataclass(frozen=True, slots=True)
class Machine:
    """What a reader needs in order to compare; neither the machine's name nor its maker's."""

    cores: int
    memory_gib: int

    def __str__(self) -> str:
        return f"{self.cores} cores, {self.memory_gib} GiB of memory"


def this_machine() -> Machine:
    """Return the cores that this process may use, and the memory that there is."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return Machine(cores, round(memory / GIB))
