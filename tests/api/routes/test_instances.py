"""Instances: found, seen, told."""

from typing import Any

import httpx
import pytest
from sqlalchemy import insert, select, update

from punchcard.domain.audit import ENTRY
from punchcard.domain.database import dump, table
from punchcard.domain.instances import Incident, Instance, Tick
from punchcard.domain.outbox import TABLE as OUTBOX
from punchcard.plan.state import State, Token, to_data
from tests.support.shop import SPEND, Shop

INSTANCE, INCIDENT, TICK = table(Instance), table(Incident), table(Tick)


def change(shop: Shop, id_: str, **values: Any) -> None:
    """Bring an instance to where a test wants it."""
    with shop.here.database.begin() as connection:
        connection.execute(update(INSTANCE).where(INSTANCE.c.id == id_).values(**values))


def stand_at(shop: Shop, id_: str, *tokens: Token) -> None:
    """Let the latest tick of an instance say that it stands there."""
    state = dump(to_data(State(tick=1, tokens=list(tokens))))
    tick = {"number": 1, "digest": "", "event": "{}", "results": "{}", "state": state, "at": 1}
    with shop.here.database.begin() as connection:
        connection.execute(insert(TICK).values(instance_id=id_, **tick))
    change(shop, id_, status="open", tick=1)


def commands(shop: Shop) -> list[str]:
    """What instances were told by operators."""
    with shop.here.database.read() as connection:
        rows = connection.execute(select(OUTBOX.c.payload).where(OUTBOX.c.kind == "command"))
        return list(rows.scalars())


async def earn(shop: Shop, client: httpx.AsyncClient, customer: str, times: int) -> list[str]:
    """Let a customer earn so many instances, and return their ids."""
    shop.publish(SPEND)
    await client.post("/v1/events", json=shop.order(f"o-{customer}", customer, f"{500 * times}.00"))
    found = await client.get("/v1/instances", params={"customer": customer, "limit": 200})
    return [each["id"] for each in found.json()["instances"]]


async def test_pages_show_every_instance_once(shop: Shop, client: httpx.AsyncClient) -> None:
    """Following `next` leads through all of them, though many were created in the same millisecond."""
    ids = await earn(shop, client, "C-17", 23)
    seen: list[str] = []
    parameters: dict[str, Any] = {"limit": 5}
    while True:
        page = (await client.get("/v1/instances", params=parameters)).json()
        seen += [each["id"] for each in page["instances"]]
        if page["next"] is None:
            break
        parameters["cursor"] = page["next"]
    assert sorted(seen) == sorted(ids)
    assert len(seen) == 23


@pytest.mark.parametrize("cursor", ["x", "WzFd", "WyJhIiwiYiJd", "bnVsbA", "é"])
async def test_a_made_up_cursor_is_refused(client: httpx.AsyncClient, cursor: str) -> None:
    """No page begins there."""
    answer = await client.get("/v1/instances", params={"cursor": cursor})
    assert answer.status_code == 404
    assert answer.json()["type"] == "/problems/cursor-unknown"


async def test_instances_are_found_by_state_step_time_and_words(
    shop: Shop, client: httpx.AsyncClient
) -> None:
    """Each filter narrows the list; the counts agree with it."""
    first, second, third = await earn(shop, client, "C-17", 3)
    await earn(shop, client, "C-18", 1)
    change(shop, first, status="open", phase="waiting", step="2", waits_for='["coupon.redeemed"]', deadline=1)
    change(shop, second, status="open", incidents=1, step="1", phase="parked")
    change(shop, third, status="closed", outcome="cancelled")

    async def found(**parameters: str) -> set[str]:
        answer = await client.get("/v1/instances", params=parameters)
        assert answer.status_code == 200, answer.text
        return {each["id"] for each in answer.json()["instances"]}

    assert await found(state="waiting") == {first}
    assert await found(state="incident", customer="C-17") == {second}
    assert await found(state="cancelled") == {third}
    assert await found(step="2") == {first}
    assert await found(q=first) == {first}
    assert await found(q="C-18") == await found(customer="C-18")
    assert len(await found(campaign="spend")) == 4
    assert await found(campaign="other") == set()
    assert await found(since="2999-01-01T00:00:00Z") == set()
    assert len(await found(until="2999-01-01T00:00:00+02:00")) == 4
    counts = (await client.get("/v1/instances/counts", params={"customer": "C-17"})).json()
    assert counts["by_state"] == {"waiting": 1, "incident": 1, "cancelled": 1}
    assert {"campaign": "spend", "state": "waiting", "step": "2", "instances": 1} in counts["by_step"]


