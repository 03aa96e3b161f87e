"""Ticks: each step of an instance as a compare-and-set, of which the database is the authority.

A workflow task that failed comes again, and by then it may bring another input. So tick *n* of an instance
is written once; whoever brings another one is told what stands, and goes on from that. Another one is another
event or another state: an instance may have taken in what led to no tick since.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from sqlalchemy import Connection, bindparam, func, insert, select, update

from punchcard.domain.campaigns import Campaign
from punchcard.domain.customers import Customer
from punchcard.domain.database import dump, table
from punchcard.domain.facts.granting import Granting
from punchcard.domain.facts.table import settle
from punchcard.domain.instances import Incident, Instance, JournalEntry, Tick
from punchcard.domain.occasions import Occasion
from punchcard.domain.plans import Plans
from punchcard.domain.prepared import Prepared
from punchcard.errors import TransientError
from punchcard.plan.effects import Note
from punchcard.plan.facts import Fact, Finished
from punchcard.plan.program import Program, awaited
from punchcard.plan.state import State, from_data

INSTANCE, OCCASION, CAMPAIGN, CUSTOMER = table(Instance), table(Occasion), table(Campaign), table(Customer)
TICK, JOURNAL, INCIDENT = table(Tick), table(JournalEntry), table(Incident)

# What a pause does not keep back: the words that end an instance or the pause itself.
THROUGH_A_PAUSE = frozenset({"Reversed", "cancel", "resume"})
# What may be decided only when the instance has been told everything (architecture, point 5).
LAST_WORD = frozenset({"Deadline", "EffectDone", "Committed"})

# Ingestion locks an occasion before its instance, so ticks do too, or the two would wait for one another.
# Statements are built once: building one costs about as much as running it.
_READ = Prepared(
    select(
        INSTANCE,
        OCCASION.c.status.label("occasion_status"),
        CAMPAIGN.c.paused_at.label("campaign_paused_at"),
        CUSTOMER.c.timezone.label("zone"),
        CUSTOMER.c.email.is_not(None).label("has_email"),
        CUSTOMER.c.erased_at.label("erased_at"),
    )
    .join(OCCASION, OCCASION.c.id == INSTANCE.c.occasion_id)
    .join(CAMPAIGN, CAMPAIGN.c.name == INSTANCE.c.campaign)
    .join(CUSTOMER, CUSTOMER.c.id == INSTANCE.c.customer_id)
    .where(INSTANCE.c.id == bindparam("instance_id"))
    .with_for_update(of=[OCCASION, INSTANCE])
)
_READ_TICK = Prepared(
    select(TICK).where(TICK.c.instance_id == bindparam("instance_id"), TICK.c.number == bindparam("number"))
)
_READ_LATEST = Prepared(
    select(TICK).where(TICK.c.instance_id == bindparam("instance_id")).order_by(TICK.c.number.desc()).limit(1)
)
_READ_PAUSE = Prepared(
    select(CAMPAIGN.c.paused_at).where(CAMPAIGN.c.name == bindparam("campaign")).with_for_update(read=True)
)
_INSERT_TICK = Prepared(insert(TICK))
_INSERT_NOTES = Prepared(insert(JOURNAL))
_HOLD = Prepared(update(INSTANCE).where(INSTANCE.c.id == bindparam("instance_id")).values(held=True))
_PLACE: dict[str, Any] = {
    name: bindparam(f"new_{name}")
    for name in ("tick", "step", "phase", "waits_for", "deadline", "updated_at")
}
_MOVED = (
    update(INSTANCE)
    .where(INSTANCE.c.id == bindparam("instance_id"))
    .values(
        **_PLACE,
        held=False,
        status="open",
        started_at=func.coalesce(INSTANCE.c.started_at, bindparam("new_updated_at")),
    )
)
_MOVE = Prepared(_MOVED)
_CLOSE = Prepared(
    _MOVED.values(
        status="closed", outcome=bindparam("outcome"), closed_at=bindparam("new_updated_at"), incidents=0
    )
)

Verdict = Literal["committed", "replaced", "held", "behind", "early"]


class InstanceGone(TransientError):
    """The database does not know the instance."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A tick as the workflow would have it: `event` is the consumed event, `state` what it leads to."""

    instance_id: str
    number: int
    event: dict[str, Any]
    facts: tuple[Fact, ...]
    notes: tuple[Note, ...]
    state: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the database says to a proposal; see `contracts.TickResult`."""

    verdict: Verdict
    results: dict[str, dict[str, Any]] = field(default_factory=dict)
    state: dict[str, Any] | None = None
    seq: int = 0


def commit_tick(connection: Connection, plans: Plans, proposal: Proposal, now: int) -> Answer:
    """Make the proposal the instance's tick of its number, or say why not; nothing is written in that case.

    Where earlier ticks are missing, the database was restored from an older backup than Temporal's: it is `behind` with
    a `seq` below 0, and an incident says so. Raises InstanceGone if the instance is unknown.
    """
    instance = _instance(connection, proposal.instance_id)
    event, state = dump(proposal.event), dump(proposal.state)
    digest = hashlib.sha256((event + state).encode()).hexdigest()
    if instance.tick >= proposal.number:
        return _stored(connection, proposal, digest)
    if instance.tick < proposal.number - 1:
        _report_behind(connection, instance, proposal, now)
        return Answer("behind", seq=-1)
    refused = _refused(connection, instance, proposal, now)
    if refused is not None:
        return refused
    program = plans.program(connection, instance.version)
    zone = instance.zone or program.plan.timezone
    granting = Granting(connection, instance, program.plan, zone, now, proposal.state["seen"])
    results = settle(granting, proposal.facts)
    notes = (*proposal.notes, *granting.notes)
    _write(
        connection, program, instance, replace(proposal, notes=notes), (event, state, digest), results, now
    )
    return Answer("committed", results)


def latest(connection: Connection, instance_id: str) -> Any | None:
    """Return the instance's latest tick: its exact state, and the answers that state has yet to take in."""
    return _READ_LATEST(connection, {"instance_id": instance_id}).first()


