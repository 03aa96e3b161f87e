"""Campaigns that campaigns start: granted once, with the inputs of that moment, and no endless chain."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import insert, select, update

from punchcard.domain.database import Database, table
from punchcard.domain.erasing import erase_customer
from punchcard.domain.onward import LONGEST_CHAIN, START, depth_of
from punchcard.domain.outbox import OutboxRow
from punchcard.domain.refusals import CampaignUnknown, InputsUnfit
from punchcard.plan.events import Deadline, EffectDone, Restored, Started
from punchcard.plan.model import After, Plan
from punchcard.plan.state import State
from punchcard.plan.triggers import Input, ManualTrigger
from punchcard.router.catalogue import CampaignCache
from punchcard.router.onward import start_onward
from punchcard.router.publishing import publish
from tests.domain.course import INSTANCE, NOW, Course, campaign, refund
from tests.plan.samples import DAY, numbered, start, stop, wait

OUTBOX = table(OutboxRow)
INPUTS = (Input("number", "text"), Input("value", "amount"))


def _other(course: Course, *inputs: Input) -> None:
    plan = Plan(
        campaign="other", title="Other", currency="USD", trigger=ManualTrigger(inputs=inputs),
        steps=numbered([stop("done")]),
    )  # fmt: skip
    with course.database.begin() as connection:
        publish(connection, plan, "", {}, "test", NOW)


def _begun(database: Database) -> Course:
    course = Course(database, campaign(start(), wait()))
    course.begin()
    assert course.performs == ["1#1"]
    return course


def test_a_start_is_granted_with_its_inputs_and_happens_once(each_database: Database) -> None:
    """However often it is tried, one instance comes of it; its occasion knows its depth."""
    course = _begun(each_database)
    _other(course, *INPUTS)
    granted = course.one(START)
    assert json.loads(granted.inputs) == {"number": "o1", "value": {"amount": "12.50", "currency": "USD"}}
    with each_database.begin() as connection:
        campaigns = CampaignCache().current(connection)
        start_onward(connection, campaigns, course.id, "1#1", NOW)
        name, started = start_onward(connection, campaigns, course.id, "1#1", NOW)
    assert (name, started.disposition, started.repeated) == ("other", "started", True)
    assert len(course.rows(select(INSTANCE).where(INSTANCE.c.campaign == "other"))) == 1
    with each_database.read() as connection:
        assert depth_of(connection, started.occasion_id) == 1


def test_what_cannot_be_started_says_why(each_database: Database) -> None:
    """A campaign that is not there, or that takes other inputs: for an operator to mend."""
    course = _begun(each_database)
    with each_database.begin() as connection, pytest.raises(CampaignUnknown):
        start_onward(connection, CampaignCache().current(connection), course.id, "1#1", NOW)
    _other(course, Input("something_else", "text"))
    with each_database.begin() as connection, pytest.raises(InputsUnfit, match="something_else"):
        start_onward(connection, CampaignCache().current(connection), course.id, "1#1", NOW)


def test_a_reversed_occasion_starts_nothing(each_database: Database) -> None:
    """Nor does an erased customer's; the journal has the reason, and the inputs are forgotten."""
    course = Course(each_database, campaign(wait(), start()))
    course.begin()
    course.post(refund("r1", "o1"))
    course.now += DAY
    course.state.seen = 9  # as if it had heard of the refund, which must not matter
    course.take(Deadline(at=course.now))
    assert course.performs == []
    assert ("not_started", {"reason": "reversed"}) in course.journal()


def test_erasing_a_customer_forgets_the_inputs(each_database: Database) -> None:
    """They may say anything of a person."""
    course = _begun(each_database)
    with each_database.begin() as connection:
        erase_customer(connection, "ann", "test", NOW)
    assert course.one(START).inputs == "{}"


def test_a_chain_of_campaigns_ends(each_database: Database) -> None:
    """Campaigns that start one another in a circle stop after so many."""
    course = Course(each_database, campaign(start(), wait()))
    mine = course.one(INSTANCE)
    parent = {
        "occasion_id": mine.occasion_id, "customer_id": mine.customer_id, "key": "0#1", "campaign": "test",
        "inputs": "{}", "depth": LONGEST_CHAIN, "started_occasion_id": mine.occasion_id,
    }  # fmt: skip
    course.write(insert(START).values(**parent))
    course.begin()
    assert ("not_started", {"reason": "chain_too_long"}) in course.journal()


def _waiting(database: Database) -> Course:
    """Return an instance that has started another campaign and waits for its end."""
    course = Course(database, campaign(start(up_to=After(9 * DAY)), wait()))
    course.begin()
    _other(course, *INPUTS)
    with database.begin() as connection:
        start_onward(connection, CampaignCache().current(connection), course.id, "1#1", NOW)
    return course


def _end_the_other(course: Course) -> None:
    """Let the other instance run to its end."""
    other = course.rows(select(INSTANCE.c.id).where(INSTANCE.c.campaign == "other"))[0].id
    run = Course.__new__(Course)
    run.__dict__ |= course.__dict__ | {"id": other, "state": State(), "performs": []}
    run.take(Started(at=NOW, names={}))


def test_the_end_is_told_in_the_commit_in_which_it_comes(each_database: Database) -> None:
    """The instance that waits hears of it through the outbox, with the key of its start."""
    course = _waiting(each_database)
    course.take(EffectDone(at=NOW, key="1#1", result={"status": "started"}))
    assert json.loads(course.rows(select(INSTANCE).where(INSTANCE.c.id == course.id))[0].waits_for) == [
        "started.ended"
    ]
    _end_the_other(course)
    told = course.rows(select(OUTBOX).where(OUTBOX.c.instance_id == course.id, OUTBOX.c.kind == "deliver"))
    assert [json.loads(row.payload) for row in told] == [
        {"name": "started.ended", "data": {"key": "1#1", "outcome": "stopped"}, "at": NOW}
    ]


def test_an_end_that_nobody_could_be_told_of_is_recalled(each_database: Database) -> None:
    """The occasion had fallen, and stands again."""
    course = _waiting(each_database)
    _end_the_other(course)
    course.write(
        update(INSTANCE).where(INSTANCE.c.id == course.id).values(last_seq=1)
    )  # nobody could be told
    course.take(Restored(at=NOW))
    assert course.state.names["started"]["outcome"] == "stopped"


def test_a_start_that_waits_for_nothing_is_told_nothing(database: Database) -> None:
    """Its instance has long gone on."""
    course = _begun(database)
    _other(course, *INPUTS)
    with database.begin() as connection:
        start_onward(connection, CampaignCache().current(connection), course.id, "1#1", NOW)
    _end_the_other(course)
    assert (
        course.rows(select(OUTBOX).where(OUTBOX.c.instance_id == course.id, OUTBOX.c.kind == "deliver")) == []
    )
