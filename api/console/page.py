"""One page on its way to the browser: what every template needs, and the cookies that go with it."""

from __future__ import annotations

from typing import Any

from fastapi import Request
from fastapi.responses import RedirectResponse, Response

from api.console.desk import Desk
from api.console.sessions import COOKIE, Notice
from api.console.translation import languages
from api.console.viewer import Viewer


def show(
    desk: Desk,
    request: Request,
    viewer: Viewer,
    template: str,
    *,
    section: str,
    status: int = 200,
    **more: Any,
) -> Response:
    """Return a whole page; `section` is the part of the console that it belongs to."""
    notice = desk.sessions.read_notice(request)
    response = desk.pages.show(
        template,
        {**common(request, viewer), "section": section, "notice": notice, "seen": "", **more},
        status=status,
    )
    if notice is not None:
        desk.sessions.clear_notice(response)
    if COOKIE not in request.cookies or viewer.person is None:
        desk.sessions.write(response, viewer.session)
    return response


def after_post(desk: Desk, target: str, words: str, *, tone: str = "good") -> Response:
    """Lead from a form to a page that says what was done."""
    response = RedirectResponse(target, status_code=303)
    desk.sessions.leave_notice(response, Notice(tone, words))
    return response


def common(request: Request, viewer: Viewer) -> dict[str, Any]:
    """Return what every template needs."""
    here = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return {
        "viewer": viewer,
        "speech": viewer.speech,
        "csrf": viewer.session.csrf,
        "here": here,
        "languages": languages(),
    }
