"""Ticks: each is written once, and whoever brings another one is told what stands."""

from __future__ import annotations

import json
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlalchemy import delete, select

from punchcard.domain.database import Database
from punchcard.domain.operating import Order, pause, resume
from punchcard.domain.pausing import pause_campaign, resume_campaign
from punchcard.domain.plans import PlanMissing
from punchcard.domain.ticks import Answer, InstanceGone, Proposal, commit_tick, latest
from punchcard.plan.events import Command, Deadline, Delivered, EffectDone, Event, Reversed, Started
from punchcard.plan.model import After, Budget
from punchcard.plan.state import State, from_data, to_data
from tests.domain.course import INCIDENT, INSTANCE, NOW, REWARD, TICK, Course, campaign, order
from tests.plan.samples import DAY, ask, reward, send, wait
from tests.support.run_servers import PATIENCE

WEEK = After(7 * DAY)
ORDER = Order(actor="operator", now=NOW)


def course(database: Database) -> Course:
    """Return an instance that waits for its reward to be redeemed."""
    made = Course(database, campaign(reward(), wait(WEEK, "coupon.redeemed")))
    made.begin()
    return made


def test_a_tick_keeps_its_event_its_answers_and_its_state(database: Database) -> None:
    """What stands in the database is enough to go on from."""
    made = course(database)
    with database.read() as connection:
        row = latest(connection, made.id)
    assert row is not None
    assert row.number == made.state.tick == 2
    assert from_data(json.loads(row.state)) == made.state
    first = made.rows(select(TICK).where(TICK.c.number == 1))[0]
    assert json.loads(first.event)["kind"] == "Started"
    assert json.loads(first.results)["1#1"]["reward"] == made.one(REWARD).id


def test_an_instance_shows_where_it_stands(database: Database) -> None:
    """Its step, phase, what it waits for, and its deadline are in its row; at its end they are gone."""
    made = course(database)
    row = made.one(INSTANCE)
    assert (row.status, row.step, row.phase, row.waits_for) == ("open", "2", "waiting", '["coupon.redeemed"]')
    assert (row.deadline, row.started_at) == (NOW + 7 * DAY, NOW)
    made.change(INSTANCE, last_seq=2)
    made.take(Delivered(at=NOW, seq=2, name="coupon.redeemed"))
    row = made.one(INSTANCE)
    assert (row.status, row.outcome, row.phase, row.waits_for) == ("closed", "completed", None, "[]")
    assert (row.deadline, row.closed_at) == (None, NOW)


def test_a_question_waits_for_its_answer(database: Database) -> None:
    """The row says which answer."""
    made = Course(database, campaign(ask()))
    made.begin()
    made.take(EffectDone(at=NOW, key="1#1", result={"status": "sent"}))
    assert made.one(INSTANCE).waits_for == '["reply.answered"]'


def test_the_same_proposal_again_gets_the_same_answer(each_database: Database) -> None:
    """A workflow task that failed after the commit comes again: nothing is given twice."""
    made = Course(each_database, campaign(reward(), wait()))
    event = Started(at=NOW, names={})
    first = made.propose(event)
    again = made.propose(event)
    assert first == again
    assert again.verdict == "committed"
    made.one(REWARD)


@pytest.mark.parametrize("what", ["another event", "another state"])
def test_another_proposal_is_told_what_stands(database: Database, what: str) -> None:
    """The tick stands with other input: the answer is that tick's state and results."""
    made = course(database)
    made.change(INSTANCE, last_seq=2)
    waiting = made.state
    made.take(Delivered(at=NOW, seq=2, name="coupon.redeemed"))
    made.state = waiting
    event: Event = Delivered(at=NOW, seq=2, name="coupon.redeemed")
    if what == "another event":
        event = Deadline(at=NOW + 7 * DAY)
    else:
        made.state = replace(waiting, seen=1, visits={**waiting.visits, "9": 1})
    answer = made.propose(event)
    assert (answer.verdict, answer.state and answer.state["outcome"]) == ("replaced", "completed")


def test_of_two_workers_at_once_one_writes(postgres_database: Database) -> None:
    """Two workflow tasks of one instance propose the same tick with different input, on PostgreSQL."""
    made = course(postgres_database)
    made.change(INSTANCE, last_seq=2)
    made.now += 7 * DAY
    barrier = threading.Barrier(2)

    def propose(event: Event) -> Answer:
        barrier.wait()
        return made.propose(event)

    events = (Delivered(at=made.now, seq=2, name="coupon.redeemed"), Command(made.now, 2, "cancel", "op"))
    with ThreadPoolExecutor(2) as threads:
        answers = list(threads.map(propose, events))
    assert sorted(answer.verdict for answer in answers) == ["committed", "replaced"]
    assert made.one(INSTANCE).tick == 3


