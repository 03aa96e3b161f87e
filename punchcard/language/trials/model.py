"""What a file of campaign tests says: cases, each a customer and a story of deeds and expectations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Literal

from punchcard.language.nodes import Span
from punchcard.plan.model import Moment, Offer, Plan

Value = str | int | float | bool


@dataclass(frozen=True, slots=True)
class Sum:
    """An amount of money as it is posted: its text and its currency."""

    amount: str
    currency: str


@dataclass(frozen=True, slots=True)
class Person:
    """Whom a case is about; `held_out` and `variants` put them on those sides of holdout and splits."""

    profile: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    attributes: Mapping[str, Value] = field(default_factory=lambda: MappingProxyType({}))
    consents: Mapping[str, bool] = field(default_factory=lambda: MappingProxyType({}))
    held_out: bool = False
    variants: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


# --- what happens ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Sold:
    """So many units of an item, each at a price; of nothing where they are free."""

    units: int
    price: Sum


@dataclass(frozen=True, slots=True)
class Ordered:
    """An order, or with a higher `revision` a change of one; `again` are the ids of more orders like it."""

    amount: Sum
    id: str
    status: str = "paid"
    revision: int = 0
    attributes: Mapping[str, Value] = field(default_factory=lambda: MappingProxyType({}))
    occurred: Moment | None = None
    again: tuple[str, ...] = ()
    items: Mapping[str, Sold] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Refunded:
    """A refund: of a whole order, of an amount, or of so many units of its items."""

    order: str
    amount: Sum | None = None
    occurred: Moment | None = None
    items: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Redeemed:
    """The latest code of this reward is used at a till, for an order; `refused` if the till is to say no."""

    reward: str
    amount: Sum | None = None
    refused: bool = False
    order: str | None = None


@dataclass(frozen=True, slots=True)
class Answered:
    """The latest question is answered, or the one of this name; `refused` if it is not to take the answer."""

    answer: str
    to: str | None = None
    refused: bool = False


@dataclass(frozen=True, slots=True)
class Happened:
    """A named event."""

    name: str
    data: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    occurred: Moment | None = None


@dataclass(frozen=True, slots=True)
class StartedByHand:
    """Somebody starts the campaign for the customer."""

    inputs: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Changed:
    """The customer's profile or consents change."""

    person: Person


@dataclass(frozen=True, slots=True)
class Erased:
    """What is personal about the customer is erased, as they have asked for."""


@dataclass(frozen=True, slots=True)
class Operated:
    """An operator's word about the customer's latest instance, or the campaign."""

    deed: Literal["pause", "resume", "cancel", "retry", "skip"]
    target: Literal["campaign", "instance"] = "instance"
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Decided:
    """Somebody completes a task, or decides; the latest one, or the one of this name."""

    verdict: Literal["done", "approved", "rejected"]
    task: str | None = None


@dataclass(frozen=True, slots=True)
class Replying:
    """From now on another system answers the call of this name with these fields, or not at all, for this `error`."""

    call: str
    fields: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    error: str | None = None


Deed = (
    Ordered
    | Refunded
    | Redeemed
    | Answered
    | Happened
    | StartedByHand
    | Changed
    | Erased
    | Operated
    | Decided
    | Replying
)


# --- what is expected -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Day:
    """A local day, or with `minute` an instant of it."""

    date: str
    minute: int | None = None


@dataclass(frozen=True, slots=True)
class Rewarded:
    """A reward is given, which is worth `value`, for so many `orders`."""

    name: str
    value: Offer | None = None
    expires: Day | Literal["never"] | None = None
    orders: int | None = None


@dataclass(frozen=True, slots=True)
class Words:
    """What the words of a message, or of a task, are to be."""

    subject: str | None = None
    contains: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """A message goes out, or is held back for the reason `suppressed`."""

    message: str
    words: Words = field(default_factory=lambda: Words())
    suppressed: str | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """A question is put; `words` are what is expected of its message."""

    name: str
    words: Words = field(default_factory=lambda: Words())


@dataclass(frozen=True, slots=True)
class TakenBack:
    """A reward is revoked."""

    name: str


@dataclass(frozen=True, slots=True)
class Owed:
    """What a redeemed reward took off is owed; `amount` is None where any amount will do."""

    name: str
    amount: Sum | None = None


@dataclass(frozen=True, slots=True)
class GivenBack:
    """A reward that was revoked is good again."""

    name: str
    expires: Day | Literal["never"] | None = None


@dataclass(frozen=True, slots=True)
class Stuck:
    """An incident opens; its words contain `text`."""

    text: str | None = None


@dataclass(frozen=True, slots=True)
class Ended:
    """An instance ends."""

    outcome: str
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class NotStarted:
    """Something was earned that starts no instance."""

    why: str


@dataclass(frozen=True, slots=True)
class Charged:
    """A task, or a decision, comes to be with a role."""

    name: str
    by: str | None = None
    words: Words = field(default_factory=lambda: Words())


@dataclass(frozen=True, slots=True)
class CalledFor:
    """Another system is called; the request has these words. With `failed` it came to nothing, in such words."""

    name: str
    contains: tuple[str, ...] = ()
    failed: str | None = None


@dataclass(frozen=True, slots=True)
class Stands:
    """How the customer stands in the end: fields and tags that are theirs, and those of which there is nothing."""

    attributes: Mapping[str, Value] = field(default_factory=lambda: MappingProxyType({}))
    tags: tuple[str, ...] = ()
    without: tuple[str, ...] = ()


Sign = (
    Rewarded
    | Told
    | Asked
    | TakenBack
    | Owed
    | GivenBack
    | Stuck
    | Ended
    | NotStarted
    | Charged
    | CalledFor
    | Stands
)


@dataclass(frozen=True, slots=True)
class Expected:
    """One thing that is expected of a campaign, how many times, and when."""

    sign: Sign
    span: Span
    campaign: str
    at: Moment | None = None
    times: int = 1


# --- a story ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Act:
    """Something happens (in a campaign), at the same time as what is above unless it says when."""

    deed: Deed
    span: Span
    campaign: str
    at: Moment | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """All that comes of it until the next act, until an instant, or to the end."""

    expected: tuple[Expected, ...]
    span: Span
    until: Moment | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """One case: whom it is about, when it begins (local), which orders lie before the campaign, and the story.

    `kept` are the variants that experiments have kept by then.
    """

    name: str
    span: Span
    begins: Moment
    person: Person
    earlier: tuple[Act, ...]
    story: tuple[Act | Check, ...]
    kept: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class TestFile:
    """The tests of one campaign; `beside` are the plans of those that run with it."""

    __test__ = False  # not for pytest, which collects what is called like this

    campaign: str
    cases: tuple[Case, ...]
    beside: tuple[Plan, ...] = ()
