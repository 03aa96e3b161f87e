"""Who has entered or left a segment since it was last looked up: the rule in SQL beside what was taken down then."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, select

from punchcard.domain import membership
from punchcard.domain.customers import CUSTOMER
from punchcard.domain.database import table
from punchcard.domain.knowing import known_of_all
from punchcard.domain.orders import Order
from punchcard.domain.rules import Asking
from punchcard.plan.conditions import Value, evaluate, names
from punchcard.plan.lookback import leaves, looks_back_months, since
from punchcard.plan.rhythm import Span
from punchcard.plan.triggers import SegmentTrigger
from punchcard.router.counting import Counting
from punchcard.router.due.search import Due, Found, Search

ORDER = table(Order)


def _find(connection: Connection, counting: Counting, span: Span, cursor: int, limit: int) -> Found:
    """Whoever is found is due at the end of the span: it does not matter since when the rule has held, or not."""
    trigger = _trigger(counting)
    rows = membership.turned(
        connection, _whose(counting), trigger.segment, _asking(connection, counting, span.upto), cursor, limit
    )
    due = [(customer_id, ordinal) for customer_id, inside, ordinal in rows if inside is not trigger.leaves]
    operands = _seen(connection, counting, [customer_id for customer_id, _ in due], span.upto)
    way = "leaves" if trigger.leaves else "enters"
    return Found(
        tuple(
            Due(
                customer_id,
                f"{way}/{counting.epoch}/{ordinal}",
                span.upto,
                names={"occasion": {"ordinal": ordinal}},
                operands=operands[customer_id],
            )
            for customer_id, ordinal in due
        ),
        rows[-1][0] if len(rows) == limit else None,
        tuple(rows),
    )


def _seen(
    connection: Connection, counting: Counting, people: Sequence[int], at: int
) -> dict[int, dict[str, object]]:
    """What the rule saw of each of these customers."""
    segment = _trigger(counting).segment
    plan = counting.plan
    known = known_of_all(connection, people, names(segment), plan.currency, at, plan.timezone)
    return {person: dict(evaluate(segment, known[person]).operands) for person in people}


def _begin(connection: Connection, counting: Counting, at: int, people: Sequence[int] | None) -> None:
    """Who is in it `already` may also be so by history that is imported later."""
    trigger = _trigger(counting)
    if people is not None and trigger.already_in:
        return
    asking = _asking(connection, counting, at)
    membership.begin(
        connection,
        _whose(counting),
        trigger.segment,
        asking,
        already_in=trigger.already_in,
        people=people,
    )


def _settle(connection: Connection, counting: Counting, found: Found, at: int) -> None:
    membership.take_down(connection, _whose(counting), found.turned, at)


def _instants(connection: Connection, counting: Counting, span: Span) -> list[int]:
    """When an order comes to count within the span, or leaves one of the rule's windows."""
    windows: set[Value] = {0}
    windows.update(*(field.arguments for field in names(_trigger(counting).segment)))
    own = counting.plan.timezone
    zones = (own, *_zones(connection))
    found: set[int] = set()
    for back in windows:
        begin = min(since(back, span.after, zone) for zone in zones)
        end = max(since(back, span.upto, zone) for zone in zones)
        orders = (
            select(ORDER.c.occurred_at, CUSTOMER.c.timezone)
            .join(CUSTOMER, CUSTOMER.c.id == ORDER.c.customer_id)
            .where(ORDER.c.occurred_at > begin, ORDER.c.occurred_at <= end)
        )
        left = {leaves(back, at, zone or own) for at, zone in connection.execute(orders.distinct())}
        found.update(at for at in left if span.after < at <= span.upto)
    return sorted(found)


def _upcoming(_connection: Connection, _counting: Counting, after: int) -> int:
    """Any order, profile or tag may change who is in a segment."""
    return after + 1


def _trigger(counting: Counting) -> SegmentTrigger:
    trigger = counting.plan.trigger
    assert isinstance(trigger, SegmentTrigger)
    return trigger


def _whose(counting: Counting) -> tuple[str, int]:
    return counting.campaign, counting.epoch


def _asking(connection: Connection, counting: Counting, at: int) -> Asking:
    plan = counting.plan
    by_calendar = looks_back_months(names(_trigger(counting).segment))
    zones = _zones(connection) if by_calendar else ()
    return Asking(connection.dialect.name, plan.currency, at, plan.timezone, zones)


def _zones(connection: Connection) -> tuple[str, ...]:
    """The zones that customers have told."""
    found = connection.execute(select(CUSTOMER.c.timezone).distinct()).scalars()
    return tuple(sorted(zone for zone in found if zone))


SEGMENT = Search(_find, _upcoming, begin=_begin, settle=_settle, instants=_instants)
