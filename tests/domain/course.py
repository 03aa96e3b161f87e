"""One instance against a real database: the machine proposes, ticks are committed, answers are taken in."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import select, update

from punchcard.domain.clock import Clock
from punchcard.domain.customers import Consent, Customer
from punchcard.domain.database import Database, table
from punchcard.domain.instances import Incident, Instance, JournalEntry, Tick
from punchcard.domain.messages import Message, Question
from punchcard.domain.occasions import Occasion
from punchcard.domain.plans import Plans
from punchcard.domain.rewards import Reward
from punchcard.domain.ticks import Answer, Proposal, commit_tick
from punchcard.plan.codec import encode
from punchcard.plan.effects import Commit, Perform
from punchcard.plan.events import Committed, Event, Started
from punchcard.plan.machine import advance
from punchcard.plan.model import Message as MessagePlan
from punchcard.plan.model import MessageText, Plan, Step
from punchcard.plan.program import Program
from punchcard.plan.state import State, to_data
from punchcard.plan.triggers import OrderTrigger
from punchcard.router.ingest import Ingest
from punchcard.router.publishing import publish
from tests.plan.samples import numbered

NOW = 1_780_000_000_000
AT = "2026-05-28T20:26:40+00:00"
INSTANCE, TICK, JOURNAL, INCIDENT = table(Instance), table(Tick), table(JournalEntry), table(Incident)
REWARD, MESSAGE, QUESTION, OCCASION = table(Reward), table(Message), table(Question), table(Occasion)
CUSTOMER, CONSENT = table(Customer), table(Consent)


def campaign(*steps: Step, **terms: Any) -> Plan:
    """Return a campaign that each order starts, with messages of both purposes."""
    texts = (MessageText("en", "Hello", "Hello"),)
    messages = tuple(
        MessagePlan(name, "transactional" if name == "receipt" else "marketing", texts)
        for name in ("hello", "reminder", "question", "receipt")
    )
    values: dict[str, Any] = {"campaign": "test", "title": "Test", "currency": "USD", "messages": messages}
    return Plan(trigger=OrderTrigger(), steps=numbered(steps), **{**values, **terms})


class Course:
    """The course of the instance that one order starts; the clock stands still until `now` is moved."""

    def __init__(self, database: Database, plan: Plan) -> None:
        self.database = database
        self.now = NOW
        self.plans = Plans()
        self.state = State()
        self.performs: list[str] = []
        with database.begin() as connection:
            publish(connection, plan, "", {}, "test", NOW)
        consents = [{"channel": "email", "purpose": "marketing", "granted": True}]
        profile = {"first_name": "Ann", "email": "ann@example.com", "consents": consents}
        self.post(
            {"id": "p", "type": "profile", "customer": "ann", "occurred_at": AT, "data": profile},
            order("o1"),
        )
        self.id: str = self.rows(select(INSTANCE.c.id))[0].id

    def post(self, *events: dict[str, Any]) -> None:
        """Take events in."""
        results = Ingest(self.database, Clock(business=self.now, factor=0))("shop", events)
        assert {result.status for result in results} == {"accepted"}, results

    def begin(self) -> Answer:
        """Let the instance start."""
        return self.take(Started(at=self.now, names={"order": {"id": "o1"}}, due=self.now))

    def proposal(self, event: Event) -> Proposal:
        """Return the tick that an event leads to."""
        state, effects = advance(self.program(), self.state, event)
        assert effects, f"{event} leads to no tick"
        assert isinstance(effects[0], Commit), effects
        commit = effects[0]
        return Proposal(self.id, commit.tick, encode(event), commit.facts, commit.notes, to_data(state))

    def propose(self, event: Event) -> Answer:
        """Propose the tick that an event leads to, without going on from it."""
        return self.commit(self.proposal(event))

    def commit(self, proposal: Proposal) -> Answer:
        """Propose a tick."""
        with self.database.begin() as connection:
            return commit_tick(connection, self.plans, proposal, self.now)

    def take(self, event: Event) -> Answer:
        """Take an event and all answers that follow; return the last one."""
        state, effects = advance(self.program(), self.state, event)
        answer: Answer | None = None
        if effects and isinstance(effects[0], Commit):
            answer = self.propose(event)
            if answer.verdict != "committed":
                return answer
        self.state = state
        self.performs += [effect.key for effect in effects if isinstance(effect, Perform)]
        if answer is None:
            return Answer("committed")
        return self.take(Committed(at=self.now, tick=self.state.tick, results=answer.results))

    @property
    def version(self) -> str:
        """The hash of the plan that the instance runs."""
        found: str = self.rows(select(INSTANCE.c.version).where(INSTANCE.c.id == self.id))[0].version
        return found

    def program(self) -> Program:
        """The program of that plan."""
        with self.database.read() as connection:
            return self.plans.program(connection, self.version)

    def rows(self, statement: Any) -> list[Any]:
        """Read."""
        with self.database.read() as connection:
            return list(connection.execute(statement).all())

    def one(self, what: Any) -> Any:
        """Return the only row of a table."""
        rows = self.rows(select(what))
        assert len(rows) == 1, rows
        return rows[0]

    def write(self, statement: Any) -> None:
        """Write."""
        with self.database.begin() as connection:
            connection.execute(statement)

    def change(self, what: Any, **values: Any) -> None:
        """Change every row of a table."""
        self.write(update(what).values(**values))

    def journal(self) -> list[tuple[str, dict[str, Any]]]:
        """Return the journal."""
        rows = self.rows(select(JOURNAL).order_by(JOURNAL.c.id))
        return [(row.kind, json.loads(row.data)) for row in rows]


def order(id: str, revision: int = 0, status: str = "paid") -> dict[str, Any]:
    """Return an order as it is posted."""
    data = {"amount": {"amount": "60.00", "currency": "USD"}, "status": status}
    return {
        "id": id,
        "type": "order",
        "customer": "ann",
        "occurred_at": AT,
        "revision": revision,
        "data": data,
    }


def refund(id: str, order: str) -> dict[str, Any]:
    """Return a refund of a whole order."""
    return {"id": id, "type": "refund", "occurred_at": AT, "data": {"order": order}}
