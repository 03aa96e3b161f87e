"""Campaigns: checked, published, paused, started by hand."""

import asyncio
from typing import Any

import httpx
import pytest

from api.shapes.campaigns import EXAMPLE_TEXT
from tests.support.shop import BY_HAND, INPUTS, SPEND, Shop


async def test_the_documented_example_can_be_published(client: httpx.AsyncClient) -> None:
    """What the page shows works: check, publish, list, see its version with its text."""
    checked = (await client.post("/v1/checks", json={"text": EXAMPLE_TEXT})).json()
    assert checked["valid"], checked
    published = await client.post("/v1/campaigns", json={"text": EXAMPLE_TEXT})
    assert published.status_code == 201
    version = published.json()["version"]
    shown = (await client.get("/v1/campaigns/welcome")).json()
    assert (shown["status"], shown["version"], shown["number"]) == ("active", version, 1)
    assert [each["name"] for each in (await client.get("/v1/campaigns")).json()["campaigns"]] == ["welcome"]
    whole = (await client.get(f"/v1/campaigns/welcome/versions/{version}")).json()
    assert whole["text"] == EXAMPLE_TEXT
    assert whole["plan"]["campaign"] == "welcome"
    assert whole["published_by"] == "key:shop"


async def test_a_version_is_told_in_the_readers_language(client: httpx.AsyncClient) -> None:
    """The first language that is asked for and spoken; the answer says which it is."""
    version = (await client.post("/v1/campaigns", json={"text": EXAMPLE_TEXT})).json()["version"]
    where = f"/v1/campaigns/welcome/versions/{version}/explanation"
    english = await client.get(where)
    german = await client.get(where, headers={"Accept-Language": "fr, de;q=0.8, en;q=0.5"})
    assert (english.headers["content-language"], german.headers["content-language"]) == ("en", "de")
    assert german.headers["vary"] == "Accept-Language"
    steps = [
        next(each["lines"] for each in answer.json()["sections"] if each["name"] == "steps")[0]["text"]
        for answer in (english, german)
    ]
    assert steps[0] == "We give 10% off as “coupon”, valid for 30 days."
    assert steps[1].replace("\xa0", " ") == "Wir geben 10 % Rabatt als „coupon“, gültig für 30 Tage."


async def test_a_version_is_exported_as_bpmn(client: httpx.AsyncClient) -> None:
    """As XML, its words in the reader's language."""
    version = (await client.post("/v1/campaigns", json={"text": EXAMPLE_TEXT})).json()["version"]
    where = f"/v1/campaigns/welcome/versions/{version}/bpmn"
    answer = await client.get(where, headers={"Accept-Language": "de"})
    assert answer.headers["content-type"].startswith("application/xml")
    assert answer.headers["content-language"] == "de"
    assert 'name="Erste Bestellung"' in answer.text
    assert (await client.get(where.replace(version, "0" * 64))).status_code == 404


async def test_a_version_says_what_it_changed(client: httpx.AsyncClient) -> None:
    """Compared with the one before, or with any other."""
    first = (await client.post("/v1/campaigns", json={"text": SPEND})).json()["version"]
    text = SPEND.replace("20%, ", "25%, ")
    second = (await client.post("/v1/campaigns", json={"text": text})).json()["version"]
    where = "/v1/campaigns/spend/versions/{}/changes"
    told = (await client.get(where.format(second))).json()
    assert not told["equal"]
    assert any("keep the terms" in sentence for sentence in told["meaning"])
    assert (await client.get(where.format(first))).json()["equal"]
    back = (await client.get(where.format(first), params={"since": second})).json()
    (change,) = back["sections"][0]["changes"]
    assert "25%" in change["before"]
    assert "20%" in change["after"]


async def test_publishing_the_same_text_again_changes_nothing(client: httpx.AsyncClient) -> None:
    """A version is named by its content."""
    first = (await client.post("/v1/campaigns", json={"text": SPEND})).json()
    again = (await client.post("/v1/campaigns", json={"text": SPEND})).json()
    assert first["changed"]
    assert not again["changed"]
    assert again["version"] == first["version"]
    await client.post("/v1/campaigns", json={"text": SPEND.replace("20%, ", "25%, ")})
    versions = (await client.get("/v1/campaigns/spend/versions")).json()["versions"]
    assert [each["number"] for each in versions] == [2, 1]


