"""Instances that are lost after each commit, and begun again from the database as `doctor --reconcile` does."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import select

from punchcard.contracts import JourneyStart
from punchcard.domain.database import table
from punchcard.domain.outbox import OutboxRow
from punchcard.domain.ticks import Answer, latest
from punchcard.mailroom import Mailroom
from punchcard.plan.events import Event, Restored
from punchcard.plan.state import State
from punchcard.router.starting import delivery_of
from punchcard.trial.walk import Walk

OUTBOX = table(OutboxRow)


class ForgetfulWalk(Walk):
    """An instance of which nothing is left but what stands in the database, before anything follows from a commit."""

    def _stands(self, event: Event, state: State, answer: Answer, arrivals: int) -> bool:
        stands = super()._stands(event, state, answer, arrivals)
        if not stands or isinstance(event, Restored) or state.outcome is not None:
            return stands
        self._begin_again()
        return False

    def _begin_again(self) -> None:
        with self._database.read() as connection:
            tick: Any = latest(connection, self.id)
            kept = json.loads(tick.state)
            told = connection.execute(
                select(OUTBOX)
                .where(
                    OUTBOX.c.instance_id == self.id, OUTBOX.c.seq > kept["seen"], OUTBOX.c.status == "done"
                )
                .order_by(OUTBOX.c.seq)
            ).all()
        results = json.loads(tick.results)
        self._mail = Mailroom(JourneyStart(at=self._clock.now(), state=kept, results=results, revived=True))
        for row in told:
            self._mail.deliver(delivery_of(row))  # type: ignore[arg-type]
