"""The first page: every campaign with what it has done so far."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from api.console.desk import AtDesk
from api.console.live import answer_live, paced
from api.console.page import common, show
from api.console.viewer import AnyViewer, SignedIn, Viewer
from api.console.words.figures import Tally, tally
from api.console.words.states import Badge, campaign_state
from punchcard.domain.campaign_names import CampaignName, campaign_names
from punchcard.domain.figures import Figures, figures_by_campaign
from punchcard.wording.triggers import trigger_words

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Card:
    """One campaign on the first page."""

    line: CampaignName
    trigger: str
    state: Badge
    tally: Tally


@router.get("/")
def overview(request: Request, desk: AtDesk, viewer: SignedIn) -> Response:
    """Show all campaigns and the sum of them."""
    content, pace = paced(lambda: _content(desk, viewer))
    return show(desk, request, viewer, "overview.html", section="overview", pace=pace, **content)


@router.get("/live")
def live(request: Request, desk: AtDesk, viewer: SignedIn, seen: str = "") -> Response:
    """Return the numbers again, if they have changed."""
    content, pace = paced(lambda: _content(desk, viewer))
    return answer_live(desk, request, viewer, "parts/overview.html", seen, pace=pace, **content)


@router.get("/clock")
def clock(request: Request, desk: AtDesk, viewer: AnyViewer) -> Response:
    """Return the banner of a demo with business time as it is by now; nothing where there is no demo."""
    if not viewer.is_demo:
        return Response(status_code=204)
    return desk.pages.show("parts/clock.html", common(request, viewer))


def _content(desk: AtDesk, viewer: Viewer) -> dict[str, Any]:
    with desk.database.read() as connection:
        lines = sorted(campaign_names(connection), key=lambda line: line.title.casefold())
        plans = {line.name: desk.plans.program(connection, line.version).plan for line in lines}
        figures = figures_by_campaign(connection, viewer.now)
    total = Figures()
    for each in figures.values():
        total.add(each)
    cards = [
        Card(
            line=line,
            trigger=trigger_words(viewer.speech, plans[line.name]),
            state=campaign_state(viewer.speech, line.status),
            tally=tally(viewer.speech, figures.get(line.name, Figures())),
        )
        for line in lines
    ]
    return {"cards": cards, "total": tally(viewer.speech, total)}
