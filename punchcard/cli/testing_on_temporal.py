"""Cases played by real workflows: a Temporal server of their own, a worker, and a clock that leaps."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import secrets
import subprocess
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Coroutine, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import and_, select
from temporalio.client import Client
from temporalio.service import RPCError

import worker
from activities.letters import Letters
from punchcard.channels.channel import Envelope, Receipt
from punchcard.domain.campaigns import Campaign
from punchcard.domain.clock import Clock
from punchcard.domain.database import Database, table
from punchcard.domain.instances import Instance, Tick
from punchcard.domain.outbox import OutboxRow
from punchcard.domain.plans import plan_text
from punchcard.domain.schema import metadata
from punchcard.embedded.ports import free_port
from punchcard.embedded.temporal_server import ENVIRONMENT, is_serving, temporal_command
from punchcard.errors import PunchcardError
from punchcard.language.trials.model import Case
from punchcard.payloads import data_converter
from punchcard.plan.model import Plan
from punchcard.plan.state import State, from_data
from punchcard.settings import LOOPBACK
from punchcard.trial.clock import VirtualClock
from punchcard.trial.files import Surroundings, Tested, production_of
from punchcard.trial.play import Played, play
from punchcard.trial.replies import Replies, StoryCaller
from punchcard.trial.stage import Production
from punchcard.trial.walk import Performer

INSTANCE, TICK, OUTBOX, CAMPAIGN = table(Instance), table(Tick), table(OutboxRow), table(Campaign)
T = TypeVar("T")
# A timer of 7 days looks at the clock again after an eighth of a second.
PACE = 5_000_000
PATIENCE_SECONDS = 60
LOOK_AGAIN_SECONDS = 0.02


class NeverQuiet(PunchcardError):
    """The workflows did not come to rest."""


@dataclass(frozen=True, slots=True)
class _Taken:
    """A channel that takes every message and hands it to nobody."""

    async def send(self, envelope: Envelope) -> Receipt:
        return Receipt(envelope.message_id, "250 taken")

    async def aclose(self) -> None:
        return None


class Temporal:
    """A Temporal server for as long as the block lasts."""

    def __init__(self, letters: Letters) -> None:
        self._letters = letters
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._folder = tempfile.TemporaryDirectory()
        self.address = f"{LOOPBACK}:{free_port()}"
        self._server: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Temporal:
        self._thread.start()
        port = int(self.address.rpartition(":")[2])
        command = temporal_command(Path(self._folder.name) / "temporal.db", port, ui_port=None)
        self._server = subprocess.Popen(
            command, env={**os.environ, **ENVIRONMENT}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        end = time.monotonic() + PATIENCE_SECONDS
        while not self.run(is_serving({"target_host": self.address})):
            if time.monotonic() > end:
                raise NeverQuiet("The Temporal server did not answer.", remedy="Try again, with less load.")
            time.sleep(0.1)
        return self

    def __exit__(self, *_: object) -> None:
        if self._server is not None:
            self._server.terminate()
            self._server.wait()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()
        self._folder.cleanup()

    def run(self, doing: Coroutine[Any, Any, T]) -> T:
        """Do something on the loop, and return what came of it."""
        return asyncio.run_coroutine_threadsafe(doing, self._loop).result()

    @contextlib.contextmanager
    def database(self) -> Iterator[Database]:
        """An empty database in a file, since workers have threads."""
        file = Path(self._folder.name) / f"{secrets.token_hex(6)}.db"
        made = Database(f"sqlite:///{file}")
        metadata.create_all(made.engine)
        try:
            yield made
        finally:
            made.close()
            file.unlink()

    @contextlib.contextmanager
    def working(self, database: Database, clock: Clock, replies: Replies) -> Iterator[Workflows]:
        """A worker on that database while the block lasts."""

        def find(hash: str) -> str:
            with database.read() as connection:
                return plan_text(connection, hash)

        queue = f"trial-{secrets.token_hex(6)}"
        client = self.run(Client.connect(self.address, data_converter=data_converter(find)))
        parts = worker.Parts(database, clock, _Taken(), self._letters, queue, StoryCaller(replies))
        running = worker.running(client, parts)
        self.run(running.__aenter__())
        try:
            yield Workflows(self, database, clock, client)
        finally:
            self.run(running.__aexit__(None, None, None))


@dataclass(frozen=True, slots=True)
class _InFile:
    """A database in a file, as a stage takes it."""

    database: Database


def differences(temporal: Temporal, tested: Tested, around: Surroundings) -> dict[str, tuple[str, ...]]:
    """Play every case again by real workflows; return, by the case's name, what happened on one side alone."""
    assert tested.plan is not None, "what has mistakes has no cases"
    production = production_of(tested.plan, around, tested.beside)
    found = {}
    for played in tested.cases:
        again = _play(temporal, played.case, tested.plan, production)
        sides = (("the core alone", played, again), ("Temporal alone", again, played))
        found[played.case.name] = tuple(
            f"{name}: {entry.at} {entry.text}"
            for name, here, there in sides
            for entry in (Counter(here.timeline) - Counter(there.timeline)).elements()
        )
    return found


