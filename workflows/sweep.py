"""The workflow that finds who is due: round after round until nobody is left.

A schedule starts it every now and then. All that it needs to know stands in the database, so it can be ended,
repeated or missed at any point: the next one goes on from there.
"""

from __future__ import annotations

from datetime import timedelta

from temporalio import workflow
from temporalio.common import RetryPolicy
from temporalio.exceptions import ActivityError

with workflow.unsafe.imports_passed_through():
    from punchcard.contracts import SWEEP, SWEEP_ROUND, SweepResult

MOST_ROUNDS = 200
# Rounds follow each other within one workflow task, which holds its worker's slot: after so long it begins anew.
LONGEST = timedelta(seconds=2)
PATIENCE = timedelta(seconds=60)
RETRIES = RetryPolicy(
    initial_interval=timedelta(milliseconds=200), maximum_interval=timedelta(seconds=5), maximum_attempts=4
)


@workflow.defn(name=SWEEP)
class Sweep:
    """Finds who is due."""

    @workflow.run
    async def run(self, found: int = 0) -> int:
        """Return how many instances will start; while the database is away, leave it to the next sweep."""
        for _ in range(MOST_ROUNDS):
            try:
                result: SweepResult = await workflow.execute_local_activity(
                    SWEEP_ROUND,
                    result_type=SweepResult,
                    schedule_to_close_timeout=PATIENCE,
                    retry_policy=RETRIES,
                )
            except ActivityError as error:
                workflow.logger.warning("who is due cannot be found: %s", error.cause)
                return found
            found += result.occasions
            if not result.more:
                return found
            if workflow.now() - workflow.info().start_time > LONGEST:
                break
        workflow.continue_as_new(found)
