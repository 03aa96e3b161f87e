"""Incidents: what waits for an operator, and what was decided."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from api.console.addresses import address
from api.console.desk import AtDesk
from api.console.page import show
from api.console.viewer import SignedIn
from api.console.words.incidents import incident_words, resolution_words
from punchcard.domain.campaign_names import campaign_names
from punchcard.domain.incident_list import find_incidents
from punchcard.wording.steps import step_label

router = APIRouter(prefix="/incidents")
ROWS = 50


@router.get("")
def incidents(
    request: Request,
    desk: AtDesk,
    viewer: SignedIn,
    campaign: Annotated[str, Query(max_length=200)] = "",
    closed: Annotated[str, Query(max_length=5)] = "",
    cursor: Annotated[str, Query(max_length=400)] = "",
) -> Response:
    """Show open incidents, or those that were closed."""
    speech, is_open = viewer.speech, not closed
    with desk.database.read() as connection:
        campaigns = campaign_names(connection)
        found = find_incidents(
            connection, is_open=is_open, campaign=campaign or None, cursor=cursor or None, limit=ROWS
        )
        programs = {each.version: desk.plans.program(connection, each.version) for each in found.items}
    rows = []
    for each in found.items:
        program = programs[each.version]
        step = program.steps.get(each.path)
        label = step_label(speech, program.plan, step) if step else None
        advice = incident_words(speech, each.key, each.error)
        rows.append((each, label, advice, resolution_words(speech, each.resolution)))
    asked = {"campaign": campaign, "closed": closed}
    return show(
        desk,
        request,
        viewer,
        "incidents.html",
        section="incidents",
        campaigns=campaigns,
        titles={line.name: line.title for line in campaigns},
        asked=asked,
        is_open=is_open,
        rows=rows,
        first=address("incidents", **asked) if cursor else None,
        next=address("incidents", **asked, cursor=found.next) if found.next else None,
    )
