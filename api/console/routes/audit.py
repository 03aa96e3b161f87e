"""The audit log: who did what to what, and when; for admins."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from api.console.addresses import address
from api.console.desk import AtDesk
from api.console.page import show
from api.console.viewer import SignedIn, allowed_to
from api.console.words.deeds import action_words, detail_words, object_address
from api.console.words.people import actor_words
from punchcard.domain.audit import deeds

router = APIRouter(prefix="/audit", dependencies=[Depends(allowed_to("read the audit log"))])
ROWS = 50


@router.get("")
def audit(
    request: Request,
    desk: AtDesk,
    viewer: SignedIn,
    object: Annotated[str, Query(max_length=300)] = "",
    before: Annotated[int | None, Query(ge=1, le=2**62)] = None,
) -> Response:
    """Show the latest deeds, or those on one object."""
    wanted = object.strip() or None
    with desk.database.read() as connection:
        found = deeds(connection, object_=wanted, before=before, limit=ROWS + 1)
    shown, speech = found[:ROWS], viewer.speech
    rows = [
        (
            deed,
            actor_words(speech, deed.actor),
            action_words(speech, deed.action),
            object_address(deed.action, deed.object),
            detail_words(speech, deed.detail),
        )
        for deed in shown
    ]
    return show(
        desk,
        request,
        viewer,
        "audit.html",
        section="audit",
        object=object,
        rows=rows,
        first=address("audit", object=object) if before else None,
        next=address("audit", object=object, before=shown[-1].id) if len(found) > ROWS else None,
    )
