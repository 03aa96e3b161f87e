"""Who takes part and how often: what comes of an occasion as it arises, decided once."""

import json
from dataclasses import replace

from sqlalchemy import select, update

from punchcard.domain.erasing import erase_customer
from punchcard.plan.conditions import Apply, Const, Field, Segment
from punchcard.plan.model import Again, Audience, Plan
from punchcard.plan.triggers import OrderTrigger, SpendTrigger
from tests.router.books import INSTANCE, OCCASION, OUTBOX, Books, order
from tests.router.campaigns import DAY, PUBLISHED, campaign

ORDERS = Field(("customer", "orders"))
STORE = Field(("customer", "favourite_store"))
REGULARS = Audience(Apply(">=", (ORDERS, Const(2))))
IN_BERN = Audience(Apply("==", (STORE, Const("Bern"))))


def found(books: Books, plan: Plan) -> list[str]:
    """The dispositions of a campaign's occasions, in the order in which they arose."""
    return [disposition for _, disposition in books.dispositions(plan.campaign).values()]


def close_all(books: Books) -> None:
    """Let every instance end."""
    with books.database.begin() as connection:
        connection.execute(update(INSTANCE).values(status="closed", outcome="completed"))


def test_who_is_not_in_the_audience_gets_nothing(books: Books) -> None:
    """It is judged as things stood when the order was made, that order included; the values are kept."""
    plan = campaign("regulars", OrderTrigger(), audience=REGULARS)
    books.publish(plan)
    books.take(order("o1", at="2026-06-01T10:00:00Z"))
    books.take(order("o2", at="2026-06-02T10:00:00Z"))
    books.take(order("late", at="2026-05-30T10:00:00Z"))
    assert found(books, plan) == ["not_in_audience", "started", "not_in_audience"]
    decided = [json.loads(row.decided) for row in books.rows(select(OCCASION).order_by(OCCASION.c.id))]
    assert decided[:2] == [
        {"met": False, "operands": {"customer.orders": 1}},
        {"met": True, "operands": {"customer.orders": 2}},
    ]


def test_who_is_in_no_segment_of_the_audience_is_told_why(books: Books) -> None:
    """The segments and the values that decided are kept; what is judged is the customer at the occasion's time."""
    often = Segment("often", Apply(">=", (ORDERS, Const(3))), "customer.orders >= 3")
    local = Segment("local", IN_BERN.where, 'customer.favourite_store == "Bern"')
    books.publish(campaign("best", OrderTrigger(), audience=Audience(Apply("or", (often, local)))))
    profile = {"id": "p", "type": "profile", "customer": "ann", "occurred_at": "2026-06-01T00:00:00Z"}
    books.take({**profile, "data": {"attributes": {"favourite_store": "Basel"}}})
    for number in (1, 2, 3):
        books.take(order(f"o{number}", at=f"2026-06-0{number}T10:00:00Z"))
    first, _, third = (row.decided for row in books.rows(select(OCCASION).order_by(OCCASION.c.id)))
    assert json.loads(first) == {
        "met": False,
        "operands": {
            'customer.in_segment("often")': False,
            "customer.orders": 1,
            'customer.in_segment("local")': False,
            "customer.favourite_store": "Basel",
        },
    }
    assert json.loads(third) == {
        "met": True,
        "operands": {'customer.in_segment("often")': True, "customer.orders": 3},
    }


def test_what_an_audience_saw_of_a_person_is_erased_with_them(books: Books) -> None:
    """That it was not met stays."""
    books.publish(campaign("bern", OrderTrigger(), audience=IN_BERN))
    profile = {"id": "p", "type": "profile", "customer": "ann", "occurred_at": "2026-06-01T00:00:00Z"}
    books.take({**profile, "data": {"attributes": {"favourite_store": "Basel"}}})
    books.take(order("o1"))
    decided = select(OCCASION.c.decided)
    assert json.loads(books.rows(decided)[0][0])["operands"] == {"customer.favourite_store": "Basel"}
    with books.database.begin() as connection:
        erase_customer(connection, "ann", "test", books.now)
    assert json.loads(books.rows(decided)[0][0]) == {
        "met": False,
        "operands": {"customer.favourite_store": None},
    }


