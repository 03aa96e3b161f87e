"""Rewards in the API."""

import httpx

from tests.support.shop import Shop


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
    assert (reward["state"], reward["order"]) == ("redeemed", "o-7")
    assert reward["discount"] == {"amount": "10.00", "currency": "USD"}
    assert reward["offer"]["amount"] == {"amount": "10.00", "currency": "USD"}


async def test_an_unknown_reward_is_not_found(client: httpx.AsyncClient) -> None:
    """404 with its own type."""
    assert (await client.get("/v1/rewards/9")).json()["type"] == "/problems/reward-unknown"
