"""What people do with tasks, and what they cannot do."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from punchcard.domain.audit import deeds
from punchcard.domain.database import Database, table
from punchcard.domain.deciding import LONGEST_NOTE, Hand, claim, decide, release
from punchcard.domain.outbox import OutboxRow
from punchcard.domain.refusals import AlreadyDecided, InputUnfit, TaskNotYours, TaskUnknown
from punchcard.domain.task_list import count_open_tasks, find_task, find_tasks
from tests.domain.course import NOW, Course, campaign
from tests.plan.samples import approve, task

OUTBOX = table(OutboxRow)
NINA = Hand("user:nina", NOW, frozenset({"manager"}))
SAM = Hand("user:sam", NOW, frozenset({"service"}))
ADMIN = Hand("user:admin", NOW)


@pytest.fixture
def decision(each_database: Database) -> int:
    """An approval that waits for a manager, then for the head."""
    course = Course(each_database, campaign(approve("manager", "head")))
    course.begin()
    with each_database.read() as connection:
        return find_tasks(connection).items[0].id


def test_the_same_decision_again_changes_nothing(each_database: Database, decision: int) -> None:
    """It is told once and logged once, whoever repeats it; another one is refused."""
    with each_database.begin() as connection:
        decide(connection, decision, "approved", NINA, " go ahead ")
        decide(connection, decision, "approved", ADMIN, "again")
        with pytest.raises(AlreadyDecided, match="ended: approved"):
            decide(connection, decision, "rejected", ADMIN)
    with each_database.read() as connection:
        told = connection.execute(select(OUTBOX).where(OUTBOX.c.kind == "deliver")).all()
        assert len(told) == 1
        assert [deed.action for deed in deeds(connection, object_=f"task:{decision}")] == ["task.approve"]
        assert find_task(connection, decision).note == "go ahead"


def test_only_those_whose_turn_has_come_may_act(each_database: Database, decision: int) -> None:
    """Somebody of another role is told who may; an administrator may act for everybody."""
    head = Hand("user:kim", NOW, frozenset({"head"}))
    with each_database.begin() as connection:
        for hand in (SAM, head):
            with pytest.raises(TaskNotYours, match="for manager"):
                decide(connection, decision, "approved", hand)
            with pytest.raises(TaskNotYours):
                claim(connection, decision, hand)
        decide(connection, decision, "rejected", ADMIN)


def test_what_one_has_taken_up_another_leaves_alone(each_database: Database, decision: int) -> None:
    """Until it is let go of; whoever may decide can still decide."""
    other = Hand("user:otto", NOW, frozenset({"manager"}))
    with each_database.begin() as connection:
        claim(connection, decision, NINA)
        claim(connection, decision, NINA)
        assert find_task(connection, decision).claimed_by == "user:nina"
        with pytest.raises(TaskNotYours, match="Somebody else"):
            claim(connection, decision, other)
        release(connection, decision, NINA)
        release(connection, decision, NINA)
        claim(connection, decision, other)
        decide(connection, decision, "approved", NINA)
        with pytest.raises(AlreadyDecided):
            claim(connection, decision, NINA)
    with each_database.read() as connection:
        actions = [deed.action for deed in deeds(connection, object_=f"task:{decision}")]
    assert actions == ["task.approve", "task.claim", "task.release", "task.claim"]


def test_a_decision_is_not_work(each_database: Database, decision: int) -> None:
    """Each kind of task has its own ends, and a note its limit."""
    with each_database.begin() as connection:
        with pytest.raises(InputUnfit, match="asks for a decision"):
            decide(connection, decision, "done", NINA)
        with pytest.raises(InputUnfit, match="characters"):
            decide(connection, decision, "approved", NINA, "x" * (LONGEST_NOTE + 1))
        with pytest.raises(TaskUnknown):
            decide(connection, decision + 1, "approved", NINA)


def test_tasks_are_found_by_role_state_and_customer(each_database: Database) -> None:
    """A role sees a task once its turn has come."""
    course = Course(each_database, campaign(task("service", "manager")))
    course.begin()
    with each_database.begin() as connection:
        assert [each.role for each in find_tasks(connection, roles={"service"}).items] == ["service"]
        assert find_tasks(connection, roles={"manager"}).items == ()
        assert find_tasks(connection, roles=()).items == ()
        assert find_tasks(connection, customer="nobody").items == ()
        assert len(find_tasks(connection, customer="ann", campaign="test", is_open=True).items) == 1
        assert (count_open_tasks(connection), count_open_tasks(connection, {"manager"})) == (1, 0)
        decide(connection, find_tasks(connection).items[0].id, "done", SAM)
        assert len(find_tasks(connection, is_open=False).items) == 1
        assert count_open_tasks(connection) == 0
