"""A folder of definitions on its way in: event types first, then each campaign, all or nothing."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from punchcard.domain import audit
from punchcard.domain.event_types import declared, register
from punchcard.errors import FinalError
from punchcard.plan.model import Plan
from punchcard.router.publishing import Published, publish

EVENTS = "events"


class EventFileRefused(FinalError):
    """A file of an event type cannot be used."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A campaign that has been checked, with the texts it was compiled from."""

    plan: Plan
    source: str
    files: Mapping[str, str] = field(default_factory=dict)


def event_schemas(folders: Iterable[Path]) -> dict[str, dict[str, Any]]:
    """Read the JSON Schemas in the `events` folders beside campaigns, by the event's name, which is the file's."""
    found: dict[str, dict[str, Any]] = {}
    for folder in folders:
        for path in sorted((folder / EVENTS).glob("*.json")):
            try:
                schema = json.loads(path.read_text(encoding="utf-8"))
            except ValueError as error:
                raise EventFileRefused(f"{path}: {error}.", remedy="Write one JSON Schema a file.") from None
            if not isinstance(schema, dict):
                raise EventFileRefused(f"{path} holds no object.", remedy="Write one JSON Schema a file.")
            found[path.stem] = schema
    return found


def register_events(
    connection: Connection, schemas: Mapping[str, dict[str, Any]], now: int
) -> dict[str, dict[str, str]]:
    """Register event types, and return all that are declared now, with their fields."""
    for name, schema in schemas.items():
        register(connection, name, schema, now)
    return declared(connection)


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
