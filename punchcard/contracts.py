"""What workflows and activities agree on: the names they call one another by, and the payloads they hand over."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

JOURNEY = "Journey"
DELIVER = "deliver"
COMMIT_TICK = "commit_tick"
SEND_MESSAGE = "send_message"
START_CAMPAIGN = "start_campaign"
CALL_SYSTEM = "call_system"
# Behind the name of the task queue: calls have one of their own, so that a slow system holds up no messages.
CALLS = "-calls"
SWEEP = "Sweep"
SWEEP_ROUND = "sweep_round"

# The memo under which a workflow says which plan it runs, so that a start that was repeated can be told
# from another one that took its id.
PLAN_MEMO = "plan"


@dataclass(frozen=True, slots=True)
class PinnedPlan:
    """A plan by the hash of its content; the payload codec brings its text along when a worker reads it."""

    hash: str
    text: str = ""


@dataclass(slots=True)
class JourneyStart:
    """The second argument of a Journey; the first is its PinnedPlan.

    `names` and `due` begin a new instance. With `state`, an instance goes on: with `revived` from what the
    database holds (`state` and the `results` that it has yet to take in), otherwise from itself before
    continue-as-new. Where it goes on because its occasion stands again, `lapse` is how long that did not stand, `ends`
    when its rewards end now, by their number, and `order` the order by which it stands. `inbox` holds deliveries that
    it had yet to read. `pace` is how many milliseconds of business time pass in one of real time: 1 but in a demo. `at`
    is business time at the start.
    """

    at: int
    names: dict[str, dict[str, Any]] = field(default_factory=dict)
    due: int | None = None
    state: dict[str, Any] | None = None
    results: dict[str, dict[str, Any]] = field(default_factory=dict)
    revived: bool = False
    lapse: int = 0
    ends: dict[str, int] = field(default_factory=dict)
    order: dict[str, Any] = field(default_factory=dict)
    inbox: list[Delivery] = field(default_factory=list)
    pace: int = 1


@dataclass(slots=True)
class Delivery:
    """One outbox row as it reaches its instance: `kind` is `deliver`, `order`, `reverse` or `command`."""

    seq: int
    kind: str
    at: int
    payload: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class TickRequest:
    """Ask the database to make `state` the instance's tick number `number`.

    `event` is the consumed event, `facts` and `notes` what it leads to, all as encoded by `plan.codec`.
    """

    instance_id: str
    number: int
    event: dict[str, Any]
    facts: list[dict[str, Any]]
    notes: list[dict[str, Any]]
    state: dict[str, Any]


@dataclass(slots=True)
class TickResult:
    """The database's answer.

    `verdict`: `committed` (with `results`); `replaced` (this tick stood already with another input: go on from
    `state` and its `results`, and bring the event again); `held` (paused: bring it again after a command);
    `behind` (deliveries up to `seq` are on their way and come first; below 0, the database has lost what came before:
    wait until it is restored); `early` (the deadline lies ahead of
    business time: bring it again then). `at` is business time.
    """

    verdict: str
    at: int
    results: dict[str, dict[str, Any]] = field(default_factory=dict)
    state: dict[str, Any] | None = None
    seq: int = 0


@dataclass(slots=True)
class EffectRequest:
    """Do what was granted to an instance under this key."""

    instance_id: str
    key: str


@dataclass(slots=True)
class StartResult:
    """What came of starting a campaign: `started`, or why no instance was."""

    status: str
    at: int
    campaign: str
    instance: str | None = None


@dataclass(slots=True)
class CallResult:
    """What came of a call: the reply's status, duration and size, and what was asked of it; or why it was not made."""

    at: int
    reason: str | None = None
    status: int | None = None
    duration: int | None = None
    size: int | None = None
    values: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class SendResult:
    """What came of it: `sent`, `failed`, `unknown` or `superseded`, and why."""

    status: str
    at: int
    reason: str | None = None
    message: int | None = None


@dataclass(slots=True)
class SweepResult:
    """One round of the search for who is due: how many instances will start, and whether another is to follow."""

    occasions: int
    more: bool