def test_ticks_and_reversals_at_once_do_not_wait_for_one_another(postgres_database: Database) -> None:
    """Ingestion and ticks lock an occasion and its instance in the same order: no deadlock on PostgreSQL."""
    made = course(postgres_database)
    begun, stop = threading.Event(), threading.Event()

    def propose() -> None:
        while not stop.is_set():
            made.propose(Command(NOW, 99, "resume", "op"))
            begun.set()

    with ThreadPoolExecutor(1) as threads:
        ticking = threads.submit(propose)
        assert begun.wait(PATIENCE)
        for number in range(1, 13):
            status = "paid" if number % 2 else "cancelled"
            made.post(order("o1", revision=number, status=status))
        stop.set()
        ticking.result()


def test_a_limit_waits_for_everything_that_was_told(database: Database) -> None:
    """A redemption is on its way: the deadline does not decide before it has been heard."""
    made = course(database)
    made.change(INSTANCE, last_seq=3)
    made.now += 7 * DAY
    assert made.propose(Deadline(at=made.now)) == Answer("behind", seq=3)


def test_the_end_of_an_effect_waits_for_everything_that_was_told(database: Database) -> None:
    """What follows a message is decided by all that is known."""
    made = Course(database, campaign(send(), wait()))
    made.begin()
    made.change(INSTANCE, last_seq=2)
    assert made.propose(EffectDone(NOW, "1#1", {"status": "sent"})) == Answer("behind", seq=2)


def test_a_deadline_that_business_time_has_not_reached_is_early(database: Database) -> None:
    """Clocks differ: the database's worker decides what time it is."""
    made = course(database)
    answer = made.propose(Deadline(at=NOW + 7 * DAY))
    assert answer == Answer("early")
    made.now = NOW + 7 * DAY
    answer = made.propose(Deadline(at=NOW + 7 * DAY))
    assert answer.verdict == "committed"


@pytest.mark.parametrize("whose", ["campaign", "instance"])
def test_a_pause_refuses_what_goes_on_and_lets_through_what_ends(each_database: Database, whose: str) -> None:
    """Held is what would do something; a reversal, a cancelling and the pause's own end pass."""
    made = course(each_database)
    with each_database.begin() as connection:
        if whose == "campaign":
            pause_campaign(connection, "test", ORDER)
        else:
            pause(connection, made.id, ORDER)
    made.change(INSTANCE, last_seq=2)
    held = made.propose(Delivered(at=NOW, seq=2, name="coupon.redeemed"))
    assert held == Answer("held")
    assert made.one(INSTANCE).held
    for event in (Command(NOW, 2, "resume", "op"), Command(NOW, 2, "cancel", "op"), Reversed(NOW, 2)):
        with each_database.begin() as connection:
            point = connection.begin_nested()
            answer = commit_tick(connection, made.plans, made.proposal(event), NOW)
            assert answer.verdict == "committed"
            point.rollback()
    with each_database.begin() as connection:
        if whose == "campaign":
            assert resume_campaign(connection, "test", ORDER) == 1
        else:
            resume(connection, made.id, ORDER)
    went_on = made.propose(Delivered(at=NOW, seq=2, name="coupon.redeemed"))
    assert went_on.verdict == "committed"
    assert not made.one(INSTANCE).held


def test_a_database_that_lacks_ticks_calls_for_an_operator_once(each_database: Database) -> None:
    """It was restored from an older backup: one incident, no advance, and no end of trying."""
    made = course(each_database)
    made.write(delete(TICK).where(TICK.c.number == 2))
    made.change(INSTANCE, tick=1)
    for _ in range(2):
        answer = made.propose(Command(NOW, 2, "resume", "op"))
        assert answer == Answer("behind", seq=-1)
    assert made.one(INCIDENT).key == "database"
    assert made.one(INSTANCE).incidents == 1
    made.one(TICK)


def test_an_unknown_instance_is_no_instance(database: Database) -> None:
    """The database does not know it: that is said, with the remedy."""
    made = course(database)
    proposal = Proposal("nobody", 1, {"kind": "Deadline", "at": 0}, (), (), to_data(State()))
    with pytest.raises(InstanceGone, match="Restore the database"):
        made.commit(proposal)


def test_the_journal_is_written_in_the_tick_itself(database: Database) -> None:
    """Each line says what happened, where, and with which operands."""
    made = course(database)
    assert [kind for kind, _ in made.journal()] == ["started", "rewarded", "waiting"]
    assert made.journal()[2][1] == {"until": NOW + 7 * DAY, "events": ["coupon.redeemed"]}


def test_a_refused_budget_leaves_the_instance_parked(database: Database) -> None:
    """The row counts its open incidents."""
    made = Course(database, campaign(reward(), wait(), budget=Budget(rewards=0)))
    made.begin()
    row = made.one(INSTANCE)
    assert (row.phase, row.step, row.incidents) == ("parked", "1", 1)


def test_a_version_that_is_gone_is_named(database: Database) -> None:
    """Its instances do not go on, and it is said which one has to be brought back."""
    made = course(database)
    proposal = made.proposal(Command(NOW, 2, "resume", "op"))
    made.change(INSTANCE, version="0" * 64)
    with (
        database.begin() as connection,
        pytest.raises(PlanMissing, match="No version 000000000000 is stored"),
    ):
        commit_tick(connection, made.plans, proposal, NOW)