def _play(temporal: Temporal, case: Case, plan: Plan, production: Production) -> Played:
    with contextlib.ExitStack() as stack:
        database = stack.enter_context(temporal.database())

        def walks(
            database: Database, clock: VirtualClock, _: Mapping[str, Performer], replies: Replies
        ) -> Workflows:
            return stack.enter_context(temporal.working(database, clock, replies))

        # Workflows are called after their customers, and each case has one of its own.
        first = secrets.randbelow(10**12)
        return play(case, plan, replace(production, walks=walks, pace=PACE, first=first), _InFile(database))


class Workflows:
    """All instances of a database as workflows; what a walker does in one thread, a worker does for them."""

    def __init__(self, temporal: Temporal, database: Database, clock: Clock, client: Client) -> None:
        self._temporal = temporal
        self._database = database
        self._clock = clock
        self._client = client

    def settle(self) -> None:
        """Wait until everybody has been told everything, and every instance waits or has ended."""
        end = time.monotonic() + PATIENCE_SECONDS
        # In this order: whoever has just read something goes on with it.
        while not self._have_read() or self._unrest():
            if time.monotonic() > end:
                raise NeverQuiet(f"The workflows do not come to rest: {self._unrest()}.", remedy="Try again.")
            time.sleep(LOOK_AGAIN_SECONDS)

    @property
    def next_deadline(self) -> int | None:
        """The nearest instant at which some instance has to be woken."""
        deadlines = [row.deadline for row in self._open() if row.deadline is not None and not row.held]
        later = (OUTBOX.c.status == "pending", OUTBOX.c.not_before > self._clock.now())
        starts = [row.not_before for row in self._rows(select(OUTBOX.c.not_before).where(*later))]
        return min([*deadlines, *starts], default=None)

    def wake(self) -> None:
        """Leave it to the timers: they look at the clock by themselves."""

    @property
    def states(self) -> tuple[tuple[str, State], ...]:
        """Where each instance stands, with its campaign."""
        latest = and_(TICK.c.instance_id == INSTANCE.c.id, TICK.c.number == INSTANCE.c.tick)
        found = self._rows(select(INSTANCE.c.campaign, TICK.c.state).join(TICK, latest))
        return tuple((row.campaign, from_data(json.loads(row.state))) for row in found)

    def _rows(self, statement: Any) -> list[Any]:
        with self._database.read() as connection:
            return list(connection.execute(statement).all())

    def _open(self) -> list[Any]:
        return self._rows(select(INSTANCE).where(INSTANCE.c.status != "closed"))

    def _unrest(self) -> list[str]:
        rows = self._rows(
            select(OUTBOX.c.instance_id, OUTBOX.c.not_before).where(OUTBOX.c.status == "pending")
        )
        pending = [row.instance_id for row in rows if row.not_before <= self._clock.now()]
        later = {row.instance_id for row in rows} - set(pending)
        paused = {row.name for row in self._rows(select(CAMPAIGN).where(CAMPAIGN.c.paused_at.is_not(None)))}
        now = self._clock.now()
        restless = [
            row.id
            for row in self._open()
            if row.id not in later
            and not (
                row.paused_at is not None or row.campaign in paused
                if row.held
                else row.phase == "parked" or (row.phase == "waiting" and row.deadline > now)
            )
        ]
        return [*pending, *restless]

    def _have_read(self) -> bool:
        running = [row for row in self._open() if row.status != "unstarted" and not row.held]
        return all(self._has_read(row) for row in running)

    def _has_read(self, row: Any) -> bool:
        """Ask the workflow where the database cannot know: what changes nothing is read without a tick."""
        latest = self._rows(select(TICK).where(TICK.c.instance_id == row.id, TICK.c.number == row.tick))
        if (
            latest
            and json.loads(latest[0].state)["seen"] >= row.last_seq
            and "recall" not in latest[0].results
        ):
            return True
        try:
            known = self._temporal.run(self._client.get_workflow_handle(row.id).query("state"))
        except RPCError:
            return False
        return bool(known["seen"] >= row.last_seq)
