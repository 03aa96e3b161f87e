"""A shop's spring, for the console to show: instances in every state, made by real orders, codes and refunds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import insert, select, update

from api.instants import to_text
from punchcard.cli.publishing import publish_paths
from punchcard.domain.accounts import create_account
from punchcard.domain.answering import record_answer
from punchcard.domain.budgets import NO_LIMIT, BudgetUse
from punchcard.domain.clock import Clock, read_clock, set_clock
from punchcard.domain.customer_story import customer_id
from punchcard.domain.database import Database, table
from punchcard.domain.instances import Instance
from punchcard.domain.messages import Question
from punchcard.domain.operating import Order, cancel, pause
from punchcard.domain.redeeming import Use, redeem
from punchcard.domain.rewards import Reward
from punchcard.router.catalogue import CampaignCache
from punchcard.router.ingest import Ingest
from punchcard.router.manual import Wish, start_by_hand
from punchcard.shipped import shipped
from tests.support.offline_worker import OfflineWorker
from tests.support.tables import make_tables

DAY = 24 * 3600 * 1000
BEGIN = 1_772_449_200_000  # 2 March 2026, 11:00 UTC
PASSWORD = "a long password"
REWARD, QUESTION, INSTANCE, BUDGET = table(Reward), table(Question), table(Instance), table(BudgetUse)
PEOPLE = {
    "C-101": ("Ada", "Demo", "en", True),
    "C-102": ("Berta", "Demo", "de", True),
    "C-103": ("Carl", "Demo", "en", False),
    "C-104": ("Dora", "Demo", "en", True),
    "C-105": ("Emil", "Demo", "de", True),
    "C-106": ("Frida", "Demo", "en", True),
    "C-107": ("Gustav", "Demo", "en", True),
    "C-108": ("Hanna", "Demo", "en", True),
    "C-109": ("Ivo", "Demo", "en", True),
}


class World:
    """One installation whose clock stands where the story has come to; a database that has one is gone on with."""

    def __init__(self, url: str) -> None:
        self.database = Database(url)
        make_tables(self.database)
        self.worker = OfflineWorker(self.database)
        with self.database.read() as connection:
            clock = read_clock(connection)
        self.now = clock.now()
        if clock == Clock():
            self._stand(BEGIN)

    def _stand(self, now: int) -> None:
        self.now = now
        with self.database.begin() as connection:
            set_clock(connection, Clock(0, now, 0))

    def accounts(self) -> None:
        """Make one account for each role, named like it."""
        with self.database.begin() as connection:
            for role in ("marketer", "analyst", "admin"):
                create_account(connection, role, PASSWORD, role, "cli", self.now)

    def publish(self, *paths: Path) -> None:
        """Publish campaigns."""
        publish_paths(self.database, paths, "cli")

    def post(self, kind: str, id_: str, customer: str | None, data: dict[str, Any]) -> None:
        """Post one event that happens now, and let instances hear of it."""
        event = {"id": id_, "type": kind, "occurred_at": to_text(self.now), "data": data}
        if customer is not None:
            event["customer"] = customer
        (result,) = Ingest(self.database, Clock(0, self.now, 0))("shop", [event])
        assert result.status == "accepted", result
        self.worker.work(self.now)

    def order(self, id_: str, customer: str, amount: str) -> None:
        """Let a customer order."""
        self.post("order", id_, customer, {"amount": {"amount": amount, "currency": "USD"}})

    def introduce(self, customer: str) -> None:
        """Post a customer's profile."""
        first, last, language, consents = PEOPLE[customer]
        consent = {"channel": "email", "purpose": "marketing", "granted": consents}
        data = {
            "first_name": first,
            "last_name": last,
            "email": f"{first.lower()}@demo.example",
            "language": language,
            "timezone": "Europe/Berlin" if language == "de" else "America/New_York",
            "consents": [consent],
        }
        self.post("profile", f"p-{customer}", customer, data)

    def later(self, days: float) -> None:
        """Let time pass."""
        self._stand(self.now + int(days * DAY))
        self.worker.work(self.now)

    def code(self, customer: str) -> str:
        """Return the latest code of a customer."""
        with self.database.read() as connection:
            found = select(REWARD.c.code).where(REWARD.c.customer_id == self.id_of(customer))
            return str(connection.execute(found.order_by(REWARD.c.id.desc()).limit(1)).scalar_one())

    def id_of(self, customer: str) -> int:
        """Return the surrogate id of a customer."""
        with self.database.read() as connection:
            return customer_id(connection, customer)

    def instance_of(self, customer: str, campaign: str = "spend-and-save") -> str:
        """Return the latest instance of a customer in a campaign."""
        found = (
            select(INSTANCE.c.id)
            .where(INSTANCE.c.customer_id == self.id_of(customer), INSTANCE.c.campaign == campaign)
            .order_by(INSTANCE.c.created_at.desc(), INSTANCE.c.generation.desc())
            .limit(1)
        )
        with self.database.read() as connection:
            return str(connection.execute(found).scalar_one())

    def redeem(self, customer: str, order: str, amount: int) -> None:
        """Use a customer's latest code."""
        with self.database.begin() as connection:
            redeem(
                connection,
                Use("till", f"r-{order}", self.code(customer), self.now, order, amount, "USD", customer),
                self.now,
            )
        self.worker.work(self.now)

    def answer(self, customer: str, text: str) -> None:
        """Answer the latest question that a customer was asked."""
        with self.database.begin() as connection:
            asked = select(QUESTION.c.id).where(QUESTION.c.customer_id == self.id_of(customer))
            number = connection.execute(asked.order_by(QUESTION.c.id.desc()).limit(1)).scalar_one()
            record_answer(connection, number, text, self.now)
        self.worker.work(self.now)

    def start(self, campaign: str, customer: str, **inputs: Any) -> None:
        """Start a campaign by hand."""
        with self.database.begin() as connection:
            campaigns = CampaignCache().current(connection)
            wish = Wish("test", f"{campaign}-{customer}", "user:admin", campaign, customer, inputs)
            start_by_hand(connection, campaigns, wish, self.now)
        self.worker.work(self.now)

    def operate(self, deed: Any, customer: str, reason: str) -> None:
        """Let an analyst do something to a customer's latest instance."""
        with self.database.begin() as connection:
            deed(connection, self.instance_of(customer), Order("user:analyst", self.now, reason))
        self.worker.work(self.now)

    def exhaust(self, campaign: str, left: int) -> None:
        """Leave so many rewards in a campaign's budget."""
        with self.database.begin() as connection:
            given = connection.execute(select(BUDGET.c.rewards).where(BUDGET.c.campaign == campaign)).scalar()
            if given is None:
                connection.execute(
                    insert(BUDGET).values(
                        campaign=campaign, per="", since=0, until=NO_LIMIT, rewards=10_000 - left, amount=0
                    )
                )
            else:
                connection.execute(
                    update(BUDGET).where(BUDGET.c.campaign == campaign).values(rewards=10_000 - left)
                )


