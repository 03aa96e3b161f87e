"""Looking at an experiment: when enough customers are counted, and what is decided then."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, func, insert, select, update

from punchcard.domain.database import dump, table
from punchcard.domain.experiments import Experiment, ExperimentEntry, ExperimentLook
from punchcard.domain.prepared import Prepared
from punchcard.domain.successes import counts_of
from punchcard.plan.model import KeepBest
from punchcard.plan.sequential import Count, Look, look

EXPERIMENT, ENTRY, LOOK = table(Experiment), table(ExperimentEntry), table(ExperimentLook)

# Whoever finds a look under way goes on without it: nobody waits for a look.
_CLAIM = Prepared(
    select(EXPERIMENT)
    .where(
        EXPERIMENT.c.id == bindparam("experiment"),
        EXPERIMENT.c.winner.is_(None),
        EXPERIMENT.c.check_at <= bindparam("now"),
    )
    .with_for_update(skip_locked=True)
)
_COUNTED = Prepared(
    select(ENTRY.c.variant, func.count().label("counted"))
    .where(
        ENTRY.c.experiment_id == bindparam("experiment"),
        ENTRY.c.number == 1,
        ENTRY.c.at <= bindparam("cutoff"),
    )
    .group_by(ENTRY.c.variant)
)
_ENTERED = Prepared(
    select(ENTRY.c.at)
    .where(
        ENTRY.c.experiment_id == bindparam("experiment"),
        ENTRY.c.number == 1,
        ENTRY.c.variant == bindparam("drawn"),
    )
    .order_by(ENTRY.c.at)
    .offset(bindparam("earlier"))
    .limit(1)
)
_PUT_OFF = Prepared(
    update(EXPERIMENT)
    .where(EXPERIMENT.c.id == bindparam("experiment"))
    .values(check_at=bindparam("new_check"))
)
_NOTE = Prepared(insert(LOOK))
_LOOKED = Prepared(
    update(EXPERIMENT)
    .where(EXPERIMENT.c.id == bindparam("experiment"))
    .values(
        looks=bindparam("new_looks"),
        needed=bindparam("new_needed"),
        check_at=bindparam("new_check"),
        winner=bindparam("new_winner"),
        decided_at=bindparam("new_decided"),
    )
)


@dataclass(frozen=True, slots=True)
class Looker:
    """Who looks, and when: the instance in whose commit it happens."""

    instance_id: str
    now: int


@dataclass(frozen=True, slots=True)
class Seen:
    """What a look has seen and found."""

    number: int
    counts: Mapping[str, Count]
    found: Look


def look_if_due(
    connection: Connection, experiment_id: int, variants: Sequence[str], keep_best: KeepBest, looker: Looker
) -> Seen | None:
    """Look at an experiment if enough customers are counted in each variant, and decide it if that is sure.

    Each look needs twice as many customers as the one before. It is one transaction's: whoever comes at the same
    moment goes on without. None if nobody looks now.
    """
    row = _CLAIM(connection, {"experiment": experiment_id, "now": looker.now}).first()
    if row is None:
        return None
    cutoff = looker.now - keep_best.within
    known = {
        each.variant: each.counted
        for each in _COUNTED(connection, {"experiment": experiment_id, "cutoff": cutoff})
    }
    least = min(known.get(name, 0) for name in variants)
    if least < row.needed:
        check = _next_check(connection, row, variants, row.needed, keep_best.within, looker.now)
        _PUT_OFF(connection, {"experiment": experiment_id, "new_check": check})
        return None
    counts = counts_of(connection, experiment_id, keep_best, looker.now)
    seen = Seen(
        row.looks + 1, counts, look({name: counts[name] for name in variants}, row.looks + 1, keep_best.sure)
    )
    _write(connection, row, seen, looker)
    needed = 2 * least
    _LOOKED(
        connection,
        {
            "experiment": experiment_id,
            "new_looks": seen.number,
            "new_needed": needed,
            "new_check": _next_check(connection, row, variants, needed, keep_best.within, looker.now),
            "new_winner": seen.found.winner,
            "new_decided": None if seen.found.winner is None else looker.now,
        },
    )
    return seen


def counts_data(counts: Mapping[str, Count]) -> dict[str, list[int]]:
    """Return counts as they are recorded: of each variant the customers that were counted, and the successes."""
    return {name: [each.counted, each.succeeded] for name, each in counts.items()}


def _next_check(
    connection: Connection, row: Any, variants: Sequence[str], needed: int, within: int, now: int
) -> int:
    """The first instant at which so many can be counted in each variant: whoever comes now takes that long."""
    entered = [
        _ENTERED(connection, {"experiment": row.id, "drawn": name, "earlier": needed - 1}).scalar()
        for name in variants
    ]
    return max(now if at is None else int(at) for at in entered) + within


def _write(connection: Connection, row: Any, seen: Seen, looker: Looker) -> None:
    found = seen.found
    _NOTE(
        connection,
        {
            "experiment_id": row.id,
            "number": seen.number,
            "at": looker.now,
            "instance_id": looker.instance_id,
            "counts": dump(counts_data(seen.counts)),
            "best": found.best,
            "chance": found.chance,
            "error": found.error,
            "winner": found.winner,
        },
    )
