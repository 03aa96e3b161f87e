"""The tick's activity: what the workflow asks for crosses the wire, stands in the database, and is answered."""

from __future__ import annotations

import asyncio
from typing import TypeVar, cast

import pytest
from temporalio.testing import ActivityEnvironment

from activities.ticks import TickActivities
from punchcard.contracts import TickRequest, TickResult
from punchcard.domain.budgets import BudgetUse
from punchcard.domain.clock import Clock
from punchcard.domain.database import Database
from punchcard.domain.group_commit import GroupCommit
from punchcard.domain.ticks import Answer, InstanceGone, Proposal, Verdict
from punchcard.payloads import data_converter
from punchcard.plan.codec import encode
from punchcard.plan.conditions import Apply, Const, Field
from punchcard.plan.events import Command, Delivered, EffectDone, Restored
from punchcard.plan.facts import FACTS
from punchcard.plan.model import Budget, NextTime, Plan
from tests.domain.course import INSTANCE, NOW, REWARD, Course, campaign
from tests.plan.samples import DAY, ask, choose, numbered, reward, send, together, wait, when

T = TypeVar("T")
CONVERTER = data_converter(lambda _: "").payload_converter


def carried(value: T) -> T:
    """Return what arrives of a payload on the other side."""
    found: T = CONVERTER.from_payload(CONVERTER.to_payload(value), type(value))
    return found


class WiredCourse(Course):
    """A course whose ticks are committed by the activity, over the wire."""

    def __init__(self, database: Database, plan: Plan, commits: GroupCommit) -> None:
        self.commits = commits
        self.asked: set[str] = set()
        super().__init__(database, plan)

    def commit(self, proposal: Proposal) -> Answer:
        """Ask the activity."""
        facts = [encode(fact) for fact in proposal.facts]
        self.asked |= {fact["kind"] for fact in facts}
        notes = [encode(note) for note in proposal.notes]
        request = TickRequest(
            proposal.instance_id, proposal.number, proposal.event, facts, notes, proposal.state
        )
        result = self.ask(carried(request))
        assert result.at == self.now
        return Answer(cast(Verdict, result.verdict), result.results, result.state, result.seq)

    def ask(self, request: TickRequest) -> TickResult:
        """Have the activity commit a tick."""
        activities = TickActivities(self.commits, Clock(business=self.now, factor=0))
        return carried(asyncio.run(ActivityEnvironment().run(activities.commit_tick, request)))


# What steps for people and other campaigns ask for goes the same way: tests/domain/facts has each.
ASKED_ELSEWHERE = {
    "OpenTask",
    "PassTask",
    "MoveTask",
    "TakeVariant",
    "CloseTask",
    "UpdateCustomer",
    "RequestStart",
    "RequestCall",
}


def test_every_fact_reaches_the_database(database: Database, commits: GroupCommit) -> None:
    """Rewards, messages, look-ups, moments, what is withdrawn or recalled, incidents and the end: as in the plan."""
    orders = Apply(">=", (Field(("customer", "orders_within"), (90 * DAY,)), Const(1)))
    ways = together("any", one=[choose("customer.orders", {"1..9": []})], other=[send()])
    steps = (reward(), ways, when(orders, then=numbered([ask(up_to=NextTime(9 * 60))])), wait())
    course = WiredCourse(database, campaign(*steps, budget=Budget(rewards=0)), commits)
    course.begin()
    course.change(BudgetUse.__table__, rewards=-1)  # type: ignore[attr-defined]
    course.take(Command(at=NOW, seq=2, name="retry", actor="op"))
    assert course.performs == ["3.then.1#1"]
    course.take(EffectDone(at=NOW, key="3.then.1#1", result={"status": "sent"}))
    course.take(Restored(at=NOW))
    course.take(Command(at=NOW, seq=3, name="cancel", actor="op"))
    assert course.asked == set(FACTS) - ASKED_ELSEWHERE
    instance = course.one(INSTANCE)
    assert (instance.status, instance.outcome, instance.incidents) == ("closed", "cancelled", 0)
    assert course.state.names["coupon"]["expires"] == course.one(REWARD).expires_at
    assert [kind for kind, _ in course.journal()][:3] == ["started", "rewarded", "incident"]


def test_the_answer_brings_the_state_that_stands(database: Database, commits: GroupCommit) -> None:
    """Another task was first: its state and its answers are what the workflow goes on from."""
    course = WiredCourse(database, campaign(wait(NextTime(0), "coupon.redeemed"), send()), commits)
    course.begin()
    waiting = course.state
    course.change(INSTANCE, last_seq=2)
    course.take(Delivered(at=NOW, seq=2, name="coupon.redeemed"))
    stands, course.state = course.state, waiting
    answer = course.propose(Command(at=NOW, seq=2, name="cancel", actor="op"))
    assert answer.verdict == "replaced"
    assert answer.state is not None
    assert (answer.state["seen"], answer.state["tick"]) == (2, stands.tick)
    assert answer.results == {"2#1": {"verdict": "granted"}}


def test_a_tick_that_fails_leaves_nothing(database: Database, commits: GroupCommit) -> None:
    """What the database says is what Temporal sees, and tries again."""
    course = WiredCourse(database, campaign(reward(), wait()), commits)
    request = TickRequest("nobody", 1, {"kind": "Deadline", "at": 0}, [], [], {})
    with pytest.raises(InstanceGone):
        course.ask(request)
    course.begin()
    assert course.one(REWARD).status == "issued"
