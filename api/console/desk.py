"""What every page of the console works with: the database, the sessions, the templates, the plans."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from api.console.attempts import Attempts
from api.console.rendering import Pages
from api.console.sessions import Sessions
from punchcard.domain.database import Database
from punchcard.domain.plans import Plans
from punchcard.preview import Sender
from punchcard.router.catalogue import CampaignCache


@dataclass(frozen=True, slots=True)
class Desk:
    """One console's parts; made once, when the application is put together."""

    database: Database
    sessions: Sessions
    attempts: Attempts
    pages: Pages
    plans: Plans
    campaigns: CampaignCache
    sender: Sender


def desk_of(request: Request) -> Desk:
    """Return the console's parts."""
    desk: Desk = request.app.state.desk
    return desk


AtDesk = Annotated[Desk, Depends(desk_of)]
