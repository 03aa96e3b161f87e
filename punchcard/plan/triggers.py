"""What starts a campaign's instances: one dataclass for each kind of trigger.

Money is in minor units of the plan's currency, spans of time are in milliseconds, and times of the day are
minutes since midnight in the customer's zone, else the campaign's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from punchcard.plan.conditions import Expression, Segment

Minor = int

OrderStatus = Literal["placed", "paid", "delivered"]
Period = Literal["day", "week", "month", "quarter"]
TriggerClass = Literal["S", "B", "D"]

NINE = 9 * 60


@dataclass(frozen=True, slots=True, kw_only=True)
class SpendTrigger:
    """Each time the net qualifying spend crosses a further multiple of `every`, or once it `reaches` an amount.

    With `drops`, what lies above a crossing does not count towards the next. `within` (milliseconds, or months by the
    calendar of the campaign's zone) makes `reaches` a window: the orders that reach the amount lie no further apart,
    and each counts in one window.
    """

    every: Minor | None = None
    drops: bool = False
    reaches: Minor | None = None
    within: int | None = None
    within_months: int | None = None
    where: Expression | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderTrigger:
    """The customer's first order, every nth order, or each order; counted once it has reached `status`."""

    status: OrderStatus = "paid"
    first: bool = False
    every: int | None = None
    over: Minor | None = None
    where: Expression | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitsTrigger:
    """Each time the customer has ordered in so many periods in a row, by the calendar of the campaign's zone."""

    consecutive: int
    per: Period = "week"
    where: Expression | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemsTrigger:
    """Each time that the customer has bought so many units, of those that `where` takes; free ones do not count."""

    every: int
    where: Expression | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EventTrigger:
    """A named event; once for each value of the field `once_per`, or for each event's id.

    `money` are the fields that hold money: what is in another currency than the campaign's is absent.
    """

    name: str
    once_per: str | None = None
    where: Expression | None = None
    money: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Input:
    """A typed value that whoever starts the campaign by hand hands over."""

    name: str
    type: Literal["text", "number", "amount", "date", "flag"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ManualTrigger:
    """Started by hand in the console or through the API."""

    inputs: tuple[Input, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BirthdayTrigger:
    """The customer's birthday, or so many days before it; 29 February is kept on the 28th in other years."""

    days_before: int = 0
    minute: int = NINE
    where: Expression | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnniversaryTrigger:
    """The day, or so many days before it, on which something of the customer's lies whole years back.

    `of` is `joining`, `first_order`, or an attribute of the customer that holds a date.
    """

    of: str = "joining"
    days_before: int = 0
    minute: int = NINE
    where: Expression | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RewardTrigger:
    """A reward of another campaign expires in so many milliseconds and is unused, or it was redeemed.

    With `minute`, the milliseconds are whole days before the local day on which it expires, at that time.
    """

    of: str
    expires_in: int | None = None
    minute: int | None = None
    where: Expression | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InactiveTrigger:
    """No order for so many milliseconds, or so many calendar months, after the last one; then at the next `minute`."""

    millis: int | None = None
    months: int | None = None
    minute: int | None = None
    where: Expression | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleTrigger:
    """A date or a rhythm, for every customer there is then.

    On the day `date`, else on each that all of `days` (of the month), `months` and `weekdays` (0 is Monday) allow,
    empty ones allowing any; with `each`, every so many days from the campaign's first one on. `minutes` are the times
    of the day.
    """

    date: str | None = None
    days: tuple[int, ...] = ()
    months: tuple[int, ...] = ()
    weekdays: tuple[int, ...] = ()
    each: int | None = None
    minutes: tuple[int, ...] = (NINE,)
    zone: Literal["customer", "campaign"] = "customer"
    where: Expression | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentTrigger:
    """The customer enters a segment, or `leaves` it. With `already_in`, who is in it at first has entered it."""

    segment: Segment
    leaves: bool = False
    already_in: bool = False
    where: Expression | None = None


Trigger = (
    SpendTrigger
    | OrderTrigger
    | ItemsTrigger
    | VisitsTrigger
    | EventTrigger
    | ManualTrigger
    | BirthdayTrigger
    | AnniversaryTrigger
    | InactiveTrigger
    | ScheduleTrigger
    | RewardTrigger
    | SegmentTrigger
)
# Those that time itself starts: who is due is searched for.
SweptTrigger = (
    BirthdayTrigger | AnniversaryTrigger | InactiveTrigger | ScheduleTrigger | RewardTrigger | SegmentTrigger
)

# What orders start.
ByOrders = SpendTrigger | OrderTrigger | ItemsTrigger | VisitsTrigger
