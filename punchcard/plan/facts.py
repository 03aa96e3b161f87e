"""What a tick asks of the database, each under its key: granted, refused or put right in the commit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal, get_args

from punchcard.plan.conditions import Expression
from punchcard.plan.events import Outcome
from punchcard.plan.model import AnswerShape, Assignment, Body, Case, Handed, KeepBest, Moment, Offer, Piece


@dataclass(frozen=True, slots=True)
class GiveReward:
    """Reserve budget, make a code, issue the reward. Answer: `{reward, expires}` or `{refused: reason}`.

    When it expires is counted from `since`, else from now. Of one for several `orders` the answer has `uses_left`, too.
    """

    key: str
    path: str
    name: str
    offer: Offer
    expires: Moment | None
    since: int | None = None
    orders: int = 1


@dataclass(frozen=True, slots=True)
class RequestMessage:
    """Ask whether a message may go out now.

    Answer: `{verdict: granted}`, `{verdict: superseded, reason}` or `{verdict: deferred, reason, until}`.

    `due` is when the step was due; `question` is the `as` name of an `ask`, `round` the number of the round in
    which a repeated step is. `codes` are the rewards whose codes the message offers. `disturbs` says whether it
    goes out in quiet hours, where that is not left to the message.
    """

    key: str
    path: str
    message: str
    due: int
    codes: tuple[str, ...] = ()
    question: str | None = None
    answer: AnswerShape | None = None
    round: int | None = None
    disturbs: bool | None = None


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
class TakeVariant:
    """Take one of an experiment's variants. Answer: `{way}`.

    It is the `lot` that the customer has drawn, or the best of the variants once it is known. The answer is journaled
    with what decided it.
    """

    key: str
    path: str
    experiment: str
    variants: tuple[str, ...]
    lot: str
    keep_best: KeepBest


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
    to, and as much time as was left. For a customer who was erased nobody is asked: the answer has `erased`.
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
class MoveTask:
    """The present turn of the task ends then; no answer."""

    key: str
    due: int


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
    | TakeVariant
    | Resolve
    | Recall
    | UpdateCustomer
    | OpenTask
    | PassTask
    | RequestStart
    | RequestCall
    | MoveTask
    | CloseTask
    | Withdraw
    | OpenIncident
    | CloseIncident
    | Finished
)

FACTS: Mapping[str, type[Fact]] = MappingProxyType({kind.__name__: kind for kind in get_args(Fact)})
