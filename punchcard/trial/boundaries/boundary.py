"""A boundary case: what happens just below, at and above the point at which something is earned."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any

from punchcard.plan.calendar import DAY, instant, local
from punchcard.plan.model import Limit, Plan

MINUTE = 60_000
MONDAY = 1_772_463_600_000  # 2 March 2026, 15:00 UTC


@dataclass(frozen=True, slots=True)
class Posted:
    """One event as a shop posts it, so many milliseconds after the case began."""

    kind: str
    data: Mapping[str, Any]
    id: str
    after: int = 0
    revision: int = 0


@dataclass(frozen=True, slots=True)
class Boundary:
    """A case by its name: what is posted, and how many occasions of the customer stand then.

    `arisen` is how many there have been in all, those that were reversed included. `started` is how many of them
    start an instance, None where that depends on more. The order of arrival is no matter if `by_the_set`. Time goes
    on for `runs` milliseconds, or until nobody waits for anything. Where a `condition` of the campaign decides, the
    case says something only if its like is found at all.
    """

    name: str
    posted: tuple[Posted, ...]
    standing: int
    arisen: int | None = None
    started: int | None = None
    held_out: bool = False
    by_the_set: bool = True
    begins: int | None = None
    runs: int | None = None
    conditional: bool = False
    by_hand: tuple[tuple[str, Mapping[str, Any]], ...] = ()
    profile: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


Derive = Callable[[Plan, Mapping[str, Mapping[str, Any]]], Iterator[Boundary]]


def beginning(plan: Plan) -> int:
    """Return an instant at which the campaign runs: noon of its first day, or of its last, or a Monday."""

    day = plan.starts or plan.ends
    return MONDAY if day is None else instant(date.fromisoformat(day), 12 * 60, plan.timezone)


def odd_instants(plan: Plan) -> Iterator[tuple[str, int]]:
    """Yield instants at which calendars are peculiar, where the campaign's dates leave room for them."""

    if plan.starts or plan.ends:
        return
    yield "on 29 February", instant(date(2028, 2, 29), 23 * 60 + 58, plan.timezone)
    yield "in the last minutes of a year", instant(date(2026, 12, 31), 23 * 60 + 58, plan.timezone)
    for name, at in _changes(plan.timezone):
        yield name, at - MINUTE


def _changes(zone: str) -> Iterator[tuple[str, int]]:
    """Yield when the clocks of the zone change in 2026."""
    at = instant_of_year = 1_767_268_800_000  # 1 January 2026, 12:00 UTC
    while at < instant_of_year + 365 * DAY:
        here, there = local(at, zone).utcoffset(), local(at + DAY, zone).utcoffset()
        if here is not None and there is not None and here != there:
            low, high = at, at + DAY
            while high - low > MINUTE:
                middle = (low + high) // 2
                low, high = (middle, high) if local(middle, zone).utcoffset() == here else (low, middle)
            yield ("while clocks go forward" if there > here else "while clocks go back"), high
        at += DAY


def room(limit: Limit | None) -> int:
    """Return how many occasions of one customer may start at the same time; many where nothing limits them."""
    return 1 << 30 if limit is None else limit.count
