"""The schedule of Temporal by which the search for who is due runs: one for the installation."""

from __future__ import annotations

from datetime import timedelta

from temporalio.client import (
    Client,
    Schedule,
    ScheduleActionStartWorkflow,
    ScheduleAlreadyRunningError,
    ScheduleHandle,
    ScheduleIntervalSpec,
    ScheduleOverlapPolicy,
    SchedulePolicy,
    ScheduleSpec,
    ScheduleUpdate,
    ScheduleUpdateInput,
)

from punchcard.contracts import SWEEP

EVERY = timedelta(minutes=1)
# In a demo a business day may pass in seconds; more often than this would only keep the server busy.
AT_MOST = timedelta(seconds=2)


def schedule_id(task_queue: str) -> str:
    """Return what the schedule of an installation is called."""
    return f"{task_queue}-sweep"


async def keep_sweeping(client: Client, task_queue: str, pace: int) -> ScheduleHandle:
    """See to it that the search runs every minute of business time, `pace` milliseconds of which pass in a real one.

    A sweep that was missed is not made up for: the next one finds all that it would have found.
    """
    name = schedule_id(task_queue)
    schedule = _schedule(name, task_queue, max(EVERY / max(pace, 1), AT_MOST))
    try:
        return await client.create_schedule(name, schedule)
    except ScheduleAlreadyRunningError:
        handle = client.get_schedule_handle(name)
        await handle.update(lambda current: _renewed(current, schedule))
        return handle


def _schedule(name: str, task_queue: str, every: timedelta) -> Schedule:
    return Schedule(
        action=ScheduleActionStartWorkflow(SWEEP, id=name, task_queue=task_queue),
        spec=ScheduleSpec(intervals=[ScheduleIntervalSpec(every=every)]),
        policy=SchedulePolicy(overlap=ScheduleOverlapPolicy.SKIP, catchup_window=timedelta(seconds=10)),
    )


def _renewed(current: ScheduleUpdateInput, schedule: Schedule) -> ScheduleUpdate:
    """The same schedule at another pace; one that an operator has paused stays so."""
    schedule.state = current.description.schedule.state
    return ScheduleUpdate(schedule)
