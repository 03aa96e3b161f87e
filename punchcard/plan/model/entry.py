"""Who takes part in a campaign, and how often: what is judged when an occasion arises."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from punchcard.plan.conditions import Expression
from punchcard.plan.model.moments import After, AfterMonths, Millis

IfRunning = Literal["ignore", "restart", "parallel"]


@dataclass(frozen=True, slots=True)
class Audience:
    """Whose occasions start an instance: customers of whom `where` holds at the occasion's time."""

    where: Expression


@dataclass(frozen=True, slots=True)
class Again:
    """Whether a customer's further occasions count: `once` never, `after_exit` not while an instance is open,
    `after` not within so many milliseconds, or calendar months, of one that counted.
    """

    rule: Literal["once", "after_exit", "after"]
    after: Millis | None = None
    months: int | None = None


@dataclass(frozen=True, slots=True)
class Digest:
    """A customer's occasions of some time join one batch; it closes at the next local `minute` of the day, where one is
    named.
    """

    span: After | AfterMonths
    minute: int | None = None


@dataclass(frozen=True, slots=True)
class Pace:
    """How many instances may start in so many milliseconds; they start evenly."""

    count: int
    per: Millis

    @property
    def step(self) -> Millis:
        """The milliseconds between two starts."""
        return self.per // self.count


@dataclass(frozen=True, slots=True)
class StopWhen:
    """What ends an instance wherever it stands: one of some events, or a condition on the customer that is looked at
    before each effect. What was given stays given.
    """

    source: str
    events: tuple[str, ...] = ()
    condition: Expression | None = None
