"""Process instances: find them, see one with its journal, tell it something."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Body, Depends, Path, Query

from api.auth import Allowed, keyed
from api.installation import Here
from api.problems import NotJson
from api.shapes.instances import (
    EXAMPLE_ID,
    CommandAsked,
    Counts,
    InstancePage,
    InstancesAsked,
    InstanceShown,
    InstanceWhole,
    StepCommandAsked,
    instance_shown,
    instance_whole,
    place_shown,
)
from api.shapes.values import Word
from punchcard.domain.instance_search import count_by_place, count_by_state, find_instances
from punchcard.domain.instance_story import find_instance, tell_story
from punchcard.domain.keys import Key
from punchcard.domain.operating import DEEDS, Order
from punchcard.domain.refusals import (
    CursorUnknown,
    InstanceClosed,
    InstanceUnknown,
    NothingToRetry,
    NothingToSkip,
)

router = APIRouter(prefix="/v1/instances", tags=["Instances"])
Reads = Depends(Allowed("instances:read"))
Id = Annotated[Word, Path(description="The instance's id.", examples=[EXAMPLE_ID])]


@router.get("", summary="Find instances", dependencies=[Reads], responses=keyed(CursorUnknown))
def get_instances(asked: Annotated[InstancesAsked, Query()], here: Here) -> InstancePage:
    """Return instances, the latest first, in pages: `next` is the `cursor` of the page that follows."""
    with here.database.read() as connection:
        page = find_instances(connection, asked.wanted(), cursor=asked.cursor, limit=asked.limit)
    return InstancePage(instances=[instance_shown(line) for line in page.items], next=page.next)


@router.get("/counts", summary="Count instances by state and step", dependencies=[Reads], responses=keyed())
def get_counts(asked: Annotated[InstancesAsked, Query()], here: Here) -> Counts:
    """Return how many instances are in each state, and at each step. `cursor` and `limit` do not matter here."""
    with here.database.read() as connection:
        states = count_by_state(connection, asked.wanted())
        places = count_by_place(connection, asked.wanted())
    return Counts(
        by_state=states,
        by_step=[place_shown(place) for place in places],
    )


@router.get(
    "/{instance}",
    summary="See an instance with its journal",
    dependencies=[Reads],
    responses=keyed(InstanceUnknown),
)
def get_instance(instance: Id, here: Here) -> InstanceWhole:
    """Return one instance: where it stands, what it did and why, what it gave, wrote and asked."""
    with here.database.read() as connection:
        return instance_whole(tell_story(connection, instance, here.now()))


@router.post(
    "/{instance}/commands",
    summary="Cancel, pause, resume, retry or skip",
    status_code=202,
    responses=keyed(NotJson, InstanceUnknown, InstanceClosed, NothingToRetry, NothingToSkip),
)
def post_command(
    instance: Id,
    body: Annotated[CommandAsked, Body(discriminator="command")],
    here: Here,
    key: Annotated[Key, Depends(Allowed("instances:operate"))],
) -> InstanceShown:
    """Tell an instance something; it takes it in as soon as its workflow comes to it.

    `cancel` ends it, and what was given stays given. `pause` keeps it where it is until `resume`. `retry` lets
    parked steps try again, `skip` goes past what it waits for or is parked at. Each is written into the log
    of deeds with the key's name. The answer is the instance as it stands at this moment.
    """
    step = body.step if isinstance(body, StepCommandAsked) else None
    with here.database.begin() as connection:
        order = Order(actor=key.actor, now=here.now(), reason=body.reason, path=step)
        DEEDS[body.command](connection, instance, order)
        return instance_shown(find_instance(connection, instance))
