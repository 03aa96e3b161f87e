"""What a person sets for themselves: language, zone, colours, and the password."""

from __future__ import annotations

from functools import cache
from typing import Annotated
from zoneinfo import available_timezones

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import RedirectResponse, Response

from api.console.addresses import address, inside
from api.console.desk import AtDesk
from api.console.page import after_post, show
from api.console.sessions import PATH, new_session
from api.console.translation import languages
from api.console.viewer import (
    LANGUAGE_COOKIE,
    THEME_COOKIE,
    THEMES,
    AnyViewer,
    OwnForm,
    SignedIn,
    Viewer,
    person_with_any_password,
)
from punchcard.domain.accounts import (
    LONGEST_PASSWORD,
    SHORTEST_PASSWORD,
    account,
    set_password,
    set_preferences,
    verify_account,
)

router = APIRouter()
YEAR = 365 * 24 * 3600
WithAnyPassword = Annotated[Viewer, Depends(person_with_any_password)]


@router.get("/account")
def account_page(request: Request, desk: AtDesk, viewer: SignedIn) -> Response:
    """Show the settings."""
    return show(desk, request, viewer, "account.html", section="account", zones=zones())


@router.post("/account", dependencies=[OwnForm])
def save(
    desk: AtDesk,
    viewer: SignedIn,
    language: Annotated[str, Form()] = "",
    timezone: Annotated[str, Form()] = "",
    theme: Annotated[str, Form()] = "",
) -> Response:
    """Keep the settings; what is not offered is taken as `follow the browser`."""
    assert viewer.person is not None
    with desk.database.begin() as connection:
        set_preferences(
            connection,
            viewer.person.id,
            language if language in languages() else None,
            timezone if timezone in zones() else None,
        )
    response = after_post(desk, address("account"), viewer.speech.gettext("Your settings were saved."))
    _keep(desk, response, THEME_COOKIE, theme if theme in THEMES else "")
    return response


@router.post("/appearance", dependencies=[OwnForm])
def appearance(
    desk: AtDesk,
    viewer: AnyViewer,
    language: Annotated[str, Form()] = "",
    theme: Annotated[str, Form()] = "",
    back: Annotated[str, Form(max_length=2000)] = "",
) -> Response:
    """Switch language or colours from any page, signed in or not."""
    response = RedirectResponse(inside(back), status_code=303)
    if language in languages():
        _keep(desk, response, LANGUAGE_COOKIE, language)
        if viewer.person is not None:
            with desk.database.begin() as connection:
                set_preferences(connection, viewer.person.id, language, viewer.person.timezone)
    if theme in (*THEMES, "auto"):
        _keep(desk, response, THEME_COOKIE, theme if theme in THEMES else "")
    return response


@router.get("/account/password")
def password_page(request: Request, desk: AtDesk, viewer: WithAnyPassword) -> Response:
    """Show the form for another password."""
    return _password_form(request, desk, viewer, "")


@router.post("/account/password", dependencies=[OwnForm])
def change_password(
    request: Request,
    desk: AtDesk,
    viewer: WithAnyPassword,
    old: Annotated[str, Form(max_length=1000)] = "",
    new: Annotated[str, Form(max_length=1000)] = "",
    again: Annotated[str, Form(max_length=1000)] = "",
) -> Response:
    """Take another password, and end every session but this one."""
    person, speech = viewer.person, viewer.speech
    assert person is not None
    if not SHORTEST_PASSWORD <= len(new) <= LONGEST_PASSWORD:
        words = speech.gettext("Use %(shortest)s to %(longest)s characters.")
        problem = words % {"shortest": SHORTEST_PASSWORD, "longest": LONGEST_PASSWORD}
        return _password_form(request, desk, viewer, problem)
    if new != again:
        return _password_form(request, desk, viewer, speech.gettext("The two new passwords differ."))
    if new == old:
        return _password_form(request, desk, viewer, speech.gettext("Choose another one than before."))
    client = request.client.host if request.client else ""
    if not desk.attempts.may_try(client, person.name):
        problem = speech.gettext("Too many attempts. Wait a quarter of an hour, then try again.")
        return _password_form(request, desk, viewer, problem)
    with desk.database.read() as connection:  # to check a password takes long, and nobody shall wait for it
        is_known = verify_account(connection, person.name, old) is not None
    if not is_known:
        desk.attempts.failed(client, person.name)
        problem = speech.gettext("The present password is another one.")
        return _password_form(request, desk, viewer, problem)
    with desk.database.begin() as connection:
        set_password(connection, person.name, new, person.actor, viewer.now)
        changed = account(connection, person.id)
    assert changed is not None
    response = after_post(desk, address("account"), speech.gettext("Your password was changed."))
    desk.sessions.write(response, new_session(changed.id, changed.stamp))
    return response


@cache
def zones() -> tuple[str, ...]:
    """Return the time zones that can be chosen."""
    regions = (
        "Africa",
        "America",
        "Antarctica",
        "Asia",
        "Atlantic",
        "Australia",
        "Europe",
        "Indian",
        "Pacific",
    )
    return ("UTC", *sorted(name for name in available_timezones() if name.partition("/")[0] in regions))


def _password_form(request: Request, desk: AtDesk, viewer: Viewer, problem: str) -> Response:
    return show(
        desk,
        request,
        viewer,
        "password.html",
        section="account",
        status=422 if problem else 200,
        problem=problem,
        shortest=SHORTEST_PASSWORD,
    )


def _keep(desk: AtDesk, response: Response, name: str, value: str) -> None:
    if value:
        response.set_cookie(name, value, max_age=YEAR, path=PATH, samesite="lax", httponly=True)
    else:
        response.delete_cookie(name, path=PATH, samesite="lax", httponly=True)
