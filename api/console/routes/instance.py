"""One instance: its picture, its story, what it gave and wrote, and what an operator can do with it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import Response

from api.console.addresses import address
from api.console.chain import chain
from api.console.desk import AtDesk, Desk
from api.console.diagram.picture import pictures
from api.console.diagram.trace import Line, trace
from api.console.live import answer_live
from api.console.page import after_post, show
from api.console.present import present
from api.console.timeline import timeline
from api.console.viewer import OwnForm, SignedIn, Viewer, allowed_to
from api.console.words.account import Account
from api.console.words.deeds import Question, question_words
from api.console.words.incidents import incident_words, resolution_words
from api.console.words.refusals import refusal_words
from api.console.words.states import instance_state
from punchcard.domain.audit import deeds
from punchcard.domain.causes import cause_of
from punchcard.domain.instance_search import InstanceLine
from punchcard.domain.instance_story import Story, find_instance, tell_story, told
from punchcard.domain.operating import DEEDS, Deed, Order
from punchcard.domain.refusals import Refusal
from punchcard.domain.ticks import latest
from punchcard.plan.state import State, from_data

router = APIRouter(prefix="/instances/{id_}")
OPERATE = Depends(allowed_to("operate instances"))


@dataclass(frozen=True, slots=True)
class Offered:
    """A deed that makes sense now, with its words and whether it is the one to think of first."""

    name: Deed
    words: str
    path: str | None = None
    is_main: bool = False


@router.get("")
def instance_page(request: Request, desk: AtDesk, viewer: SignedIn, id_: str) -> Response:
    """Show an instance."""
    viewer, content = _content(desk, viewer, id_)
    return show(desk, request, viewer, "instance.html", section="instances", **content)


@router.get("/live")
def live(request: Request, desk: AtDesk, viewer: SignedIn, id_: str, seen: str = "") -> Response:
    """Return the instance again, if it has changed."""
    viewer, content = _content(desk, viewer, id_)
    return answer_live(desk, request, viewer, "parts/instance.html", seen, **content)


@router.get("/do/{deed}", dependencies=[OPERATE])
def ask(request: Request, desk: AtDesk, viewer: SignedIn, id_: str, deed: Deed, path: str = "") -> Response:
    """Ask whether it is really to be done, and say what it will do."""
    return _confirm(request, desk, viewer, id_, deed, path, "")


@router.post("/do/{deed}", dependencies=[OPERATE, OwnForm])
def do(
    request: Request,
    desk: AtDesk,
    viewer: SignedIn,
    id_: str,
    deed: Deed,
    reason: Annotated[str, Form(max_length=500)] = "",
    path: Annotated[str, Form(max_length=200)] = "",
) -> Response:
    """Do it, and write it into the log of deeds."""
    if not reason.strip():
        problem = viewer.speech.gettext("Say why; it is kept in the audit log.")
        return _confirm(request, desk, viewer, id_, deed, path, problem)
    order = Order(viewer.actor, viewer.now, reason.strip(), path or None)
    try:
        with desk.database.begin() as connection:
            DEEDS[deed](connection, id_, order)
    except Refusal as refusal:
        return after_post(desk, address("instances", id_), refusal_words(viewer.speech, refusal), tone="bad")
    return after_post(desk, address("instances", id_), question_words(viewer.speech, deed).done)


def _confirm(
    request: Request, desk: Desk, viewer: Viewer, id_: str, deed: Deed, path: str, problem: str
) -> Response:
    with desk.database.read() as connection:
        line = find_instance(connection, id_)
        program = desk.plans.program(connection, line.version)
    question: Question = question_words(viewer.speech, deed)
    return show(
        desk,
        request,
        viewer,
        "instance_confirm.html",
        section="instances",
        status=422 if problem else 200,
        line=line,
        plan=program.plan,
        deed=deed,
        question=question,
        path=path,
        problem=problem,
    )


def _content(desk: Desk, viewer: Viewer, id_: str) -> tuple[Viewer, dict[str, Any]]:
    with desk.database.read() as connection:
        story = tell_story(connection, id_, viewer.now)
        program = desk.plans.program(connection, story.line.version)
        tick = latest(connection, id_)
        cause = cause_of(connection, story.line.occasion_id)
        done = [deed for name in story.generations for deed in deeds(connection, object_=name)]
        pending = [each for each in told(connection, id_) if each.status == "pending"]
    viewer = viewer.by_campaign(program.plan.timezone)
    speech = viewer.speech
    state = from_data(json.loads(tick.state)) if tick is not None else State()
    lines = [Line(entry.kind, entry.path, entry.data) for entry in story.journal]
    account = Account(speech, program, story)
    return viewer, {
        "story": story,
        "line": story.line,
        "plan": program.plan,
        "state": instance_state(speech, story.line.state),
        "pictures": pictures(speech, program.plan, way=trace(program.plan, state, lines)),
        "present": present(account, state, pending),
        "timeline": timeline(account, done),
        "chain": chain(speech, story, cause),
        "incidents": [
            (
                each,
                account.step(each.path),
                incident_words(speech, each.key, each.error),
                resolution_words(speech, each.resolution),
            )
            for each in story.incidents
        ],
        "offered": _offered(viewer, story) if viewer.may("operate instances") else [],
        "may_operate": viewer.may("operate instances"),
    }


def _offered(viewer: Viewer, story: Story) -> list[Offered]:
    """The deeds that make sense now: parked steps can be tried again or skipped, waits can be skipped."""
    line, speech = story.line, viewer.speech
    if line.closed_at is not None:
        return []
    offered = []
    if any(each.closed_at is None for each in story.incidents):
        offered.append(Offered("retry", speech.gettext("Try again"), is_main=True))
        offered.append(Offered("skip", speech.gettext("Skip the step")))
    elif _waits(line):
        offered.append(Offered("skip", speech.gettext("Stop waiting"), line.step))
    if line.paused_at is not None:
        offered.append(Offered("resume", speech.gettext("Resume"), is_main=True))
    else:
        offered.append(Offered("pause", speech.gettext("Pause")))
    return [*offered, Offered("cancel", speech.gettext("Cancel"))]


def _waits(line: InstanceLine) -> bool:
    return line.state in ("waiting", "paused") and line.deadline is not None
