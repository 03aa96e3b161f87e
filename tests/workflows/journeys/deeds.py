"""What somebody does about a customer in a campaign: how a journey begins, and how the customer reacts."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import Any

from punchcard.domain.operating import cancel
from punchcard.domain.tasks import Verdict
from punchcard.plan.calendar import DAY, instant, local
from tests.workflows.journeys.journey import Deed
from tests.workflows.stage import Stage

ZONE = "America/New_York"


def orders(number: int, amount: str = "600.00", status: str = "paid") -> Deed:
    """Return what begins with so many orders."""

    def begin(stage: Stage, customer: str, campaign: str) -> None:
        for _ in range(number):
            stage.order(customer, amount, status=status)

    return begin


def buys(number: int, sku: str) -> Deed:
    """Return what begins with one order of so many units."""
    amount = {"amount": f"{number * 10}.00", "currency": "USD"}
    line = {"id": "1", "sku": sku, "quantity": number, "amount": amount}

    def begin(stage: Stage, customer: str, campaign: str) -> None:
        assert stage.post("order", customer, {"amount": amount, "lines": [line]}).status == "accepted"

    return begin


def order_comes_to(**after: int) -> Deed:
    """Return what begins with an order that is placed, and comes to each of these states after so many days."""

    def begin(stage: Stage, customer: str, campaign: str) -> None:
        order, now = stage.order(customer, "120.00", status="placed"), stage.clock.now()
        for revision, (status, days) in enumerate(after.items(), start=1):
            come = partial(stage.comes_to, order, customer, "120.00", status, revision)
            stage.appoint(now + days * DAY, come)

    return begin


def by_hand(damage: str, *, by_phone: bool = False) -> Deed:
    """Return what an agent of the help desk starts."""
    inputs: dict[str, Any] = {"order_number": "A-7", "damage": {"amount": damage, "currency": "USD"}}
    return lambda stage, customer, campaign: stage.start(
        "goodwill", customer, inputs | {"by_phone": by_phone}
    )


def reviews(rating: int) -> Deed:
    """Return what begins with a review."""
    data = {"product": "teapot", "rating": rating}
    return lambda stage, customer, campaign: stage.post("review_written", customer, data)


def has_a_birthday(stage: Stage, customer: str, campaign: str) -> None:
    """Order something, and have a birthday in so few days that the campaign begins tomorrow at nine."""
    stage.order(customer, "20.00")
    tomorrow = local(stage.clock.now(), ZONE).date() + timedelta(days=1)
    stage.customer(customer, birthday=f"1984-{tomorrow + timedelta(days=3):%m-%d}")
    stage.appoint(instant(tomorrow, 9 * 60, ZONE))


def falls_silent(stage: Stage, customer: str, campaign: str) -> None:
    """Order twice, and then no more for 60 days."""
    for _ in range(2):
        stage.order(customer, "20.00")
    stage.appoint(stage.clock.now() + 60 * DAY)


def falls_asleep(stage: Stage, customer: str, campaign: str) -> None:
    """Order once, and then no more for 120 days."""
    stage.order(customer, "20.00")
    stage.appoint(stage.clock.now() + 120 * DAY)


def becomes_rare(stage: Stage, customer: str, campaign: str) -> None:
    """Order three times, and then no more for 90 days."""
    for _ in range(3):
        stage.order(customer, "20.00")
    stage.appoint(stage.clock.now() + 90 * DAY)


def becomes_loyal(stage: Stage, customer: str, campaign: str) -> None:
    """Order five times, for more than $1,000."""
    for _ in range(5):
        stage.order(customer, "250.00")
    stage.appoint(stage.clock.now() + 1)


def is_known_in_november(stage: Stage, customer: str, campaign: str) -> None:
    """Order once, long before the sale."""
    stage.order(customer, "20.00")
    stage.appoint(instant(date(2026, 11, 27), 8 * 60, ZONE))


def first_orders(stage: Stage, customer: str, campaign: str) -> None:
    """Order for the first time, and be thanked a year later at ten."""
    stage.order(customer, "20.00")
    today = local(stage.clock.now(), ZONE).date()
    stage.appoint(instant(today.replace(year=today.year + 1), 10 * 60, ZONE))


def leaves_a_code_unused(stage: Stage, customer: str, campaign: str) -> None:
    """Write a review, be thanked a day later with a code for 45 days, and leave it until five days before its end."""
    stage.post("review_written", customer, {"product": "teapot", "rating": 5})
    given = local(stage.clock.now() + DAY, ZONE).date()
    stage.appoint(instant(given + timedelta(days=46), 0, ZONE) - 5 * DAY)


def orders_weekly(number: int) -> Deed:
    """Return what begins with an order in each of so many weeks."""

    def begin(stage: Stage, customer: str, campaign: str) -> None:
        stage.order(customer, "20.00")
        for week in range(1, number):
            stage.appoint(stage.clock.now() + week * 7 * DAY, partial(stage.order, customer, "20.00"))

    return begin


def ends_a_subscription(stage: Stage, customer: str, campaign: str) -> None:
    """Leave."""
    stage.post("subscription_ended", customer, {"plan": "coffee"})


def redeems(stage: Stage, customer: str, campaign: str) -> None:
    """Use the code."""
    stage.redeem(customer, campaign)


def redeems_for_each_order(stage: Stage, customer: str, campaign: str) -> None:
    """Use the code for three orders, a day after another."""
    for number in range(3):
        stage.appoint(stage.clock.now() + (1 + number) * DAY, partial(stage.redeem, customer, campaign))


def redeems_any(stage: Stage, customer: str, campaign: str) -> None:
    """Use the latest code, whichever campaign it came from."""
    stage.redeem(customer)


def orders_again(stage: Stage, customer: str, campaign: str) -> None:
    """Buy something small, without the code."""
    stage.order(customer, "20.00")


def answers(text: str) -> Deed:
    """Return what answers the question."""
    return lambda stage, customer, campaign: stage.answer(customer, text, campaign)


def act(verdict: Verdict, role: str) -> Deed:
    """Return what somebody of the shop does with the task."""
    return lambda stage, customer, campaign: stage.act(customer, verdict, role)


def takes_it_back(stage: Stage, customer: str, campaign: str) -> None:
    """Have the latest order refunded."""
    stage.refund(f"order-of-{customer}")


def takes_it_back_and_buys_again(stage: Stage, customer: str, campaign: str) -> None:
    """Have the order refunded, and place another one at once."""
    stage.refund(f"order-of-{customer}")
    stage.order(customer, "600.00")


def is_cancelled(stage: Stage, customer: str, campaign: str) -> None:
    """Be ended by an operator."""
    stage.operate(cancel, stage.instance(customer, campaign).id, reason="a mistake")


def one_order(stage: Stage, customer: str, campaign: str) -> None:
    """Place one order whose id is known."""
    stage.order(customer, "600.00", id=f"order-of-{customer}")
