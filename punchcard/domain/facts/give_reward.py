"""A reward given: drawn from the budget, issued under a code of its own, once for each key."""

from __future__ import annotations

from sqlalchemy import bindparam, select

from punchcard.domain.budgets import draw
from punchcard.domain.codes import make_code
from punchcard.domain.database import table
from punchcard.domain.facts.granting import Granting, Result
from punchcard.domain.prepared import Prepared
from punchcard.domain.rewards import Reward
from punchcard.plan.calendar import resolve
from punchcard.plan.events import BUDGET_EXHAUSTED
from punchcard.plan.facts import GiveReward
from punchcard.plan.model import Terms, most_of_one_use, terms_of

REWARD = table(Reward)

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
        return refusal
    since = granting.now if fact.since is None else fact.since
    expires = None if fact.expires is None else resolve(fact.expires, since, granting.zone)
    terms = terms_of(fact.offer)
    number = _issue(granting, fact, terms, expires)
    return {"reward": number, "expires": expires, "value": terms.value} | _uses_left(fact.orders)


def _uses_left(orders: int, used: int = 0) -> Result:
    """What an instance knows of how often a code can still be used; nothing of one that can be used once."""
    return {} if orders == 1 else {"uses_left": orders - used}


def _may_give(granting: Granting, fact: GiveReward) -> Result | None:
    """Draw the reward from the campaign's budget, for each order that it is for; return why it cannot be given."""
    if granting.instance.occasion_status != "standing":
        return {"refused": "reversed"}
    plan = granting.plan
    if plan.budget is None:
        return None
    cost = fact.orders * most_of_one_use(terms_of(fact.offer))
    spent = draw(granting.connection, plan.campaign, plan.budget, cost, granting.now, plan.timezone)
    if spent is None:
        return None
    return {"refused": BUDGET_EXHAUSTED} | ({} if spent.until is None else {"until": spent.until})


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
