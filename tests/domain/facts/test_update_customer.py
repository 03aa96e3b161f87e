"""What a campaign changes about its customer."""

from __future__ import annotations

import json
from dataclasses import replace

from sqlalchemy import select

from punchcard.domain.database import Database
from punchcard.domain.erasing import erase_customer
from punchcard.domain.tags import TAG, tags_of
from punchcard.plan.conditions import Apply, Const, Field
from punchcard.plan.events import Deadline
from punchcard.plan.model import After, Assignment, Update
from punchcard.plan.program import reads
from tests.domain.course import CUSTOMER, Course, campaign, refund
from tests.plan.samples import DAY, start, stop, tagged, wait, when

FIELDS = (
    Assignment("favourite_store", Const("Bern")),
    Assignment("last_order", Field(("order", "id"))),
    Assignment("orders_so_far", Field(("customer", "orders"))),
    Assignment("nothing", Field(("order", "unknown"))),
)


def _tags(course: Course) -> tuple[str, ...]:
    with course.database.read() as connection:
        return tags_of(connection, course.one(CUSTOMER).id)


def test_fields_are_set_and_tags_put_on_and_taken_off(each_database: Database) -> None:
    """Names stand for their values, what is absent leaves its field alone, and other fields stay."""
    change = Update(path="", fields=FIELDS, add_tags=("vip", "new"))
    course = Course(
        each_database,
        campaign(
            change, wait(), replace(change, fields=(), add_tags=(), remove_tags=("new", "gone")), wait()
        ),
    )
    course.change(CUSTOMER, attributes='{"nothing": 7, "size": "M"}')
    course.begin()
    assert json.loads(course.one(CUSTOMER).attributes) == {
        "favourite_store": "Bern",
        "last_order": "o1",
        "orders_so_far": 1,
        "nothing": 7,
        "size": "M",
    }
    assert _tags(course) == ("new", "vip")
    course.now += DAY
    course.take(Deadline(at=course.now))
    assert _tags(course) == ("vip",)
    assert course.journal()[1] == ("updated", {})


def test_what_is_handed_on_is_among_what_the_plan_reads() -> None:
    """An instance is told only what its plan reads, and that includes what it sets and hands on."""
    change = Update(path="", fields=(Assignment("store", Field(("inputs", "store"))),))
    assert reads(campaign(change, start())) == {"inputs.store", "order.id"}


def test_conditions_read_tags(each_database: Database) -> None:
    """A customer without any has none, which is not the same as unknown."""
    is_vip = Apply("in", (Const("vip"), Field(("customer", "tags"))))
    steps = (when(Apply("not", (is_vip,)), then=[tagged("vip")]), when(is_vip, then=[stop("vip")]))
    course = Course(each_database, campaign(*steps))
    course.begin()
    decided = [data for kind, data in course.journal() if kind == "decided"]
    assert decided == [
        {"met": True, "operands": {"customer.tags": []}},
        {"met": True, "operands": {"customer.tags": ["vip"]}},
    ]
    assert course.state.outcome == "stopped"


def test_a_reversed_occasion_and_an_erased_customer_change_nothing(each_database: Database) -> None:
    """The journal says why."""
    course = Course(each_database, campaign(wait(After(DAY)), tagged("vip")))
    course.begin()
    course.post(refund("r1", "o1"))
    course.now += DAY
    course.state.seen = 9  # as if it had heard of the refund, which must not matter
    course.take(Deadline(at=course.now))
    assert ("not_updated", {"reason": "reversed"}) in course.journal()
    assert course.rows(select(TAG)) == []


def test_erasing_a_customer_takes_the_tags_off(each_database: Database) -> None:
    """They are said about a person."""
    course = Course(each_database, campaign(tagged("vip"), wait(), tagged("late")))
    course.begin()
    with each_database.begin() as connection:
        erase_customer(connection, "ann", "test", course.now)
    assert course.rows(select(TAG)) == []
    course.now += DAY
    course.take(Deadline(at=course.now))
    assert ("not_updated", {"reason": "erased"}) in course.journal()
    assert course.rows(select(TAG)) == []