async def test_a_registered_event_is_known_to_the_check(client: httpx.AsyncClient) -> None:
    """A field that its schema does not have is a mistake with what was probably meant."""
    schema = {"type": "object", "properties": {"stars": {"type": "integer"}}}
    await client.put("/v1/event-types/review_written", json={"schema": schema})
    text = EXAMPLE_TEXT.replace(
        "order: {first: yes}", "event: {name: review_written, where: event.stras >= 4}"
    )
    (found,) = (await client.post("/v1/checks", json={"text": text})).json()["diagnostics"]
    assert found["suggestion"] == "event.stars"
    assert (
        await client.post("/v1/campaigns", json={"text": text.replace("stras", "stars")})
    ).status_code == 201


async def test_every_mistake_is_named_at_its_place(client: httpx.AsyncClient) -> None:
    """A check answers with all of them; publishing is refused with the same ones."""
    text = SPEND.replace("every: 500", "evry: 500").replace("20%, ", "many, ")
    checked = (await client.post("/v1/checks", json={"text": text})).json()
    assert not checked["valid"]
    assert {each["line"] for each in checked["diagnostics"]} >= {5, 7}
    answer = await client.post("/v1/campaigns", json={"text": text})
    assert answer.status_code == 409
    assert answer.json()["type"] == "/problems/campaign-refused"
    assert answer.json()["diagnostics"] == checked["diagnostics"]
    assert (await client.get("/v1/campaigns/spend")).status_code == 404


async def test_pausing_and_resuming_a_campaign(shop: Shop, client: httpx.AsyncClient) -> None:
    """Either done twice is done once; what does not exist cannot be paused."""
    shop.publish(SPEND)
    for _ in range(2):
        answer = await client.post("/v1/campaigns/spend/commands", json={"command": "pause"})
        assert (answer.status_code, answer.json()["status"]) == (200, "paused")
        assert answer.json()["paused_at"]
    answer = await client.post("/v1/campaigns/spend/commands", json={"command": "resume"})
    assert (answer.json()["status"], answer.json()["paused_at"]) == ("active", None)
    answer = await client.post("/v1/campaigns/none/commands", json={"command": "pause"})
    assert answer.json()["type"] == "/problems/campaign-unknown"


async def test_starting_a_campaign_by_hand(shop: Shop, client: httpx.AsyncClient) -> None:
    """The same request again is the same instance; more than the limit is recorded and starts nothing."""
    shop.publish(BY_HAND)
    await client.post("/v1/events", json=shop.event("p-1", "profile", "C-17", {"first_name": "Ada"}))
    body = {"customer": "C-17", "inputs": INPUTS}
    path = "/v1/campaigns/goodwill/instances"
    first = await client.post(path, json=body, headers={"Idempotency-Key": "case-1"})
    assert (first.status_code, first.json()["disposition"]) == (201, "started")
    again = await client.post(path, json=body, headers={"Idempotency-Key": "case-1"})
    assert (again.status_code, again.json()) == (200, first.json())
    shown = await client.get(f"/v1/instances/{first.json()['instance']}")
    assert shown.json()["state"] == "unstarted"
    other = await client.post(
        path, json={**body, "inputs": {**INPUTS, "times": 3}}, headers={"Idempotency-Key": "case-1"}
    )
    assert other.json()["type"] == "/problems/idempotency-key-reused"
    await client.post(path, json=body, headers={"Idempotency-Key": "case-2"})
    third = await client.post(path, json=body, headers={"Idempotency-Key": "case-3"})
    assert third.json()["disposition"] == "over_limit"
    assert third.json()["instance"] is None


@pytest.mark.parametrize("fixture", ["shop", "postgres_shop"])
async def test_one_start_sent_many_times_at_once_is_one_instance(
    fixture: str, request: pytest.FixtureRequest
) -> None:
    """On either database, one of the answers is 201 and all name the same instance."""
    shop: Shop = request.getfixturevalue(fixture)
    shop.publish(BY_HAND)
    async with shop.client() as client:
        await client.post("/v1/events", json=shop.event("p-1", "profile", "C-17", {}))
        body = {"customer": "C-17", "inputs": INPUTS}
        answers = await asyncio.gather(
            *(
                client.post(
                    "/v1/campaigns/goodwill/instances", json=body, headers={"Idempotency-Key": "case-1"}
                )
                for _ in range(6)
            )
        )
        assert sorted(answer.status_code for answer in answers) == [200] * 5 + [201]
        assert len({answer.json()["instance"] for answer in answers}) == 1
        assert len((await client.get("/v1/instances")).json()["instances"]) == 1


