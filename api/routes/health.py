"""Whether the process lives, and whether it can do its work."""

from __future__ import annotations

from fastapi import APIRouter, Response

from api.installation import Here
from api.readiness import readiness
from api.shapes.health import Alive, Readiness

router = APIRouter(tags=["Health"])


@router.get("/healthz", summary="Is the process alive?")
async def get_healthz() -> Alive:
    """Answer without looking at anything else: a supervisor restarts what does not answer."""
    return Alive()


@router.get(
    "/readyz",
    summary="Can it do its work?",
    responses={
        503: {"model": Readiness, "description": "Something is missing; `checks` says what, and the remedy."}
    },
)
async def get_readyz(here: Here, response: Response) -> Readiness:
    """Look at the database, its migrations, Temporal and the outbox.

    A load balancer sends requests to what is ready.
    """
    found = await readiness(here)
    response.status_code = 200 if found.status == "ready" else 503
    return found
