"""The mail that went out, or did not: the list, and one message as the customer saw it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, Response

from api.console.addresses import address
from api.console.desk import AtDesk
from api.console.headers import MESSAGE_POLICY
from api.console.incoming import Number
from api.console.page import show
from api.console.viewer import SignedIn
from api.console.words.reasons import suppression_words
from api.console.words.states import message_state
from punchcard.domain.campaign_names import campaign_names
from punchcard.domain.mail_list import STATUSES, WantedMail, find_mail, read_mail

router = APIRouter(prefix="/mail")
ROWS = 50


@router.get("")
def mail(
    request: Request,
    desk: AtDesk,
    viewer: SignedIn,
    campaign: Annotated[str, Query(max_length=200)] = "",
    status: Annotated[str, Query(max_length=20)] = "",
    customer: Annotated[str, Query(max_length=254)] = "",
    cursor: Annotated[str, Query(max_length=400)] = "",
) -> Response:
    """Show messages, the latest first."""
    wanted = WantedMail(
        campaign=campaign or None,
        status=next((name for name in STATUSES if name == status), None),
        customer=customer.strip() or None,
    )
    with desk.database.read() as connection:
        campaigns = campaign_names(connection)
        found = find_mail(connection, wanted, cursor=cursor or None, limit=ROWS)
    rows = [
        (line, message_state(viewer.speech, line.status), suppression_words(viewer.speech, line.reason))
        for line in found.items
    ]
    asked = {"campaign": campaign, "status": status, "customer": customer}
    return show(
        desk,
        request,
        viewer,
        "mail.html",
        section="mail",
        campaigns=campaigns,
        titles={line.name: line.title for line in campaigns},
        statuses=[message_state(viewer.speech, name) for name in STATUSES],
        asked=asked,
        rows=rows,
        first=address("mail", **asked) if cursor else None,
        next=address("mail", **asked, cursor=found.next) if found.next else None,
    )


@router.get("/{id_}")
def message_page(request: Request, desk: AtDesk, viewer: SignedIn, id_: Number) -> Response:
    """Show one message with its words."""
    with desk.database.read() as connection:
        found = read_mail(connection, id_)
        plan = desk.plans.program(connection, found.version).plan
    viewer = viewer.by_campaign(plan.timezone)
    return show(
        desk,
        request,
        viewer,
        "message.html",
        section="mail",
        mail=found,
        line=found.line,
        title=plan.title,
        state=message_state(viewer.speech, found.line.status),
        reason=suppression_words(viewer.speech, found.line.reason),
    )


@router.get("/{id_}/body")
def message_body(desk: AtDesk, viewer: SignedIn, id_: Number) -> Response:
    """Return a message's HTML alone, for the frame in which it is shown: nothing in it can run."""
    with desk.database.read() as connection:
        found = read_mail(connection, id_)
    return HTMLResponse(found.html or "", headers={"Content-Security-Policy": MESSAGE_POLICY})
