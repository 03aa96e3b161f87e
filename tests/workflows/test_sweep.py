"""The search for who is due on a real Temporal server: by its schedule, repeated, and ended halfway."""

import threading
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import select
from temporalio.client import ScheduleOverlapPolicy, WorkflowExecutionStatus

from punchcard.contracts import SWEEP
from punchcard.domain.clock import Clock
from punchcard.domain.database import Database, table
from punchcard.domain.occasions import Occasion
from punchcard.plan.calendar import DAY, to_datetime
from punchcard.router.sweep import Sweeper, Swept
from punchcard.router.timetable import AT_MOST, EVERY, keep_sweeping
from tests.support.run_servers import PATIENCE
from tests.workflows.stage import Stage, stage

OCCASION = table(Occasion)
TEXT = """\
campaign: save
currency: USD
timezone: UTC
when: birthday
steps:
  - wait: 1 day
"""


def born_tomorrow(here: Stage, *names: str) -> int:
    """Make customers known whose birthday is tomorrow, and return when they are due."""
    tomorrow = to_datetime(here.clock.now() + DAY)
    for name in names:
        here.customer(name, birthday=f"1984-{tomorrow:%m-%d}")
    return here.clock.now() // DAY * DAY + DAY + 9 * 3600 * 1000


def served(here: Stage) -> int:
    """Return how many occasions there are."""
    return len(here.rows(select(OCCASION.c.id)))


async def test_the_schedule_finds_who_is_due(temporal_server: str, tmp_path: Path) -> None:
    """Triggered by hand, and again: each birthday has one instance; a second worker changes the pace alone."""
    async with stage(tmp_path, temporal_server) as here:
        here.publish_text(TEXT)
        here.clock.leap(born_tomorrow(here, "ann", "bob"))
        queue = here.parts.task_queue
        handle = await keep_sweeping(here.client, queue, pace=1)
        try:
            await handle.pause()
            for _ in range(2):
                await handle.trigger(overlap=ScheduleOverlapPolicy.ALLOW_ALL)
                await here.until(lambda: served(here) == 2, "two birthdays")
            await here.quiet()
            await keep_sweeping(here.client, queue, pace=43_200)
            described = (await handle.describe()).schedule
            assert described.state.paused
            assert [each.every for each in described.spec.intervals] == [AT_MOST]
            assert max(EVERY, AT_MOST) == timedelta(minutes=1)
            assert served(here) == 2
        finally:
            await handle.delete()


class Halting(Sweeper):
    """A search that takes one customer at a time and halts after the first, until it is let go."""

    first = threading.Event()
    let_go = threading.Event()

    def __init__(self, database: Database, clock: Clock) -> None:
        super().__init__(database, clock, batch=1)

    def round(self) -> Swept:
        """Take one."""
        swept = super().round()
        if swept.occasions:
            self.first.set()
            self.let_go.wait(PATIENCE)
        return swept


@pytest.fixture
def halting(monkeypatch: pytest.MonkeyPatch) -> Iterator[type[Halting]]:
    """Workers search haltingly."""
    monkeypatch.setattr("worker.Sweeper", Halting)
    yield Halting
    Halting.let_go.set()


async def test_a_sweep_that_is_killed_is_gone_on_with(
    temporal_server: str, tmp_path: Path, halting: type[Halting]
) -> None:
    """The first one is terminated after its first customer, the second one finds the others and nobody twice."""
    async with stage(tmp_path, temporal_server) as here:
        here.publish_text(TEXT)
        here.clock.leap(born_tomorrow(here, "ann", "bob", "cid"))
        queue = here.parts.task_queue
        killed = await here.client.start_workflow(SWEEP, id=f"{queue}-killed", task_queue=queue)
        await here.until(halting.first.is_set, "the first customer")
        assert served(here) == 1
        await killed.terminate("the test kills it")
        halting.let_go.set()
        assert (await killed.describe()).status == WorkflowExecutionStatus.TERMINATED
        found = await here.sweep()
        assert (served(here), found <= 2) == (3, True)
        assert await here.sweep() == 0
        await here.quiet()


async def test_a_sweep_that_goes_on_for_long_begins_anew(
    temporal_server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So no workflow task lasts long, and no history grows; what has been found so far is handed on."""
    monkeypatch.setattr("workflows.sweep.LONGEST", timedelta(0))
    monkeypatch.setattr("worker.Sweeper", partial(Sweeper, batch=1))
    async with stage(tmp_path, temporal_server, sandboxed=False) as here:
        here.publish_text(TEXT)
        here.clock.leap(born_tomorrow(here, "ann", "bob", "cid"))
        queue = here.parts.task_queue
        begun = await here.client.start_workflow(SWEEP, id=f"{queue}-long", task_queue=queue)
        assert await begun.result() == served(here) == 3
        first = here.client.get_workflow_handle(begun.id, run_id=begun.first_execution_run_id)
        assert (await first.describe()).status == WorkflowExecutionStatus.CONTINUED_AS_NEW
        history = await first.fetch_history()
        assert sum(event.HasField("marker_recorded_event_attributes") for event in history.events) == 1
