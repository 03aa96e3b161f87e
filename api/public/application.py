"""The public pages' routes, and their style sheet."""

from __future__ import annotations

from pathlib import Path

from fastapi import APIRouter
from fastapi.responses import FileResponse, Response

from api.public import answer, unsubscribe

pages = APIRouter(include_in_schema=False)
pages.include_router(answer.router)
pages.include_router(unsubscribe.router)


@pages.get("/public/page.css")
async def get_style() -> Response:
    """The style of every public page."""
    return FileResponse(
        Path(__file__).parent / "page.css", media_type="text/css", headers={"Cache-Control": "max-age=3600"}
    )
