"""Incidents of an instance, opened and closed."""

from __future__ import annotations

from sqlalchemy import insert, update

from punchcard.domain.database import table
from punchcard.domain.facts.granting import Granting
from punchcard.domain.instances import Incident, Instance
from punchcard.plan.facts import CloseIncident, OpenIncident

INCIDENT, INSTANCE = table(Incident), table(Instance)


def open_incident(granting: Granting, fact: OpenIncident) -> None:
    """Record that the instance is parked at a step, and why."""
    granting.connection.execute(
        insert(INCIDENT),
        {
            "instance_id": granting.instance.id,
            "campaign": granting.instance.campaign,
            "key": fact.key,
            "path": fact.path,
            "error": fact.error,
            "opened_at": granting.now,
        },
    )
    granting.connection.execute(
        update(INSTANCE)
        .where(INSTANCE.c.id == granting.instance.id)
        .values(incidents=INSTANCE.c.incidents + 1)
    )


def close_incident(granting: Granting, fact: CloseIncident) -> None:
    """Record what an operator decided about the step's incident."""
    closed = granting.connection.execute(
        update(INCIDENT)
        .where(
            INCIDENT.c.instance_id == granting.instance.id,
            INCIDENT.c.key == fact.key,
            INCIDENT.c.closed_at.is_(None),
        )
        .values(closed_at=granting.now, resolution=fact.how)
        .returning(INCIDENT.c.id)
    ).all()
    granting.connection.execute(
        update(INSTANCE)
        .where(INSTANCE.c.id == granting.instance.id)
        .values(incidents=INSTANCE.c.incidents - len(closed))
    )
