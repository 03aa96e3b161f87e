"""Signing in and out."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import RedirectResponse, Response

from api.console.addresses import address, inside
from api.console.desk import AtDesk
from api.console.page import show
from api.console.sessions import new_session
from api.console.viewer import AnyViewer, OwnForm, Viewer
from punchcard.domain.accounts import verify_account

router = APIRouter()
NOBODY = "unknown"


@router.get("/sign-in")
def sign_in_page(
    request: Request, desk: AtDesk, viewer: AnyViewer, next: Annotated[str, Query()] = ""
) -> Response:
    """Show the form, or lead on whoever is signed in already."""
    if viewer.person is not None:
        return RedirectResponse(inside(next), status_code=303)
    return show(desk, request, viewer, "sign_in.html", section="", next=next, name="", problem="")


@router.post("/sign-in", dependencies=[OwnForm])
def sign_in(
    request: Request,
    desk: AtDesk,
    viewer: AnyViewer,
    name: Annotated[str, Form(max_length=200)] = "",
    password: Annotated[str, Form(max_length=1000)] = "",
    next: Annotated[str, Form(max_length=2000)] = "",
) -> Response:
    """Check name and password, and begin a session with another CSRF token."""
    name, client = name.strip(), request.client.host if request.client else NOBODY
    if not desk.attempts.may_try(client, name):
        problem = viewer.speech.gettext("Too many attempts. Wait a quarter of an hour, then try again.")
        return _again(request, desk, viewer, name, next, problem, 429)
    with desk.database.read() as connection:
        person = verify_account(connection, name, password)
    if person is None:
        desk.attempts.failed(client, name)
        problem = viewer.speech.gettext("Name and password do not fit together.")
        return _again(request, desk, viewer, name, next, problem, 401)
    response = RedirectResponse(inside(next), status_code=303)
    desk.sessions.write(response, new_session(person.id, person.stamp))
    return response


@router.post("/sign-out", dependencies=[OwnForm])
def sign_out(desk: AtDesk) -> Response:
    """End the session."""
    response = RedirectResponse(address("sign-in"), status_code=303)
    desk.sessions.end(response)
    return response


def _again(
    request: Request, desk: AtDesk, viewer: Viewer, name: str, next: str, problem: str, status: int
) -> Response:
    return show(
        desk,
        request,
        viewer,
        "sign_in.html",
        section="",
        status=status,
        next=next,
        name=name,
        problem=problem,
    )
