"""What a viewer sees when something cannot be: a page that says why, and where to go."""

from __future__ import annotations

from fastapi import Request
from fastapi.responses import RedirectResponse, Response
from starlette.exceptions import HTTPException

from api.console.addresses import address
from api.console.desk import desk_of
from api.console.page import show
from api.console.viewer import anyone
from api.console.words.refusals import refusal_words
from punchcard.domain.refusals import Refusal, Unknown


def sign_in_needed(request: Request, _error: Exception) -> Response:
    """Lead to sign-in, and from there back to the page that was asked for."""
    back = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    wanted = back if request.method == "GET" and not _is_fragment(request) else ""
    return _elsewhere(request, address("sign-in", next=wanted))


def password_due(request: Request, _error: Exception) -> Response:
    """Lead to the page where a one-time password is replaced."""
    return _elsewhere(request, address("account", "password"))


def not_allowed(request: Request, _error: Exception) -> Response:
    """Say that the role does not allow it."""
    speech = anyone(request, desk_of(request)).speech
    return _page(
        request,
        403,
        speech.gettext("That is not for your role"),
        speech.gettext("Your role does not allow this. Ask an admin for another role, or to do it."),
    )


def forged_form(request: Request, _error: Exception) -> Response:
    """Say that nothing was done, because the form was not this session's own."""
    speech = anyone(request, desk_of(request)).speech
    return _page(
        request,
        403,
        speech.gettext("Nothing was done"),
        speech.gettext(
            "This form was opened in another session, or long ago. Open the page again and repeat it."
        ),
    )


def refused(request: Request, error: Exception) -> Response:
    """Say why what was asked cannot be."""
    assert isinstance(error, Refusal)
    speech = anyone(request, desk_of(request)).speech
    missing = isinstance(error, Unknown)
    title = speech.gettext("There is no such page") if missing else speech.gettext("That cannot be done")
    return _page(request, 404 if missing else 409, title, refusal_words(speech, error))


def not_served(request: Request, error: Exception) -> Response:
    """Say that there is no such page, or that it cannot be asked for like this."""
    assert isinstance(error, HTTPException)
    speech = anyone(request, desk_of(request)).speech
    return _page(
        request,
        error.status_code,
        speech.gettext("There is no such page"),
        speech.gettext("The address may be mistyped, or what it led to is gone."),
    )


def unreadable(request: Request, _error: Exception) -> Response:
    """Say that an address or a form holds something that cannot be read."""
    speech = anyone(request, desk_of(request)).speech
    return _page(
        request,
        422,
        speech.gettext("That cannot be read"),
        speech.gettext("The address or the form holds a value that does not fit."),
    )


def _page(request: Request, status: int, title: str, words: str) -> Response:
    desk = desk_of(request)
    viewer = anyone(request, desk)
    return show(desk, request, viewer, "error.html", section="", status=status, title=title, words=words)


def _is_fragment(request: Request) -> bool:
    return request.headers.get("hx-request") == "true"


def _elsewhere(request: Request, target: str) -> Response:
    """A fragment cannot redirect the page by itself: htmx is told to."""
    if _is_fragment(request):
        return Response(status_code=204, headers={"HX-Redirect": target})
    return RedirectResponse(target, status_code=303)