async def test_an_instance_is_found_by_the_code_that_it_gave(shop: Shop, client: httpx.AsyncClient) -> None:
    """A customer on the telephone reads out the code."""
    code = shop.reward("C-17")
    found = (await client.get("/v1/instances", params={"q": code.lower()})).json()
    assert [each["customer"] for each in found["instances"]] == ["C-17"]
    whole = (await client.get(f"/v1/instances/{found['instances'][0]['id']}")).json()
    assert [reward["code"] for reward in whole["rewards"]] == [code]
    assert whole["generations"] == [whole["id"]]


async def test_cancelling_is_told_and_written_down(shop: Shop, client: httpx.AsyncClient) -> None:
    """The command goes through the outbox, the deed into the log with the key's name."""
    (id_,) = await earn(shop, client, "C-17", 1)
    body = {"command": "cancel", "reason": "asked for it"}
    answer = await client.post(f"/v1/instances/{id_}/commands", json=body)
    assert answer.status_code == 202
    assert commands(shop) == ['{"actor":"key:shop","name":"cancel","reason":"asked for it"}']
    with shop.here.database.read() as connection:
        deed = connection.execute(select(ENTRY).where(ENTRY.c.action == "instance.cancel")).one()
    assert (deed.actor, deed.object) == ("key:shop", id_)


async def test_pausing_and_resuming_an_instance(shop: Shop, client: httpx.AsyncClient) -> None:
    """Its state says so, and on resuming it is told how long it was kept."""
    (id_,) = await earn(shop, client, "C-17", 1)
    path = f"/v1/instances/{id_}/commands"
    assert (await client.post(path, json={"command": "pause"})).json()["state"] == "paused"
    assert (await client.post(path, json={"command": "pause"})).status_code == 202
    assert (await client.post(path, json={"command": "resume"})).json()["state"] == "unstarted"
    assert (await client.post(path, json={"command": "resume"})).status_code == 202
    assert len(commands(shop)) == 1
    assert '"paused":' in commands(shop)[0]


async def test_retry_and_skip_need_something_to_act_on(shop: Shop, client: httpx.AsyncClient) -> None:
    """A step that is parked can be retried, one that waits can be skipped; another path is another step."""
    (id_,) = await earn(shop, client, "C-17", 1)
    path = f"/v1/instances/{id_}/commands"

    async def told(**body: str) -> tuple[int, str | None]:
        answer = await client.post(path, json=body)
        return answer.status_code, answer.json().get("type")

    assert await told(command="retry") == (409, "/problems/nothing-to-retry")
    assert await told(command="skip") == (409, "/problems/nothing-to-skip")
    stand_at(shop, id_, Token("2", 1, 0, "waiting"), Token("3", 1, 0, "performing"))
    assert await told(command="skip", step="3") == (409, "/problems/nothing-to-skip")
    assert await told(command="skip", step="2") == (202, None)
    assert await told(command="skip", step="1") == (409, "/problems/nothing-to-skip")
    with shop.here.database.begin() as connection:
        connection.execute(
            insert(INCIDENT).values(
                instance_id=id_, campaign="spend", key="1#1", path="1", error="budget_exhausted", opened_at=1
            )
        )
    assert await told(command="retry", step="1") == (202, None)
    assert await told(command="retry", step="2") == (409, "/problems/nothing-to-retry")


async def test_what_has_ended_cannot_be_told_anything(shop: Shop, client: httpx.AsyncClient) -> None:
    """And what does not exist is not found."""
    (id_,) = await earn(shop, client, "C-17", 1)
    change(shop, id_, status="closed", outcome="completed")
    for command in ("cancel", "pause", "resume", "retry", "skip"):
        answer = await client.post(f"/v1/instances/{id_}/commands", json={"command": command})
        assert answer.json()["type"] == "/problems/instance-closed"
    answer = await client.post("/v1/instances/none/commands", json={"command": "cancel"})
    assert answer.json()["type"] == "/problems/instance-unknown"
    assert (await client.get("/v1/instances/none")).status_code == 404


async def test_a_command_about_the_whole_names_no_step(shop: Shop, client: httpx.AsyncClient) -> None:
    """Strict shapes: what would be overlooked is refused."""
    (id_,) = await earn(shop, client, "C-17", 1)
    answer = await client.post(f"/v1/instances/{id_}/commands", json={"command": "cancel", "step": "1"})
    assert answer.status_code == 422