def test_the_audience_comes_before_the_holdout(books: Books) -> None:
    """Who could not have been rewarded is not compared with those who were."""
    plan = campaign("regulars", OrderTrigger(), audience=REGULARS, holdout=10_000)
    books.publish(plan)
    books.take(order("o1"), order("o2", at="2026-06-02T10:00:00Z"))
    assert found(books, plan) == ["not_in_audience", "held_out"]


def test_once_is_once_for_each_customer_whichever_order_it_is(books: Books) -> None:
    """The first order is refunded, and the second is what the same occasion stands on."""
    plan = campaign("thanks", OrderTrigger(), again=Again("once"))
    books.publish(plan)
    books.take(order("o1"), order("o2"), order("o3", "ben"))
    assert books.dispositions("thanks") == {
        ("ann", "1"): ("standing", "started"),
        ("ben", "1"): ("standing", "started"),
    }
    books.take(order("o1", revision=1, status="cancelled"))
    assert books.dispositions("thanks")["ann", "1"] == ("standing", "started")
    books.take(order("o2", revision=1, status="cancelled"))
    assert books.dispositions("thanks")["ann", "1"] == ("reversed", "started")


def test_once_holds_across_epochs(books: Books) -> None:
    """Another way of counting is no second chance."""
    plan = campaign("save", SpendTrigger(every=100_00), again=Again("once"))
    books.publish(plan)
    books.take(order("o1", amount="100.00"))
    books.publish(replace(plan, trigger=SpendTrigger(every=80_00)), at=PUBLISHED + 10 * DAY)
    books.take(order("o2", amount="80.00", at="2026-06-20T10:00:00Z"))
    rows = books.rows(select(OCCASION).order_by(OCCASION.c.id))
    assert [(row.epoch, row.disposition) for row in rows] == [(1, "started"), (2, "not_again")]


def test_after_a_year_is_by_the_calendar(books: Books) -> None:
    """The same local day a year later counts, the day before does not; a late order is too soon before one, too."""
    plan = campaign("yearly", OrderTrigger(), again=Again("after", months=12))
    books.publish(plan, at=PUBLISHED - 600 * DAY)
    days = (("o1", "2025-03-01"), ("o2", "2026-02-28"), ("o3", "2026-03-01"), ("late", "2024-12-01"))
    for name, day in days:
        books.take(order(name, at=f"{day}T10:00:00Z"))
    assert found(books, plan) == ["started", "too_soon", "started", "too_soon"]


def test_after_a_while_is_counted_from_what_counted(books: Books) -> None:
    """A late order never displaces one that has been decided, and is too soon before it as well."""
    plan = campaign("monthly", OrderTrigger(), again=Again("after", 10 * DAY))
    books.publish(plan)
    for name, day in (("o1", "06-01"), ("o2", "06-09"), ("o3", "06-12"), ("late", "05-31")):
        books.take(order(name, at=f"2026-{day}T10:00:00Z"))
    assert found(books, plan) == ["started", "too_soon", "started", "too_soon"]


def test_while_one_is_running_another_is_ignored_or_waits_for_its_end(books: Books) -> None:
    """`if_running: ignore` and `again: after_exit` say the same; each customer for himself."""
    ignoring = campaign("ignoring", OrderTrigger(), if_running="ignore")
    exiting = campaign("exiting", OrderTrigger(), again=Again("after_exit"))
    books.publish(ignoring, exiting)
    books.take(order("o1"), order("o2"), order("o3", "ben"))
    close_all(books)
    books.take(order("o4"))
    for plan in (ignoring, exiting):
        assert found(books, plan) == ["started", "already_running", "started", "started"]


def test_a_restart_ends_the_one_that_runs(books: Books) -> None:
    """The running instance is cancelled, and one that has ended is left alone."""
    plan = campaign("fresh", OrderTrigger(), if_running="restart")
    books.publish(plan)
    books.take(order("o1"))
    close_all(books)
    books.take(order("o2"))
    books.take(order("o3"))
    assert found(books, plan) == ["started"] * 3
    (told,) = books.rows(select(OUTBOX).where(OUTBOX.c.kind == "command"))
    assert json.loads(told.payload) == {"name": "cancel", "actor": "campaign", "reason": "restarted"}
    second = books.rows(select(INSTANCE.c.id).order_by(INSTANCE.c.created_at, INSTANCE.c.occasion_id))[1][0]
    assert told.instance_id == second
