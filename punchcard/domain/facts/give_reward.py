"""A reward given: drawn from the budget, issued under a code of its own, once for each key."""

from __future__ import annotations

from sqlalchemy import bindparam, select, update

from punchcard.domain.codes import make_code
from punchcard.domain.database import table, upsert
from punchcard.domain.facts.granting import Granting, Result
from punchcard.domain.prepared import Prepared
from punchcard.domain.rewards import BudgetUse, Reward
from punchcard.plan.calendar import resolve
from punchcard.plan.events import BUDGET_EXHAUSTED
from punchcard.plan.facts import GiveReward
from punchcard.plan.model import AmountOff, Terms, terms_of

REWARD, BUDGET = table(Reward), table(BudgetUse)
NO_LIMIT = 1 << 62

_GIVEN = Prepared(
    select(REWARD.c.id, REWARD.c.expires_at, REWARD.c.value, REWARD.c.orders, REWARD.c.used).where(
        REWARD.c.occasion_id == bindparam("occasion_id"), REWARD.c.key == bindparam("key")
    )
)
_ISSUE = Prepared(
    lambda insert: (
        insert(REWARD).on_conflict_do_nothing(index_elements=[REWARD.c.code]).returning(REWARD.c.id)
    )
)
_DRAW = Prepared(
    update(BUDGET)
    .where(
        BUDGET.c.campaign == bindparam("drawn_campaign"),
        BUDGET.c.rewards < bindparam("most_rewards"),
        BUDGET.c.amount + bindparam("cost") <= bindparam("most_amount"),
    )
    .values(rewards=BUDGET.c.rewards + 1, amount=BUDGET.c.amount + bindparam("cost"))
    .returning(BUDGET.c.rewards)
)


def give_reward(granting: Granting, fact: GiveReward) -> Result:
    """Issue the reward, or say why it cannot be given; asked for again, it is the one that was issued."""
    if granting.refused:
        return {"refused": "an earlier reward was refused"}
    occasion_id = granting.instance.occasion_id
    given = _GIVEN(granting.connection, {"occasion_id": occasion_id, "key": fact.key}).first()
    if given is not None:
        known = {"reward": given.id, "expires": given.expires_at, "value": given.value}
        return known | _uses_left(given.orders, given.used)
    refusal = _may_give(granting, fact)
    if refusal is not None:
        granting.refused = True
        return {"refused": refusal}
    since = granting.now if fact.since is None else fact.since
    expires = None if fact.expires is None else resolve(fact.expires, since, granting.zone)
    terms = terms_of(fact.offer)
    number = _issue(granting, fact, terms, expires)
    return {"reward": number, "expires": expires, "value": terms.value} | _uses_left(fact.orders)


def _uses_left(orders: int, used: int = 0) -> Result:
    """What an instance knows of how often a code can still be used; nothing of one that can be used once."""
    return {} if orders == 1 else {"uses_left": orders - used}


def _may_give(granting: Granting, fact: GiveReward) -> str | None:
    """Draw the reward from the campaign's budget, for each order that it is for; return why it cannot be given."""
    if granting.instance.occasion_status != "standing":
        return "reversed"
    budget = granting.plan.budget
    if budget is None:
        return None
    cost = fact.orders * fact.offer.amount if isinstance(fact.offer, AmountOff) else 0
    draw = {"drawn_campaign": granting.plan.campaign, "cost": cost}
    draw["most_rewards"] = NO_LIMIT if budget.rewards is None else budget.rewards
    draw["most_amount"] = NO_LIMIT if budget.amount is None else budget.amount
    connection = granting.connection
    if _DRAW(connection, draw).first() is None:
        opened = upsert(connection, BUDGET).values(campaign=granting.plan.campaign, rewards=0, amount=0)
        connection.execute(opened.on_conflict_do_nothing())
        if _DRAW(connection, draw).first() is None:
            return BUDGET_EXHAUSTED
    return None


def _issue(granting: Granting, fact: GiveReward, terms: Terms, expires: int | None) -> int:
    """Insert the reward under a code that no other has."""
    while True:
        issued: int | None = _ISSUE(
            granting.connection,
            {
                "occasion_id": granting.instance.occasion_id,
                "instance_id": granting.instance.id,
                "campaign": granting.instance.campaign,
                "customer_id": granting.instance.customer_id,
                "key": fact.key,
                "name": fact.name,
                "kind": terms.kind,
                "value": terms.value,
                "what": terms.what,
                "most": terms.most,
                "orders": fact.orders,
                "used": 0,
                "currency": granting.plan.currency,
                "code": make_code(),
                "status": "issued",
                "issued_at": granting.now,
                "expires_at": expires,
            },
        ).scalar()
        if issued is not None:
            return issued
