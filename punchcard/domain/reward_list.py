"""Finding rewards: by campaign, customer and state, with what became of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, or_, select

from punchcard.domain.customers import Alias, known_as
from punchcard.domain.database import table
from punchcard.domain.debts import Debt, DebtState
from punchcard.domain.pages import Page, after, page
from punchcard.domain.redeeming import CodeState, code_state
from punchcard.domain.refusals import RewardUnknown
from punchcard.domain.rewards import Redemption, Reward, terms_in
from punchcard.plan.model import Terms

REWARD, REDEMPTION, ALIAS, DEBT = table(Reward), table(Redemption), table(Alias), table(Debt)


@dataclass(frozen=True, slots=True)
class UseLine:
    """One use of a reward; amounts are in minor units."""

    order: str | None
    amount: int | None
    discount: int | None
    redeemed_at: int


@dataclass(frozen=True, slots=True)
class RewardLine:
    """A reward for so many `orders`, with its `uses` from the first on.

    `debt` is how its debt stands, if it has one, and `owed` its amount in minor units, if that is known.
    """

    id: int
    campaign: str
    instance_id: str
    customer_id: int
    customer: str | None
    name: str
    terms: Terms
    currency: str
    code: str
    state: CodeState
    issued_at: int
    expires_at: int | None
    revoked_at: int | None
    redeemed_at: int | None
    orders: int
    uses: tuple[UseLine, ...]
    debt: DebtState | None
    owed: int | None
    owed_at: int | None
    settled_at: int | None
    settled_by: str | None
    note: str | None

    @property
    def uses_left(self) -> int:
        """For how many more orders it could be used, if it is redeemable."""
        return self.orders - len(self.uses)


def find_rewards(
    connection: Connection,
    now: int,
    *,
    campaign: str | None = None,
    customer: str | None = None,
    state: CodeState | None = None,
    debt: DebtState | None = None,
    cursor: str | None = None,
    limit: int = 50,
) -> Page[RewardLine]:
    """Return rewards, the latest first; `customer` is an integrator's id."""
    statement = _lines()
    if campaign is not None:
        statement = statement.where(REWARD.c.campaign == campaign)
    if customer is not None:
        known = select(ALIAS.c.customer_id).where(ALIAS.c.external_id == customer)
        statement = statement.where(REWARD.c.customer_id.in_(known))
    if state is not None:
        statement = statement.where(_in_state(state, now))
    if debt is not None:
        statement = statement.where(DEBT.c.status == debt)
    rows = connection.execute(after(statement, (REWARD.c.id,), cursor, limit)).all()
    uses = _uses(connection, rows)
    return page(rows, limit, lambda row: _line(row, uses, now), ("id",))


def find_reward(connection: Connection, id_: int, now: int) -> RewardLine:
    """Return one reward; RewardUnknown if there is none of this id."""
    row = connection.execute(_lines().where(REWARD.c.id == id_)).first()
    if row is None:
        raise RewardUnknown(f"There is no reward {id_}.")
    return _line(row, _uses(connection, [row]), now)


def rewards_of_occasion(connection: Connection, occasion_id: int, now: int) -> tuple[RewardLine, ...]:
    """Return what an occasion gave, in that order."""
    of_occasion = _lines().where(REWARD.c.occasion_id == occasion_id).order_by(REWARD.c.id)
    rows = connection.execute(of_occasion).all()
    uses = _uses(connection, rows)
    return tuple(_line(row, uses, now) for row in rows)


def _lines() -> Select[Any]:
    owed = (
        DEBT.c.status.label("debt"),
        DEBT.c.amount.label("owed"),
        *(DEBT.c[name] for name in ("owed_at", "settled_at", "settled_by", "note")),
    )
    return (select(REWARD, known_as(REWARD.c.customer_id).label("customer"), *owed)).outerjoin(
        DEBT, DEBT.c.reward_id == REWARD.c.id
    )


def _uses(connection: Connection, rows: Sequence[Row[Any]]) -> Mapping[int, tuple[UseLine, ...]]:
    """The uses of these rewards by their numbers, the first one first."""
    used = [row.id for row in rows if row.used]
    found: dict[int, tuple[UseLine, ...]] = {}
    if not used:
        return found
    wanted = select(REDEMPTION).where(REDEMPTION.c.reward_id.in_(used)).order_by(REDEMPTION.c.number)
    for row in connection.execute(wanted):
        use = UseLine(row.order_external_id, row.amount, row.discount, row.redeemed_at)
        found[row.reward_id] = (*found.get(row.reward_id, ()), use)
    return found


def _in_state(state: CodeState, now: int) -> ColumnElement[bool]:
    issued = REWARD.c.status == "issued"
    match state:
        case "redeemable":
            return and_(issued, or_(REWARD.c.expires_at.is_(None), REWARD.c.expires_at > now))
        case "expired":
            return and_(issued, REWARD.c.expires_at <= now)
        case "redeemed" | "revoked":
            return REWARD.c.status == state


def _line(row: Row[Any], uses: Mapping[int, tuple[UseLine, ...]], now: int) -> RewardLine:
    return RewardLine(
        id=row.id,
        campaign=row.campaign,
        instance_id=row.instance_id,
        customer_id=row.customer_id,
        customer=row.customer,
        name=row.name,
        terms=terms_in(row),
        currency=row.currency,
        code=row.code,
        state=code_state(row.status, row.expires_at, now),
        issued_at=row.issued_at,
        expires_at=row.expires_at,
        revoked_at=row.revoked_at,
        redeemed_at=row.redeemed_at,
        orders=row.orders,
        uses=uses.get(row.id, ()),
        debt=row.debt,
        owed=row.owed,
        owed_at=row.owed_at,
        settled_at=row.settled_at,
        settled_by=row.settled_by,
        note=row.note,
    )
