"""Experiments that were decided before a case begins."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, insert, select

from punchcard.domain.campaigns import Campaign
from punchcard.domain.database import table
from punchcard.domain.experiments import Experiment, ExperimentLook
from punchcard.plan.experiments import experiments
from punchcard.plan.model import Plan

CAMPAIGN, EXPERIMENT, LOOK = table(Campaign), table(Experiment), table(ExperimentLook)


def keep_variants(connection: Connection, plan: Plan, kept: Mapping[str, str], now: int) -> None:
    """Let a published campaign's experiments have kept these variants, by the names of their splits, at one look."""
    version = connection.execute(select(CAMPAIGN.c.version).where(CAMPAIGN.c.name == plan.campaign)).scalar()
    decided = {
        (step.experiment, keep_best.mark): keep_best
        for step, keep_best in experiments(plan)
        if step.experiment in kept
    }
    for (name, mark), keep_best in decided.items():
        begun: dict[str, Any] = {"campaign": plan.campaign, "name": name, "mark": mark, "version": version}
        state = {"looks": 1, "needed": 2 * keep_best.after, "started_at": now, "check_at": now}
        found = {"winner": kept[name], "decided_at": now}
        statement = insert(EXPERIMENT).values(**begun, **state, **found).returning(EXPERIMENT.c.id)
        number = connection.execute(statement).scalar_one()
        look = {"number": 1, "at": now, "instance_id": "", "counts": "{}", "best": kept[name]}
        connection.execute(
            insert(LOOK).values(experiment_id=number, chance=0.0, error=0.0, winner=kept[name], **look)
        )
