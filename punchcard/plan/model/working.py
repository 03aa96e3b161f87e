"""Working time: the days and hours in which the shop works."""

from __future__ import annotations

from dataclasses import dataclass

MIDNIGHT = 24 * 60


@dataclass(frozen=True, slots=True)
class WorkingTime:
    """The programme's calendar as the plan took it over, by the clock of the campaign's `zone`.

    `weekdays` are those on which the shop works (0 is Monday), from `start` to `end` in minutes since midnight.
    `holidays` are single days (`2026-12-25`) and days of each year (`12-25`) on which it does not.
    """

    zone: str
    weekdays: tuple[int, ...] = (0, 1, 2, 3, 4)
    start: int = 0
    end: int = MIDNIGHT
    holidays: tuple[str, ...] = ()
