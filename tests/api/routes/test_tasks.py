"""Tasks in the API."""

from __future__ import annotations

import httpx
import pytest

from tests.domain.course import Course, campaign
from tests.plan.samples import approve, task
from tests.support.shop import Shop


@pytest.fixture
def decision(shop: Shop) -> Course:
    """An instance that waits for a manager."""
    course = Course(shop.here.database, campaign(approve("manager", "head")))
    course.begin()
    return course


async def test_tasks_are_found_and_shown(decision: Course, client: httpx.AsyncClient) -> None:
    """By role, state, campaign and customer; each says who is asked until when."""

    async def found(**parameters: str) -> int:
        return len((await client.get("/v1/tasks", params=parameters)).json()["tasks"])

    assert await found(role="manager", open="true", customer="ann", campaign="test") == 1
    assert await found(role="head") == await found(open="false") == await found(customer="bob") == 0
    shown = (await client.get("/v1/tasks/1")).json()
    assert (shown["kind"], shown["role"], shown["asked"], shown["state"], shown["text"]) == (
        "approve", "manager", ["manager"], "open", "",
    )  # fmt: skip
    assert (await client.get("/v1/tasks/9")).json()["type"] == "/problems/task-unknown"


async def test_a_decision_can_be_repeated_but_not_changed(
    decision: Course, client: httpx.AsyncClient
) -> None:
    """The same again answers the same; another one is a conflict."""
    body = {"approved": True, "note": "fine"}
    first = await client.post("/v1/tasks/1/decision", json=body)
    again = await client.post("/v1/tasks/1/decision", json=body)
    assert first.status_code == again.status_code == 200
    assert first.json() == again.json()
    assert (first.json()["state"], first.json()["note"]) == ("approved", "fine")
    other = await client.post("/v1/tasks/1/decision", json={"approved": False})
    assert (other.status_code, other.json()["type"]) == (409, "/problems/already-decided")
    wrong = await client.post("/v1/tasks/1/completion", json={})
    assert (wrong.status_code, wrong.json()["detail"]) == (409, "This task asks for a decision.")


async def test_work_is_completed(shop: Shop, client: httpx.AsyncClient) -> None:
    """The text is the campaign's, filled in."""
    course = Course(shop.here.database, campaign(task("service")))
    course.begin()
    assert (await client.get("/v1/tasks/1")).json()["text"] == "Call"
    done = await client.post("/v1/tasks/1/completion", json={"note": None})
    assert done.json()["state"] == "done"


async def test_a_key_needs_the_scope(shop: Shop, decision: Course) -> None:
    """To see is not to decide."""
    async with shop.client(shop.make_key("reader", {"tasks:read"})) as reader:
        assert (await reader.get("/v1/tasks")).status_code == 200
        assert (await reader.post("/v1/tasks/1/decision", json={"approved": True})).status_code == 403


@pytest.mark.parametrize("path", ["/v1/tasks/1/decision", "/v1/rewards/1/settlement"])
async def test_a_note_holds_no_sign_that_a_database_does_not_take(
    client: httpx.AsyncClient, path: str
) -> None:
    """It is refused as any other value that does not fit, whether or not there is such a task."""
    body = {"approved": True} if "tasks" in path else {"how": "waived"}
    answer = await client.post(path, json={**body, "note": "one\x00two"})
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "note")
