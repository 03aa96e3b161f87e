"""Finding instances: by campaign, customer, state, step and time, and how many are where."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal, get_args

from sqlalchemy import ColumnElement, Connection, Row, Select, case, func, or_, select, union

from punchcard.domain.codes import read_code
from punchcard.domain.customers import Alias, known_as
from punchcard.domain.database import table
from punchcard.domain.instances import Instance
from punchcard.domain.pages import Page, after, page
from punchcard.domain.rewards import Reward

INSTANCE, ALIAS, REWARD = table(Instance), table(Alias), table(Reward)

State = Literal[
    "unstarted", "running", "waiting", "incident", "paused", "completed", "stopped", "cancelled", "reversed"
]
STATES: tuple[State, ...] = get_args(State)

# One word for where an instance is: what an analyst filters by.
STATE = case(
    (INSTANCE.c.status == "closed", func.coalesce(INSTANCE.c.outcome, "completed")),
    (INSTANCE.c.incidents > 0, "incident"),
    (or_(INSTANCE.c.paused_at.is_not(None), INSTANCE.c.held), "paused"),
    (INSTANCE.c.status == "unstarted", "unstarted"),
    (INSTANCE.c.phase == "waiting", "waiting"),
    else_="running",
)
EXTERNAL_ID = known_as(INSTANCE.c.customer_id)
_ORDER = (INSTANCE.c.created_at, INSTANCE.c.id)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which instances; what is None does not matter.

    `customer` is an integrator's id. `step` is a path such as `3.otherwise.1`. `text` is an instance's id, an
    integrator's id of a customer, or a reward's code. `since` and `until` bound when they were created.
    """

    campaign: str | None = None
    customer: str | None = None
    state: State | None = None
    step: str | None = None
    since: int | None = None
    until: int | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class InstanceLine:
    """One instance in a list; `customer` is None if nobody knows the customer by any id."""

    id: str
    campaign: str
    version: str
    generation: int
    occasion_id: int
    customer_id: int
    customer: str | None
    state: State
    step: str | None
    waits_for: tuple[str, ...]
    deadline: int | None
    incidents: int
    paused_at: int | None
    created_at: int
    started_at: int | None
    closed_at: int | None
    updated_at: int


@dataclass(frozen=True, slots=True)
class Place:
    """How many instances of a campaign are in one state at one step."""

    campaign: str
    state: State
    step: str | None
    instances: int


def find_instances(
    connection: Connection, wanted: Wanted, *, cursor: str | None = None, limit: int = 50
) -> Page[InstanceLine]:
    """Return the instances that are wanted, the latest first."""
    statement = after(_filtered(lines(), wanted), _ORDER, cursor, limit)
    rows = connection.execute(statement).all()
    return page(rows, limit, line, ("created_at", "id"))


def count_by_state(connection: Connection, wanted: Wanted) -> dict[State, int]:
    """Return how many of the wanted instances are in each state; states without any are left out."""
    state = STATE.label("state")
    counted = _filtered(select(state, func.count().label("instances")), wanted).group_by(state)
    found = {row.state: row.instances for row in connection.execute(counted)}
    return {state: found[state] for state in STATES if state in found}


def count_by_place(connection: Connection, wanted: Wanted) -> tuple[Place, ...]:
    """Return how many of the wanted instances are in each state at each step of each campaign."""
    state = STATE.label("state")
    columns = (INSTANCE.c.campaign, state, INSTANCE.c.step)
    counted = _filtered(select(*columns, func.count().label("instances")), wanted)
    rows = connection.execute(counted.group_by(*columns).order_by(*columns))
    return tuple(Place(row.campaign, row.state, row.step, row.instances) for row in rows)


def lines() -> Select[Any]:
    """The statement that reads instances as `line` takes them."""
    return select(INSTANCE, STATE.label("state"), EXTERNAL_ID.label("customer"))


def line(row: Row[Any]) -> InstanceLine:
    """Make a line of a row that `lines` read."""
    return InstanceLine(
        id=row.id,
        campaign=row.campaign,
        version=row.version,
        generation=row.generation,
        occasion_id=row.occasion_id,
        customer_id=row.customer_id,
        customer=row.customer,
        state=row.state,
        step=row.step,
        waits_for=tuple(json.loads(row.waits_for)),
        deadline=row.deadline,
        incidents=row.incidents,
        paused_at=row.paused_at,
        created_at=row.created_at,
        started_at=row.started_at,
        closed_at=row.closed_at,
        updated_at=row.updated_at,
    )


def _filtered(statement: Select[Any], wanted: Wanted) -> Select[Any]:
    return statement.where(*_conditions(wanted))


def _conditions(wanted: Wanted) -> Iterator[ColumnElement[bool]]:
    if wanted.campaign is not None:
        yield INSTANCE.c.campaign == wanted.campaign
    if wanted.customer is not None:
        yield _of_customer(wanted.customer)
    if wanted.state is not None:
        yield STATE == wanted.state  # noqa: SIM300
    if wanted.step is not None:
        yield INSTANCE.c.step == wanted.step
    if wanted.since is not None:
        yield INSTANCE.c.created_at >= wanted.since
    if wanted.until is not None:
        yield INSTANCE.c.created_at < wanted.until
    if wanted.text is not None:
        yield _mentioning(wanted.text)


def _of_customer(external_id: str) -> ColumnElement[bool]:
    known = select(ALIAS.c.customer_id).where(ALIAS.c.external_id == external_id)
    return INSTANCE.c.customer_id.in_(known)


def _mentioning(text: str) -> ColumnElement[bool]:
    """The ways to find it are looked up one by one: in one condition, none of their indexes could be used."""
    coded = select(REWARD.c.occasion_id).where(REWARD.c.code == read_code(text))
    ways = (INSTANCE.c.id == text, _of_customer(text), INSTANCE.c.occasion_id.in_(coded))
    return INSTANCE.c.id.in_(union(*(select(INSTANCE.c.id).where(way) for way in ways)))
