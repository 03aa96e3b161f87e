"""The local activity that takes one round of the search for who is due."""

from __future__ import annotations

import asyncio

from temporalio import activity

from punchcard.contracts import SWEEP_ROUND, SweepResult
from punchcard.router.sweep import Sweeper


class SweepingActivities:
    """Searches one database."""

    def __init__(self, sweeper: Sweeper) -> None:
        self._sweeper = sweeper

    @activity.defn(name=SWEEP_ROUND)
    async def sweep_round(self) -> SweepResult:
        """Take one batch of each campaign in which somebody may be due."""
        swept = await asyncio.to_thread(self._sweeper.round)
        return SweepResult(swept.occasions, swept.more)
