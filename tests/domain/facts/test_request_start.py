"""Campaigns that campaigns start: granted once, with the inputs of that moment, and no endless chain."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import insert, select

from punchcard.domain.database import Database
from punchcard.domain.erasing import erase_customer
from punchcard.domain.onward import LONGEST_CHAIN, START, depth_of
from punchcard.domain.refusals import CampaignUnknown, InputsUnfit
from punchcard.plan.events import Deadline
from punchcard.plan.model import Plan
from punchcard.plan.triggers import Input, ManualTrigger
from punchcard.router.catalogue import CampaignCache
from punchcard.router.onward import start_onward
from punchcard.router.publishing import publish
from tests.domain.course import INSTANCE, NOW, Course, campaign, refund
from tests.plan.samples import DAY, numbered, start, stop, wait

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
