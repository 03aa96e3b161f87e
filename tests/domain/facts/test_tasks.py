"""Tasks of an instance: opened, passed on, closed, and open again where the instance goes on after its end."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from punchcard.domain.database import Database, table
from punchcard.domain.deciding import Hand, decide
from punchcard.domain.erasing import erase_customer
from punchcard.domain.operating import Order, skip
from punchcard.domain.outbox import OutboxRow
from punchcard.domain.refusals import NothingToSkip
from punchcard.domain.tasks import Task, Verdict
from punchcard.plan.events import Command, Committed, Deadline, Delivered, Restored, Reversed, Started
from punchcard.plan.machine import advance
from punchcard.plan.model import NextTime
from tests.domain.course import INSTANCE, Course, campaign
from tests.plan.samples import DAY, approve, stop, tagged, task, together, wait

TASK, OUTBOX = table(Task), table(OutboxRow)


def _act(course: Course, verdict: Verdict, *roles: str) -> None:
    """Let somebody act, and bring the instance word of it."""
    with course.database.begin() as connection:
        hand = Hand("user:ann", course.now, frozenset(roles) if roles else None)
        decide(connection, course.one(TASK).id, verdict, hand, "fine")
    _deliver(course)


def _deliver(course: Course) -> None:
    for row in course.rows(select(OUTBOX).where(OUTBOX.c.kind == "deliver").order_by(OUTBOX.c.seq)):
        if row.seq > course.state.seen:
            payload: dict[str, Any] = json.loads(row.payload)
            course.take(Delivered(at=payload["at"], seq=row.seq, name=payload["name"], data=payload["data"]))


def _wait_out(course: Course) -> None:
    course.now += DAY
    course.take(Deadline(at=course.now))


@pytest.mark.parametrize(
    ("verdict", "reason"), [("approved", "yes"), ("rejected", "no")], ids=["approved", "rejected"]
)
def test_a_decision_leads_the_way(each_database: Database, verdict: Verdict, reason: str) -> None:
    """The instance hears what was decided and by whom; the note stays in the table."""
    step = approve("manager", approved=[stop("yes")], rejected=[stop("no")])
    course = Course(each_database, campaign(step))
    course.begin()
    row = course.one(TASK)
    assert (row.status, row.kind, json.loads(row.roles), row.due_at) == (
        "open", "approve", ["manager"], course.now + DAY,
    )  # fmt: skip
    assert course.rows(select(INSTANCE.c.waits_for))[0].waits_for == '["approval.decided"]'
    _act(course, verdict, "manager")
    assert course.journal()[-1] == ("finished", {"outcome": "stopped", "reason": reason})
    row = course.one(TASK)
    assert (row.status, row.closed_by, row.note) == (verdict, "user:ann", "fine")
    happened = next(data for kind, data in course.journal() if kind == "happened")
    assert happened == {
        "event": "approval.decided", "key": "1#1", "by": "user:ann", "approved": verdict == "approved",
    }  # fmt: skip


def test_each_role_has_its_turn_and_then_nobody(each_database: Database) -> None:
    """The limit is each turn's own; at the end the task is off the lists."""
    course = Course(each_database, campaign(task("service", "manager", otherwise=[tagged("late")])))
    course.begin()
    _wait_out(course)
    row = course.one(TASK)
    assert (row.status, json.loads(row.asked), row.due_at) == (
        "open", ["service", "manager"], course.now + DAY,
    )  # fmt: skip
    _wait_out(course)
    assert (course.one(TASK).status, course.state.outcome) == ("elapsed", "completed")
    assert [kind for kind, _ in course.journal()] == [
        "started", "waiting", "elapsed", "passed_on", "waiting", "elapsed", "updated", "finished",
    ]  # fmt: skip


def test_whoever_had_an_earlier_turn_can_still_act(each_database: Database) -> None:
    """Passing a task on asks one more, and keeps nobody from doing it."""
    course = Course(each_database, campaign(task("service", "manager", then=[stop("done")])))
    course.begin()
    _wait_out(course)
    _act(course, "done", "service")
    assert course.state.outcome == "stopped"


def test_an_operator_who_skips_ends_the_step_for_all_roles(each_database: Database) -> None:
    """It is not passed on to the next one."""
    course = Course(each_database, campaign(task("service", "manager", otherwise=[stop("late")])))
    course.begin()
    course.take(Command(at=course.now, seq=2, name="skip", actor="user:op", path="1"))
    assert (course.one(TASK).status, course.state.outcome) == ("elapsed", "stopped")


def test_the_end_of_an_instance_closes_its_tasks(each_database: Database) -> None:
    """Nobody is asked for what no longer matters."""
    course = Course(each_database, campaign(approve("manager")))
    course.begin()
    course.take(Command(at=course.now, seq=2, name="cancel", actor="user:op"))
    assert course.one(TASK).status == "cancelled"


