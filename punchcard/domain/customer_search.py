"""Finding customers by what an operator has at hand: an id, an address, a name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, func, or_, select

from punchcard.domain.codes import read_code
from punchcard.domain.customers import Alias, Customer, known_as
from punchcard.domain.database import table
from punchcard.domain.pages import Page, after, page
from punchcard.domain.rewards import Reward

CUSTOMER, ALIAS, REWARD = table(Customer), table(Alias), table(Reward)


@dataclass(frozen=True, slots=True)
class CustomerLine:
    """One customer in a list; `customer` is an integrator's id, None if nobody knows them by any."""

    id: int
    customer: str | None
    first_name: str | None
    last_name: str | None
    email: str | None
    created_at: int
    erased_at: int | None
    rewards: int


def find_customers(
    connection: Connection, text: str | None = None, *, cursor: str | None = None, limit: int = 50
) -> Page[CustomerLine]:
    """Return customers whose id or code is `text`, or whose address or name begins with it; the latest first."""
    rewards = (
        select(func.count())
        .where(REWARD.c.customer_id == CUSTOMER.c.id, REWARD.c.status != "revoked")
        .scalar_subquery()
    )
    statement = select(CUSTOMER, known_as(CUSTOMER.c.id).label("customer"), rewards.label("rewards"))
    if text:
        statement = statement.where(_matches(text.strip()))
    rows = connection.execute(after(statement, (CUSTOMER.c.id,), cursor, limit)).all()
    return page(rows, limit, _line, ("id",))


def _matches(text: str) -> ColumnElement[bool]:
    known = select(ALIAS.c.customer_id).where(ALIAS.c.external_id == text)
    coded = select(REWARD.c.customer_id).where(REWARD.c.code == read_code(text))
    begins = text.lower().replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_") + "%"
    whole_name = func.lower(
        func.coalesce(CUSTOMER.c.first_name, "") + " " + func.coalesce(CUSTOMER.c.last_name, "")
    )
    return or_(
        CUSTOMER.c.id.in_(known),
        CUSTOMER.c.id.in_(coded),
        func.lower(CUSTOMER.c.email).like(begins, escape="\\"),
        func.lower(CUSTOMER.c.last_name).like(begins, escape="\\"),
        whole_name.like(begins, escape="\\"),
    )


def _line(row: Row[Any]) -> CustomerLine:
    return CustomerLine(
        id=row.id,
        customer=row.customer,
        first_name=row.first_name,
        last_name=row.last_name,
        email=row.email,
        created_at=row.created_at,
        erased_at=row.erased_at,
        rewards=row.rewards,
    )
