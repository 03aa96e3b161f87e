"""Tags: words that campaigns put on customers, by which conditions and people tell them apart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import BigInteger, Connection, bindparam, delete, select
from sqlmodel import Field, SQLModel

from punchcard.domain.database import big, table
from punchcard.domain.prepared import Prepared


class CustomerTag(SQLModel, table=True):
    """One tag of a customer, and since when it is theirs."""

    __tablename__ = "customer_tag"

    customer_id: int = Field(primary_key=True, foreign_key="customer.id", sa_type=BigInteger)
    tag: str = Field(primary_key=True, index=True)
    since: int = big()


TAG = table(CustomerTag)

_TAGS = Prepared(select(TAG.c.tag).where(TAG.c.customer_id == bindparam("customer_id")).order_by(TAG.c.tag))
_ADD = Prepared(
    lambda insert: insert(TAG).on_conflict_do_nothing(index_elements=[TAG.c.customer_id, TAG.c.tag])
)
_REMOVE = Prepared(delete(TAG).where(TAG.c.customer_id == bindparam("whose"), TAG.c.tag == bindparam("gone")))


def tags_of(connection: Connection, customer_id: int) -> tuple[str, ...]:
    """Return a customer's tags by name."""
    return tuple(_TAGS(connection, {"customer_id": customer_id}).scalars())


def tags_of_all(connection: Connection, people: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """Return the tags of each of these customers, none for who has none."""
    found: dict[int, tuple[str, ...]] = dict.fromkeys(people, ())
    for row in connection.execute(select(TAG).where(TAG.c.customer_id.in_(people)).order_by(TAG.c.tag)):
        found[row.customer_id] += (row.tag,)
    return found


def add_tags(connection: Connection, customer_id: int, tags: Iterable[str], now: int) -> None:
    """Put tags on a customer; one that is there already keeps its date."""
    for tag in tags:
        _ADD(connection, {"customer_id": customer_id, "tag": tag, "since": now})


def remove_tags(connection: Connection, customer_id: int, tags: Iterable[str]) -> None:
    """Take tags off a customer; one that is not there is none the less off."""
    for tag in tags:
        _REMOVE(connection, {"whose": customer_id, "gone": tag})


def remove_all_tags(connection: Connection, customer_id: int) -> None:
    """Take every tag off a customer."""
    connection.execute(delete(TAG).where(TAG.c.customer_id == customer_id))
