"""A folder of definitions on its way in: event types first, then each campaign, all or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection

from punchcard.domain import audit
from punchcard.domain.event_types import register
from punchcard.plan.model import Plan
from punchcard.router.publishing import Published, publish


@dataclass(frozen=True, slots=True)
class Draft:
    """A campaign that has been checked, with the texts it was compiled from."""

    plan: Plan
    source: str
    files: Mapping[str, str] = field(default_factory=dict)


def register_events(connection: Connection, schemas: Mapping[str, dict[str, Any]], now: int) -> None:
    """Register event types."""
    for name, schema in schemas.items():
        register(connection, name, schema, now)


def publish_all(connection: Connection, drafts: Iterable[Draft], actor: str, now: int) -> list[Published]:
    """Publish each draft, and write what changed to the audit log."""
    results = []
    for draft in drafts:
        published = publish(connection, draft.plan, draft.source, draft.files, actor, now)
        if published.changed:
            audit.log(
                connection, actor, "campaign.publish", published.campaign, now, version=published.version
            )
        results.append(published)
    return results
