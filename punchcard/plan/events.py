"""What the machine is told.

All instants are epoch milliseconds of business time. A *key* is a step's path and visit, `3#1`:
whatever is done under a key is done once.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

Results = dict[str, dict[str, Any]]
CommandName = Literal["cancel", "retry", "skip", "resume"]
Outcome = Literal["completed", "stopped", "cancelled", "reversed"]


# The key under which a commit says that the campaign's `stop_when` holds, and the reason with which an instance ends.
STOP_WHEN = "stop_when"
# Why a reward is refused that the budget has no room for, and an instance ends that goes quietly then.
BUDGET_EXHAUSTED = "budget_exhausted"
# How it goes on by itself where the budget is for each period of the calendar.
NEXT_PERIOD = "next_period"


@dataclass(frozen=True, slots=True)
class Started:
    """The occasion arose; `names` holds what steps may refer to, such as `order` and `inputs`."""

    at: int
    names: dict[str, dict[str, Any]] = field(default_factory=dict)
    due: int | None = None
    seq: int = 1


@dataclass(frozen=True, slots=True)
class Restored:
    """A reversed occasion stands again, or an instance begins anew from its stored state.

    `results` are the answers to its last commit, which that state has yet to take in. `lapse` is how long the occasion
    did not stand, `ends` when its rewards end now, by their number, `order` the order by which it stands now.
    """

    at: int
    seq: int = 0
    results: Results = field(default_factory=dict)
    lapse: int = 0
    ends: dict[str, int] = field(default_factory=dict)
    order: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TakenOver:
    """The occasion stands by another order than before: its names, and what has happened to it."""

    at: int
    seq: int
    order: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Delivered:
    """Something happened that concerns this instance: `coupon.redeemed`, `reply.answered`, `customer.ordered`."""

    at: int
    seq: int
    name: str
    data: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reversed:
    """The occasion no longer stands."""

    at: int
    seq: int


@dataclass(frozen=True, slots=True)
class Command:
    """An operator's word; `path` names the step that it is about (retry, skip), `paused` how long a pause took."""

    at: int
    seq: int
    name: CommandName
    actor: str
    path: str | None = None
    paused: int = 0
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Deadline:
    """The clock has reached the nearest deadline."""

    at: int


@dataclass(frozen=True, slots=True)
class Committed:
    """Tick number `tick` stands in the database; `results` answers its facts by key."""

    at: int
    tick: int
    results: Results = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class EffectDone:
    """An outward effect came to its end; `result` says how."""

    at: int
    key: str
    result: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class EffectFailed:
    """An outward effect was given up after its retries; `ours` where the installation itself has to be mended."""

    at: int
    key: str
    error: str
    ours: bool = False


Event = (
    Started
    | Restored
    | TakenOver
    | Delivered
    | Reversed
    | Command
    | Deadline
    | Committed
    | EffectDone
    | EffectFailed
)