# Definitions that are added later change nothing of the story.
CAMPAIGNS = ("goodwill", "punch-card", "review-thanks", "spend-and-save", "welcome")


def spring(url: str) -> World:
    """Play the story: redemptions, reminders, silence, a refund, a cancellation, a pause and an incident."""
    world = World(url)
    world.accounts()
    world.publish(*(shipped("definitions") / f"{name}.yaml" for name in CAMPAIGNS))
    world.later(1)
    for customer in PEOPLE:
        world.introduce(customer)
        world.later(0.01)
    _first_orders(world)
    _what_came_of_them(world)
    _the_latest(world)
    return world


def _first_orders(world: World) -> None:
    for number, customer in enumerate(PEOPLE, start=1):
        world.order(f"o-{number}01", customer, "320.00")
        world.later(0.2)
    for number, customer in enumerate(list(PEOPLE)[:6], start=1):
        world.later(0.3)
        world.order(f"o-{number}02", customer, "215.50")


def _what_came_of_them(world: World) -> None:
    world.later(3)
    world.redeem("C-101", "o-103", 8_000)
    world.later(3.5)
    world.answer("C-101", "5")
    world.later(2)
    world.redeem("C-102", "o-203", 12_550)
    world.later(1)
    world.post("refund", "rf-1", None, {"order": "o-402"})
    world.operate(cancel, "C-105", "The customer has closed the account")
    world.later(2)


def _the_latest(world: World) -> None:
    world.order("o-702", "C-107", "180.00")
    world.later(0.4)
    world.operate(pause, "C-107", "Asked the customer for another address")
    world.exhaust("spend-and-save", 0)
    world.order("o-802", "C-108", "900.00")
    world.later(0.1)
    world.exhaust("spend-and-save", 500)
    world.order("o-902", "C-109", "181.00")
    damage = {"amount": "75.00", "currency": "USD"}
    world.start("goodwill", "C-106", order_number="o-602", damage=damage, by_phone=False)
    world.later(0.2)
