"""Published plans by the hash of their content; each is read from the database once in a process."""

from __future__ import annotations

import threading

from sqlalchemy import Connection, select

from punchcard.domain.campaigns import Campaign, Version
from punchcard.domain.database import table
from punchcard.errors import PunchcardError
from punchcard.plan.codec import read_plan
from punchcard.plan.model import Plan
from punchcard.plan.program import Program, program

CAMPAIGN, VERSION = table(Campaign), table(Version)


class PlanMissing(PunchcardError):
    """The database does not hold the plan of this hash."""


class Plans:
    """A shelf of programs; safe to share between threads, since what a hash names never changes."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._programs: dict[str, Program] = {}

    def program(self, connection: Connection, hash: str) -> Program:
        """Return the program of a version; PlanMissing if the database does not hold it."""
        found = self._programs.get(hash)
        if found is None:
            found = program(read_plan(plan_text(connection, hash)))
            with self._lock:
                self._programs[hash] = found
        return found


def running_plans(connection: Connection) -> list[Plan]:
    """Return the current plans of all campaigns that have not ended, by their names."""
    rows = connection.execute(
        select(VERSION.c.plan)
        .join(CAMPAIGN, CAMPAIGN.c.version == VERSION.c.hash)
        .where(CAMPAIGN.c.status != "ended")
        .order_by(CAMPAIGN.c.name)
    )
    return [read_plan(row.plan) for row in rows]


def plan_text(connection: Connection, hash: str) -> str:
    """Return the canonical JSON of a version's plan; PlanMissing if the database does not hold it."""
    text: str | None = connection.execute(select(VERSION.c.plan).where(VERSION.c.hash == hash)).scalar()
    if text is None:
        raise PlanMissing(
            f"No version {hash[:12]} is stored.",
            remedy="Restore the database from a backup that holds it: versions are never deleted.",
        )
    return text