def _instance(connection: Connection, instance_id: str) -> Any:
    row = _READ(connection, {"instance_id": instance_id}).first()
    if row is None:
        raise InstanceGone(
            f"The database does not know the instance {instance_id}.",
            remedy="Restore the database from a backup taken after Temporal's, or terminate the workflow.",
        )
    return row


def _stored(connection: Connection, proposal: Proposal, digest: str) -> Answer:
    place = {"instance_id": proposal.instance_id, "number": proposal.number}
    row = _READ_TICK(connection, place).one()
    results = json.loads(row.results)
    if row.digest == digest:
        return Answer("committed", results)
    return Answer("replaced", results, json.loads(row.state))


def _refused(connection: Connection, instance: Any, proposal: Proposal, now: int) -> Answer | None:
    kind = proposal.event["kind"]
    word = proposal.event.get("name") if kind == "Command" else kind
    if word not in THROUGH_A_PAUSE and _is_paused(connection, instance):
        _HOLD(connection, {"instance_id": instance.id})
        return Answer("held")
    if kind in LAST_WORD and instance.last_seq > proposal.state["seen"]:
        return Answer("behind", seq=instance.last_seq)
    if kind == "Deadline" and proposal.event["at"] > now:
        return Answer("early")
    return None


def _is_paused(connection: Connection, instance: Any) -> bool:
    """Whether a pause is in force; a campaign's is read again under a lock that resuming it has to wait for.

    So whoever resumes a campaign sees every instance that the pause has held.
    """
    if instance.paused_at is not None:
        return True
    if instance.campaign_paused_at is None:
        return False
    return _READ_PAUSE(connection, {"campaign": instance.campaign}).scalar() is not None


def _report_behind(connection: Connection, instance: Any, proposal: Proposal, now: int) -> None:
    """Open an incident: the workflow knows more than the database, so it must not go on."""
    known = connection.execute(
        select(INCIDENT.c.id).where(
            INCIDENT.c.instance_id == instance.id,
            INCIDENT.c.key == "database",
            INCIDENT.c.closed_at.is_(None),
        )
    ).first()
    if known is None:
        error = (
            f"The database stands at tick {instance.tick}, the workflow at {proposal.number - 1}: "
            "the database was restored from an older backup than Temporal's."
        )
        connection.execute(
            insert(INCIDENT).values(
                instance_id=instance.id,
                campaign=instance.campaign,
                key="database",
                path=instance.step or "",
                error=error,
                opened_at=now,
            )
        )
        connection.execute(
            update(INSTANCE).where(INSTANCE.c.id == instance.id).values(incidents=INSTANCE.c.incidents + 1)
        )


def _write(
    connection: Connection,
    program: Program,
    instance: Any,
    proposal: Proposal,
    texts: tuple[str, str, str],
    results: dict[str, dict[str, Any]],
    now: int,
) -> None:
    event, state, digest = texts
    _INSERT_TICK(
        connection,
        {
            "instance_id": instance.id,
            "number": proposal.number,
            "digest": digest,
            "event": event,
            "results": dump(results),
            "state": state,
            "at": now,
        },
    )
    if proposal.notes:
        _INSERT_NOTES(
            connection,
            [
                {
                    "instance_id": instance.id,
                    "tick": proposal.number,
                    "at": now,
                    "kind": note.what,
                    "path": note.path,
                    "data": dump(note.data),
                }
                for note in proposal.notes
            ],
        )
    place = _place(program, from_data(proposal.state))
    moved = {"instance_id": instance.id, "new_tick": proposal.number, "new_updated_at": now}
    moved |= {f"new_{name}": value for name, value in place.items()}
    finished = next((fact for fact in proposal.facts if isinstance(fact, Finished)), None)
    if finished is None:
        _MOVE(connection, moved)
    else:
        ended = {"new_phase": None, "new_waits_for": "[]", "new_deadline": None}
        _CLOSE(connection, {**moved, **ended, "outcome": finished.outcome})


# Of several places the instance stands at, the first of these is shown; then the first in plan order.
_URGENCY = {phase: place for place, phase in enumerate(("ready", "asked", "performing", "parked"))}


def _place(program: Program, state: State) -> dict[str, Any]:
    """Where the instance stands, as lists show it: of several places one where something is done, else stuck."""
    if not state.tokens:
        return {"step": None, "phase": None, "waits_for": "[]", "deadline": None}
    token = min(state.tokens, key=lambda token: _URGENCY.get(token.phase, len(_URGENCY)))
    waits_for = awaited(program.steps[token.path]) if token.phase == "waiting" else ()
    return {
        "step": token.path,
        "phase": "waiting" if token.phase == "deferred" else token.phase,
        "waits_for": dump(list(waits_for)),
        "deadline": state.next_deadline,
    }
