"""What a campaign is after compilation: frozen data that the machine walks and everything else shows.

A plan names its parts by *path*: `3` is the third step, `3.otherwise.1` the first step of its
`otherwise`. Money is in minor units of the plan's currency, spans of time are in milliseconds,
shares are in basis points (20% is 2000).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from punchcard.plan.conditions import Expression
from punchcard.plan.triggers import Trigger

SCHEMA = 1

Share = int
Minor = int
Millis = int

Purpose = Literal["marketing", "transactional"]


# --- moments: when something is due -----------------------------------------------------------


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
    """An instant that the instance knows by name, such as `coupon.expires`, moved by `shift` milliseconds."""

    name: str
    field: str
    shift: Millis = 0


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


Moment = After | AfterMonths | Beside | OnDate | NextTime | EndOfDayAfter


# --- what a reward gives ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ShareOff:
    """A discount by share, in basis points of the goods' price."""

    share: Share


@dataclass(frozen=True, slots=True)
class AmountOff:
    """A discount by amount, in minor units of the campaign's currency."""

    amount: Minor


Offer = ShareOff | AmountOff


# --- what a question takes for an answer ------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Scale:
    """A whole number from `low` to `high`, both included."""

    low: int
    high: int


@dataclass(frozen=True, slots=True)
class FreeText:
    """Any text of up to `longest` characters."""

    longest: int = 2000


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the named options."""

    options: tuple[str, ...]


AnswerShape = Scale | FreeText | Choice


# --- steps ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Reward:
    """Gives the customer a reward, known to later steps as `name`."""

    path: str
    name: str
    offer: Offer
    expires: Moment | None = None
    id: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Send:
    """Sends a message of the plan."""

    path: str
    message: str
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
    """Ends the instance here; what was given stays given."""

    path: str
    reason: str | None = None
    id: str | None = None
    note: str | None = None


Step = Reward | Send | Wait | If | Ask | Stop


@dataclass(frozen=True, slots=True)
class Branch:
    """The steps that follow the event of this name."""

    event: str
    steps: tuple[Step, ...]


# --- the rest of a campaign -------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `count` occasions for one customer: in each calendar `period`, or in any `rolling` milliseconds."""

    count: int
    period: Literal["day", "week", "month", "quarter", "year"] | None = None
    rolling: Millis | None = None


@dataclass(frozen=True, slots=True)
class Budget:
    """What all customers together may cost: a number of rewards, an amount in minor units, or both."""

    rewards: int | None = None
    amount: Minor | None = None


@dataclass(frozen=True, slots=True)
class Goal:
    """What the campaign is to achieve, and by when, counted per customer from the occasion."""

    measure: str
    raise_by: Share
    within: Moment
    compared_with: str = "holdout"


@dataclass(frozen=True, slots=True)
class MessageText:
    """The words of one message in one language: templates, frozen with the plan."""

    language: str
    subject: str
    body: str


@dataclass(frozen=True, slots=True)
class Message:
    """A message with its words in one or several languages; the first is the campaign's own."""

    name: str
    purpose: Purpose
    texts: tuple[MessageText, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One immutable version of a campaign, named by the hash of its content."""

    campaign: str
    title: str
    currency: str
    trigger: Trigger
    steps: tuple[Step, ...]
    owner: str | None = None
    timezone: str = "UTC"
    language: str = "en"
    starts: str | None = None
    ends: str | None = None
    goal: Goal | None = None
    holdout: Share = 0
    limit: Limit | None = None
    budget: Budget | None = None
    count_history: bool = False
    on_refund: Literal["forgive"] = "forgive"
    on_resume: Literal["skip_stale", "shift", "send_all"] = "skip_stale"
    max_lateness: Millis = 3 * 24 * 3600 * 1000
    messages: tuple[Message, ...] = ()
    schema: int = 1

    def message(self, name: str) -> Message:
        """Return the message of that name; KeyError if the plan has none."""
        for message in self.messages:
            if message.name == name:
                return message
        raise KeyError(name)


# --- walking ----------------------------------------------------------------------------------


def blocks(step: Step) -> Iterator[tuple[str, tuple[Step, ...]]]:
    """Yield the (name, steps) of each block inside a step, in the order in which they are drawn."""
    match step:
        case If(then=then, otherwise=otherwise) | Ask(then=then, otherwise=otherwise):
            yield "then", then
            yield "otherwise", otherwise
        case Wait(then=then, otherwise=otherwise, branches=branches):
            yield "then", then
            for branch in branches:
                yield branch.event, branch.steps
            yield "otherwise", otherwise
        case Reward() | Send() | Stop():
            return


def walk(steps: tuple[Step, ...]) -> Iterator[Step]:
    """Yield every step at any depth, in plan order."""
    for step in steps:
        yield step
        for _, inner in blocks(step):
            yield from walk(inner)


def verb(step: Step) -> str:
    """Return the word that the campaign language has for a kind of step."""
    return type(step).__name__.lower()
