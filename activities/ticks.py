"""The local activity that makes an instance's next tick stand in the database."""

from __future__ import annotations

from temporalio import activity

from punchcard.contracts import COMMIT_TICK, TickRequest, TickResult
from punchcard.domain.clock import Clock
from punchcard.domain.group_commit import GroupCommit
from punchcard.domain.plans import Plans
from punchcard.domain.ticks import Proposal, commit_tick
from punchcard.plan.codec import decode
from punchcard.plan.effects import Note
from punchcard.plan.facts import FACTS


class TickActivities:
    """Ticks against one database."""

    def __init__(self, commits: GroupCommit, clock: Clock) -> None:
        self._commits = commits
        self._clock = clock
        self._plans = Plans()

    @activity.defn(name=COMMIT_TICK)
    async def commit_tick(self, request: TickRequest) -> TickResult:
        """Commit the tick in one transaction, or say what stands instead."""
        proposal = Proposal(
            instance_id=request.instance_id,
            number=request.number,
            event=request.event,
            facts=tuple(decode(FACTS[fact["kind"]], fact) for fact in request.facts),
            notes=tuple(decode(Note, note) for note in request.notes),
            state=request.state,
        )
        now = self._clock.now()
        answer = await self._commits.run(
            lambda connection: commit_tick(connection, self._plans, proposal, now)
        )
        return TickResult(answer.verdict, now, answer.results, answer.state, answer.seq)
