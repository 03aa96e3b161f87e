"""The campaigns that events are matched with: read once, and again when their generation has changed."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from punchcard.domain.campaigns import Campaign, Catalogue, Epoch, Version
from punchcard.domain.database import table
from punchcard.domain.prepared import Prepared
from punchcard.plan.codec import read_plan
from punchcard.plan.epochs import carries
from punchcard.plan.model import Plan
from punchcard.plan.program import listens
from punchcard.router.counting import Counting, counting

CAMPAIGN, CATALOGUE, EPOCH, VERSION = table(Campaign), table(Catalogue), table(Epoch), table(Version)

_GENERATION = Prepared(select(CATALOGUE.c.generation).where(CATALOGUE.c.id == 1).with_for_update(read=True))


@dataclass(frozen=True, slots=True)
class Campaigns:
    """All campaigns that count, and all versions that some instance may still run, at one generation."""

    generation: int
    counting: tuple[Counting, ...]
    hearing: dict[str, frozenset[str]]


class CampaignCache:
    """Keeps the campaigns of the latest generation seen; safe to share between threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._campaigns: Campaigns | None = None
        self._plans: dict[str, Plan] = {}

    def current(self, connection: Connection) -> Campaigns:
        """Return the campaigns as this transaction sees them; until it ends no campaign can change."""
        generation = generation_of(connection)
        with self._lock:
            if self._campaigns is None or self._campaigns.generation != generation:
                self._campaigns = self._load(connection, generation)
            return self._campaigns

    def _load(self, connection: Connection, generation: int) -> Campaigns:
        versions = connection.execute(select(VERSION.c.hash)).scalars()
        unread = [name for name in versions if name not in self._plans]
        if unread:
            wanted = select(VERSION.c.hash, VERSION.c.plan).where(VERSION.c.hash.in_(unread))
            self._plans |= {row.hash: read_plan(row.plan) for row in connection.execute(wanted)}
        epochs = connection.execute(
            select(EPOCH, CAMPAIGN.c.version.label("current"), CAMPAIGN.c.epoch.label("open_epoch"))
            .join(CAMPAIGN, CAMPAIGN.c.name == EPOCH.c.campaign)
            .where(CAMPAIGN.c.status != "ended")
            .order_by(EPOCH.c.campaign, EPOCH.c.epoch)
        )
        running = self._countings(list(epochs))
        hearing: dict[str, set[str]] = {}
        for name, plan in self._plans.items():
            for event in listens(plan):
                hearing.setdefault(event, set()).add(name)
        return Campaigns(generation, running, {event: frozenset(names) for event, names in hearing.items()})

    def _countings(self, rows: list[Any]) -> tuple[Counting, ...]:
        """The open epoch starts instances on the current version; a closed one keeps its own."""
        found: list[Counting] = []
        for row in rows:
            version = row.current if row.epoch == row.open_epoch else row.version
            plan = self._plans[version]
            before = found[-1].plan if found and found[-1].campaign == row.campaign else None
            carried = before is not None and carries(before, plan)
            found.append(
                counting(
                    row.campaign,
                    version,
                    row.epoch,
                    row.counts_from,
                    plan,
                    until=row.until,
                    carried=carried,
                )
            )
        return tuple(found)


def generation_of(connection: Connection) -> int:
    """Return the catalogue's generation, kept from changing until the transaction ends."""
    return _GENERATION(connection).scalar() or 0
