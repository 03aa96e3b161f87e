"""What became of the occasion while nobody could be told of it."""

from __future__ import annotations

import json

from sqlalchemy import select

from punchcard.domain.database import table
from punchcard.domain.facts.granting import Granting, Result
from punchcard.domain.messages import Question
from punchcard.domain.occasions import Occasion
from punchcard.domain.onward import ended_of
from punchcard.domain.orders import Order
from punchcard.domain.rewards import Redemption, Reward
from punchcard.domain.tasks import DECIDED, Task, outcome_of
from punchcard.plan.facts import Recall
from punchcard.plan.model import FreeText
from punchcard.plan.order_facts import ORDER_FACTS, facts_of
from punchcard.plan.program import told_facts

REWARD, REDEMPTION, QUESTION = table(Reward), table(Redemption), table(Question)
TASK, OCCASION, ORDER = table(Task), table(Occasion), table(Order)


def recall(granting: Granting, fact: Recall) -> Result:
    """What happened to the occasion's order, rewards, questions and campaigns, as it would have been told."""
    connection, occasion_id = granting.connection, granting.instance.occasion_id
    answered = connection.execute(
        select(QUESTION)
        .where(QUESTION.c.occasion_id == occasion_id, QUESTION.c.answered_at.is_not(None))
        .order_by(QUESTION.c.id)
    )
    found = _of_the_rewards(granting)
    for row in answered:
        is_text = json.loads(row.shape)["kind"] == FreeText.__name__
        data = {"key": row.key} | ({} if is_text else {"answer": json.loads(row.answer)})
        found[f"{row.name}.answered"] = {"at": row.answered_at, "data": data}
    decided = connection.execute(
        select(TASK).where(TASK.c.occasion_id == occasion_id, TASK.c.status.in_(DECIDED)).order_by(TASK.c.id)
    )
    for row in decided:
        what, data = outcome_of(row.kind, row.status, row.key, row.closed_by)
        found[f"{row.name}.{what}"] = {"at": row.closed_at, "data": data}
    for row in ended_of(connection, occasion_id):
        data = {"key": row.key, "outcome": row.outcome}
        found[f"{row.name}.ended"] = {"at": row.closed_at, "data": data}
    return found | _of_the_order(granting)


def _of_the_rewards(granting: Granting) -> Result:
    """The first use of each reward that was used, and the last of one for several orders; of one name the latest."""
    uses = granting.connection.execute(
        select(
            *(REWARD.c[name] for name in ("id", "name", "orders", "used")),
            *(REDEMPTION.c[name] for name in ("number", "redeemed_at", "order_external_id")),
        )
        .join(REDEMPTION, REDEMPTION.c.reward_id == REWARD.c.id)
        .where(REWARD.c.occasion_id == granting.instance.occasion_id)
        .order_by(REWARD.c.id, REDEMPTION.c.number)
    )
    found: Result = {}
    for row in uses:
        if row.number not in (1, row.orders):
            continue
        data = {"reward": row.id} | (
            {} if row.order_external_id is None else {"order": row.order_external_id}
        )
        if row.orders > 1:
            data["uses_left"] = row.orders - row.used
        what = "redeemed" if row.number == 1 else "used_up"
        found[f"{row.name}.{what}"] = {"at": row.redeemed_at, "data": data}
    return found


def _of_the_order(granting: Granting) -> Result:
    """What holds of the occasion's order now, of what the plan hears of."""
    told = told_facts(granting.plan)
    if not told:
        return {}
    wanted = select(ORDER.c.status, ORDER.c.amount, ORDER.c.net).join(
        OCCASION, OCCASION.c.order_id == ORDER.c.id
    )
    row = granting.connection.execute(wanted.where(OCCASION.c.id == granting.instance.occasion_id)).first()
    holds = told & facts_of(row.status, row.amount, row.net) if row is not None else frozenset[str]()
    return {name: {"at": granting.now, "data": {}} for name in ORDER_FACTS if name in holds}
