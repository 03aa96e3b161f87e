"""Event types and their versions."""

from typing import Any

import httpx
import pytest

from api.routes.event_types import EXAMPLE
from tests.support.shop import Shop

PATH = "/v1/event-types/store_visited"


async def test_a_registered_type_is_taken_and_its_data_are_checked(
    shop: Shop, client: httpx.AsyncClient
) -> None:
    """Data that do not fit are named by their field."""
    answer = await client.put(PATH, json={"schema": EXAMPLE})
    assert answer.status_code == 201
    assert answer.json()["version"] == 1
    well = shop.event("v-1", "store_visited", "C-17", {"store": "Berlin"})
    assert (await client.post("/v1/events", json=well)).json()["status"] == "accepted"
    wrong = shop.event("v-2", "store_visited", "C-17", {"store": "Berlin", "minutes": -1})
    answer = await client.post("/v1/events", json=wrong)
    assert answer.status_code == 409
    assert answer.json()["errors"][0]["field"] == "data.minutes"


async def test_the_same_schema_is_the_same_version_and_another_is_the_next(client: httpx.AsyncClient) -> None:
    """Registering again is safe; every version stays visible, the latest first."""
    assert (await client.put(PATH, json={"schema": EXAMPLE})).status_code == 201
    assert (await client.put(PATH, json={"schema": EXAMPLE})).status_code == 200
    assert (await client.put(PATH, json={"schema": {"type": "object"}})).json()["version"] == 2
    listed = (await client.get(PATH)).json()["event_types"]
    assert [each["version"] for each in listed] == [2, 1]
    assert listed[1]["schema"] == EXAMPLE
    assert len((await client.get("/v1/event-types")).json()["event_types"]) == 2


@pytest.mark.parametrize("name", ["order", "profile"])
async def test_the_built_in_types_cannot_be_replaced(client: httpx.AsyncClient, name: str) -> None:
    """An order is an order."""
    answer = await client.put(f"/v1/event-types/{name}", json={"schema": {}})
    assert answer.status_code == 409
    assert answer.json()["type"] == "/problems/name-taken"


@pytest.mark.parametrize("schema", [{"type": "colour"}, {"$ref": "https://shop.example/schema.json"}])
async def test_a_schema_that_cannot_be_used_is_refused(
    client: httpx.AsyncClient, schema: dict[str, Any]
) -> None:
    """The reason is told."""
    answer = await client.put(PATH, json={"schema": schema})
    assert answer.status_code == 409
    assert answer.json()["type"] == "/problems/schema-refused"


async def test_an_unknown_type_is_not_found(client: httpx.AsyncClient) -> None:
    """404 with what to do about it."""
    answer = await client.get(PATH)
    assert answer.status_code == 404
    assert answer.json()["type"] == "/problems/event-type-unknown"
