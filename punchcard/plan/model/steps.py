"""The steps: one frozen dataclass for each verb of the language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from punchcard.plan.conditions import Expression
from punchcard.plan.model.answers import AnswerShape
from punchcard.plan.model.experiments import KeepBest
from punchcard.plan.model.moments import Moment, Share
from punchcard.plan.model.offers import Offer
from punchcard.plan.model.values import Body, Handed, Piece, Returned


@dataclass(frozen=True, slots=True, kw_only=True)
class Reward:
    """Gives the customer a reward, known to later steps as `name`; its code can be used for so many `orders`."""

    path: str
    name: str
    offer: Offer
    expires: Moment | None = None
    orders: int = 1
    id: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Send:
    """Sends a message of the plan; continues in `on_error` if it could not be delivered.

    `codes` are the rewards whose codes it offers: once one of them is used, it is not sent. `disturbs` says whether it
    goes out in quiet hours; None leaves that to the message.
    """

    path: str
    message: str
    codes: tuple[str, ...] = ()
    disturbs: bool | None = None
    on_error: tuple[Step, ...] = ()
    undo: tuple[Step, ...] = ()
    id: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """Waits until `until`; with `events`, for the first of them and at most that long.

    An event that has a block in `branches` continues there, any other in `then`;
    the limit continues in `otherwise`. A wait without events continues after the step.
    """

    path: str
    until: Moment
    events: tuple[str, ...] = ()
    then: tuple[Step, ...] = ()
    branches: tuple[Branch, ...] = ()
    otherwise: tuple[Step, ...] = ()
    id: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class If:
    """Goes one of two ways by a condition; something absent means that it is not met."""

    path: str
    condition: Expression
    source: str
    then: tuple[Step, ...] = ()
    otherwise: tuple[Step, ...] = ()
    id: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """Sends a question and waits for its answer, known to later steps as `name`."""

    path: str
    name: str
    message: str
    answer: AnswerShape
    up_to: Moment
    then: tuple[Step, ...] = ()
    otherwise: tuple[Step, ...] = ()
    id: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """Ends the instance here; what was given stays given.

    One that `takes_back` runs the `undo` of each step that this instance has done, the latest first, and ends then.
    """

    path: str
    reason: str | None = None
    takes_back: bool = False
    id: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """One way of a choice: for the text `name`, or for the numbers from `low` to `high`."""

    name: str
    steps: tuple[Step, ...] = ()
    low: int | None = None
    high: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Choose:
    """Goes the way that a value names; `otherwise` where none does, or where the value is absent."""

    path: str
    value: Expression
    source: str
    branches: tuple[Case, ...]
    otherwise: tuple[Step, ...] = ()
    id: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Variant:
    """One way of a split, for a share of the customers in basis points."""

    name: str
    share: Share
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """Divides the customers by shares; a customer always falls on the same side of one `experiment`.

    With `keep_best`, who comes after the best was found goes the best one's way.
    """

    path: str
    experiment: str
    branches: tuple[Variant, ...]
    keep_best: KeepBest | None = None
    id: str | None = None
    note: str | None = None

    @property
    def shares(self) -> dict[str, Share]:
        """Each variant's share, in their order."""
        return {variant.name: variant.share for variant in self.branches}


@dataclass(frozen=True, slots=True)
class Assignment:
    """A field of the customer, and what it is to hold."""

    field: str
    value: Expression


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """Changes what is known of the customer: sets fields, puts tags on and takes them off.

    The steps of an `undo`, here and elsewhere, take back what the step has done, where a later `stop` asks for it.
    """

    path: str
    fields: tuple[Assignment, ...] = ()
    add_tags: tuple[str, ...] = ()
    remove_tags: tuple[str, ...] = ()
    undo: tuple[Step, ...] = ()
    id: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Asks the roles `by`, each in its turn for `up_to`, to do something; known to later steps as `name`.

    `do` is a template. Continues in `then` once it is done, in `otherwise` if nobody did it.
    """

    path: str
    name: str
    do: str
    by: tuple[str, ...]
    up_to: Moment
    then: tuple[Step, ...] = ()
    otherwise: tuple[Step, ...] = ()
    id: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Approve:
    """Asks the roles `by`, each in its turn for `up_to`, for a decision; known to later steps as `name`.

    `do` is a template of what they decide about. Continues in the branch `approved` or `rejected`, in `otherwise`
    if nobody decided.
    """

    path: str
    name: str
    by: tuple[str, ...]
    up_to: Moment
    branches: tuple[Branch, ...] = ()
    otherwise: tuple[Step, ...] = ()
    do: str | None = None
    id: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """Starts another campaign for the same customer, with these inputs.

    With a `name`, by which later steps know what came of it, it waits at most `up_to` for the end: continues in `then`
    once that has come, in `otherwise` if it has not, or if the campaign did not start. One that does not wait continues
    in `on_error` if that campaign cannot be started.
    """

    path: str
    campaign: str
    inputs: tuple[Handed, ...] = ()
    name: str | None = None
    up_to: Moment | None = None
    then: tuple[Step, ...] = ()
    otherwise: tuple[Step, ...] = ()
    on_error: tuple[Step, ...] = ()
    undo: tuple[Step, ...] = ()
    id: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """Asks another system for something; its reply's fields are known to later steps under `name`.

    The pieces of `url` are its text with values in between. `secret` names what signs the request, `timeout` is in
    seconds, `retries` how often what may pass is tried again. Continues in `on_error` where it came to nothing.
    """

    path: str
    name: str
    url: tuple[Piece, ...]
    method: str = "POST"
    body: Body | None = None
    secret: str | None = None
    timeout: int = 10
    retries: int = 5
    returns: tuple[Returned, ...] = ()
    on_error: tuple[Step, ...] = ()
    undo: tuple[Step, ...] = ()
    id: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Together:
    """Goes several ways side by side; on when `all` have arrived, or `any`, which ends the others where they are."""

    path: str
    wait_for: Literal["all", "any"]
    branches: tuple[Branch, ...]
    id: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeat:
    """Goes through its steps at most so many `times`; rounds begin at least `every` so long after one another.

    `until` is looked at before each round, and at once when something happens between two rounds.
    """

    path: str
    times: int
    steps: tuple[Step, ...]
    every: Moment | None = None
    until: Expression | None = None
    source: str | None = None
    id: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """Steps that the campaign has written once under a name, in one of the places where it uses them."""

    path: str
    name: str
    steps: tuple[Step, ...]
    id: str | None = None
    note: str | None = None


Step = (
    Reward
    | Send
    | Wait
    | If
    | Choose
    | Split
    | Together
    | Repeat
    | Use
    | Ask
    | Stop
    | Update
    | Task
    | Approve
    | Start
    | Call
)


@dataclass(frozen=True, slots=True)
class Branch:
    """One way of a step that has several: its name, and the steps there."""

    name: str
    steps: tuple[Step, ...]
