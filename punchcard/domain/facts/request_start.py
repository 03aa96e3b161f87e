"""Another campaign asked for: granted once, with the inputs as they are at this moment."""

from __future__ import annotations

from typing import Any

from sqlalchemy import insert, select

from punchcard.domain.database import dump
from punchcard.domain.facts.granting import Granting, Result
from punchcard.domain.money import to_amount
from punchcard.domain.onward import LONGEST_CHAIN, START, depth_of
from punchcard.plan.conditions import names, value_of
from punchcard.plan.facts import RequestStart


def request_start(granting: Granting, fact: RequestStart) -> Result:
    """Grant the start, or say why there must not be one; what was granted stays granted."""
    reason = granting.objection
    if reason is not None:
        return {"verdict": "superseded", "reason": reason}
    connection, instance = granting.connection, granting.instance
    known = connection.execute(
        select(START.c.id).where(START.c.occasion_id == instance.occasion_id, START.c.key == fact.key)
    ).first()
    if known is None:
        depth = depth_of(connection, instance.occasion_id) + 1
        if depth > LONGEST_CHAIN:
            return {"verdict": "superseded", "reason": "chain_too_long"}
        connection.execute(
            insert(START).values(
                occasion_id=instance.occasion_id,
                customer_id=instance.customer_id,
                key=fact.key,
                campaign=fact.campaign,
                inputs=dump(_inputs(granting, fact)),
                depth=depth,
                name=fact.name,
            )
        )
    return {"verdict": "granted"}


def _inputs(granting: Granting, fact: RequestStart) -> dict[str, Any]:
    """The inputs as a request would bring them: money with its currency; what is absent is left out."""
    currency = granting.plan.currency
    known = granting.values([name for each in fact.inputs for name in names(each.value)], fact.values)
    given: dict[str, Any] = {}
    for each in fact.inputs:
        value, _ = value_of(each.value, known)
        if value is not None and each.is_money:
            given[each.name] = {"amount": to_amount(value, currency), "currency": currency}  # type: ignore[arg-type]
        elif value is not None:
            given[each.name] = value
    return given
