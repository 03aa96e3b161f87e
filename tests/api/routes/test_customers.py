"""Customers in the API."""

import httpx
from sqlalchemy import select

from api.shapes.events import PROFILE
from punchcard.domain.database import table
from punchcard.domain.events import Event
from tests.support.shop import SPEND, Shop

EVENT = table(Event)
HELD_OUT = SPEND.replace("campaign: spend", "campaign: held\nholdout: 100%")


async def test_a_customer_shows_profile_and_consents(shop: Shop, client: httpx.AsyncClient) -> None:
    """What a profile event said."""
    await client.post("/v1/events", json=shop.event("p-1", "profile", "C-17", PROFILE["data"]))
    customer = (await client.get("/v1/customers/C-17")).json()
    assert (customer["first_name"], customer["ids"]) == ("Ada", ["C-17"])
    assert customer["consents"][0]["granted"] is True
    assert (await client.get("/v1/customers/C-99")).json()["type"] == "/problems/customer-unknown"


async def test_an_occasion_says_why_nothing_came_of_it(shop: Shop, client: httpx.AsyncClient) -> None:
    """Jane did not get it because she is held out."""
    shop.publish(SPEND + "limit: 1 per year\n")
    shop.publish(HELD_OUT)
    await client.post("/v1/events", json=shop.order("o-1", "C-17", "1000.00"))
    found = (await client.get("/v1/customers/C-17/occasions")).json()["occasions"]
    told = {(each["campaign"], each["occasion"]): each["disposition"] for each in found}
    assert told == {
        ("spend", "1"): "started",
        ("spend", "2"): "over_limit",
        ("held", "1"): "held_out",
        ("held", "2"): "held_out",
    }
    only = await client.get("/v1/customers/C-17/occasions", params={"disposition": "over_limit"})
    assert [each["occasion"] for each in only.json()["occasions"]] == ["2"]
    assert all((each["instance"] is not None) == (each["disposition"] == "started") for each in found)


async def test_erasing_takes_what_is_personal_and_leaves_what_happened(
    shop: Shop, client: httpx.AsyncClient
) -> None:
    """Afterwards nothing names the person, and nothing is earned a second time."""
    shop.reward("C-17")
    await client.post("/v1/events", json=shop.event("p-1", "profile", "C-17", PROFILE["data"]))
    assert (await client.delete("/v1/customers/C-17/personal-data")).status_code == 204
    customer = (await client.get("/v1/customers/C-17")).json()
    assert (customer["first_name"], customer["email"], customer["consents"]) == (None, None, [])
    assert customer["erased_at"]
    assert len((await client.get("/v1/rewards", params={"customer": "C-17"})).json()["rewards"]) == 1
    with shop.here.database.read() as connection:
        payloads = connection.execute(select(EVENT.c.payload)).scalars().all()
    assert not any("Ada" in payload for payload in payloads)
    again = shop.order("earned-by-C-17", "C-17", "500.00")
    assert (await client.post("/v1/events", json=again)).status_code in (200, 409)
    assert len((await client.get("/v1/customers/C-17/occasions")).json()["occasions"]) == 1


async def test_a_customer_shows_the_segments_they_are_in(shop: Shop, client: httpx.AsyncClient) -> None:
    """By the programme of now; what an audience saw stands with the occasion."""
    text = "segments: {rich: customer.spent > 100, rare: customer.orders <= 1}"
    assert (await client.put("/v1/programme", json={"text": text})).status_code == 201
    await client.post("/v1/events", json=shop.order("o-1", "C-17", "90.00"))
    assert (await client.get("/v1/customers/C-17")).json()["segments"] == ["rare"]
    audience = "audience: {where: customer.spent > 100}\n"
    shop.publish(SPEND + audience)
    await client.post("/v1/events", json=shop.order("o-2", "C-18", "500.00"))
    (occasion,) = (await client.get("/v1/customers/C-18/occasions")).json()["occasions"]
    assert occasion["operands"] == {"customer.spent": 50000}
    assert (await client.get("/v1/customers/C-18")).json()["segments"] == ["rich", "rare"]
