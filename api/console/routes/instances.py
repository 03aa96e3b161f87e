"""The list of instances: filtered by what stands in the address, counted by state and by step, page by page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from sqlalchemy import Connection

from api.console.addresses import address
from api.console.desk import AtDesk, Desk
from api.console.page import show
from api.console.viewer import SignedIn, Viewer
from api.console.words.states import Badge, instance_state
from punchcard.domain.campaign_names import CampaignName, campaign_names
from punchcard.domain.instance_search import (
    STATES,
    InstanceLine,
    Wanted,
    count_by_place,
    count_by_state,
    find_instances,
)
from punchcard.plan.calendar import to_millis
from punchcard.wording.speech import Speech
from punchcard.wording.steps import step_label
from punchcard.wording.steps.words import Label

router = APIRouter(prefix="/instances")
ROWS = 50


@dataclass(frozen=True, slots=True)
class Filter:
    """What the address asks for, as it was written."""

    campaign: str = ""
    state: str = ""
    step: str = ""
    text: str = ""
    since: str = ""
    until: str = ""

    def address(self, **other: str | None) -> str:
        """Return the address of the list with this filter, changed in some of its parts."""
        asked = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return address("instances", **{**asked, **other})

    @property
    def is_empty(self) -> bool:
        """Whether nothing is asked for."""
        return self == Filter()


@dataclass(frozen=True, slots=True)
class Row:
    """One instance in the list."""

    line: InstanceLine
    campaign: str
    state: Badge
    step: Label | None


@dataclass(frozen=True, slots=True)
class Count:
    """How many instances are in a state, or at a step, and where they are listed."""

    number: str
    words: str
    href: str
    chosen: bool
    tone: str = "quiet"
    share: float = 0.0


@router.get("")
def instances(
    request: Request,
    desk: AtDesk,
    viewer: SignedIn,
    campaign: Annotated[str, Query(max_length=200)] = "",
    state: Annotated[str, Query(max_length=20)] = "",
    step: Annotated[str, Query(max_length=200)] = "",
    text: Annotated[str, Query(max_length=200)] = "",
    since: Annotated[str, Query(max_length=10)] = "",
    until: Annotated[str, Query(max_length=10)] = "",
    cursor: Annotated[str, Query(max_length=400)] = "",
) -> Response:
    """Show the instances that the address asks for."""
    asked = Filter(campaign, state, step, text.strip(), since, until)
    with desk.database.read() as connection:
        campaigns = {line.name: line for line in campaign_names(connection)}
        if campaign in campaigns:
            zone = desk.plans.program(connection, campaigns[campaign].version).plan.timezone
            viewer = viewer.by_campaign(zone)
        wanted, problems = _wanted(viewer.speech, asked)
        found = find_instances(connection, wanted, cursor=cursor or None, limit=ROWS)
        rows = [_row(desk, connection, viewer, line, campaigns) for line in found.items]
        states = count_by_state(connection, replace(wanted, state=None))
        steps = _steps(desk, connection, viewer, asked, wanted, campaigns.get(campaign))
    return show(
        desk,
        request,
        viewer,
        "instances.html",
        section="instances",
        asked=asked,
        problems=problems,
        campaigns=list(campaigns.values()),
        state_names=[instance_state(viewer.speech, name) for name in STATES],
        states=_states(viewer, asked, states),
        steps=steps,
        rows=rows,
        first=asked.address() if cursor else None,
        next=asked.address(cursor=found.next) if found.next else None,
    )


def _wanted(speech: Speech, asked: Filter) -> tuple[Wanted, list[str]]:
    """Read the filter; what cannot be read is left out, and said."""
    problems = []
    since, until = _day(speech, asked.since), _day(speech, asked.until, days=1)
    if asked.since and since is None:
        problems.append(speech.gettext("“%(date)s” is not a date; it was left out.") % {"date": asked.since})
    if asked.until and until is None:
        problems.append(speech.gettext("“%(date)s” is not a date; it was left out.") % {"date": asked.until})
    state = next((name for name in STATES if name == asked.state), None)
    if asked.state and state is None:
        problems.append(
            speech.gettext("There is no state “%(name)s”; it was left out.") % {"name": asked.state}
        )
    wanted = Wanted(
        campaign=asked.campaign or None,
        state=state,
        step=asked.step or None,
        since=since,
        until=until,
        text=asked.text or None,
    )
    return wanted, problems


def _day(speech: Speech, iso: str, days: int = 0) -> int | None:
    """The instant at which a day begins by the viewer's clock, so many days on."""
    try:
        day = date.fromisoformat(iso) + timedelta(days=days)
        return to_millis(datetime(day.year, day.month, day.day, tzinfo=speech.zone))
    except (ValueError, OverflowError):
        return None


def _row(
    desk: Desk, connection: Connection, viewer: Viewer, line: InstanceLine, campaigns: dict[str, Any]
) -> Row:
    program = desk.plans.program(connection, line.version)
    step = program.steps.get(line.step or "")
    return Row(
        line=line,
        campaign=program.plan.title,
        state=instance_state(viewer.speech, line.state),
        step=step_label(viewer.speech, program.plan, step) if step else None,
    )


def _states(viewer: Viewer, asked: Filter, counts: dict[Any, int]) -> list[Count]:
    shown = [
        Count(
            viewer.speech.number(sum(counts.values())),
            viewer.speech.gettext("all"),
            asked.address(state=None),
            not asked.state,
        )
    ]
    for name in STATES:
        if name in counts or name == asked.state:
            badge = instance_state(viewer.speech, name)
            number = viewer.speech.number(counts.get(name, 0))
            shown.append(
                Count(number, badge.words, asked.address(state=name), name == asked.state, badge.tone)
            )
    return shown


def _steps(
    desk: Desk,
    connection: Connection,
    viewer: Viewer,
    asked: Filter,
    wanted: Wanted,
    line: CampaignName | None,
) -> list[Count]:
    """Where the campaign's instances stand, in the plan's order; only for one campaign, since steps are its own."""
    if line is None:
        return []
    counts: dict[str, int] = {}
    for place in count_by_place(connection, replace(wanted, step=None)):
        if place.step is not None:
            counts[place.step] = counts.get(place.step, 0) + place.instances
    program = desk.plans.program(connection, line.version)
    most = max(counts.values(), default=0)
    order = {path: number for number, path in enumerate(program.steps)}
    shown = []
    for path in sorted(counts, key=lambda path: order.get(path, len(order))):
        step = program.steps.get(path)
        label = step_label(viewer.speech, program.plan, step) if step else None
        words = label.whole if label else path
        chosen = path == asked.step
        href = asked.address(step=None if chosen else path)
        share = 100 * counts[path] / most
        shown.append(Count(viewer.speech.number(counts[path]), words, href, chosen, share=round(share, 1)))
    return shown
