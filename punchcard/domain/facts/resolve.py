"""The instant of a moment that needs the customer's zone."""

from __future__ import annotations

from punchcard.domain.facts.granting import Granting, Result
from punchcard.plan.calendar import resolve
from punchcard.plan.facts import Resolve


def resolve_moment(granting: Granting, fact: Resolve) -> Result:
    """Find the instant in the customer's zone."""
    since = granting.now if fact.since is None else fact.since
    return {"due": resolve(fact.moment, since, granting.zone, granting.plan.calendar)}
