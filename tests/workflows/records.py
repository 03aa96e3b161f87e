"""What a stage's database and mail server have recorded, as tests ask for it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from punchcard.domain.campaigns import Campaign
from punchcard.domain.customers import Alias, Customer
from punchcard.domain.database import Database, table
from punchcard.domain.instances import Incident, Instance, JournalEntry, Tick
from punchcard.domain.messages import Message, Question
from punchcard.domain.outbox import OutboxRow
from punchcard.domain.rewards import Reward
from punchcard.domain.tasks import Task
from tests.channels.mail_server import MailServer

INSTANCE, OUTBOX, MESSAGE, REWARD = table(Instance), table(OutboxRow), table(Message), table(Reward)
QUESTION, JOURNAL, INCIDENT = table(Question), table(JournalEntry), table(Incident)
CAMPAIGN, TICK, ALIAS, CUSTOMER = table(Campaign), table(Tick), table(Alias), table(Customer)
TASK = table(Task)


@dataclass
class Records:
    """One installation's database and mail server."""

    database: Database
    mail: MailServer

    def rows(self, statement: Any) -> list[Any]:
        """Read."""
        with self.database.read() as connection:
            return list(connection.execute(statement).all())

    def of(self, customer: str, what: Any, campaign: str | None = None) -> list[Any]:
        """Return a customer's rows of a table, in one campaign or in all."""
        whose = select(ALIAS.c.customer_id).where(ALIAS.c.external_id == customer).scalar_subquery()
        order = what.c.created_at if "created_at" in what.c else what.c.id
        found = self.rows(select(what).where(what.c.customer_id == whose).order_by(order))
        return [row for row in found if campaign in (None, row.campaign)]

    def instance(self, customer: str, campaign: str | None = None) -> Any:
        """Return the latest instance of a customer."""
        return self.of(customer, INSTANCE, campaign)[-1]

    def messages(self, customer: str) -> list[tuple[str, str, str | None]]:
        """Return (name, status, reason) of a customer's messages."""
        return [(row.name, row.status, row.reason) for row in self.of(customer, MESSAGE)]

    def mails(self, customer: str) -> list[str]:
        """Return the subjects that have reached a customer."""
        address = f"{customer}@example.com"
        pairs = zip(self.mail.kept, self.mail.envelopes, strict=True)
        return [str(mail["Subject"]) for mail, (_, to) in pairs if to == address]

    def journal(self, instance_id: str) -> list[str]:
        """Return an instance's journal in single words."""
        rows = self.rows(select(JOURNAL).where(JOURNAL.c.instance_id == instance_id).order_by(JOURNAL.c.id))
        return [row.kind for row in rows]

    def notes(self, instance_id: str, kind: str) -> list[dict[str, Any]]:
        """Return the data of an instance's journal entries of one kind."""
        rows = self.rows(
            select(JOURNAL.c.data)
            .where(JOURNAL.c.instance_id == instance_id, JOURNAL.c.kind == kind)
            .order_by(JOURNAL.c.id)
        )
        return [json.loads(row.data) for row in rows]
