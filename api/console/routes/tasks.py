"""Tasks: what campaigns ask of the people who run the shop, and what they make of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Annotated, Literal

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import Response
from sqlalchemy import Connection

from api.console.addresses import address
from api.console.desk import AtDesk, Desk
from api.console.incoming import Number
from api.console.page import after_post, show
from api.console.viewer import OwnForm, SignedIn, Viewer
from api.console.words.people import actor_words
from api.console.words.refusals import refusal_words
from api.console.words.tasks import Deed, TaskWords, done_words, facts_of_occasion, task_state, task_words
from punchcard.domain.campaign_names import campaign_names
from punchcard.domain.deciding import LONGEST_NOTE, Hand, claim, decide, release
from punchcard.domain.instance_story import tell_story
from punchcard.domain.refusals import Refusal
from punchcard.domain.task_list import TaskLine, find_task, find_tasks
from punchcard.filling import what_to_do

router = APIRouter(prefix="/tasks")
ROWS = 50
Which = Literal["mine", "all", "closed"]

DEEDS: Mapping[Deed, Callable[[Connection, int, Hand, str], None]] = MappingProxyType(
    {
        "claim": lambda connection, id_, hand, note: claim(connection, id_, hand),
        "release": lambda connection, id_, hand, note: release(connection, id_, hand),
        "complete": lambda connection, id_, hand, note: decide(connection, id_, "done", hand, note),
        "approve": lambda connection, id_, hand, note: decide(connection, id_, "approved", hand, note),
        "reject": lambda connection, id_, hand, note: decide(connection, id_, "rejected", hand, note),
    }
)


@router.get("")
def tasks(
    request: Request,
    desk: AtDesk,
    viewer: SignedIn,
    which: Which = "mine",
    cursor: Annotated[str, Query(max_length=400)] = "",
) -> Response:
    """Show the viewer's open tasks, everybody's, or those that have ended."""
    roles = None if which == "all" else viewer.roles
    with desk.database.read() as connection:
        titles = {line.name: line.title for line in campaign_names(connection)}
        found = find_tasks(
            connection, roles=roles, is_open=which != "closed", cursor=cursor or None, limit=ROWS
        )
        rows = [_words(desk, connection, viewer, line) for line in found.items]
    return show(
        desk,
        request,
        viewer,
        "tasks.html",
        section="tasks",
        which=which,
        titles=titles,
        rows=rows,
        first=address("tasks", which=which) if cursor else None,
        next=address("tasks", which=which, cursor=found.next) if found.next else None,
    )


@router.get("/{id_}")
def task_page(request: Request, desk: AtDesk, viewer: SignedIn, id_: Number) -> Response:
    """Show one task with what there is to know, and what the viewer can do with it."""
    with desk.database.read() as connection:
        line = find_task(connection, id_)
        words = _words(desk, connection, viewer, line)
        plan = desk.plans.program(connection, line.version).plan
        story = tell_story(connection, line.instance_id, viewer.now)
    speech = viewer.speech
    is_theirs = viewer.roles is None or not viewer.roles.isdisjoint(line.asked)
    return show(
        desk,
        request,
        viewer,
        "task.html",
        section="tasks",
        words=words,
        plan=plan,
        facts=facts_of_occasion(speech, plan, story.names),
        may_act=is_theirs and line.state == "open",
        closed_by=actor_words(speech, line.closed_by) if line.closed_by else None,
        has_claimed=line.claimed_by == viewer.actor,
        longest=LONGEST_NOTE,
    )


@router.post("/{id_}/{deed}", dependencies=[OwnForm])
def act(
    desk: AtDesk,
    viewer: SignedIn,
    id_: Number,
    deed: Deed,
    note: Annotated[str, Form(max_length=LONGEST_NOTE)] = "",
) -> Response:
    """Do it, and write it into the log of deeds."""
    try:
        with desk.database.begin() as connection:
            DEEDS[deed](connection, id_, viewer.hand, note)
    except Refusal as refusal:
        return after_post(desk, address("tasks", id_), refusal_words(viewer.speech, refusal), tone="bad")
    back = address("tasks", id_) if deed in ("claim", "release") else address("tasks")
    return after_post(desk, back, done_words(viewer.speech)[deed])


def _words(desk: Desk, connection: Connection, viewer: Viewer, line: TaskLine) -> TaskWords:
    speech = viewer.speech
    text = what_to_do(connection, desk.plans, line, speech.locale.language, speech.zone.key)
    claimed = actor_words(speech, line.claimed_by) if line.claimed_by else None
    return task_words(speech, line, text, claimed, task_state(speech, line, viewer.now))
