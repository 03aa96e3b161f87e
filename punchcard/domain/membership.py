"""Who is in the segment that starts a campaign, as far as the search for who enters and leaves has seen."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    and_,
    delete,
    false,
    func,
    literal,
    select,
    update,
)
from sqlmodel import Field, SQLModel

from punchcard.domain.customers import CUSTOMER
from punchcard.domain.database import big, table, upsert
from punchcard.domain.rules import Asking, holds
from punchcard.plan.conditions import Segment


class Membership(SQLModel, table=True):
    """Whether a customer was in a campaign's segment when it was last looked up, since when, and how often they came
    and went; who was in it from the beginning has not come.
    """

    __tablename__ = "membership"

    campaign: str = Field(primary_key=True)
    epoch: int = Field(primary_key=True)
    customer_id: int = Field(primary_key=True, sa_type=BigInteger)
    inside: bool
    since: int = big()
    entered: int = 0
    left: int = 0


MEMBER = table(Membership)
BEFORE = MEMBER.alias("before")


def turned(
    connection: Connection, whose: tuple[str, int], segment: Segment, asking: Asking, cursor: int, limit: int
) -> list[tuple[int, bool, int]]:
    """Return up to `limit` customers behind `cursor` who have come or gone since they were last looked up.

    Each comes with whether they are inside now, and which time this is.
    """
    theirs = and_(
        MEMBER.c.campaign == whose[0], MEMBER.c.epoch == whose[1], MEMBER.c.customer_id == CUSTOMER.c.id
    )
    was = func.coalesce(MEMBER.c.inside, false())
    rows = connection.execute(
        select(CUSTOMER.c.id, was.label("was"), MEMBER.c.entered, MEMBER.c.left)
        .select_from(CUSTOMER)
        .outerjoin(MEMBER, theirs)
        .where(
            CUSTOMER.c.id > cursor,
            CUSTOMER.c.erased_at.is_(None),
            CUSTOMER.c.created_at <= asking.at,
            holds(segment, asking) != was,
        )
        .order_by(CUSTOMER.c.id)
        .limit(limit)
    )
    return [(row.id, not row.was, 1 + ((row.left if row.was else row.entered) or 0)) for row in rows]


def take_down(
    connection: Connection, whose: tuple[str, int], found: Sequence[tuple[int, bool, int]], at: int
) -> None:
    """Note that these customers have come or gone."""
    if not found:
        return
    rows = [
        {
            "campaign": whose[0],
            "epoch": whose[1],
            "customer_id": customer_id,
            "inside": inside,
            "since": at,
            "entered": int(inside),
            "left": int(not inside),
        }
        for customer_id, inside, _ in found
    ]
    statement = upsert(connection, MEMBER)
    new = statement.excluded
    connection.execute(
        statement.on_conflict_do_update(
            index_elements=[MEMBER.c.campaign, MEMBER.c.epoch, MEMBER.c.customer_id],
            set_={
                "inside": new.inside,
                "since": new.since,
                "entered": MEMBER.c.entered + new.entered,
                "left": MEMBER.c.left + new.left,
            },
        ),
        rows,
    )


def begin(
    connection: Connection,
    whose: tuple[str, int],
    segment: Segment,
    asking: Asking,
    *,
    already_in: bool,
    people: Sequence[int] | None = None,
) -> None:
    """Take down who is inside at an instant, of all or of these people, without anybody having come or gone.

    Those `already_in` are left to be found as coming, but for those whom the epoch before has found.
    """
    campaign, epoch = whose
    inside = and_(CUSTOMER.c.erased_at.is_(None), holds(segment, asking))
    theirs = and_(MEMBER.c.campaign == campaign, MEMBER.c.epoch == epoch)
    if people is not None:
        inside = and_(CUSTOMER.c.id.in_(people), inside)
        theirs = and_(MEMBER.c.customer_id.in_(people), theirs)
    connection.execute(
        update(MEMBER)
        .where(theirs, MEMBER.c.inside, MEMBER.c.customer_id.not_in(select(CUSTOMER.c.id).where(inside)))
        .values(inside=False, since=asking.at)
    )
    values = (campaign, epoch, CUSTOMER.c.id, True, asking.at, 0, 0)
    rows = select(*(each if isinstance(each, ColumnElement) else literal(each) for each in values)).where(
        inside
    )
    if already_in:
        rows = rows.where(_found_before(campaign, epoch))
    columns = ["campaign", "epoch", "customer_id", "inside", "since", "entered", "left"]
    statement = upsert(connection, MEMBER).from_select(columns, rows)
    new = statement.excluded
    connection.execute(
        statement.on_conflict_do_update(
            index_elements=[MEMBER.c.campaign, MEMBER.c.epoch, MEMBER.c.customer_id],
            set_={"inside": new.inside, "since": new.since},
            where=MEMBER.c.inside.is_(False),
        )
    )
    connection.execute(delete(MEMBER).where(MEMBER.c.campaign == campaign, MEMBER.c.epoch < epoch - 1))


def _found_before(campaign: str, epoch: int) -> ColumnElement[bool]:
    """Whether the epoch before has found the customer inside."""
    earlier = and_(
        BEFORE.c.campaign == campaign,
        BEFORE.c.epoch == epoch - 1,
        BEFORE.c.customer_id == CUSTOMER.c.id,
        BEFORE.c.inside,
    )
    return select(BEFORE.c.customer_id).where(earlier).correlate(CUSTOMER).exists()
