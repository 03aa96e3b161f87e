"""Keys: who may call what."""

import httpx

from punchcard.domain.keys import list_keys, revoke_key
from tests.support.shop import Shop

OPEN_TO_ALL = {
    "/healthz",
    "/readyz",
    "/v1/schemas/campaign.json",
    "/v1/schemas/programme.json",
    "/v1/schemas/tests.json",
}


async def test_without_a_key_nothing_is_answered(shop: Shop) -> None:
    """401 names the scheme; a wrong key and another scheme are no better."""
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(shop.app), base_url="http://shop.test"
    ) as nobody:
        for header in ({}, {"Authorization": "Bearer pc_wrong"}, {"Authorization": "Basic cGM6"}):
            answer = await nobody.get("/v1/campaigns", headers=header)
            assert answer.status_code == 401
            assert answer.headers["www-authenticate"].startswith("Bearer")
            assert answer.json()["type"] == "/problems/unauthenticated"


async def test_a_revoked_key_is_worth_nothing_at_once(shop: Shop) -> None:
    """Not after some cache has run out."""
    key = shop.make_key("till", {"rewards:read"})
    async with shop.client(key) as till:
        assert (await till.get("/v1/rewards")).status_code == 200
        with shop.here.database.begin() as connection:
            revoke_key(connection, "till", "cli", shop.here.now())
        assert (await till.get("/v1/rewards")).status_code == 401


async def test_a_key_does_what_its_scopes_say(shop: Shop) -> None:
    """403 names the scope that is missing."""
    async with shop.client(shop.make_key("reader", {"instances:read"})) as reader:
        assert (await reader.get("/v1/instances")).status_code == 200
        answer = await reader.post("/v1/instances/x/commands", json={"command": "cancel"})
    assert answer.status_code == 403
    assert "instances:operate" in answer.json()["remedy"]


async def test_the_use_of_a_key_is_noted(shop: Shop, client: httpx.AsyncClient) -> None:
    """Keys that nobody uses can be found and revoked."""
    await client.get("/v1/campaigns")
    with shop.here.database.read() as connection:
        assert list_keys(connection)[0].last_used_at is not None


def test_every_operation_needs_a_key(shop: Shop) -> None:
    """The document says of each operation but the health checks that it is secured, and by which problems."""
    document = shop.app.openapi()
    for path, operations in document["paths"].items():
        for operation in operations.values():
            assert bool(operation.get("security")) == (path not in OPEN_TO_ALL), path
            if path not in OPEN_TO_ALL:
                assert {"401", "403", "422", "503"} <= set(operation["responses"])


async def test_no_operation_forgets_to_look_at_the_scopes(shop: Shop) -> None:
    """A key for browsers opens nothing but events."""
    words = {"campaign": "c", "version": "0" * 64, "instance": "i", "code": "c", "customer": "c"}
    numbers = {"reward": 1, "task": 1}
    body = {"command": "pause", "text": "", "customer": "c", "schema": {}}
    async with shop.client(shop.make_key("page", {"events:browser"})) as browser:
        for path, operations in shop.app.openapi()["paths"].items():
            for method in operations.keys() if path not in OPEN_TO_ALL | {"/v1/events"} else ():
                answer = await browser.request(
                    method,
                    path.format(**words, **numbers, name="n"),
                    json=body,
                    headers={"Idempotency-Key": "k"},
                )
                assert answer.status_code == 403 or answer.json()["errors"], (method, path)
                assert answer.status_code in (403, 422)
