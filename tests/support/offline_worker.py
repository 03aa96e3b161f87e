"""A worker without Temporal: it walks instances on a clock that the test sets, through real ticks and real letters."""

from __future__ import annotations

import json
from collections import deque
from typing import Any

from sqlalchemy import Connection, select, update

from activities.letters import Letters, RewardMissing
from punchcard.domain.database import Database, table
from punchcard.domain.instances import Instance
from punchcard.domain.outbox import OutboxRow
from punchcard.domain.plans import Plans
from punchcard.domain.sending import Settled, claim, keep_words, settle
from punchcard.domain.ticks import Proposal, commit_tick, latest
from punchcard.messages.mistake import RenderFailure
from punchcard.plan.codec import encode
from punchcard.plan.effects import Commit, Perform
from punchcard.plan.events import (
    Command,
    Committed,
    Deadline,
    Delivered,
    EffectDone,
    EffectFailed,
    Event,
    Restored,
    Reversed,
    Started,
    TakenOver,
)
from punchcard.plan.machine import advance
from punchcard.plan.program import Program
from punchcard.plan.state import State, from_data, to_data

OUTBOX, INSTANCE = table(OutboxRow), table(Instance)


class OfflineWorker:
    """Brings every instance of one database up to an instant; `refuse` names a message that the mail server refuses."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.plans = Plans()
        self.refuse: str | None = None
        self._letters = Letters(
            self.plans, "http://127.0.0.1:8000", "a secret for tests", "shop.example", "Demo shop"
        )
        self._states: dict[str, State] = {}
        self._queues: dict[str, deque[Event]] = {}

    def work(self, now: int) -> None:
        """Tell instances what the outbox holds, and let deadlines come, in the order of time, up to `now`."""
        self._deliver(now)
        while (due := self._next_deadline()) is not None and due[0] <= now:
            self._take(due[1], Deadline(at=due[0]), due[0])

    def _next_deadline(self) -> tuple[int, str] | None:
        with self.database.read() as connection:
            row = connection.execute(
                select(INSTANCE.c.deadline, INSTANCE.c.id)
                .where(
                    INSTANCE.c.status == "open", INSTANCE.c.deadline.is_not(None), INSTANCE.c.held.is_(False)
                )
                .order_by(INSTANCE.c.deadline)
            ).first()
        return None if row is None else (row.deadline, row.id)

    def _deliver(self, now: int) -> None:
        with self.database.read() as connection:
            rows = connection.execute(
                select(OUTBOX).where(OUTBOX.c.status == "pending").order_by(OUTBOX.c.created_at, OUTBOX.c.seq)
            ).all()
        for row in rows:
            if self._take(row.instance_id, self._event(row, now), now):
                self._done(row)

    def _done(self, row: Any) -> None:
        with self.database.begin() as connection:
            where = (OUTBOX.c.instance_id == row.instance_id, OUTBOX.c.seq == row.seq)
            connection.execute(update(OUTBOX).where(*where).values(status="done"))

    def _event(self, row: Any, now: int) -> Event:
        payload = json.loads(row.payload)
        match row.kind:
            case "start":
                return self._start(row, payload, now)
            case "reverse":
                return Reversed(at=now, seq=row.seq)
            case "order":
                return TakenOver(at=now, seq=row.seq, order=payload["order"])
            case "command":
                return Command(
                    at=now,
                    seq=row.seq,
                    name=payload["name"],
                    actor=payload["actor"],
                    path=payload.get("path"),
                    paused=payload.get("paused", 0),
                    reason=payload.get("reason"),
                )
            case _:
                return Delivered(
                    at=payload.get("at", now), seq=row.seq, name=payload["name"], data=payload.get("data", {})
                )

    def _start(self, row: Any, payload: dict[str, Any], now: int) -> Event:
        with self.database.read() as connection:
            instance = connection.execute(select(INSTANCE).where(INSTANCE.c.id == row.instance_id)).one()
            tick = latest(connection, instance.resumes) if instance.resumes else None
        if tick is None:
            return Started(at=now, names=payload["names"], due=payload.get("due"), seq=row.seq)
        state = from_data(json.loads(tick.state))
        state.tick = state.seen = 0
        self._states[row.instance_id] = state
        results = json.loads(tick.results)
        order = payload.get("order", {})
        return Restored(at=now, seq=row.seq, results=results, lapse=payload["lapse"], order=order)

    def _take(self, id_: str, event: Event, now: int) -> bool:
        """Bring one instance one event and all that follows from it; False if a pause holds it back.

        What may be decided only once every delivery was taken in stays in the queue until then.
        """
        queue = self._queues.setdefault(id_, deque())
        queue.appendleft(event)
        while queue:
            taken = queue.popleft()
            verdict = self._tick(id_, taken, queue, now)
            if verdict == "behind":
                queue.appendleft(taken)
                return True
            if verdict != "committed":
                return False
        return True

    def _tick(self, id_: str, event: Event, queue: deque[Event], now: int) -> str:
        with self.database.begin() as connection:
            version = connection.execute(select(INSTANCE.c.version).where(INSTANCE.c.id == id_)).scalar_one()
            program = self.plans.program(connection, version)
            after, effects = advance(program, self._state(connection, program, id_, now), event)
            if effects and isinstance(effects[0], Commit):
                commit = effects[0]
                proposal = Proposal(
                    id_, commit.tick, encode(event), commit.facts, commit.notes, to_data(after)
                )
                answer = commit_tick(connection, self.plans, proposal, now)
                if answer.verdict != "committed":
                    return answer.verdict
                queue.append(Committed(at=now, tick=commit.tick, results=answer.results))
            self._states[id_] = after
            queue.extend(
                self._send(connection, id_, each, now) for each in effects if isinstance(each, Perform)
            )
        return "committed"

    def _state(self, connection: Connection, program: Program, id_: str, now: int) -> State:
        """The instance as this worker knows it, else as its latest tick left it, with that tick's answers."""
        if id_ not in self._states:
            tick = latest(connection, id_)
            if tick is None:
                return State()
            answers = Committed(at=now, tick=tick.number, results=json.loads(tick.results))
            self._states[id_], _ = advance(program, from_data(json.loads(tick.state)), answers)
        return self._states[id_]

    def _send(self, connection: Connection, id_: str, effect: Perform, now: int) -> Event:
        claimed = claim(connection, id_, effect.key, "shop.example")
        if isinstance(claimed, Settled):
            return EffectDone(
                at=now, key=effect.key, result={"status": claimed.status, "message": claimed.id}
            )
        if claimed.name == self.refuse:
            settle(connection, claimed.id, "failed", "550 the sender is blocked", now)
            return EffectFailed(at=now, key=effect.key, error="550 the sender is blocked")
        try:
            words = self._letters.write(connection, claimed).words
        except RewardMissing:
            settle(connection, claimed.id, "suppressed", "reward_refused", now)
            result = {"status": "superseded", "message": claimed.id, "reason": "reward_refused"}
            return EffectDone(at=now, key=effect.key, result=result)
        except RenderFailure as failure:
            settle(connection, claimed.id, "failed", str(failure), now)
            result = {"status": "failed", "message": claimed.id, "reason": str(failure)}
            return EffectDone(at=now, key=effect.key, result=result)
        recipient = str(claimed.customer["email"])
        keep_words(connection, claimed.id, recipient, words.language, words.subject, words.text, words.html)
        settle(connection, claimed.id, "sent", None, now)
        return EffectDone(at=now, key=effect.key, result={"status": "sent", "message": claimed.id})
