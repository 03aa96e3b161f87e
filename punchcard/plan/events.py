"""What the machine is told (events) and what it asks for (facts to commit, effects to perform).

All instants are epoch milliseconds of business time. A *key* is a step's path and visit, `3#1`:
whatever is done under a key is done once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Literal

from punchcard.plan.conditions import Expression
from punchcard.plan.model import AnswerShape, Assignment, Body, Case, Handed, Moment, Offer, Piece

Results = dict[str, dict[str, Any]]
CommandName = Literal["cancel", "retry", "skip", "resume"]
Outcome = Literal["completed", "stopped", "cancelled", "reversed"]


# The key under which a commit says that the campaign's `stop_when` holds, and the reason with which an instance ends.
STOP_WHEN = "stop_when"


# --- events -----------------------------------------------------------------------------------


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
    did not stand, `ends` when its rewards end now, by their number.
    """

    at: int
    seq: int = 0
    results: Results = field(default_factory=dict)
    lapse: int = 0
    ends: dict[str, int] = field(default_factory=dict)


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


Event = Started | Restored | Delivered | Reversed | Command | Deadline | Committed | EffectDone | EffectFailed


# --- facts: what one commit writes -------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class GiveReward:
    """Reserve budget, make a code, issue the reward. Answer: `{reward, expires}` or `{refused: reason}`.

    When it expires is counted from `since`, else from now.
    """

    key: str
    path: str
    name: str
    offer: Offer
    expires: Moment | None
    since: int | None = None


@dataclass(frozen=True, slots=True)
class RequestMessage:
    """Ask whether a message may go out now.

    Answer: `{verdict: granted}`, `{verdict: superseded, reason}` or `{verdict: deferred, reason, until}`.

    `due` is when the step was due; `question` is the `as` name of an `ask`, `round` the number of the round in
    which a repeated step is. `codes` are the rewards whose codes the message offers.
    """

    key: str
    path: str
    message: str
    due: int
    codes: tuple[str, ...] = ()
    question: str | None = None
    answer: AnswerShape | None = None
    round: int | None = None


@dataclass(frozen=True, slots=True)
class Decide:
    """Evaluate a condition that asks about the customer. Answer: `{met}`.

    `values` has what the instance itself knows, by `Field.key`. What is read of the customer is journaled with the
    decision, and stays in the database.
    """

    key: str
    path: str
    condition: Expression
    values: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Pick:
    """Find the way that a value asked of the customer names. Answer: `{way}`, None where it names none.

    `cases` come without their steps; `values` and what is read are as with `Decide`.
    """

    key: str
    path: str
    value: Expression
    cases: tuple[Case, ...]
    values: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Resolve:
    """Find the instant of a moment that needs the customer's zone. Answer: `{due}`.

    It is counted from `since`, which is the instant that it is named beside, else from now.
    """

    key: str
    moment: Moment
    since: int | None = None


@dataclass(frozen=True, slots=True)
class Recall:
    """Read what became of the occasion's order, rewards, questions and campaigns while nobody could be told.

    Answer: `{at, data}` by the name of each event that happened, such as `coupon.redeemed`.
    """

    key: str


@dataclass(frozen=True, slots=True)
class UpdateCustomer:
    """Set fields of the customer, put tags on and take them off. `values` is as for `Decide`; no answer."""

    key: str
    path: str
    fields: tuple[Assignment, ...]
    add_tags: tuple[str, ...]
    remove_tags: tuple[str, ...]
    values: dict[str, Any]


@dataclass(frozen=True, slots=True)
class OpenTask:
    """Put a task before the first of its roles, until then. Answer: `{task, due, turn}`.

    Asked again after the instance has ended and goes on, the same task is open again: with the turn that it had come
    to, and as much time as was left.
    """

    key: str
    path: str
    name: str
    what: Literal["task", "approve"]
    roles: tuple[str, ...]
    until: Moment


@dataclass(frozen=True, slots=True)
class PassTask:
    """Put the task before the role whose turn is next, 1 being the second. Answer: `{due, turn}`."""

    key: str
    roles: tuple[str, ...]
    turn: int
    until: Moment


@dataclass(frozen=True, slots=True)
class RequestStart:
    """Ask whether another campaign may be started. Answer: `{verdict: granted}` or `{verdict: superseded, reason}`.

    `values` is as for `Decide`; the inputs stay in the database. With a `name`, the instance is told `<name>.ended` in
    the commit in which the other one ends.
    """

    key: str
    path: str
    campaign: str
    inputs: tuple[Handed, ...]
    values: dict[str, Any]
    name: str | None = None


@dataclass(frozen=True, slots=True)
class RequestCall:
    """Ask whether another system may be called. Answer: as to `RequestStart`, or `{verdict: failed, error}`.

    `values` is as for `Decide`; what the request says stays in the database.
    """

    key: str
    path: str
    name: str
    method: str
    url: tuple[Piece, ...]
    body: Body | None
    values: dict[str, Any]


@dataclass(frozen=True, slots=True)
class CloseTask:
    """Nobody is to act on the task any more; no answer."""

    key: str
    how: Literal["elapsed", "overtaken"]


@dataclass(frozen=True, slots=True)
class Withdraw:
    """A way that was overtaken ends: what its step has asked for and not yet done is not done any more."""

    key: str
    path: str


@dataclass(frozen=True, slots=True)
class OpenIncident:
    """The token is parked at its step until an operator decides."""

    key: str
    path: str
    error: str


@dataclass(frozen=True, slots=True)
class CloseIncident:
    """An operator decided."""

    key: str
    how: str


@dataclass(frozen=True, slots=True)
class Finished:
    """The instance ends with this commit."""

    outcome: Outcome
    reason: str | None = None


Fact = (
    GiveReward
    | RequestMessage
    | Decide
    | Pick
    | Resolve
    | Recall
    | UpdateCustomer
    | OpenTask
    | PassTask
    | RequestStart
    | RequestCall
    | CloseTask
    | Withdraw
    | OpenIncident
    | CloseIncident
    | Finished
)

FACTS: Mapping[str, type[Fact]] = MappingProxyType(
    {
        kind.__name__: kind
        for kind in (
            GiveReward,
            RequestMessage,
            Decide,
            Pick,
            Resolve,
            Recall,
            UpdateCustomer,
            OpenTask,
            PassTask,
            RequestStart,
            RequestCall,
            CloseTask,
            Withdraw,
            OpenIncident,
            CloseIncident,
            Finished,
        )
    }
)


@dataclass(frozen=True, slots=True)
class Note:
    """One line of the instance's journal, in data; the console puts it into words."""

    what: str
    path: str | None = None
    data: dict[str, Any] = field(default_factory=dict)


# --- effects -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Commit:
    """Write these facts and this journal as tick number `tick`, in one transaction."""

    tick: int
    facts: tuple[Fact, ...]
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Perform:
    """Do what leaves the house under this key; `kind` names the activity."""

    key: str
    kind: Literal["send", "start", "call"]


@dataclass(frozen=True, slots=True)
class Finish:
    """Close the workflow."""

    outcome: Outcome


Effect = Commit | Perform | Finish
