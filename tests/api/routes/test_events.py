"""Events, one at a time and in batches."""

from typing import Any

import httpx
import pytest
from pydantic import ValidationError
from sqlalchemy import func, select

from api.shapes.events import ORDER, PROFILE, REFUND, AnyEvent, fits
from punchcard.domain.database import table
from punchcard.domain.events import Event
from punchcard.router.wire import Envelope
from tests.support.shop import SPEND, Shop

EVENT = table(Event)

VISITED = """\
campaign: visited
title: For each page once
currency: USD
when:
  event: {name: visited, once_per: page}
steps:
  - wait: 1 day
"""


def stored(shop: Shop) -> int:
    """How many events were accepted."""
    with shop.here.database.read() as connection:
        return int(connection.execute(select(func.count()).select_from(EVENT)).scalar_one())


async def test_an_order_that_crosses_the_threshold_starts_an_instance(
    shop: Shop, client: httpx.AsyncClient
) -> None:
    """What is posted counts at once, and the customer's instance is found."""
    shop.publish(SPEND)
    answer = await client.post("/v1/events", json=shop.order("o-1", "C-17", "1250.00"))
    assert answer.status_code == 200
    assert answer.json() == {"id": "o-1", "status": "accepted"}
    found = (await client.get("/v1/instances", params={"customer": "C-17"})).json()
    assert len(found["instances"]) == 2
    customer = (await client.get("/v1/customers/C-17")).json()
    assert customer["progress"] == [
        {
            "campaign": "spend",
            "spent": {"amount": "1250.00", "currency": "USD"},
            "orders": None,
            "missing": {"amount": "250.00", "currency": "USD"},
            "earned": 2,
        }
    ]


async def test_the_same_event_again_changes_nothing_and_another_content_is_a_conflict(
    shop: Shop, client: httpx.AsyncClient
) -> None:
    """Identity is the id within the key's source."""
    order = shop.order("o-1", "C-17", "10.00")
    await client.post("/v1/events", json=order)
    assert (await client.post("/v1/events", json=order)).json()["status"] == "duplicate"
    changed = {**order, "data": {"amount": {"amount": "11.00", "currency": "USD"}}}
    answer = await client.post("/v1/events", json=changed)
    assert answer.status_code == 409
    assert answer.json()["type"] == "/problems/event-conflict"
    revised = await client.post("/v1/events", json={**changed, "revision": 1})
    assert revised.json()["status"] == "accepted"


async def test_in_a_batch_what_is_well_is_taken_and_each_mistake_is_named(
    shop: Shop, client: httpx.AsyncClient
) -> None:
    """207 says that not all was accepted; the answers stand in the order of the events."""
    order = shop.order("o-1", "C-17", "10.00")
    unfit = shop.order("o-3", "C-17", "10.001")
    events: list[Any] = [order, {"id": "o-2", "type": "order"}, unfit, "nonsense", order]
    answer = await client.post("/v1/events", json={"events": events})
    assert answer.status_code == 207
    body = answer.json()
    assert [result["status"] for result in body["results"]] == [
        "accepted",
        "invalid",
        "invalid",
        "invalid",
        "duplicate",
    ]
    assert (body["accepted"], body["duplicate"], body["conflict"], body["invalid"]) == (1, 1, 0, 3)
    assert {error["field"] for error in body["results"][1]["errors"]} == {"occurred_at", "data"}
    assert body["results"][2]["errors"][0]["field"] == "data.amount"
    assert stored(shop) == 1


async def test_a_batch_that_is_all_well_is_answered_200(shop: Shop, client: httpx.AsyncClient) -> None:
    """An order and its refund in one batch."""
    refund = shop.event("r-1", "refund", None, {"order": "o-1"})
    answer = await client.post("/v1/events", json={"events": [shop.order("o-1", "C-17", "10.00"), refund]})
    assert answer.status_code == 200
    assert answer.json()["accepted"] == 2


