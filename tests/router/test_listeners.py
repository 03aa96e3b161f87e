"""Who hears what has come in: of an order, the instances that have it."""

import json

from sqlalchemy import select

from punchcard.domain.database import table
from punchcard.domain.outbox import OutboxRow
from punchcard.plan.conditions import Field
from punchcard.plan.model import After, If, Stop, StopWhen, Wait
from punchcard.plan.triggers import OrderTrigger
from tests.router.books import Books, order, refund
from tests.router.campaigns import DAY, campaign

OUTBOX = table(OutboxRow)
PLACED = OrderTrigger(status="placed")
ORDERED = (Wait(path="1", until=After(DAY), events=("customer.ordered",)),)
WAITS = (Wait(path="1", until=After(DAY), events=("order.paid", "order.delivered")),)
READS = (If(path="1", condition=Field(("order", "refunded")), source="", then=(Stop(path="1.then.1"),)),)


def started(books: Books) -> list[dict[str, object]]:
    """Return what each instance was told of its order when it began."""
    rows = books.rows(select(OUTBOX).where(OUTBOX.c.kind == "start").order_by(OUTBOX.c.instance_id))
    facts = ("placed", "paid", "delivered", "refunded")
    told = [json.loads(row.payload)["names"].get("order", {}) for row in rows]
    return [{name: value for name, value in each.items() if name in facts} for each in told]


def heard(books: Books) -> list[tuple[str, str]]:
    """Return what was told to whom, in the order in which it was."""
    rows = books.rows(select(OUTBOX).where(OUTBOX.c.kind == "deliver").order_by(OUTBOX.c.seq))
    return [(row.instance_id.rpartition(".c")[2][0], json.loads(row.payload)["name"]) for row in rows]


def test_an_instance_hears_what_happens_to_its_own_order(books: Books) -> None:
    """A further revision tells what it brings: to the instances of this order, each thing once."""
    books.publish(campaign("arrival", PLACED, steps=WAITS))
    books.take(order("o1", status="placed"), order("o2", "ben", status="placed"))
    books.take(order("o1", status="paid", revision=1))
    books.take(order("o1", status="paid", revision=2, amount="61.00"))
    books.take(order("o1", status="delivered", revision=3))
    assert heard(books) == [("1", "order.paid"), ("1", "order.delivered")]


def test_whoever_delivers_has_been_paid(books: Books) -> None:
    """What a status passes over has happened, too, and is told before it."""
    books.publish(campaign("arrival", PLACED, steps=WAITS))
    books.take(order("o1", status="placed"))
    books.take(order("o1", status="delivered", revision=1))
    assert heard(books) == [("1", "order.paid"), ("1", "order.delivered")]


def test_an_instance_knows_from_its_start_how_its_order_stands(books: Books) -> None:
    """Of an order that came with its later status in one batch, too; and nothing of what its plan does not ask."""
    books.publish(campaign("arrival", PLACED, steps=WAITS), campaign("deaf", PLACED))
    books.take(order("o1", status="placed"), order("o1", status="paid", revision=1))
    assert started(books) == [{"paid": True, "delivered": False}, {}]
    assert heard(books) == []


def test_a_condition_and_stop_when_are_told_of_refunds(books: Books) -> None:
    """A part of it is enough; the whole takes back the occasion besides."""
    ends = campaign("ends", PLACED, stop_when=StopWhen("order.refunded", ("order.refunded",)))
    books.publish(campaign("reads", PLACED, steps=READS), ends)
    books.take(order("o1"))
    books.take(refund("r1", "o1", amount="5.00"))
    assert heard(books) == [("1", "order.refunded")] * 2
    books.take(refund("r2", "o1"))
    kinds = [kind for _, _, kind in books.told()]
    assert (kinds.count("deliver"), kinds.count("reverse")) == (2, 2)


def test_what_an_order_loses_again_is_no_news(books: Books) -> None:
    """A status that is corrected backwards tells nobody anything."""
    books.publish(campaign("arrival", PLACED, steps=WAITS))
    books.take(order("o1", status="paid"))
    books.take(order("o1", status="placed", revision=1))
    assert heard(books) == []


def test_a_customer_has_ordered_once_an_order_is_paid(books: Books) -> None:
    """In whatever currency; what is only placed, cancelled or given back before is none."""
    books.publish(campaign("waits", OrderTrigger(first=True), steps=ORDERED))
    books.take(order("o1"))
    books.take(order("o2", status="placed"), order("o3", amount="0.00"), order("o4", status="cancelled"))
    books.take(refund("r5", "o5"))
    books.take(order("o5"))
    assert heard(books) == []
    books.take(order("o2", revision=1, status="paid"))
    books.take(order("o2", revision=2, status="delivered"))
    books.take(order("o6", currency="EUR"))
    assert heard(books) == [("1", "customer.ordered")] * 2


def test_the_order_that_an_instance_is_about_is_not_the_next_one(books: Books) -> None:
    """It was placed as the instance began, and is paid now."""
    books.publish(campaign("waits", PLACED, steps=ORDERED))
    books.take(order("o1", status="placed"))
    books.take(order("o1", status="paid", revision=1))
    assert heard(books) == []
    books.take(order("o2", status="placed"))
    books.take(order("o2", status="paid", revision=1))
    assert heard(books) == [("1", "customer.ordered")]
