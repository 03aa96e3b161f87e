"""What surrounds every request."""

import httpx
from structlog.testing import capture_logs

from tests.support.shop import Shop


async def test_answers_are_not_kept_by_caches(client: httpx.AsyncClient) -> None:
    """Nor is their type guessed by browsers."""
    answer = await client.get("/v1/campaigns")
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"


async def test_the_log_names_routes_and_no_people(shop: Shop, client: httpx.AsyncClient) -> None:
    """Ids of customers, codes, tokens and search words stay out of it."""
    with capture_logs() as lines:
        await client.get("/v1/customers/jane@shop.example", params={"surplus": "jane"})
        await client.get("/a/some-token", params={"answer": "5"})
        await client.get("/nowhere/jane")
    requests = [line for line in lines if line["event"] == "request"]
    assert [line["route"] for line in requests] == ["/v1/customers/{customer}", "/a/{token}", ""]
    assert [line["status"] for line in requests] == [404, 404, 404]
    assert "jane" not in str(lines)
