"""The terms of a campaign: how often, for how much, and what for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from punchcard.plan.model.moments import After, AfterMonths, Millis, Minor, Moment, Share

Period = Literal["day", "week", "month", "quarter", "year"]


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `count` occasions for one customer: in each calendar `period`, or in any `rolling` milliseconds or
    `months` of the calendar.
    """

    count: int
    period: Period | None = None
    rolling: Millis | None = None
    months: int | None = None

    @property
    def moves(self) -> After | AfterMonths | None:
        """How long a window is that begins anywhere; None for periods of the calendar, and for good."""
        if self.rolling is not None:
            return After(self.rolling)
        return None if self.months is None else AfterMonths(self.months)


@dataclass(frozen=True, slots=True)
class Budget:
    """What all customers together may cost: a number of rewards, an amount in minor units, or both.

    Each bound is for all the time, or for each period of the calendar. What exceeds it is an incident, or with `stop`
    the quiet end of the instance that would get it.
    """

    rewards: int | None = None
    amount: Minor | None = None
    then: Literal["incident", "stop"] = "incident"
    rewards_per: Period | None = None
    amount_per: Period | None = None

    @property
    def periods(self) -> tuple[Period, ...]:
        """The periods of its bounds."""
        return tuple(each for each in (self.rewards_per, self.amount_per) if each is not None)


@dataclass(frozen=True, slots=True)
class Goal:
    """What the campaign is to achieve, and by when, counted per customer from the occasion.

    A measure that is to fall is raised by less than nothing.
    """

    measure: str
    raise_by: Share
    within: Moment
    compared_with: str = "holdout"
