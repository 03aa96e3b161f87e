"""Incidents as a list: what waits for an operator, and what was decided."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, select

from punchcard.domain.customers import known_as
from punchcard.domain.database import table
from punchcard.domain.instances import Incident, Instance
from punchcard.domain.pages import Page, after, page

INCIDENT, INSTANCE = table(Incident), table(Instance)


@dataclass(frozen=True, slots=True)
class IncidentRow:
    """One incident of one instance; open while `closed_at` is None."""

    id: int
    instance_id: str
    campaign: str
    customer: str | None
    version: str
    key: str
    path: str
    error: str
    opened_at: int
    closed_at: int | None
    resolution: str | None


def find_incidents(
    connection: Connection,
    *,
    is_open: bool,
    campaign: str | None = None,
    cursor: str | None = None,
    limit: int = 50,
) -> Page[IncidentRow]:
    """Return open or closed incidents, the latest first."""
    closed = INCIDENT.c.closed_at
    statement = (
        select(INCIDENT, INSTANCE.c.version, known_as(INSTANCE.c.customer_id).label("customer"))
        .join(INSTANCE, INSTANCE.c.id == INCIDENT.c.instance_id)
        .where(closed.is_(None) if is_open else closed.is_not(None))
    )
    if campaign is not None:
        statement = statement.where(INCIDENT.c.campaign == campaign)
    rows = connection.execute(after(statement, (INCIDENT.c.id,), cursor, limit)).all()
    return page(rows, limit, _row, ("id",))


def _row(row: Row[Any]) -> IncidentRow:
    return IncidentRow(
        id=row.id,
        instance_id=row.instance_id,
        campaign=row.campaign,
        customer=row.customer,
        version=row.version,
        key=row.key,
        path=row.path,
        error=row.error,
        opened_at=row.opened_at,
        closed_at=row.closed_at,
        resolution=row.resolution,
    )
