"""Moments: when something is due, and the units that a plan counts in."""

from __future__ import annotations

from dataclasses import dataclass

Share = int
Minor = int
Millis = int


@dataclass(frozen=True, slots=True)
class After:
    """So many milliseconds after the step began (`7 days` is 7 times 24 hours)."""

    millis: Millis


@dataclass(frozen=True, slots=True)
class AfterMonths:
    """The same local day and time so many calendar months later, or that month's last day."""

    months: int


@dataclass(frozen=True, slots=True)
class Beside:
    """An instant that the instance knows by name, such as `coupon.expires`, moved by `shift` milliseconds, or by
    `months` to the same local time of that day, or of that month's last.
    """

    name: str
    field: str
    shift: Millis = 0
    months: int = 0


@dataclass(frozen=True, slots=True)
class DayBeside:
    """The local day of an instant that the instance knows by name, so many months, then days, on.

    At a local time (minutes since midnight), else at the day's end.
    """

    name: str
    field: str
    days: int = 0
    months: int = 0
    minute: int | None = None


@dataclass(frozen=True, slots=True)
class OnDate:
    """A local date (ISO `2026-05-04`) at a local time (minutes since midnight)."""

    date: str
    minute: int = 0


@dataclass(frozen=True, slots=True)
class NextTime:
    """The next local time of day, on `weekday` (0 is Monday) where one is named."""

    minute: int
    weekday: int | None = None


@dataclass(frozen=True, slots=True)
class EndOfDayAfter:
    """The end of the local day that is so many days, then months, ahead: how a reward's `expires` is counted."""

    days: int = 0
    months: int = 0


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """The same time of day so many working days later, by the plan's calendar."""

    days: int


@dataclass(frozen=True, slots=True)
class WorkingHours:
    """So many milliseconds of working time later, by the plan's calendar."""

    millis: Millis


Moment = (
    After | AfterMonths | Beside | DayBeside | OnDate | NextTime | EndOfDayAfter | WorkingDays | WorkingHours
)
