"""Bodies: what is not called JSON is refused, with the header to send."""

import json

import httpx
import pytest

from tests.support.shop import Shop

POSTS = ("/v1/events", "/v1/campaigns", "/v1/checks", "/v1/codes/NX7K-4GTP-W9CR/redemptions")


@pytest.mark.parametrize("path", POSTS)
@pytest.mark.parametrize("named", ["application/x-www-form-urlencoded", "text/plain", None])
async def test_what_is_not_called_json_is_refused(
    shop: Shop, client: httpx.AsyncClient, path: str, named: str | None
) -> None:
    """Above all what curl sends when nobody tells it: the problem names the header."""
    body = json.dumps(shop.order("o-1", "C-17", "10.00"))
    answer = await client.post(path, content=body, headers={} if named is None else {"Content-Type": named})
    problem = answer.json()
    assert (answer.status_code, problem["type"]) == (415, "/problems/not-json")
    assert (named or "does not say") in problem["detail"]
    assert problem["remedy"] == "Send the header `Content-Type: application/json`."


@pytest.mark.parametrize(
    "named", ["application/json", "Application/JSON; charset=utf-8", "application/cloudevents+json"]
)
async def test_json_has_several_names(shop: Shop, client: httpx.AsyncClient, named: str) -> None:
    """Capitals, parameters and formats that are built on it."""
    body = json.dumps(shop.order("o-1", "C-17", "10.00"))
    answer = await client.post("/v1/events", content=body, headers={"Content-Type": named})
    assert answer.json() == {"id": "o-1", "status": "accepted"}


async def test_without_a_body_there_is_nothing_to_name(client: httpx.AsyncClient) -> None:
    """What is missing is told instead; reading needs no header either."""
    assert (await client.post("/v1/campaigns")).status_code == 422
    assert (await client.get("/v1/campaigns")).status_code == 200


async def test_every_operation_with_a_body_says_so(shop: Shop) -> None:
    """415 is described wherever it can be answered, and nowhere else."""
    for path in shop.app.openapi()["paths"].values():
        for operation in path.values():
            assert ("415" in operation["responses"]) is ("requestBody" in operation), operation["operationId"]
