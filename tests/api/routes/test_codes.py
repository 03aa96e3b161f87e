"""Codes at the till."""

import asyncio
import json
from collections.abc import AsyncIterator

import httpx
import pytest
from sqlalchemy import select

from api.guessing import UNKNOWN_CODES_A_MINUTE
from punchcard.domain.codes import make_code
from punchcard.domain.database import table
from punchcard.domain.outbox import TABLE as OUTBOX
from punchcard.domain.rewards import Redemption
from tests.support.shop import DAY, Shop

REDEMPTION = table(Redemption)


def named(key: str) -> dict[str, str]:
    """The header that names a request."""
    return {"Idempotency-Key": key}


PRICE = {"amount": {"amount": "49.99", "currency": "USD"}}


@pytest.fixture(params=["shop", "postgres_shop"])
def either(request: pytest.FixtureRequest) -> Shop:
    """A shop on SQLite, then one on PostgreSQL."""
    made: Shop = request.getfixturevalue(request.param)
    return made


@pytest.fixture
async def till(either: Shop) -> AsyncIterator[httpx.AsyncClient]:
    """A till whose key may redeem and nothing else."""
    async with either.client(either.make_key("till", {"codes:redeem"})) as made:
        yield made


async def test_a_code_is_shown_however_it_was_typed(shop: Shop, client: httpx.AsyncClient) -> None:
    """Case, spaces and dashes do not matter."""
    code = shop.reward("C-17")
    answer = await client.get(f"/v1/codes/{code.replace('-', ' ').lower()}")
    assert answer.status_code == 200
    shown = answer.json()
    assert shown["code"] == code
    assert shown["state"] == "redeemable"
    assert shown["offer"] == {
        "kind": "share",
        "percent": "20",
        "amount": None,
        "item": None,
        "gift": None,
        "at_most": None,
    }


async def test_a_share_is_rounded_to_the_nearest_cent_halves_up(
    shop: Shop, client: httpx.AsyncClient
) -> None:
    """12.5% of 0.20 is 2.5 cents, and so 3."""
    code = shop.reward("C-17", value=1250)
    body = {"amount": {"amount": "0.20", "currency": "USD"}, "order": "o-9"}
    answer = await client.post(f"/v1/codes/{code}/redemptions", json=body, headers=named("r-1"))
    assert answer.status_code == 201
    assert answer.json()["discount"] == {"amount": "0.03", "currency": "USD"}
    assert answer.json()["to_pay"] == {"amount": "0.17", "currency": "USD"}
    assert answer.json()["order"] == "o-9"


async def test_a_share_takes_off_no_more_than_its_bound(shop: Shop, client: httpx.AsyncClient) -> None:
    """A free coffee is good for a coffee, whatever else is in the basket."""
    code = shop.reward("C-17", value=10_000, most=500)
    assert (await client.get(f"/v1/codes/{code}")).json()["offer"]["at_most"]["amount"] == "5.00"
    answer = await client.post(f"/v1/codes/{code}/redemptions", json=PRICE, headers=named("r-1"))
    assert answer.json()["discount"]["amount"] == "5.00"
    assert answer.json()["to_pay"]["amount"] == "44.99"


@pytest.mark.parametrize(
    ("kind", "what", "told"),
    [
        ("free", "tote-bag", {"item": "tote-bag"}),
        ("shipping", None, {}),
        ("gift", "A mug", {"gift": "A mug"}),
    ],
)
async def test_what_is_no_discount_is_used_up_and_said(
    shop: Shop, client: httpx.AsyncClient, kind: str, what: str | None, told: dict[str, str]
) -> None:
    """The till hands it over; nothing is taken off the price, and a second time it is refused."""
    code = shop.reward("C-17", kind=kind, value=0, what=what)
    offer = {
        "kind": kind,
        "percent": None,
        "at_most": None,
        "amount": None,
        "item": None,
        "gift": None,
    } | told
    assert (await client.get(f"/v1/codes/{code}")).json()["offer"] == offer
    answer = await client.post(f"/v1/codes/{code}/redemptions", json=PRICE, headers=named("r-1"))
    assert answer.status_code == 201
    assert (answer.json()["discount"], answer.json()["to_pay"]) == (None, None)
    assert answer.json()["code"]["offer"] == offer
    again = await client.post(f"/v1/codes/{code}/redemptions", json=PRICE, headers=named("r-2"))
    assert again.json()["type"].endswith("code-redeemed")


async def test_an_amount_is_never_more_than_the_price(shop: Shop, client: httpx.AsyncClient) -> None:
    """A reward of 60 on goods of 49.99 takes off 49.99."""
    code = shop.reward("C-17", kind="amount", value=6000)
    answer = await client.post(f"/v1/codes/{code}/redemptions", json=PRICE, headers=named("r-1"))
    assert answer.json()["discount"]["amount"] == "49.99"
    assert answer.json()["to_pay"]["amount"] == "0.00"


