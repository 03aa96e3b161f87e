"""One campaign: its state, picture, numbers, versions, text and messages; pausing it and letting it go on."""

from __future__ import annotations

from collections import Counter
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import HTMLResponse, Response

from api.console.addresses import address
from api.console.desk import AtDesk, Desk
from api.console.diagram.picture import pictures
from api.console.headers import MESSAGE_POLICY
from api.console.live import answer_live, paced
from api.console.page import after_post, show
from api.console.preview import preview_html, previews
from api.console.viewer import OwnForm, SignedIn, Viewer, allowed_to
from api.console.words.budgets import budget_facts
from api.console.words.figures import tally
from api.console.words.states import campaign_state
from api.console.words.variants import experiment_card
from punchcard.bpmn.document import MEDIA_TYPE, document
from punchcard.domain.budgets import used
from punchcard.domain.campaign_list import find_campaign, find_version, list_versions, version_before
from punchcard.domain.campaign_names import find_campaign_name
from punchcard.domain.experiment_list import experiments_of
from punchcard.domain.figures import ENDED, Figures, figures_by_campaign
from punchcard.domain.instance_search import Wanted, count_by_place
from punchcard.domain.operating import Order
from punchcard.domain.pausing import pause_campaign, resume_campaign
from punchcard.plan.model import Plan, walk
from punchcard.plan.triggers import ManualTrigger
from punchcard.samples import Sample
from punchcard.wording.comparing.comparison import compare
from punchcard.wording.explanation import explain
from punchcard.wording.facts import campaign_facts
from punchcard.wording.steps import step_label

router = APIRouter(prefix="/campaigns")
OPERATE = Depends(allowed_to("operate campaigns"))


@router.get("/{name}")
def campaign_page(request: Request, desk: AtDesk, viewer: SignedIn, name: str) -> Response:
    """Show a campaign as it runs now."""
    (viewer, content), pace = paced(lambda: _content(desk, viewer, name))
    with desk.database.read() as connection:
        versions = list_versions(connection, name)
        version = find_version(connection, content["line"].version)
        lines = experiments_of(connection, desk.plans, name, viewer.now)
        plan = version.plan
        spent = used(connection, name, plan.budget, viewer.now, plan.timezone) if plan.budget else ()
    return show(
        desk,
        request,
        viewer,
        "campaign.html",
        section="overview",
        pace=pace,
        **content,
        versions=versions,
        version=version,
        facts=[*campaign_facts(viewer.speech, plan), *budget_facts(viewer.speech, plan, spent)],
        explanation=explain(viewer.speech, plan),
        experiments=[experiment_card(viewer.speech, plan, line) for line in lines],
        previews=previews(plan, desk.sender, viewer.now),
        by_hand=isinstance(plan.trigger, ManualTrigger),
    )


@router.get("/{name}/live")
def live(request: Request, desk: AtDesk, viewer: SignedIn, name: str, seen: str = "") -> Response:
    """Return the picture and the numbers again, if they have changed."""
    (viewer, content), pace = paced(lambda: _content(desk, viewer, name))
    return answer_live(desk, request, viewer, "parts/campaign.html", seen, pace=pace, **content)


@router.get("/{name}/versions/{hash_}")
def version_page(request: Request, desk: AtDesk, viewer: SignedIn, name: str, hash_: str) -> Response:
    """Show one published version: its picture, its text and its messages."""
    with desk.database.read() as connection:
        line = find_campaign_name(connection, name)
        version = find_version(connection, hash_, campaign=name)
        before = version_before(connection, version)
    viewer = viewer.by_campaign(version.plan.timezone)
    return show(
        desk,
        request,
        viewer,
        "version.html",
        section="overview",
        line=line,
        version=version,
        before=before,
        changes=compare(viewer.speech, before.plan, version.plan, version.published_at) if before else None,
        pictures=pictures(viewer.speech, version.plan),
        facts=campaign_facts(viewer.speech, version.plan),
        explanation=explain(viewer.speech, version.plan),
        previews=previews(version.plan, desk.sender, viewer.now),
    )


