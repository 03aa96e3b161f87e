"""A shop that uses the API: an application on a database of its own, campaigns published, keys made, orders posted."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import httpx
from fastapi import FastAPI
from pydantic import SecretStr
from sqlalchemy import insert, select

from api.app import create_app
from api.installation import Installation
from api.instants import to_text
from api.shapes.campaigns import CampaignText
from punchcard.domain.campaigns import Campaign
from punchcard.domain.codes import make_code
from punchcard.domain.database import Database, table
from punchcard.domain.instances import Instance
from punchcard.domain.keys import SCOPES, create_key
from punchcard.domain.rewards import Reward
from punchcard.language import Programme
from punchcard.plan.model import Plan
from punchcard.router.ingest import Ingest, ItemResult
from punchcard.router.publishing import Published, publish
from punchcard.settings import Settings
from tests.support.tables import make_tables

SECRET = "a secret for tests, 32 signs long"
DAY = 24 * 3600 * 1000
INSTANCE, REWARD, CAMPAIGN = table(Instance), table(Reward), table(Campaign)

SPEND = """\
campaign: spend
title: 20% off for every $500
currency: USD
when:
  spend: {every: 500}
steps:
  - reward: {discount: 20%, expires: 30 days}
    as: coupon
  - wait: {for: coupon.redeemed, up_to: 7 days}
"""
BY_HAND = """\
campaign: goodwill
title: A good word after a mishap
currency: USD
limit: 2 per year
when:
  manual: {inputs: {reason: text, value: amount, day: date, times: number, vip: flag}}
steps:
  - wait: 1 day
"""
INPUTS = {
    "reason": "late delivery",
    "value": {"amount": "12.50", "currency": "USD"},
    "day": "2026-05-04",
    "times": 2,
    "vip": True,
}


def compiled(text: str) -> Plan:
    """Return the plan of a campaign that has no mistakes."""
    checked = CampaignText(text=text).checked(Programme(), (), 0)
    assert checked.plan is not None, checked.diagnostics
    return checked.plan


@cache
def _application() -> FastAPI:
    """Its routes take longer to build than most tests take."""
    return create_app(Settings(database_url=SecretStr("sqlite://"), secret_key=SecretStr(SECRET)))


class Shop:
    """One installation, seen by the integrator of one shop."""

    def __init__(self, url: str, folder: Path, *, tables: Callable[[Settings], None] | None = None) -> None:
        """Open the database; `tables` makes its tables by migration, which is slower than from the models."""
        settings = Settings(data_dir=folder, database_url=SecretStr(url), secret_key=SecretStr(SECRET))
        self.here = Installation(settings, Database(settings.database), SECRET)
        if tables is None:
            make_tables(self.here.database)
        else:
            tables(settings)
        self.key = self.make_key("shop", set(SCOPES) - {"events:browser"})

    @property
    def app(self) -> FastAPI:
        """This process's application, which from now on is this shop's."""
        app = _application()
        app.state.installation = self.here
        return app

    def make_key(self, name: str, scopes: set[str]) -> str:
        """Make an API key and return its secret."""
        with self.here.database.begin() as connection:
            return create_key(connection, name, scopes, "cli", self.here.now())[1]

    def publish(self, text: str) -> Published:
        """Publish a campaign."""
        with self.here.database.begin() as connection:
            return publish(connection, compiled(text), text, {}, "cli", self.here.now())

    def client(self, key: str | None = None) -> httpx.AsyncClient:
        """Return a client that sends the shop's key, or another one."""
        return httpx.AsyncClient(
            transport=httpx.ASGITransport(self.app, raise_app_exceptions=False),
            base_url="http://shop.test",
            headers={"Authorization": f"Bearer {key or self.key}"},
        )

    def order(self, id_: str, customer: str, amount: str) -> dict[str, Any]:
        """Return an order that was paid just now."""
        return self.event(id_, "order", customer, {"amount": {"amount": amount, "currency": "USD"}})

    def event(self, id_: str, kind: str, customer: str | None, data: dict[str, Any]) -> dict[str, Any]:
        """Return an event that happened just now."""
        event = {"id": id_, "type": kind, "occurred_at": to_text(self.here.now()), "data": data}
        return event if customer is None else {**event, "customer": customer}

    def reward(self, customer: str, **terms: Any) -> str:
        """Let a customer earn an instance of `spend` and give it a reward; return the reward's code."""
        instance = self.instance(customer)
        now = self.here.now()
        values = {
            "kind": "share",
            "value": 2000,
            "currency": "USD",
            "code": make_code(),
            "status": "issued",
            "issued_at": now,
            "expires_at": now + 30 * DAY,
            **terms,
        }
        with self.here.database.begin() as connection:
            connection.execute(
                insert(REWARD).values(
                    occasion_id=instance.occasion_id,
                    instance_id=instance.id,
                    campaign=instance.campaign,
                    customer_id=instance.customer_id,
                    key="1#1",
                    name="coupon",
                    **values,
                )
            )
        return str(values["code"])

    def ingest(self, source: str, events: list[dict[str, Any]]) -> list[ItemResult]:
        """Take events in."""
        return Ingest(self.here.database, self.here.clock)(source, events)

    def instance(self, customer: str) -> Any:
        """Let a customer earn an instance of `spend`, which is published if it is not, and return its row."""
        with self.here.database.read() as connection:
            published = connection.execute(select(CAMPAIGN).where(CAMPAIGN.c.name == "spend")).first()
        if published is None:
            self.publish(SPEND)
        results = self.ingest("shop", [self.order(f"earned-by-{customer}", customer, "500.00")])
        assert results[0].status == "accepted", results
        with self.here.database.read() as connection:
            return connection.execute(select(INSTANCE).order_by(INSTANCE.c.customer_id.desc()).limit(1)).one()