async def test_without_a_price_there_is_no_discount_yet(shop: Shop, client: httpx.AsyncClient) -> None:
    """A till may redeem first and compute by itself."""
    code = shop.reward("C-17")
    answer = await client.post(f"/v1/codes/{code}/redemptions", json={}, headers=named("r-1"))
    assert answer.status_code == 201
    assert answer.json()["discount"] is None


async def test_repeating_a_redemption_changes_nothing(either: Shop, till: httpx.AsyncClient) -> None:
    """The second answer is the first one, whenever it is sent."""
    code = either.reward("C-17")
    first = await till.post(f"/v1/codes/{code}/redemptions", json=PRICE, headers=named("r-1"))
    again = await till.post(f"/v1/codes/{code}/redemptions", json=PRICE, headers=named("r-1"))
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json() == first.json()
    other = await till.post(f"/v1/codes/{code}/redemptions", json={"order": "o-2"}, headers=named("r-1"))
    assert other.status_code == 409
    assert other.json()["type"] == "/problems/idempotency-key-reused"


async def test_of_two_tills_at_once_one_wins(either: Shop, till: httpx.AsyncClient) -> None:
    """Eight tills show one code at the same moment: one redemption, told once to the instance."""
    code = either.reward("C-17")
    answers = await asyncio.gather(
        *(
            till.post(f"/v1/codes/{code}/redemptions", json=PRICE, headers=named(f"till-{n}"))
            for n in range(8)
        )
    )
    assert sorted(answer.status_code for answer in answers) == [201] + [409] * 7
    assert {a.json()["type"] for a in answers if a.status_code == 409} == {"/problems/code-redeemed"}
    with either.here.database.read() as connection:
        assert len(connection.execute(select(REDEMPTION)).all()) == 1
        told = connection.execute(select(OUTBOX.c.payload).where(OUTBOX.c.kind == "deliver")).scalars().all()
    assert len(told) == 1
    assert '"coupon.redeemed"' in told[0]


async def test_a_code_for_several_orders_says_how_many_uses_are_left(
    either: Shop, till: httpx.AsyncClient
) -> None:
    """Once for each order; a repeated request is answered as it was the first time, whatever has happened since."""
    code = either.reward("C-17", orders=3)
    uses = [{**PRICE, "order": f"o-{number}"} for number in range(3)]
    answers = [
        await till.post(f"/v1/codes/{code}/redemptions", json=uses[n], headers=named(f"o-{n}"))
        for n in (0, 1)
    ]
    assert [answer.json()["code"]["uses_left"] for answer in answers] == [2, 1]
    assert [answer.json()["discount"]["amount"] for answer in answers] == ["10.00", "10.00"]
    same = await till.post(f"/v1/codes/{code}/redemptions", json=uses[0], headers=named("another"))
    assert (same.status_code, same.json()["type"]) == (409, "/problems/code-used-for-order")
    last = await till.post(f"/v1/codes/{code}/redemptions", json=uses[2], headers=named("o-2"))
    shown = last.json()["code"]
    assert (shown["orders"], shown["uses_left"], shown["state"]) == (3, 0, "redeemed")
    again = await till.post(f"/v1/codes/{code}/redemptions", json=uses[0], headers=named("o-0"))
    assert (again.status_code, again.json()) == (200, answers[0].json())
    over = await till.post(f"/v1/codes/{code}/redemptions", json=PRICE, headers=named("o-3"))
    assert (over.status_code, over.json()["type"]) == (409, "/problems/code-redeemed")


async def test_two_tills_take_the_last_use_once(either: Shop, till: httpx.AsyncClient) -> None:
    """Eight tills show a code with three uses at the same moment: three redemptions, the last told as such."""
    code = either.reward("C-17", orders=3)
    answers = await asyncio.gather(
        *(
            till.post(f"/v1/codes/{code}/redemptions", json={"order": f"o-{n}"}, headers=named(f"till-{n}"))
            for n in range(8)
        )
    )
    assert sorted(answer.status_code for answer in answers) == [201] * 3 + [409] * 5
    left = [answer.json()["code"]["uses_left"] for answer in answers if answer.status_code == 201]
    assert sorted(left) == [0, 1, 2]
    with either.here.database.read() as connection:
        assert sorted(connection.execute(select(REDEMPTION.c.number)).scalars()) == [1, 2, 3]
        told = connection.execute(select(OUTBOX.c.payload).where(OUTBOX.c.kind == "deliver")).scalars().all()
    names = [json.loads(payload)["name"] for payload in told]
    assert sorted(names) == ["coupon.redeemed", "coupon.redeemed", "coupon.used_up"]


