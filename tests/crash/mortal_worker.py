"""A worker that is killed right after a tick was committed, before Temporal hears of it: `mortal_worker N`."""

import asyncio
import os
import signal
import sys

from temporalio import activity

import worker
from activities.ticks import TickActivities
from punchcard.contracts import COMMIT_TICK, TickRequest, TickResult
from punchcard.settings import load_settings

LAST = int(sys.argv[1])


class MortalTicks(TickActivities):
    """Ticks of which one is the worker's last."""

    @activity.defn(name=COMMIT_TICK)
    async def commit_tick(self, request: TickRequest) -> TickResult:
        """Commit as ever, then die where it is time to."""
        result = await TickActivities.commit_tick(self, request)
        if request.number == LAST and result.verdict == "committed":
            os.kill(os.getpid(), signal.SIGKILL)
        return result


if __name__ == "__main__":
    vars(worker)["TickActivities"] = MortalTicks
    asyncio.run(worker.main(load_settings()))
