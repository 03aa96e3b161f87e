"""Parts of pages that bring themselves up to date: asked for again and again, answered only if they changed."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from typing import Any, TypeVar

from fastapi import Request
from fastapi.responses import HTMLResponse, Response

from api.console.desk import Desk
from api.console.page import common
from api.console.viewer import Viewer

# Stands where the mark comes, so that the part is rendered once and its mark does not depend on itself.
PLACE = "mark-of-this-part"
# Seconds between two askings, by how long the answer took: watching must never cost more than working.
PACES = ((0.1, 4), (0.5, 15), (2.0, 60))
SLOWEST = 300

T = TypeVar("T")


def paced(build: Callable[[], T]) -> tuple[T, int]:
    """Return what was built, and after how many seconds it is to be asked for again."""
    begun = time.perf_counter()
    built = build()
    took = time.perf_counter() - begun
    return built, next((pace for longest, pace in PACES if took <= longest), SLOWEST)


def answer_live(
    desk: Desk, request: Request, viewer: Viewer, template: str, seen: str, **content: Any
) -> Response:
    """Return a part of a page, or 204 if it is what was `seen`; the part asks with the mark that it carries."""
    rendered = desk.pages.render(template, {**common(request, viewer), **content, "seen": PLACE})
    mark = hashlib.sha256(rendered.encode()).hexdigest()[:16]
    if mark == seen:
        return Response(status_code=204)
    return HTMLResponse(rendered.replace(PLACE, mark))