def test_a_restored_instance_opens_its_task_again(each_database: Database) -> None:
    """The same task with as much time as was left, and the turn that it had come to."""
    course = Course(each_database, campaign(approve("manager", "head", approved=[stop("yes")])))
    course.begin()
    _wait_out(course)
    before = course.one(TASK)
    course.take(Reversed(at=course.now, seq=course.state.seen + 1))
    assert course.one(TASK).status == "reversed"
    course.now += 3 * DAY
    course.take(Restored(at=course.now, lapse=3 * DAY))
    after = course.one(TASK)
    assert (after.id, after.status, after.due_at, after.asked) == (
        before.id, "open", before.due_at + 3 * DAY, before.asked,
    )  # fmt: skip
    assert course.state.tokens[0].phase == "waiting"
    course.change(INSTANCE, last_seq=course.state.seen)
    _act(course, "approved", "head")
    assert course.state.outcome == "stopped"


def test_what_was_decided_while_nobody_could_be_told_is_recalled(each_database: Database) -> None:
    """The decision stands in the table, so an instance that begins anew takes it in."""
    course = Course(each_database, campaign(approve("manager", approved=[stop("yes")])))
    course.begin()
    with each_database.begin() as connection:
        decide(connection, course.one(TASK).id, "approved", Hand("user:ann", course.now))
    course.take(Restored(at=course.now, seq=course.one(INSTANCE).last_seq))
    assert course.state.outcome == "stopped"


def test_working_hours_are_those_of_the_campaign(each_database: Database) -> None:
    """Whoever is asked works by the campaign's clock, wherever the customer lives."""
    course = Course(each_database, campaign(task("service", up_to=NextTime(9 * 60)), timezone="Asia/Tokyo"))
    course.take(Started(at=course.now, names={}, due=course.now))
    assert course.one(TASK).due_at % DAY == 0  # nine o'clock in Tokyo is midnight in UTC


def test_erasing_a_customer_closes_their_tasks_and_forgets_the_notes(each_database: Database) -> None:
    """A task names the person, and a note may say anything of them; nobody waits for it any more."""
    course = Course(each_database, campaign(task("service"), task("service", otherwise=[stop("nobody")])))
    course.begin()
    _act(course, "done")
    with each_database.begin() as connection:
        erase_customer(connection, "ann", "test", course.now)
    rows = course.rows(select(TASK.c.status, TASK.c.note).order_by(TASK.c.id))
    assert [tuple(row) for row in rows] == [("done", None), ("erased", None)]
    _deliver(course)
    assert course.state.outcome == "stopped"


@pytest.mark.parametrize(
    "step", [task("service", "head"), approve("service", "head")], ids=["task", "approve"]
)
def test_nobody_is_asked_about_who_was_erased(each_database: Database, step: Any) -> None:
    """The step goes on at once, and no role has its turn."""
    course = Course(each_database, campaign(step, stop("done")))
    with each_database.begin() as connection:
        erase_customer(connection, "ann", "test", course.now)
    course.begin()
    assert (course.one(TASK).status, course.state.outcome) == ("erased", "stopped")


def test_who_is_erased_before_the_task_is_waited_for(each_database: Database) -> None:
    """The word of it comes before the commit's answer."""
    course = Course(each_database, campaign(task("service", otherwise=[stop("nobody")])))
    started = Started(at=course.now, names={}, due=course.now)
    answer = course.propose(started)
    course.state, _ = advance(course.program(), course.state, started)
    with each_database.begin() as connection:
        erase_customer(connection, "ann", "test", course.now)
    _deliver(course)
    course.take(Committed(at=course.now, tick=1, results=answer.results))
    assert course.state.outcome == "stopped"


@pytest.mark.parametrize(
    ("policy", "moved"), [("shift", 5 * DAY), ("send_all", 4 * DAY), ("skip_stale", 0)], ids=str
)
def test_the_end_of_a_pause_moves_what_people_see(each_database: Database, policy: str, moved: int) -> None:
    """With `shift` a turn ends as much later; with `send_all` not before the pause does."""
    course = Course(each_database, campaign(task("service"), on_resume=policy))
    course.begin()
    before = course.one(TASK).due_at
    course.now += 5 * DAY
    course.take(Command(at=course.now, seq=2, name="resume", actor="user:op", paused=5 * DAY))
    assert course.one(TASK).due_at == before + moved
    assert course.state.tokens[0].deadline == before + moved


def test_each_of_several_steps_may_be_skipped(each_database: Database) -> None:
    """Of two that wait the second, too; and none that is not waited at."""
    course = Course(each_database, campaign(together("all", one=[wait()], two=[wait()])))
    course.begin()
    assert course.one(INSTANCE).step == "1.one.1"
    order = Order("user:op", course.now)
    with each_database.begin() as connection:
        skip(connection, course.id, replace(order, path="1.two.1"))
        with pytest.raises(NothingToSkip):
            skip(connection, course.id, replace(order, path="1.three.1"))
    row = course.rows(select(OUTBOX).where(OUTBOX.c.kind == "command"))[0]
    course.take(Command(at=course.now, seq=row.seq, name="skip", actor="user:op", path="1.two.1"))
    assert [token.path for token in course.state.tokens] == ["1.one.1"]
