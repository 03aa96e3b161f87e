"""A stage for journeys: real servers for Temporal and mail, and a clock that leaps from deadline to deadline."""

from __future__ import annotations

import asyncio
import contextlib
import json
import secrets
from collections.abc import AsyncIterator, Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, cast

from pydantic import SecretStr
from sqlalchemy import select
from temporalio.client import Client
from temporalio.service import RPCError

import worker
from punchcard.cli.programme import beside
from punchcard.contracts import SWEEP
from punchcard.domain.answering import record_answer
from punchcard.domain.clock import Clock
from punchcard.domain.database import Database
from punchcard.domain.deciding import Hand, decide
from punchcard.domain.event_types import register
from punchcard.domain.operating import Order
from punchcard.domain.plans import Plans, plan_text
from punchcard.domain.tasks import Verdict
from punchcard.language.compiler import check
from punchcard.payloads import data_converter
from punchcard.plan.bucket import held_out, variant
from punchcard.plan.calendar import to_datetime
from punchcard.plan.events import Committed
from punchcard.plan.machine import advance
from punchcard.plan.model import Plan, Split, walk
from punchcard.plan.state import from_data
from punchcard.router.catalogue import CampaignCache
from punchcard.router.ingest import Ingest, ItemResult
from punchcard.router.manual import Wish, start_by_hand
from punchcard.router.publishing import publish
from punchcard.settings import Settings
from punchcard.shipped import shipped
from tests.channels.mail_server import mail_server
from tests.support.definitions import with_those_they_name
from tests.support.run_servers import PATIENCE
from tests.support.tables import make_tables
from tests.workflows.records import (
    ALIAS,
    CAMPAIGN,
    CUSTOMER,
    INSTANCE,
    OUTBOX,
    QUESTION,
    REWARD,
    TASK,
    TICK,
    Records,
)
from tests.workflows.warehouse import Warehouse

BEGIN = 1_780_000_000_000
DAY = 24 * 3600 * 1000
# A timer of 7 days looks at the clock again after an eighth of a second.
PACE = 5_000_000


class SteeredClock(Clock):
    """Business time that stands still until the test lets it leap."""

    def __init__(self) -> None:
        super().__init__(business=BEGIN, factor=PACE)

    def now(self) -> int:
        """Return where the test has brought the clock."""
        return self.business

    def leap(self, to: int) -> None:
        """Move on; time never goes back."""
        assert to >= self.business
        object.__setattr__(self, "business", to)


NO_VARIANTS: Mapping[str, str] = MappingProxyType({})


