"""Who hears what has come in: open instances whose plan waits for it, or reads it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select, tuple_

from punchcard.domain.database import table
from punchcard.domain.instances import Instance
from punchcard.domain.occasions import Occasion
from punchcard.domain.outbox import Telling, tell_all
from punchcard.plan.order_facts import ORDER_FACTS, PAID, has_ordered
from punchcard.router.booking import Change
from punchcard.router.purchase import order_facts

INSTANCE, OCCASION = table(Instance), table(Occasion)

Hearing = Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class NamedEvent:
    """A named event that a customer's instances may hear of; `id` is its row's."""

    customer_id: int
    type: str
    id: int


@dataclass(frozen=True, slots=True)
class _News:
    """Something that has happened to a customer, or to one order and so to the instances that concern it.

    An order by which the customer has ordered is no news to those that concern it (`not_of`).
    """

    customer_id: int
    name: str
    data: dict[str, Any]
    order_id: int | None = None
    not_of: int | None = None


def tell_listeners(
    connection: Connection,
    hearing: Hearing,
    changes: Sequence[Change],
    events: Sequence[NamedEvent],
    now: int,
) -> None:
    """Bring what happened to those open instances whose version hears of it, by its name.

    What concerns an order goes to the instances whose occasion has it. Instances that arise from this very batch are
    not among them: what caused them is no news to them, and they know how their order stands.
    """
    if not hearing:
        return
    news = [*_ordered(changes), *_of_orders(changes)]
    news += [_News(each.customer_id, f"customer.{each.type}", {"event": each.id}) for each in events]
    heard = [each for each in news if each.name in hearing]
    if not heard:
        return
    pairs = sorted({(each.customer_id, version) for each in heard for version in hearing[each.name]})
    listening: dict[int, list[Any]] = {}
    for row in connection.execute(
        select(INSTANCE.c.id, INSTANCE.c.customer_id, INSTANCE.c.version, OCCASION.c.order_id)
        .join(OCCASION, OCCASION.c.id == INSTANCE.c.occasion_id)
        .where(INSTANCE.c.status != "closed", tuple_(INSTANCE.c.customer_id, INSTANCE.c.version).in_(pairs))
    ):
        listening.setdefault(row.customer_id, []).append(row)
    tell_all(
        connection,
        [
            Telling(row.id, "deliver", {"name": each.name, "data": each.data, "at": now})
            for each in heard
            for row in listening.get(each.customer_id, ())
            if row.version in hearing[each.name]
            and each.order_id in (None, row.order_id)
            and (each.not_of is None or each.not_of != row.order_id)
        ],
        now,
    )


def _ordered(changes: Sequence[Change]) -> list[_News]:
    """Who has ordered: an order is one from when it is paid, in whatever currency."""
    return [
        _News(
            change.new.customer_id,
            "customer.ordered",
            {"order": change.new.external_id},
            not_of=change.new.id,
        )
        for change in changes
        if has_ordered(change.new.status, change.new.net)
        and (change.old is None or change.old.status not in PAID)
    ]


def _of_orders(changes: Sequence[Change]) -> list[_News]:
    """What has come to hold of orders that were known before, in the order in which it does."""
    found = []
    for change in changes:
        if change.old is None:
            continue
        fresh = order_facts(change.new) - order_facts(change.old)
        found += [
            _News(customer_id, name, {}, change.new.id)
            for name in ORDER_FACTS
            if name in fresh
            for customer_id in dict.fromkeys((change.old.customer_id, change.new.customer_id))
        ]
    return found
