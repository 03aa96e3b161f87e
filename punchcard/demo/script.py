"""What happens in the demo: the live orders, and what goes wrong with orders in any shop, each at its instant."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from typing import Any

from punchcard.demo.chance import between, draw, happens, pick_weighted
from punchcard.demo.timeline import CURRENCY, DemoOrder, envelope
from punchcard.plan.calendar import DAY

REVIEW = "review_written"
HELP_CAMPAIGN = "goodwill"

REVIEWED = 0.12
CALLS_AFTER_REFUND = 0.5
CALLS_ANYWAY = 0.01

# What becomes of an order, in shares; what is left comes once, in time, and stays as it is.
TWISTS = {
    "comes twice": 0.03,
    "comes late": 0.02,
    "comes too late": 0.005,
    "is paid later": 0.02,
    "is cancelled": 0.007,
    "is cancelled and comes back": 0.004,
    "is refunded": 0.025,
    "is refunded in part": 0.015,
}
NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Posting:
    """An event that reaches the API at `due`; `twist` says what is unusual about it."""

    due: int
    id: str
    place: int
    event: dict[str, Any]
    twist: str = NOTHING


@dataclass(frozen=True, slots=True)
class HelpCall:
    """The help desk makes up to a customer for something, at `due`."""

    due: int
    id: str
    place: int
    customer: str
    inputs: dict[str, Any]


Happening = Posting | HelpCall


def write_script(orders: Sequence[DemoOrder]) -> list[Happening]:
    """Return all that happens with these orders, by its instant; always the same."""
    happenings = [happening for order in orders for happening in _of(order)]
    return sorted(happenings, key=lambda happening: (happening.due, happening.id, happening.place))


def twist_of(order: DemoOrder) -> str:
    """Return what becomes of an order."""
    return pick_weighted({**TWISTS, NOTHING: 1 - sum(TWISTS.values())}, order.id, "twist")


def _of(order: DemoOrder) -> Iterator[Happening]:
    twist = twist_of(order)
    yield from _deliveries(order, twist)
    if happens(REVIEWED, order.id, "review"):
        yield _review(order)
    refunded = twist in ("is refunded", "is refunded in part")
    if happens(CALLS_AFTER_REFUND if refunded else CALLS_ANYWAY, order.id, "call"):
        yield _call(order)


def _deliveries(order: DemoOrder, twist: str) -> Iterator[Posting]:
    """The order and its refund, as often and as late as they come."""

    def later(low: float, high: float, what: str) -> int:
        return order.at + round(between(low, high, order.id, what) * DAY)

    def post(due: int, event: dict[str, Any], place: int = 0) -> Posting:
        return Posting(due, order.id, place, event, twist)

    match twist:
        case "comes twice":
            yield post(order.at, order.event())
            yield post(later(0.1, 3, "again"), order.event(), 1)
        case "comes late":
            yield post(later(0.5, 2, "late"), order.event())
        case "comes too late":
            yield post(later(4, 8, "late"), order.event())
        case "is paid later":
            yield post(order.at, order.event("placed"))
            yield post(later(0.1, 1.5, "paid"), order.event("paid", revision=1), 1)
        case "is cancelled" | "is cancelled and comes back":
            yield post(order.at, order.event())
            yield post(later(0.5, 4, "cancelled"), order.event("cancelled", revision=1), 1)
            if twist == "is cancelled and comes back":
                yield post(later(4.5, 7, "back"), order.event("paid", revision=2), 2)
        case "is refunded" | "is refunded in part":
            yield post(order.at, order.event())
            due = later(2, 12, "refund")
            yield post(due, _refund(order, due, whole=twist == "is refunded"), 1)
        case _:
            yield post(order.at, order.event())


def _refund(order: DemoOrder, at: int, *, whole: bool) -> dict[str, Any]:
    """A refund of the whole order, of one of its CDs, or of half of its amount where it has one CD alone."""
    data: dict[str, Any] = {"order": order.id}
    if not whole and order.units > 1:
        data["lines"] = [{"id": "1", "quantity": 1}]
    elif not whole:
        half = (Decimal(order.dollars) / 2).quantize(Decimal("0.01"), ROUND_DOWN)
        data["amount"] = {"amount": str(half), "currency": CURRENCY}
    return envelope(f"refund-{order.id}", "refund", at, data)


def _review(order: DemoOrder) -> Posting:
    due = order.at + round(between(3, 10, order.id, "review after") * DAY)
    rating = pick_weighted({5: 40, 4: 30, 3: 14, 2: 10, 1: 6}, order.id, "rating")
    name = f"review-{order.id}"
    data = {"product": f"cd-{int(draw(order.id, 'product') * 400):03d}", "rating": rating}
    return Posting(due, order.id, 3, envelope(name, REVIEW, due, data, customer=order.person.id))


def _call(order: DemoOrder) -> HelpCall:
    return HelpCall(
        due=order.at + round(between(3, 14, order.id, "call after") * DAY),
        id=f"call-{order.id}",
        place=4,
        customer=order.person.id,
        inputs={
            "order_number": order.id,
            "damage": {"amount": order.dollars, "currency": CURRENCY},
            "by_phone": happens(0.2, order.id, "by phone"),
        },
    )