@dataclass
class Stage(Records):
    """One installation with its worker; what happens to customers is posted as integrators would."""

    clock: SteeredClock
    client: Client
    parts: worker.Parts
    ingest: Ingest
    warehouse: Warehouse
    sent: int = 0
    appointments: dict[int, list[Callable[[], object]]] = field(default_factory=dict)
    plans: Plans = field(default_factory=Plans)

    # --- what happens -----------------------------------------------------------------------------

    def publish(self, plan: Plan) -> str:
        """Publish a plan and return its version."""
        with self.database.begin() as connection:
            return publish(connection, plan, "", {}, "test", self.clock.now()).version

    def publish_text(self, text: str) -> Plan:
        """Publish a campaign that has no mistakes."""
        checked = check(text, name="save.yaml")
        assert checked.plan is not None, checked.diagnostics
        self.publish(checked.plan)
        return checked.plan

    def publish_definitions(self, names: Collection[str]) -> dict[str, Plan]:
        """Publish these campaigns of `definitions/` and those that they speak of, with the types of events."""
        with self.database.begin() as connection:
            for name, schema in beside([shipped("definitions")]).schemas.items():
                register(connection, name, schema, self.clock.now())
        plans = with_those_they_name(names)
        for plan in plans.values():
            self.publish(plan)
        return plans

    def post(
        self,
        type: str,
        customer: str | None,
        data: dict[str, Any],
        id: str | None = None,
        **more: Any,
    ) -> ItemResult:
        """Post one event that happens now."""
        self.sent += 1
        event = {
            "id": id or f"{type}-{self.sent}",
            "type": type,
            "occurred_at": to_datetime(self.clock.now()).isoformat(),
            "data": data,
            **more,
        }
        return self.ingest("shop", [event if customer is None else {**event, "customer": customer}])[0]

    def customer(self, name: str, *, consents: bool = True, **profile: Any) -> None:
        """Make a customer known, who agrees to marketing."""
        consent = {"channel": "email", "purpose": "marketing", "granted": consents}
        data = {"first_name": name.title(), "email": f"{name}@example.com", "consents": [consent], **profile}
        assert self.post("profile", name, data).status == "accepted"

    def rewardable(self, plan: Plan, name: str, variants: Mapping[str, str] = NO_VARIANTS) -> str:
        """Make a customer known whom the holdout spares and who falls on these variants, and return the id."""
        while True:
            id = f"{name}{len(self.rows(select(ALIAS)))}"
            self.customer(id)
            number = self.rows(select(ALIAS.c.customer_id).where(ALIAS.c.external_id == id))[0].customer_id
            if not held_out(plan.campaign, plan.holdout, number) and _falls_on(plan, variants, number):
                return id

    def order(
        self, customer: str, amount: str = "600.00", id: str | None = None, status: str = "paid"
    ) -> str:
        """Let a customer pay for an order, or have it delivered, and return its id."""
        data = {"amount": {"amount": amount, "currency": "USD"}, "status": status}
        result = self.post("order", customer, data, id)
        assert result.status == "accepted", result
        assert result.id is not None
        return result.id

    def comes_to(self, order: str, customer: str, amount: str, status: str, revision: int) -> None:
        """Let an order come to a further status."""
        data = {"amount": {"amount": amount, "currency": "USD"}, "status": status}
        assert self.post("order", customer, data, order, revision=revision).status == "accepted"

    def refund(self, order: str) -> None:
        """Refund a whole order."""
        assert self.post("refund", None, {"order": order}).status == "accepted"

    def redeem(self, customer: str, campaign: str | None = None) -> None:
        """Let a customer use the latest code."""
        code = self.of(customer, REWARD, campaign)[-1].code
        answered = self.post("redemption", None, {"code": code})
        assert answered.status == "accepted", answered

    def answer(self, customer: str, text: str, campaign: str | None = None) -> None:
        """Let a customer answer the latest question."""
        question = self.of(customer, QUESTION, campaign)[-1]
        with self.database.begin() as connection:
            record_answer(connection, question.id, text, self.clock.now())

    def act(self, customer: str, verdict: Verdict, role: str) -> None:
        """Let somebody of a role act on the latest task about a customer."""
        task = self.of(customer, TASK)[-1]
        with self.database.begin() as connection:
            hand = Hand(f"user:{role}", self.clock.now(), frozenset({role}))
            decide(connection, task.id, verdict, hand, "as agreed")

    def start(self, campaign: str, customer: str, inputs: dict[str, Any]) -> None:
        """Start a campaign by hand."""
        self.sent += 1
        wish = Wish("help-desk", f"wish-{self.sent}", "agent", campaign, customer, inputs)
        with self.database.begin() as connection:
            start_by_hand(connection, CampaignCache().current(connection), wish, self.clock.now())

    def operate(self, deed: Callable[..., Any], target: str, **order: Any) -> None:
        """Do what an operator does, to an instance or a campaign."""
        with self.database.begin() as connection:
            deed(connection, target, Order(actor="operator", now=self.clock.now(), **order))

    # --- time ---------------------------------------------------------------------------------------

    async def until(self, condition: Callable[[], bool], what: str) -> None:
        """Return as soon as a condition holds; fail if it does not come to hold."""
        try:
            async with asyncio.timeout(PATIENCE):
                while not condition():
                    await asyncio.sleep(0.02)
        except TimeoutError:
            raise AssertionError(f"waited in vain for {what}: {self._unrest()}") from None

    async def quiet(self) -> None:
        """Return once everybody has been told everything, and every instance waits or has ended.

        Where somebody has gone on while the workflows were asked, they are asked again.
        """
        while True:
            await self.until(lambda: not self._unrest(), "quiet")
            ticks = self.ticks()
            read = [await self._has_read_everything(row) for row in self._open() if not row.held]
            if all(read) and self.ticks() == ticks and not self._unrest():
                return
            await asyncio.sleep(0.02)

    async def _has_read_everything(self, row: Any) -> bool:
        """Ask the workflow where the database cannot know: what changes nothing is read without a tick."""
        latest = self.rows(select(TICK).where(TICK.c.instance_id == row.id, TICK.c.number == row.tick))
        if latest:
            if self._leads_on(row, latest[0]):
                return False
            if json.loads(latest[0].state)["seen"] >= row.last_seq:
                return True
        try:
            known = await self.client.get_workflow_handle(row.id).query("state")
        except RPCError:
            return False
        return bool(known["seen"] >= row.last_seq)

    def _leads_on(self, row: Any, tick: Any) -> bool:
        """Whether the answer to its latest tick leads to another one, which is yet to come: the core says so."""
        with self.database.read() as connection:
            program = self.plans.program(connection, row.version)
        answer = Committed(at=self.clock.now(), tick=tick.number, results=json.loads(tick.results))
        _, effects = advance(program, from_data(json.loads(tick.state)), answer)
        return bool(effects)

    def ticks(self) -> int:
        """Return how many ticks stand."""
        return len(self.rows(select(TICK.c.number)))

    async def leap(self, looked_at: int | None = None) -> bool:
        """Let the clock leap to the nearest deadline or appointment; False if nobody waits for one.

        At an appointment, what was appointed is done, and those who are due by then are searched for. Whoever reacts
        to what happens says how many ticks they have `looked_at`: where more stand by now, the clock waits for them.
        """
        await self.quiet()
        if looked_at is not None and self.ticks() != looked_at:
            return True
        deadlines = {row.deadline for row in self._open() if row.deadline is not None and not row.held}
        due = min(deadlines | self.appointments.keys(), default=None)
        if due is None:
            return False
        self.clock.leap(max(due, self.clock.now()))
        if due in self.appointments:
            for deed in self.appointments.pop(due):
                deed()
            await self.sweep()
        await self.quiet()
        return True

    def appoint(self, at: int, deed: Callable[[], object] = lambda: None) -> None:
        """Have something happen at an instant, and look then who is due."""
        self.appointments.setdefault(at, []).append(deed)

    async def sweep(self) -> int:
        """Find who is due now, and return how many instances will start."""
        queue = self.parts.task_queue
        found: int = await self.client.execute_workflow(
            SWEEP, id=f"{queue}-sweep-{secrets.token_hex(4)}", task_queue=queue
        )
        return found

    async def ends(self) -> None:
        """Leap until every instance has ended."""
        while await self.leap():
            pass

    def _open(self) -> list[Any]:
        return self.rows(select(INSTANCE).where(INSTANCE.c.status != "closed"))

    def _unrest(self) -> list[tuple[str, str]]:
        pending = self.rows(select(OUTBOX.c.instance_id, OUTBOX.c.kind).where(OUTBOX.c.status == "pending"))
        paused = {row.name for row in self.rows(select(CAMPAIGN).where(CAMPAIGN.c.paused_at.is_not(None)))}
        restless = [
            (row.id, f"{row.status} {row.phase}")
            for row in self._open()
            if not (
                row.paused_at is not None or row.campaign in paused
                if row.held
                else row.phase == "parked" or (row.phase == "waiting" and row.deadline > self.clock.now())
            )
        ]
        return [tuple(row) for row in pending] + restless