@pytest.mark.parametrize(
    ("inputs", "field"),
    [
        ({"reason": 5}, "inputs.reason"),
        ({"reason": "\x00"}, "inputs.reason"),
        ({"value": "12.50"}, "inputs.value"),
        ({"value": {"amount": "12.505", "currency": "USD"}}, "inputs.value"),
        ({"value": {"amount": "12.50", "currency": "EUR"}}, "inputs.value"),
        ({"day": "yesterday"}, "inputs.day"),
        ({"day": 5}, "inputs.day"),
        ({"times": "2"}, "inputs.times"),
        ({"times": True}, "inputs.times"),
        ({"times": 10**400}, "inputs.times"),
        ({"vip": "yes"}, "inputs.vip"),
        ({"colour": "red"}, "inputs.colour"),
    ],
)
async def test_each_input_is_checked_by_its_type(
    shop: Shop, client: httpx.AsyncClient, inputs: dict[str, Any], field: str
) -> None:
    """Nothing is converted: a number is a number, money is an amount and a currency."""
    shop.publish(BY_HAND)
    await client.post("/v1/events", json=shop.event("p-1", "profile", "C-17", {}))
    answer = await client.post(
        "/v1/campaigns/goodwill/instances",
        json={"customer": "C-17", "inputs": {**INPUTS, **inputs}},
        headers={"Idempotency-Key": "case-1"},
    )
    assert answer.status_code == 409
    assert answer.json()["type"] == "/problems/inputs-unfit"
    assert [error["field"] for error in answer.json()["errors"]] == [field]


async def test_what_cannot_be_started_by_hand_says_why(shop: Shop, client: httpx.AsyncClient) -> None:
    """Another trigger, an unknown campaign, an unknown customer, dates that are over, and no key."""
    shop.publish(SPEND)
    shop.publish(BY_HAND)
    over = BY_HAND.replace("campaign: goodwill", "campaign: over\nstarts: 2020-01-01\nends: 2020-12-31")
    shop.publish(over)
    body = {"customer": "C-17", "inputs": INPUTS}
    named = {"Idempotency-Key": "case-1"}

    async def kind(campaign: str) -> str:
        answer = await client.post(f"/v1/campaigns/{campaign}/instances", json=body, headers=named)
        return str(answer.json()["type"])

    assert await kind("spend") == "/problems/not-started-by-hand"
    assert await kind("none") == "/problems/campaign-unknown"
    assert await kind("goodwill") == "/problems/customer-unknown"
    assert await kind("over") == "/problems/campaign-not-running"
    assert (await client.post("/v1/campaigns/goodwill/instances", json=body)).status_code == 422


async def test_a_campaign_is_warned_of_one_that_runs_already(client: httpx.AsyncClient) -> None:
    """Both reward the same orders; its own earlier version is no other campaign."""
    text = EXAMPLE_TEXT.replace("campaign: welcome", "campaign: hello", 1)
    await client.post("/v1/campaigns", json={"text": EXAMPLE_TEXT})
    again = (await client.post("/v1/checks", json={"text": EXAMPLE_TEXT})).json()
    assert "PC1707" not in [each["code"] for each in again["diagnostics"]]
    for answer in (
        await client.post("/v1/checks", json={"text": text}),
        await client.post("/v1/campaigns", json={"text": text}),
    ):
        (found,) = [each for each in answer.json()["diagnostics"] if each["code"] == "PC1707"]
        assert found["message"] == "`welcome`, which runs already, rewards the same first orders"


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/v1/campaigns/goodwill/instances", '{"customer": "C-17", "inputs": {"reason": "\\ud800"}}'),
        ("POST", "/v1/campaigns/goodwill/instances", '{"customer": "C-17", "inputs": {"times": Infinity}}'),
        ("PUT", "/v1/event-types/visited", '{"schema": {"title": "\\ud800"}}'),
        ("PUT", "/v1/event-types/visited", '{"schema": {"properties": {"n": {"minimum": NaN}}}}'),
    ],
)
async def test_what_json_cannot_carry_is_refused(
    client: httpx.AsyncClient, method: str, path: str, body: str
) -> None:
    """Half a sign and infinite numbers could be read, and never be written down again."""
    headers = {"Content-Type": "application/json", "Idempotency-Key": "k-1"}
    answer = await client.request(method, path, content=body, headers=headers)
    assert answer.json()["type"] == "/problems/request-unfit"
