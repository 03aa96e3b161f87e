"""What each campaign has done so far, in numbers: counted from the facts whenever somebody looks."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, and_, case, func, select

from punchcard.domain.database import table
from punchcard.domain.instance_search import STATE
from punchcard.domain.instances import Incident, Instance
from punchcard.domain.messages import Message
from punchcard.domain.occasions import Occasion
from punchcard.domain.rewards import Redemption, Reward

OCCASION, REWARD, REDEMPTION = table(Occasion), table(Reward), table(Redemption)
MESSAGE, INSTANCE, INCIDENT = table(Message), table(Instance), table(Incident)
IS_USED = REWARD.c.redeemed_at.is_not(None).label("is_used")
ENDED = frozenset({"completed", "stopped", "cancelled", "reversed"})


@dataclass(slots=True)
class Figures:
    """One campaign's numbers, or the sum of several.

    `occasions` counts those that stand by disposition, `rewards` by state (`redeemable`, `redeemed`, `expired`,
    `revoked`), `used` those of them that were used at least once and not revoked, `messages` by status, `suppressed` by
    reason, `instances` by state, `discounts` what redemptions gave in minor units by currency.
    """

    occasions: Counter[str] = field(default_factory=Counter)
    reversed: int = 0
    rewards: Counter[str] = field(default_factory=Counter)
    used: int = 0
    messages: Counter[str] = field(default_factory=Counter)
    suppressed: Counter[str] = field(default_factory=Counter)
    instances: Counter[str] = field(default_factory=Counter)
    discounts: Counter[str] = field(default_factory=Counter)

    @property
    def earned(self) -> int:
        """How many occasions stand that were not history; what was gathered into a batch is one."""
        return self.occasions.total() - self.occasions["historical"] - self.occasions["joined"]

    @property
    def issued(self) -> int:
        """How many rewards were given and not revoked."""
        return self.rewards.total() - self.rewards["revoked"]

    @property
    def open(self) -> int:
        """How many instances have yet to end."""
        return sum(count for state, count in self.instances.items() if state not in ENDED)

    def add(self, other: Figures) -> None:
        """Add another campaign's numbers to these."""
        self.reversed += other.reversed
        self.used += other.used
        for name in ("occasions", "rewards", "messages", "suppressed", "instances", "discounts"):
            getattr(self, name).update(getattr(other, name))


def figures_by_campaign(connection: Connection, now: int, campaign: str | None = None) -> dict[str, Figures]:
    """Return the numbers of every campaign that has any, or of one; `now` decides which rewards have expired."""
    found: dict[str, Figures] = {}

    def of(name: str) -> Figures:
        return found.setdefault(name, Figures())

    for row in _counted(connection, OCCASION, campaign, OCCASION.c.status, OCCASION.c.disposition):
        if row.status == "reversed":
            of(row.campaign).reversed += row.number
        else:
            of(row.campaign).occasions[row.disposition] += row.number
    for row in _counted(connection, REWARD, campaign, _reward_state(now), IS_USED):
        of(row.campaign).rewards[row.state] += row.number
        of(row.campaign).used += row.number if row.is_used and row.state != "revoked" else 0
    for row in _counted(connection, MESSAGE, campaign, MESSAGE.c.status, MESSAGE.c.reason):
        of(row.campaign).messages[row.status] += row.number
        if row.status == "suppressed":
            of(row.campaign).suppressed[row.reason or "unknown"] += row.number
    for row in _counted(connection, INSTANCE, campaign, STATE.label("state")):
        of(row.campaign).instances[row.state] += row.number
    for row in _discounts(connection, campaign):
        of(row.campaign).discounts[row.currency] += int(row.discount)
    return found


def count_open_incidents(connection: Connection) -> int:
    """Return how many incidents wait for an operator."""
    counted = select(func.count()).select_from(INCIDENT).where(INCIDENT.c.closed_at.is_(None))
    return int(connection.execute(counted).scalar_one())


def _counted(connection: Connection, source: Any, campaign: str | None, *by: Any) -> Any:
    statement = select(source.c.campaign, *by, func.count().label("number"))
    if campaign is not None:
        statement = statement.where(source.c.campaign == campaign)
    return connection.execute(statement.group_by(source.c.campaign, *by))


def _reward_state(now: int) -> Any:
    return case(
        (REWARD.c.status != "issued", REWARD.c.status),
        (and_(REWARD.c.expires_at.is_not(None), REWARD.c.expires_at <= now), "expired"),
        else_="redeemable",
    ).label("state")


def _discounts(connection: Connection, campaign: str | None) -> Any:
    statement = (
        select(REWARD.c.campaign, REDEMPTION.c.currency, func.sum(REDEMPTION.c.discount).label("discount"))
        .join(REWARD, REWARD.c.id == REDEMPTION.c.reward_id)
        .where(REDEMPTION.c.discount.is_not(None))
    )
    if campaign is not None:
        statement = statement.where(REWARD.c.campaign == campaign)
    return connection.execute(statement.group_by(REWARD.c.campaign, REDEMPTION.c.currency))
