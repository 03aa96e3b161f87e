"""The rooms of tasks: whose they are, and what can be done with them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from punchcard.domain.accounts import create_account
from punchcard.domain.audit import deeds
from punchcard.domain.instance_story import find_instance
from punchcard.domain.task_list import find_task, find_tasks
from punchcard.plan.calendar import DAY
from punchcard.shipped import shipped
from tests.console.browser_user import Person
from tests.support.world import PASSWORD, World

LOSS = {"amount": "250.00", "currency": "USD"}


@pytest.fixture(autouse=True)
def campaigns(world: World) -> None:
    """The campaigns that ask people are published."""
    world.publish(*(shipped("definitions") / f"{name}.yaml" for name in ("compensation", "service-recovery")))


@pytest.fixture
def approval(world: World) -> int:
    """A compensation that a manager has to approve; nina is one."""
    with world.database.begin() as connection:
        for name in ("nina", "sam"):
            create_account(connection, name, PASSWORD, "marketer", "cli", world.now)
    world.start("compensation", "C-106", order_number="o-602", loss=LOSS)
    with world.database.read() as connection:
        return find_tasks(connection).items[0].id


def test_those_who_are_asked_see_it_among_theirs(approval: int, someone: Callable[[str], Person]) -> None:
    """Others find it among all, and read whom it is for."""
    nina, sam = someone("nina"), someone("sam")
    assert "Approve or reject: $50 for a loss of $250.00 with order o-602" in nina.text("/tasks")
    assert "Nothing waits for you." in sam.text("/tasks")
    assert "Approve or reject" in sam.text("/tasks?which=all")
    page = nina.text(f"/tasks/{approval}")
    assert "Loss $250" in page.replace(".00", "")
    assert "Order number “o-602”" in page
    page = sam.text(f"/tasks/{approval}")
    assert "This is for people of the role Manager." in page
    assert "/approve" not in sam.open(f"/tasks/{approval}").text


def test_an_approval_leads_the_instance_on(
    world: World, approval: int, someone: Callable[[str], Person]
) -> None:
    """The note stands on the instance's page, the deed in the log, and the task among those that are closed."""
    nina = someone("nina")
    answer = nina.send(f"/tasks/{approval}/approve", on=f"/tasks/{approval}", note="A good customer")
    assert "Approved. The instance goes on." in answer.text
    world.worker.work(world.now)
    with world.database.read() as connection:
        task = find_task(connection, approval)
        assert (task.state, task.closed_by, task.note) == ("approved", "user:nina", "A good customer")
        assert find_instance(connection, task.instance_id).state == "completed"
        assert deeds(connection, object_=f"task:{approval}")[0].action == "task.approve"
    page = nina.text(f"/instances/{task.instance_id}")
    assert "nina approved it" in page
    assert "A good customer" in page
    assert "Approve or reject" in nina.text("/tasks?which=closed")
    assert "Nothing waits for you." in nina.text("/tasks")
    assert "compensated" in nina.text("/customers/C-106")


def test_a_task_is_taken_up_and_let_go_of(approval: int, someone: Callable[[str], Person]) -> None:
    """The list names who has it."""
    nina, admin = someone("nina"), someone("admin")
    assert "The task is yours." in nina.send(f"/tasks/{approval}/claim", on=f"/tasks/{approval}").text
    assert "taken up by nina" in admin.text("/tasks")
    assert (
        "somebody else has taken it up"
        in admin.send(f"/tasks/{approval}/claim", on=f"/tasks/{approval}").text
    )
    nina.send(f"/tasks/{approval}/release", on=f"/tasks/{approval}")
    assert "taken up by" not in admin.text("/tasks")


def test_a_forged_or_late_form_changes_nothing(
    world: World, approval: int, someone: Callable[[str], Person]
) -> None:
    """Without the session's token it is refused, from another role too, and the first decision counts."""
    nina, sam = someone("nina"), someone("sam")
    assert nina.post(f"/tasks/{approval}/approve", {"csrf": "x"}).status_code == 403
    assert "another role" in sam.send(f"/tasks/{approval}/approve", on="/tasks").text
    assert "This task asks" in nina.send(f"/tasks/{approval}/complete", on="/tasks").text
    nina.send(f"/tasks/{approval}/reject", on="/tasks")
    assert "the first word counts" in nina.send(f"/tasks/{approval}/approve", on="/tasks").text
    with world.database.read() as connection:
        assert find_task(connection, approval).state == "rejected"
    assert nina.open("/tasks/999").status_code == 404


def test_what_is_to_be_done_names_the_customer(world: World, someone: Callable[[str], Person]) -> None:
    """The text is filled in; in German the page around it is German."""
    world.post("complaint_received", "cr-1", "C-104", {"ticket": "T-9", "about": "a broken cup"})
    admin = someone("admin")
    assert "Call Dora Demo about ticket T-9: a broken cup." in admin.text("/tasks")
    with world.database.read() as connection:
        number = find_tasks(connection).items[0].id
    page = admin.text(f"/tasks/{number}", accept_language="de")
    assert "Was zu tun ist" in page
    assert "Offer 15% off the next order." in page
    assert "open-complaint" in admin.text("/customers/C-104")
    admin.send(f"/tasks/{number}/complete", on=f"/tasks/{number}", note="She is fine")
    world.worker.work(world.now)
    assert "admin has done it" in admin.text(f"/instances/{world.instance_of('C-104', 'service-recovery')}")
    assert "open-complaint" not in admin.text("/customers/C-104")


def test_an_instance_says_whom_it_waits_for(world: World, approval: int, analyst: Person) -> None:
    """The role, and until when."""
    page = analyst.text(f"/instances/{world.instance_of('C-106', 'compensation')}")
    assert "Waits for the approval by Manager until" in page
    assert "then asks Head of service" in page


def test_each_turn_is_told_as_it_was(world: World, approval: int, analyst: Person) -> None:
    """The next role is asked; what the journal said of the first one still stands."""
    with world.database.read() as connection:
        due = find_task(connection, approval).due_at
    world.later((due - world.now) / DAY + 0.01)
    page = analyst.text(f"/instances/{world.instance_of('C-106', 'compensation')}")
    assert "Waits for the approval by Manager until" in page
    assert "it is Head of service's turn now" in page
    assert page.count("Waits for the approval by Head of service until") == 2
    assert page.count("then asks Head of service") == 1