@router.get("/{name}/versions/{hash_}/bpmn")
def bpmn(desk: AtDesk, viewer: SignedIn, name: str, hash_: str) -> Response:
    """Return a version as a BPMN 2.0 file, in the viewer's language."""
    with desk.database.read() as connection:
        version = find_version(connection, hash_, campaign=name)
    speech = viewer.by_campaign(version.plan.timezone).speech
    disposition = f'attachment; filename="{name}-{version.number}.bpmn"'
    return Response(
        document(speech, version.plan), media_type=MEDIA_TYPE, headers={"Content-Disposition": disposition}
    )


@router.get("/{name}/versions/{hash_}/messages/{message}/{language}")
def message_preview(
    desk: AtDesk, viewer: SignedIn, name: str, hash_: str, message: str, language: str
) -> Response:
    """Return a message as an e-mail with made-up values, for the frame in which it is shown."""
    with desk.database.read() as connection:
        version = find_version(connection, hash_, campaign=name)
    sample = Sample(version.plan, viewer.now)
    html = preview_html(viewer.speech, sample, desk.sender, message, language)
    return HTMLResponse(html, headers={"Content-Security-Policy": MESSAGE_POLICY})


@router.get("/{name}/pause", dependencies=[OPERATE])
def ask_pause(request: Request, desk: AtDesk, viewer: SignedIn, name: str) -> Response:
    """Ask whether the campaign is really to be paused."""
    return _confirm(request, desk, viewer, name, "pause")


@router.get("/{name}/resume", dependencies=[OPERATE])
def ask_resume(request: Request, desk: AtDesk, viewer: SignedIn, name: str) -> Response:
    """Ask whether the campaign is really to go on."""
    return _confirm(request, desk, viewer, name, "resume")


@router.post("/{name}/pause", dependencies=[OPERATE, OwnForm])
def pause(
    desk: AtDesk, viewer: SignedIn, name: str, reason: Annotated[str, Form(max_length=500)] = ""
) -> Response:
    """Pause the campaign."""
    with desk.database.begin() as connection:
        pause_campaign(connection, name, Order(viewer.actor, viewer.now, reason.strip() or None))
    return after_post(desk, address("campaigns", name), viewer.speech.gettext("The campaign is paused."))


@router.post("/{name}/resume", dependencies=[OPERATE, OwnForm])
def resume(
    desk: AtDesk, viewer: SignedIn, name: str, reason: Annotated[str, Form(max_length=500)] = ""
) -> Response:
    """Let the campaign go on."""
    with desk.database.begin() as connection:
        told = resume_campaign(connection, name, Order(viewer.actor, viewer.now, reason.strip() or None))
    words = viewer.speech.ngettext(
        "The campaign goes on; %(count)s instance was told.",
        "The campaign goes on; %(count)s instances were told.",
        told,
    )
    return after_post(desk, address("campaigns", name), words % {"count": viewer.speech.number(told)})


def _confirm(request: Request, desk: Desk, viewer: Viewer, name: str, deed: str) -> Response:
    with desk.database.read() as connection:
        line = find_campaign(connection, name)
        plan = desk.plans.program(connection, line.version).plan
    return show(
        desk, request, viewer, "campaign_confirm.html", section="overview", line=line, plan=plan, deed=deed
    )


def _content(desk: Desk, viewer: Viewer, name: str) -> tuple[Viewer, dict[str, Any]]:
    with desk.database.read() as connection:
        line = find_campaign(connection, name)
        plan = desk.plans.program(connection, line.version).plan
        places = count_by_place(connection, Wanted(campaign=name))
        figures = figures_by_campaign(connection, viewer.now, name).get(name, Figures())
    viewer = viewer.by_campaign(plan.timezone)
    counts: Counter[str] = Counter()
    for place in places:
        if place.step is not None and place.state not in ENDED:
            counts[place.step] += place.instances
    content = {
        "line": line,
        "plan": plan,
        "state": campaign_state(viewer.speech, line.status),
        "tally": tally(viewer.speech, figures),
        "pictures": pictures(viewer.speech, plan, counts=counts),
        "standing": _standing(viewer, plan, counts),
    }
    return viewer, content


def _standing(viewer: Viewer, plan: Plan, counts: Counter[str]) -> list[tuple[str, str, str]]:
    """Each step where instances stand, as (path, words, how many), in the plan's order."""
    return [
        (
            step.path,
            step_label(viewer.speech, plan, step).sentence,
            viewer.speech.number(counts[step.path]),
        )
        for step in walk(plan.steps)
        if counts[step.path]
    ]
