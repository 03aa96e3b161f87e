"""The activity that starts the campaign that another one asks for."""

from __future__ import annotations

from sqlalchemy import Connection
from temporalio import activity

from punchcard.contracts import START_CAMPAIGN, EffectRequest, StartResult
from punchcard.domain.clock import Clock
from punchcard.domain.group_commit import GroupCommit
from punchcard.router.catalogue import CampaignCache
from punchcard.router.onward import start_onward


class StartingActivities:
    """Starts campaigns of one database."""

    def __init__(self, commits: GroupCommit, clock: Clock) -> None:
        self._commits = commits
        self._clock = clock
        self._campaigns = CampaignCache()

    @activity.defn(name=START_CAMPAIGN)
    async def start_campaign(self, request: EffectRequest) -> StartResult:
        """Start it once, in one transaction; a refusal is for an operator to mend."""
        now = self._clock.now()

        def start(connection: Connection) -> StartResult:
            campaigns = self._campaigns.current(connection)
            name, started = start_onward(connection, campaigns, request.instance_id, request.key, now)
            return StartResult(started.disposition, now, name, started.instance_id)

        return await self._commits.run(start)
