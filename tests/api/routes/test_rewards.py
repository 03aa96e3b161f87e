"""Rewards in the API."""

from typing import Any

import httpx
from sqlalchemy import insert

from punchcard.domain.database import table
from punchcard.domain.debts import Debt
from tests.support.shop import Shop

DEBT = table(Debt)


async def test_rewards_are_found_by_customer_campaign_and_state(
    shop: Shop, client: httpx.AsyncClient
) -> None:
    """An expired reward is told from a redeemable one by the clock, not by a job that has run."""
    good = shop.reward("C-17")
    late = shop.reward("C-18", expires_at=1)

    async def found(**parameters: str) -> list[str]:
        answer = await client.get("/v1/rewards", params=parameters)
        return [reward["code"] for reward in answer.json()["rewards"]]

    assert await found() == [late, good]
    assert await found(state="redeemable") == [good]
    assert await found(state="expired") == [late]
    assert await found(customer="C-17", campaign="spend") == [good]
    assert await found(customer="nobody") == []


async def test_a_redeemed_reward_shows_what_became_of_it(shop: Shop, client: httpx.AsyncClient) -> None:
    """Order, price and discount stand beside it."""
    code = shop.reward("C-17", kind="amount", value=1000)
    await client.post(
        f"/v1/codes/{code}/redemptions",
        json={"order": "o-7", "amount": {"amount": "30.00", "currency": "USD"}},
        headers={"Idempotency-Key": "r-1"},
    )
    reward = (await client.get("/v1/rewards/1")).json()
    (use,) = reward["redemptions"]
    assert (reward["state"], reward["uses_left"], use["order"]) == ("redeemed", 0, "o-7")
    assert use["discount"] == {"amount": "10.00", "currency": "USD"}
    assert use["redeemed_at"] == reward["redeemed_at"]
    assert reward["offer"]["amount"] == {"amount": "10.00", "currency": "USD"}


async def test_an_unknown_reward_is_not_found(client: httpx.AsyncClient) -> None:
    """404 with its own type."""
    assert (await client.get("/v1/rewards/9")).json()["type"] == "/problems/reward-unknown"


def owing(shop: Shop, **terms: Any) -> None:
    """Let the first reward be owed."""
    values = {"reward_id": 1, "amount": 1000, "currency": "USD", "status": "owed", "owed_at": shop.here.now()}
    with shop.here.database.begin() as connection:
        connection.execute(insert(DEBT).values({**values, **terms}))


async def test_what_is_owed_is_found_and_settled_once(shop: Shop, client: httpx.AsyncClient) -> None:
    """The same word again changes nothing, another one is refused."""
    shop.reward("C-17", status="redeemed")
    shop.reward("C-18")
    assert (await client.get("/v1/rewards/1")).json()["debt"] is None
    owing(shop)
    found = (await client.get("/v1/rewards", params={"debt": "owed"})).json()["rewards"]
    assert [reward["debt"]["amount"] for reward in found] == [{"amount": "10.00", "currency": "USD"}]
    body = {"how": "collected", "note": "taken off the refund"}
    assert (await client.post("/v1/rewards/1/settlement", json=body)).status_code == 200
    settled = await client.post("/v1/rewards/1/settlement", json=body)
    debt = settled.json()["debt"]
    assert (debt["state"], debt["note"]) == ("collected", "taken off the refund")
    other = await client.post("/v1/rewards/1/settlement", json={"how": "waived"})
    assert (other.status_code, other.json()["type"]) == (409, "/problems/nothing-owed")
    assert (await client.get("/v1/rewards", params={"debt": "owed"})).json()["rewards"] == []


async def test_who_may_see_rewards_may_not_settle_them(shop: Shop) -> None:
    """Settling needs a scope of its own."""
    shop.reward("C-17", status="redeemed")
    owing(shop, amount=None)
    async with shop.client(shop.make_key("reader", {"rewards:read"})) as reader:
        assert (await reader.get("/v1/rewards/1")).json()["debt"]["amount"] is None
        assert (await reader.post("/v1/rewards/1/settlement", json={"how": "waived"})).status_code == 403
