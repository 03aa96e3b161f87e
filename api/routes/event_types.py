"""Event types: the shop's own kinds of events, each with versioned schemas."""

from __future__ import annotations

import json
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Response
from pydantic import Field

from api.auth import Allowed, keyed
from api.installation import Here
from api.instants import Instant, to_text
from api.problems import NotJson
from api.shapes.values import Data, Given, Taken
from punchcard.domain import audit
from punchcard.domain.event_types import SchemaRefused, TypeVersion, register, versions
from punchcard.domain.keys import Key
from punchcard.domain.refusals import EventTypeUnknown, NameTaken
from punchcard.router.wire import KINDS

router = APIRouter(prefix="/v1/event-types", tags=["Event types"])
Reads = Depends(Allowed("event_types:read", "event_types:write"))
TypeName = Annotated[
    str, Path(pattern=r"^[a-z][a-z0-9_]{0,63}$", description="The type's name.", examples=["store_visited"])
]
EXAMPLE = {
    "type": "object",
    "properties": {"store": {"type": "string"}, "minutes": {"type": "integer", "minimum": 0}},
    "required": ["store"],
    "additionalProperties": False,
}


class SchemaAsked(Taken):
    """The schema that the data of events must fit from now on."""

    json_schema: Data = Field(alias="schema", description="JSON Schema 2020-12.", examples=[EXAMPLE])


class EventTypeShown(Given):
    """One version of an event type."""

    name: str = Field(examples=["store_visited"])
    version: int = Field(examples=[1])
    registered_at: Instant
    json_schema: dict[str, Any] = Field(serialization_alias="schema", examples=[EXAMPLE])


class EventTypeList(Given):
    """Event types, or the versions of one; by name, then the latest version first."""

    event_types: list[EventTypeShown]


@router.get("", summary="List event types", dependencies=[Reads], responses=keyed())
def get_event_types(here: Here) -> EventTypeList:
    """Return every version of every registered event type."""
    with here.database.read() as connection:
        return EventTypeList(event_types=[_shown(each) for each in versions(connection)])


@router.get(
    "/{name}", summary="See an event type's versions", dependencies=[Reads], responses=keyed(EventTypeUnknown)
)
def get_event_type(name: TypeName, here: Here) -> EventTypeList:
    """Return every version of one event type, the latest first: events are checked against that one."""
    with here.database.read() as connection:
        found = versions(connection, name)
    if not found:
        raise EventTypeUnknown(f"There is no event type {name}.", remedy="Register it with PUT.")
    return EventTypeList(event_types=[_shown(each) for each in found])


@router.put(
    "/{name}",
    summary="Register an event type",
    responses={
        201: {"model": EventTypeShown, "description": "A new version."},
        **keyed(NotJson, SchemaRefused, NameTaken),
    },
)
def put_event_type(
    name: TypeName,
    body: SchemaAsked,
    response: Response,
    here: Here,
    key: Annotated[Key, Depends(Allowed("event_types:write"))],
) -> EventTypeShown:
    """Register a schema as the next version of an event type; the same schema again is the same version."""
    if name in KINDS:
        raise NameTaken(f"{name} is built in.", remedy="Choose another name.")
    with here.database.begin() as connection:
        now = here.now()
        before = versions(connection, name)
        registered = register(connection, name, body.json_schema, now)
        latest = versions(connection, name)[0]
        if not before or before[0].version != registered.version:
            response.status_code = 201
            audit.log(
                connection,
                key.actor,
                "event_type.register",
                f"event_type:{name}",
                now,
                version=latest.version,
            )
    return _shown(latest)


def _shown(each: TypeVersion) -> EventTypeShown:
    return EventTypeShown(
        name=each.name,
        version=each.version,
        registered_at=to_text(each.registered_at),
        json_schema=json.loads(each.json_schema),
    )
