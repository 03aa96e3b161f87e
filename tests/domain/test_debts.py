"""Debts: owed exactly while the occasion of a redeemed reward does not stand, until somebody settles it."""

import json
from dataclasses import replace
from typing import Any, Literal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from punchcard.domain.database import Database, table
from punchcard.domain.debts import Debt, settle
from punchcard.domain.instances import JournalEntry
from punchcard.domain.redeeming import Use, redeem
from punchcard.domain.refusals import InputUnfit, NothingOwed, RewardUnknown
from punchcard.domain.rewards import Reward
from punchcard.plan.triggers import OrderTrigger, SpendTrigger, Trigger
from tests.domain.course import NOW, Course, campaign, order, refund
from tests.plan.samples import reward, wait
from tests.support.depth import examples
from tests.support.tables import empty_database

EACH_ORDER = OrderTrigger()
DEBT, REWARD, JOURNAL = table(Debt), table(Reward), table(JournalEntry)


def begun(
    database: Database,
    on_refund: Literal["debt", "forgive"] = "debt",
    price: int | None = 50_00,
    trigger: Trigger = EACH_ORDER,
) -> Course:
    """Return an instance whose reward of 20% has been redeemed on so much, or on a price that nobody told."""
    course = Course(database, replace(campaign(reward(), wait()), on_refund=on_refund, trigger=trigger))
    course.begin()
    use = Use("till", "r-1", course.one(REWARD).code, at=NOW, amount=price, currency="USD")
    with database.begin() as connection:
        redeem(connection, use, NOW)
    return course


def worth(amount: int, revision: int) -> dict[str, Any]:
    """Return the order as it is worth so much."""
    again = order("o1", revision=revision)
    again["data"]["amount"]["amount"] = f"{amount}.00"
    return again


def lines(course: Course) -> list[tuple[str, dict[str, Any]]]:
    """Return what the journal says of debts."""
    rows = course.rows(
        select(JOURNAL).where(JOURNAL.c.kind.in_(("owed", "debt_lifted"))).order_by(JOURNAL.c.id)
    )
    return [(row.kind, json.loads(row.data)) for row in rows]


def test_a_refund_lets_what_was_taken_off_be_owed(each_database: Database) -> None:
    """The code stays used; the journal says how much is owed."""
    course = begun(each_database)
    course.post(refund("r1", "o1"))
    owed = course.one(DEBT)
    assert (owed.status, owed.amount, owed.currency, owed.owed_at) == ("owed", 10_00, "USD", NOW)
    assert course.one(REWARD).status == "redeemed"
    assert lines(course) == [("owed", {"name": "coupon", "currency": "USD", "amount": 10_00})]


def test_whoever_forgives_is_owed_nothing(database: Database) -> None:
    """So it is unless the campaign says otherwise."""
    course = begun(database, "forgive")
    course.post(refund("r1", "o1"))
    assert course.rows(select(DEBT)) == []


def test_what_was_not_used_is_revoked_and_not_owed(database: Database) -> None:
    """There is nothing to pay for."""
    course = Course(database, campaign(reward(), wait(), on_refund="debt"))
    course.begin()
    course.post(refund("r1", "o1"))
    assert (course.rows(select(DEBT)), course.one(REWARD).status) == ([], "revoked")


def test_a_price_that_nobody_told_leaves_the_amount_open(database: Database) -> None:
    """It is owed all the same."""
    course = begun(database, price=None)
    course.post(refund("r1", "o1"))
    assert (course.one(DEBT).status, course.one(DEBT).amount) == ("owed", None)
    assert lines(course) == [("owed", {"name": "coupon", "currency": "USD"})]


def test_earned_again_it_is_owed_no_more(each_database: Database) -> None:
    """The order comes again with a higher amount than was refunded."""
    course = begun(each_database)
    course.post(
        refund("r1", "o1") | {"data": {"order": "o1", "amount": {"amount": "60.00", "currency": "USD"}}}
    )
    course.post(worth(90, 1))
    assert course.one(DEBT).status == "lifted"
    assert [kind for kind, _ in lines(course)] == ["owed", "debt_lifted"]


def test_a_settlement_is_final_and_can_be_repeated(each_database: Database) -> None:
    """Collected or waived, by whom and why; another word is refused, and so is one about nothing."""
    course = begun(each_database)
    with each_database.begin() as connection:
        number = course.one(REWARD).id
        with pytest.raises(NothingOwed):
            settle(connection, number, "collected", "key:books", None, NOW)
        with pytest.raises(RewardUnknown):
            settle(connection, 99, "collected", "key:books", None, NOW)
    course.post(refund("r1", "o1"))
    with each_database.begin() as connection:
        with pytest.raises(InputUnfit):
            settle(connection, number, "waived", "key:books", "x" * 501, NOW)
        for _ in range(2):
            settle(connection, number, "waived", "key:books", " too little ", NOW + 1)
        with pytest.raises(NothingOwed):
            settle(connection, number, "collected", "key:books", None, NOW)
    row = course.one(DEBT)
    assert (row.status, row.settled_by, row.settled_at, row.note) == (
        "waived",
        "key:books",
        NOW + 1,
        "too little",
    )


@settings(
    max_examples=examples(15), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    amounts=st.lists(st.sampled_from((10, 30, 60, 90)), min_size=1, max_size=6),
    settled=st.one_of(st.none(), st.integers(1, 6)),
)
def test_what_is_owed_follows_from_what_stands(
    tmp_path_factory: pytest.TempPathFactory, amounts: list[int], settled: int | None
) -> None:
    """Whatever the order comes to, and however often: owed while it earns nothing, unless somebody has settled it."""
    database = empty_database(tmp_path_factory.mktemp("debts") / "facts.db")
    course = begun(database, trigger=SpendTrigger(every=60_00))
    expected: list[str] = []
    for revision, amount in enumerate(amounts, start=1):
        course.post(worth(amount, revision))
        if expected != ["collected"]:
            expected = ["owed"] if amount < 60 else ["lifted"] * len(expected)
        assert [row.status for row in course.rows(select(DEBT))] == expected
        if expected == ["owed"] and settled == revision:
            expected = ["collected"]
            with database.begin() as connection:
                settle(connection, course.one(REWARD).id, "collected", "key:books", None, NOW)
    database.close()
