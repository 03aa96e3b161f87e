"""A variant taken: the lot that the customer has drawn, or the best of an experiment once that is known."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import and_, bindparam, insert, select

from punchcard.domain.database import table
from punchcard.domain.experiments import Experiment, ExperimentEntry, ExperimentLook
from punchcard.domain.facts.granting import Granting, Result
from punchcard.domain.looking import Looker, counts_data, look_if_due
from punchcard.domain.prepared import Prepared
from punchcard.plan.effects import Note
from punchcard.plan.facts import TakeVariant

EXPERIMENT, ENTRY, LOOK = table(Experiment), table(ExperimentEntry), table(ExperimentLook)

_READ = Prepared(
    select(
        EXPERIMENT.c.id,
        EXPERIMENT.c.check_at,
        EXPERIMENT.c.winner,
        LOOK.c.number.label("look"),
        LOOK.c.counts,
        ENTRY.c.occasion_id,
        ENTRY.c.variant,
    )
    .select_from(EXPERIMENT)
    .outerjoin(LOOK, and_(LOOK.c.experiment_id == EXPERIMENT.c.id, LOOK.c.number == EXPERIMENT.c.looks))
    .outerjoin(
        ENTRY,
        and_(ENTRY.c.experiment_id == EXPERIMENT.c.id, ENTRY.c.customer_id == bindparam("customer")),
    )
    .where(
        EXPERIMENT.c.campaign == bindparam("whose"),
        EXPERIMENT.c.name == bindparam("called"),
        EXPERIMENT.c.mark == bindparam("marked"),
    )
)
_BEGIN = Prepared(
    lambda insert: insert(EXPERIMENT).on_conflict_do_nothing(index_elements=["campaign", "name", "mark"])
)
_ENTER = Prepared(insert(ENTRY))


def take_variant(granting: Granting, fact: TakeVariant) -> Result:
    """Answer with the way, and put down what decided it.

    An instance stays in the variant that it has been in. Who comes after the winner was found takes that one; who
    comes first when it is time for a look, looks.
    """
    rows = _read(granting, fact)
    mine = next((row for row in rows if row.occasion_id == granting.instance.occasion_id), None)
    if mine is not None:
        return _answer(granting, fact, mine.variant)
    if rows[0].winner is None and rows[0].check_at <= granting.now:
        _look(granting, fact, rows[0].id)
        rows = _read(granting, fact)
    experiment = rows[0]
    if experiment.winner is not None:
        counts = json.loads(experiment.counts)
        return _answer(granting, fact, experiment.winner, look=experiment.look, counts=counts)
    # Where a reward before it was refused in this very commit, the instance has yet to come here.
    if not granting.refused:
        _enter(granting, fact, experiment.id, 1 + sum(row.variant is not None for row in rows))
    return _answer(granting, fact, fact.lot)


def _look(granting: Granting, fact: TakeVariant, experiment_id: int) -> None:
    """Look if it is time to, and say in this instance's journal what was seen."""
    looker = Looker(granting.instance.id, granting.now)
    seen = look_if_due(granting.connection, experiment_id, fact.variants, fact.keep_best, looker)
    if seen is None:
        return
    found = seen.found
    data = {
        "look": seen.number,
        "counts": counts_data(seen.counts),
        "best": found.best,
        "chance": found.chance,
        "error": found.error,
        "winner": found.winner,
    }
    granting.notes.append(Note("looked", fact.path, data))


def _read(granting: Granting, fact: TakeVariant) -> Sequence[Any]:
    """The experiment, begun if this is its first customer, beside each of the customer's variants so far."""
    place = {
        "whose": granting.instance.campaign,
        "called": fact.experiment,
        "marked": fact.keep_best.mark,
        "customer": granting.instance.customer_id,
    }
    rows = list(_READ(granting.connection, place))
    if rows:
        return rows
    _BEGIN(
        granting.connection,
        {
            "campaign": granting.instance.campaign,
            "name": fact.experiment,
            "mark": fact.keep_best.mark,
            "version": granting.instance.version,
            "started_at": granting.now,
            "looks": 0,
            "needed": fact.keep_best.after,
            "check_at": granting.now + fact.keep_best.within,
        },
    )
    return list(_READ(granting.connection, place))


def _enter(granting: Granting, fact: TakeVariant, experiment_id: int, number: int) -> None:
    _ENTER(
        granting.connection,
        {
            "experiment_id": experiment_id,
            "customer_id": granting.instance.customer_id,
            "number": number,
            "occasion_id": granting.instance.occasion_id,
            "variant": fact.lot,
            "at": granting.now,
        },
    )


def _answer(granting: Granting, fact: TakeVariant, way: str, **why: Any) -> Result:
    granting.notes.append(Note("assigned", fact.path, {"way": way, **why}))
    return {"way": way}
