"""A campaign's experiments as they stand: who came, who is counted, who has succeeded, and what was found."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select

from punchcard.domain.campaign_names import find_campaign_name
from punchcard.domain.database import table
from punchcard.domain.experiments import Experiment, ExperimentEntry, ExperimentLook
from punchcard.domain.plans import Plans
from punchcard.domain.successes import counts_of
from punchcard.plan.experiments import experiments
from punchcard.plan.model import KeepBest, Plan, Share, Split
from punchcard.plan.sequential import Count

EXPERIMENT, ENTRY, LOOK = table(Experiment), table(ExperimentEntry), table(ExperimentLook)
NOBODY = Count(0, 0)


@dataclass(frozen=True, slots=True)
class VariantLine:
    """One variant: its share by lot, how many customers drew it, how many of them are counted, and have succeeded."""

    name: str
    share: Share
    entered: int
    count: Count


@dataclass(frozen=True, slots=True)
class LookLine:
    """One look, as it was put down; `chance` and `error` are probabilities."""

    number: int
    at: int
    instance_id: str
    counts: Mapping[str, Count]
    best: str
    chance: float
    error: float
    winner: str | None


@dataclass(frozen=True, slots=True)
class ExperimentLine:
    """One experiment.

    `version` is the one that it began with, the campaign's own where nobody has come yet. One that is not `current`
    has given way to another, and is what customers of earlier versions still go through. `needed` is how many
    customers have to be counted in each variant for the next look.
    """

    name: str
    version: str
    current: bool
    keep_best: KeepBest
    variants: tuple[VariantLine, ...]
    needed: int
    looks: tuple[LookLine, ...] = ()
    started_at: int | None = None
    winner: str | None = None
    decided_at: int | None = None


def experiments_of(
    connection: Connection, plans: Plans, campaign: str, now: int
) -> tuple[ExperimentLine, ...]:
    """Return a campaign's experiments, those of its current version first, then the latest that were.

    CampaignUnknown if there is none of this name.
    """
    version = find_campaign_name(connection, campaign).version
    current = _by_identity(plans.program(connection, version).plan)
    statement = select(EXPERIMENT).where(EXPERIMENT.c.campaign == campaign).order_by(EXPERIMENT.c.id.desc())
    begun = {(row.name, row.mark): row for row in connection.execute(statement)}
    found = [
        _begun(connection, begun[key], step, now, current=True) if key in begun else _awaited(version, step)
        for key, step in current.items()
    ]
    for key, row in begun.items():
        if key not in current:
            step = _by_identity(plans.program(connection, row.version).plan)[key]
            found.append(_begun(connection, row, step, now, current=False))
    return tuple(found)


def _by_identity(plan: Plan) -> dict[tuple[str, str], Split]:
    return {(step.experiment, keep_best.mark): step for step, keep_best in experiments(plan)}


def _awaited(version: str, step: Split) -> ExperimentLine:
    """An experiment to which nobody has come yet."""
    assert step.keep_best is not None, "every experiment measures something"
    variants = tuple(VariantLine(one.name, one.share, 0, NOBODY) for one in step.branches)
    return ExperimentLine(
        name=step.experiment,
        version=version,
        current=True,
        keep_best=step.keep_best,
        variants=variants,
        needed=step.keep_best.after,
    )


def _begun(connection: Connection, row: Any, step: Split, now: int, *, current: bool) -> ExperimentLine:
    assert step.keep_best is not None, "every experiment measures something"
    entered = {each.variant: each.number for each in connection.execute(_entered(row.id))}
    counts = counts_of(connection, row.id, step.keep_best, now)
    looks = connection.execute(select(LOOK).where(LOOK.c.experiment_id == row.id).order_by(LOOK.c.number))
    return ExperimentLine(
        name=row.name,
        version=row.version,
        current=current,
        keep_best=step.keep_best,
        variants=tuple(
            VariantLine(one.name, one.share, entered.get(one.name, 0), counts.get(one.name, NOBODY))
            for one in step.branches
        ),
        needed=row.needed,
        looks=tuple(_look(each) for each in looks),
        started_at=row.started_at,
        winner=row.winner,
        decided_at=row.decided_at,
    )


def _entered(experiment_id: int) -> Any:
    first = (ENTRY.c.experiment_id == experiment_id, ENTRY.c.number == 1)
    return select(ENTRY.c.variant, func.count().label("number")).where(*first).group_by(ENTRY.c.variant)


def _look(row: Any) -> LookLine:
    return LookLine(
        number=row.number,
        at=row.at,
        instance_id=row.instance_id,
        counts={name: Count(*each) for name, each in json.loads(row.counts).items()},
        best=row.best,
        chance=row.chance,
        error=row.error,
        winner=row.winner,
    )