@pytest.mark.parametrize(
    ("body", "field"),
    [
        (b"{", ""),
        (b"\xff\xfe", ""),
        (b'{"events": []}', "events"),
        (b'{"events": {}}', "events"),
        (b'{"events": [], "history": true}', "history"),
        (b"[]", ""),
        (b'{"id": "x", "type": "order", "occurred_at": NaN}', ""),
    ],
)
async def test_what_is_no_event_is_refused(client: httpx.AsyncClient, body: bytes, field: str) -> None:
    """422 says that the request is not of the documented shape."""
    answer = await client.post("/v1/events", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == 422
    assert answer.json()["type"] == "/problems/request-unfit"
    if field:
        assert answer.json()["errors"][0]["field"] == field


async def test_a_batch_has_a_thousand_events_at_most(shop: Shop, client: httpx.AsyncClient) -> None:
    """One more is refused as a whole, a thousand are taken."""
    events = [shop.order(f"o-{n}", f"C-{n % 50}", "1.00") for n in range(1001)]
    assert (await client.post("/v1/events", json={"events": events})).status_code == 422
    answer = await client.post("/v1/events", json={"events": events[:1000]})
    assert answer.status_code == 200
    assert stored(shop) == 1000


async def test_an_event_that_is_well_formed_and_cannot_be_taken_is_a_409(
    shop: Shop, client: httpx.AsyncClient
) -> None:
    """An unknown type, and an instant ahead."""
    for event in (
        shop.event("e-1", "store_visited", "C-17", {}),
        {**shop.order("o-1", "C-17", "1.00"), "occurred_at": "2999-01-01T00:00:00Z"},
    ):
        answer = await client.post("/v1/events", json=event)
        assert answer.status_code == 409
        assert answer.json()["type"] == "/problems/event-refused"


@pytest.mark.parametrize(
    "event",
    [
        {"type": "order", "data": {"amount": {"amount": "1.00", "currency": "USD"}}},
        {"type": "refund", "data": {"order": "o-1"}},
        {"type": "redemption", "data": {"code": "NX7K-4GTP-W9CR"}},
        {
            "type": "profile",
            "data": {"consents": [{"channel": "email", "purpose": "marketing", "granted": True}]},
        },
        {"type": "profile", "data": {"email": "mallory@shop.example"}},
    ],
)
async def test_a_key_for_browsers_may_not_post_what_is_worth_money(shop: Shop, event: dict[str, Any]) -> None:
    """Strangers can read such a key: neither orders nor where the next code is sent may depend on it."""
    key = shop.make_key("page", {"events:browser"})
    whole = shop.event("x-1", event["type"], "C-17", event["data"])
    harmless = shop.event("x-2", "profile", "C-17", {"language": "de"})
    async with shop.client(key) as browser:
        for body in (whole, {"events": [harmless, whole]}):
            answer = await browser.post("/v1/events", json=body)
            assert answer.status_code == 403
            assert answer.json()["type"] == "/problems/not-allowed"
        assert stored(shop) == 0
        assert (await browser.post("/v1/events", json=harmless)).status_code == 200


async def test_a_key_for_browsers_may_post_what_is_no_event_at_all(shop: Shop) -> None:
    """It is refused for its shape, as with any other key."""
    key = shop.make_key("page", {"events:browser"})
    async with shop.client(key) as browser:
        answer = await browser.post("/v1/events", json={"id": "x-1", "type": ["order"], "data": {}})
    assert answer.json()["type"] == "/problems/request-unfit"


@pytest.mark.parametrize("amount", ["٥٠.٠٠", "1e3", "+1.00", "1_000.00"])
async def test_amounts_are_written_with_plain_digits(
    shop: Shop, client: httpx.AsyncClient, amount: str
) -> None:
    """As the schema has it; other programs that read it know no other digits."""
    answer = await client.post("/v1/events", json=shop.order("o-1", "C-17", amount))
    assert answer.json()["type"] == "/problems/request-unfit"


@pytest.mark.parametrize("fixture", ["shop", "postgres_shop"])
async def test_a_long_value_that_counts_once_is_no_trouble(
    request: pytest.FixtureRequest, fixture: str
) -> None:
    """No index has room for it, so that it is named by its hash, the same each time."""
    shop: Shop = request.getfixturevalue(fixture)
    link = "".join(f"/{number * 7919 % 9973}" for number in range(4_000))
    async with shop.client() as client:
        await client.put(
            "/v1/event-types/visited", json={"schema": {"properties": {"page": {"type": "string"}}}}
        )
        assert (await client.post("/v1/campaigns", json={"text": VISITED})).status_code == 201
        for number in (1, 2):
            visit = shop.event(f"v-{number}", "visited", "C-17", {"page": link})
            assert (await client.post("/v1/events", json=visit)).json()["status"] == "accepted"
        occasions = (await client.get("/v1/customers/C-17/occasions")).json()["occasions"]
    (occasion,) = occasions
    assert len(occasion["occasion"]) < 100


async def test_the_source_is_the_keys_own(shop: Shop, client: httpx.AsyncClient) -> None:
    """Two shops may both have an order o-1."""
    other = shop.make_key("other shop", {"events:write"})
    await client.post("/v1/events", json=shop.order("o-1", "C-17", "1.00"))
    async with shop.client(other) as second:
        answer = await second.post("/v1/events", json=shop.order("o-1", "C-99", "2.00"))
    assert answer.json()["status"] == "accepted"


@pytest.mark.parametrize("event", [ORDER, REFUND, PROFILE])
def test_the_examples_fit_the_documented_shape(event: dict[str, Any]) -> None:
    """What the page shows can be sent."""
    assert fits(event)


def test_the_documented_shape_is_what_the_router_reads() -> None:
    """Each kind has exactly the fields of the envelope, so neither can drift from the other."""
    for kind in AnyEvent.__args__:
        assert set(kind.model_fields) == set(Envelope.model_fields)
    with pytest.raises(ValidationError):
        Envelope.model_validate({**ORDER, "surplus": 1})
    assert not fits({**ORDER, "surplus": 1})
