"""Experiments: how the variants of a campaign's splits do."""

from __future__ import annotations

import httpx
from sqlalchemy import insert

from punchcard.domain.database import table
from punchcard.domain.experiments import Experiment, ExperimentEntry, ExperimentLook
from punchcard.plan.experiments import experiments
from tests.support.shop import Shop, compiled

WHICH = """\
campaign: which
currency: USD
limit: 1 per year
when: order
steps:
  - split: {plain: 75%, warm: 25%, keep_best: {by: customer.ordered, within: 1 day, after: 20, sure: 90%}}
    id: tone
    branches:
      plain: [send: plain]
      warm: [send: warm]
messages:
  plain:
    purpose: marketing
    subject: Thanks
    body: Thank you.
  warm:
    purpose: marketing
    subject: Thanks a lot
    body: Thank you so much.
"""
SIMPLE = """\
campaign: simple
currency: USD
when: order
steps:
  - stop: enough
"""
ADDRESS = "/v1/campaigns/which/experiments"


async def test_an_experiment_begins_with_nobody(client: httpx.AsyncClient) -> None:
    """What it measures is known from the campaign; a campaign without one has none."""
    await client.post("/v1/campaigns", json={"text": WHICH})
    (found,) = (await client.get(ADDRESS)).json()["experiments"]
    assert {name: found[name] for name in ("name", "measures", "within_minutes", "after", "sure_percent")} == {
        "name": "tone", "measures": "customer.ordered", "within_minutes": 1440, "after": 20, "sure_percent": "90",
    }  # fmt: skip
    assert (found["current"], found["started_at"], found["needed"], found["winner"]) == (True, None, 20, None)
    assert found["variants"] == [
        {"variant": "plain", "percent": "75", "entered": 0, "counted": 0, "succeeded": 0},
        {"variant": "warm", "percent": "25", "entered": 0, "counted": 0, "succeeded": 0},
    ]
    await client.post("/v1/campaigns", json={"text": SIMPLE})
    assert (await client.get("/v1/campaigns/simple/experiments")).json() == {"experiments": []}
    assert (await client.get("/v1/campaigns/nothing/experiments")).status_code == 404


async def test_what_was_found_is_shown_with_what_it_saw(shop: Shop) -> None:
    """Also of an experiment that has given way to another one."""
    version = shop.publish(WHICH).version
    _decided(shop, version)
    async with shop.client() as client:
        (found,) = (await client.get(ADDRESS)).json()["experiments"]
        assert (found["winner"], found["needed"]) == ("warm", None)
        assert [(each["variant"], each["entered"], each["counted"]) for each in found["variants"]] == [
            ("plain", 1, 1),
            ("warm", 0, 0),
        ]
        (look,) = found["looks"]
        assert look["counts"] == [
            {"variant": "plain", "counted": 20, "succeeded": 1},
            {"variant": "warm", "counted": 20, "succeeded": 12},
        ]
        assert (look["best"], look["winner"], look["chance"], look["error"]) == ("warm", "warm", 0.001, 0.025)
        shop.publish(WHICH.replace("after: 20", "after: 30"))
        fresh, former = (await client.get(ADDRESS)).json()["experiments"]
        assert (fresh["current"], fresh["winner"], fresh["needed"]) == (True, None, 30)
        assert (former["current"], former["winner"], former["version"]) == (False, "warm", version)


def _decided(shop: Shop, version: str) -> None:
    """Let the experiment have been decided, with one customer who has since been counted."""
    ((_, keep_best),) = experiments(compiled(WHICH))
    instance = shop.instance("C-1")
    begun = {
        "id": 1, "campaign": "which", "name": "tone", "mark": keep_best.mark, "version": version,
        "started_at": 1, "looks": 1, "needed": 40, "check_at": 1, "winner": "warm", "decided_at": 2,
    }  # fmt: skip
    entry = {
        "experiment_id": 1, "customer_id": instance.customer_id, "number": 1,
        "occasion_id": instance.occasion_id, "variant": "plain", "at": 1,
    }  # fmt: skip
    look = {
        "experiment_id": 1, "number": 1, "at": 2, "instance_id": "i", "best": "warm", "winner": "warm",
        "counts": '{"plain":[20,1],"warm":[20,12]}', "chance": 0.001, "error": 0.025,
    }  # fmt: skip
    with shop.here.database.begin() as connection:
        connection.execute(insert(table(Experiment)).values(**begun))
        connection.execute(insert(table(ExperimentEntry)).values(**entry))
        connection.execute(insert(table(ExperimentLook)).values(**look))