async def test_one_order_takes_one_use_however_many_tills_ask(either: Shop, till: httpx.AsyncClient) -> None:
    """The others are told that it was used for this order."""
    code = either.reward("C-17", orders=3)
    answers = await asyncio.gather(
        *(
            till.post(f"/v1/codes/{code}/redemptions", json={"order": "o-1"}, headers=named(f"till-{n}"))
            for n in range(6)
        )
    )
    assert sorted(answer.status_code for answer in answers) == [201] + [409] * 5
    assert (await till.get(f"/v1/codes/{code}")).json()["uses_left"] == 2


async def test_one_request_sent_many_times_at_once_is_one_redemption(
    either: Shop, till: httpx.AsyncClient
) -> None:
    """A till that lost its patience gets the same answer each time."""
    code = either.reward("C-17")
    answers = await asyncio.gather(
        *(till.post(f"/v1/codes/{code}/redemptions", json=PRICE, headers=named("r-1")) for _ in range(8))
    )
    assert sorted(answer.status_code for answer in answers) == [200] * 7 + [201]
    assert len({answer.json()["redemption"] for answer in answers}) == 1


async def test_one_key_for_two_codes_at_once_redeems_one(either: Shop, till: httpx.AsyncClient) -> None:
    """The key stands for whichever came first; the other code stays unused."""
    codes = [either.reward("C-17"), either.reward("C-18")]
    answers = await asyncio.gather(
        *(till.post(f"/v1/codes/{code}/redemptions", json={}, headers=named("r-1")) for code in codes)
    )
    assert sorted(answer.status_code for answer in answers) == [201, 409]
    states = [(await till.get(f"/v1/codes/{code}")).json()["state"] for code in codes]
    assert sorted(states) == ["redeemable", "redeemed"]


@pytest.mark.parametrize(
    ("terms", "body", "status", "slug"),
    [
        ({"expires_at": 1}, {}, 410, "code-expired"),
        ({"status": "revoked", "revoked_at": 1}, {}, 410, "code-revoked"),
        ({"status": "redeemed", "redeemed_at": 1}, {}, 409, "code-redeemed"),
        ({}, {"customer": "C-18"}, 409, "code-of-another-customer"),
        ({}, {"amount": {"amount": "1.00", "currency": "EUR"}}, 409, "currency-unfit"),
    ],
)
async def test_each_reason_has_a_problem_of_its_own(
    shop: Shop, client: httpx.AsyncClient, terms: dict[str, int], body: dict[str, str], status: int, slug: str
) -> None:
    """A till can tell the customer why."""
    code = shop.reward("C-17", **terms)
    answer = await client.post(f"/v1/codes/{code}/redemptions", json=body, headers=named("r-1"))
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["type"] == f"/problems/{slug}"
    assert answer.json()["remedy"]


async def test_the_right_customer_may_redeem(shop: Shop, client: httpx.AsyncClient) -> None:
    """Who earned the reward is known by the shop's own id."""
    code = shop.reward("C-17")
    answer = await client.post(
        f"/v1/codes/{code}/redemptions", json={"customer": "C-17"}, headers=named("r-1")
    )
    assert answer.status_code == 201


async def test_a_code_ends_at_the_instant_of_its_end(shop: Shop) -> None:
    """One millisecond before it is good, at it no longer."""
    from punchcard.domain.redeeming import code_state

    assert code_state("issued", 5 * DAY, 5 * DAY - 1) == "redeemable"
    assert code_state("issued", 5 * DAY, 5 * DAY) == "expired"


async def test_guessing_codes_is_slowed_down(shop: Shop, client: httpx.AsyncClient) -> None:
    """After so many unknown codes even a real one is not shown, and the answer says when to go on."""
    code = shop.reward("C-17")
    for _ in range(UNKNOWN_CODES_A_MINUTE):
        assert (await client.get(f"/v1/codes/{make_code()}")).status_code == 404
    answer = await client.get(f"/v1/codes/{code}")
    assert answer.status_code == 429
    assert answer.json()["type"] == "/problems/too-many-guesses"
    assert 0 < int(answer.headers["retry-after"]) <= 60
    redeeming = await client.post(f"/v1/codes/{make_code()}/redemptions", json={}, headers=named("r-1"))
    assert redeeming.status_code == 429


async def test_a_redemption_needs_a_key(shop: Shop, client: httpx.AsyncClient) -> None:
    """Without one a repeated request could not be told from another."""
    code = shop.reward("C-17")
    answer = await client.post(f"/v1/codes/{code}/redemptions", json={})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "Idempotency-Key"
