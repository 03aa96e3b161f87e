"""Figures of several rounds: the middle one, and how far apart they lie."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity that was measured several times."""

    median: float
    lowest: float
    highest: float

    def __str__(self) -> str:
        if self.lowest == self.highest:
            return _short(self.median)
        return f"{_short(self.median)} ({_short(self.lowest)} to {_short(self.highest)})"


def figure(values: Sequence[float]) -> Figure:
    """Return the figure of these measurements; ValueError if there are none."""
    if not values:
        raise ValueError("a figure needs a measurement")
    return Figure(median(values), min(values), max(values))


def _short(value: float) -> str:
    """Three digits that count."""
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"
