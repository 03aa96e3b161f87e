"""Why nobody was due: what a story of a campaign that time starts says at its end, where it started nothing."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, select

from punchcard.domain.customers import Customer
from punchcard.domain.database import table
from punchcard.domain.knowing import known_of_customer
from punchcard.domain.occasions import Occasion
from punchcard.plan.conditions import Expression, evaluate, names
from punchcard.plan.rhythm import Span
from punchcard.plan.triggers import (
    AnniversaryTrigger,
    BirthdayTrigger,
    InactiveTrigger,
    RewardTrigger,
    ScheduleTrigger,
    SegmentTrigger,
)
from punchcard.router.counting import Counting
from punchcard.router.due import SEARCHES
from punchcard.router.sweep import BATCH
from punchcard.trial.nothing import counting_of
from punchcard.trial.seen import seen_words
from punchcard.trial.stage import Stage
from punchcard.trial.words import shown

CUSTOMER, OCCASION = table(Customer), table(Occasion)
# How far is looked ahead for when somebody is due.
AHEAD = 400 * 24 * 3600 * 1000
NOTHING: Mapping[str, Mapping[str, Any]] = MappingProxyType({})
NEVER: Mapping[type, str] = MappingProxyType(
    {
        BirthdayTrigger: "the customer's birthday is not known",
        AnniversaryTrigger: "the customer has no day to celebrate",
        InactiveTrigger: "no order was paid since which the time counts, or that was over before the campaign began",
        RewardTrigger: "the customer has no reward that would be due",
        ScheduleTrigger: "its time does not come any more",
    }
)


def why_nobody(stage: Stage, campaign: str, zone: str) -> str | None:
    """Return why time has started nothing in a campaign; None if it has, or is not what starts it."""
    counting = counting_of(stage, campaign)
    if counting is None or type(counting.plan.trigger) not in SEARCHES:
        return None
    with stage.database.read() as connection:
        if connection.execute(select(OCCASION.c.id).where(OCCASION.c.campaign == campaign)).first():
            return None
        now = stage.clock.now()
        if isinstance(counting.plan.trigger, SegmentTrigger):
            return _not_turned(connection, counting, counting.plan.trigger, now)
        return _not_due(connection, counting, now, zone)


def _not_due(connection: Connection, counting: Counting, now: int, zone: str) -> str:
    search = SEARCHES[type(counting.plan.trigger)]
    passed = search.find(connection, counting, Span(counting.counts_from - 1, now), 0, BATCH).due
    if passed:
        at = passed[-1].at
        refused = _refused(connection, counting, at, passed[-1].names)
        return refused or f"it was due on {shown(at, zone)}, and that became known too late"
    coming = search.find(connection, counting, Span(now, now + AHEAD), 0, BATCH).due
    if coming:
        return f"it is due on {shown(min(each.at for each in coming), zone)}"
    return NEVER[type(counting.plan.trigger)]


def _not_turned(connection: Connection, counting: Counting, trigger: SegmentTrigger, now: int) -> str:
    known = _known(connection, counting, trigger.segment, now)
    verdict = evaluate(trigger.segment.rule, known)
    name, seen = f"`{trigger.segment.name}`", seen_words(verdict.operands, counting.plan.currency)
    if verdict.met is trigger.leaves:
        return f"the customer is {'still' if trigger.leaves else 'not'} in {name} ({seen})"
    refused = _refused(connection, counting, now)
    if refused is not None:
        return refused
    return f"the customer was {'not ' if trigger.leaves else ''}in {name} from the beginning"


def _refused(
    connection: Connection, counting: Counting, at: int, came_with: Mapping[str, Mapping[str, Any]] = NOTHING
) -> str | None:
    """Why the trigger's filter does not take the customer, who is due; None if it does."""
    where: Expression | None = getattr(counting.plan.trigger, "where", None)
    if where is None:
        return None
    of_occasion = {
        f"{owner}.{key}": value for owner, each in came_with.items() for key, value in each.items()
    }
    verdict = evaluate(where, of_occasion | _known(connection, counting, where, at))
    if verdict.met:
        return None
    return f"the trigger's `where` does not take the customer ({seen_words(verdict.operands, counting.plan.currency)})"


def _known(connection: Connection, counting: Counting, asked: Expression, at: int) -> dict[str, Any]:
    customer = connection.execute(select(CUSTOMER.c.id)).scalar_one()
    fields = [field for field in names(asked) if field.path[0] == "customer"]
    plan = counting.plan
    return known_of_customer(connection, customer, fields, plan.currency, at, plan.timezone)