@contextlib.asynccontextmanager
async def stage(folder: Path, temporal: str, *, sandboxed: bool = True) -> AsyncIterator[Stage]:
    """Open a stage; a test that changes the workflow's constants cannot have them in the sandbox."""
    database = Database(f"sqlite:///{folder / 'stage.db'}")
    make_tables(database)
    _number_customers_from(database, secrets.randbelow(10**12))

    def find(hash: str) -> str:
        with database.read() as connection:
            return plan_text(connection, hash)

    client = await Client.connect(temporal, data_converter=data_converter(find))
    clock = SteeredClock()
    async with mail_server() as mail:
        settings = Settings(
            data_dir=folder,
            secret_key=SecretStr("a secret for tests"),
            smtp_host="127.0.0.1",
            smtp_port=mail.port,
            task_queue=f"stage-{secrets.token_hex(6)}",
        )
        warehouse = Warehouse()
        composed = worker.compose(settings, database)
        parts = replace(composed, clock=cast(Clock, clock), caller=warehouse)
        made = Stage(database, mail, clock, client, parts, Ingest(database, clock), warehouse)
        try:
            async with worker.running(client, parts, sandboxed=sandboxed):
                yield made
        finally:
            await parts.channel.aclose()
            database.close()


def _number_customers_from(database: Database, number: int) -> None:
    """Keep the ids of instances apart from those of other stages on the same Temporal server."""
    with database.begin() as connection:
        connection.execute(CUSTOMER.insert().values(id=number, created_at=BEGIN, attributes="{}"))


def _falls_on(plan: Plan, variants: Mapping[str, str], customer: int) -> bool:
    """Tell whether a customer gets these variants, by their experiments."""
    return all(
        variants.get(step.experiment)
        in (None, variant(plan.campaign, step.experiment, step.shares, customer))
        for step in walk(plan.steps)
        if isinstance(step, Split)
    )
