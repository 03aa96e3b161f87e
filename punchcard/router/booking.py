"""Orders and refunds into the books: each order's net amount as its latest revision and all its refunds say.

The net amount depends on the set of accepted orders and refunds alone: it is computed anew from all of them
whenever one comes in. A refund that comes before its order is held until the order comes.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from punchcard.domain.among import among
from punchcard.domain.database import dump, table
from punchcard.domain.orders import LedgerEntry, Order, Refund
from punchcard.domain.prepared import Prepared
from punchcard.router.purchase import Purchase
from punchcard.router.wire import Incoming, OrderData, RefundData

ORDER, REFUND, LEDGER = table(Order), table(Refund), table(LedgerEntry)

_ORDERS = Prepared(
    select(ORDER).where(ORDER.c.source == bindparam("source"), among(ORDER.c.external_id, "wanted"))
)
_REFUNDS = Prepared(
    select(REFUND).where(REFUND.c.source == bindparam("source"), among(REFUND.c.order_external_id, "wanted"))
)
_INSERT_ORDERS = Prepared(insert(ORDER).returning(ORDER.c.id, ORDER.c.external_id))
_INSERT_REFUNDS, _INSERT_ENTRIES = Prepared(insert(REFUND)), Prepared(insert(LEDGER))
_COLUMNS: dict[str, Any] = {c.name: bindparam(f"new_{c.name}") for c in ORDER.c if c.name != "id"}
_REVISE = Prepared(update(ORDER).where(ORDER.c.id == bindparam("order_id")).values(_COLUMNS))


@dataclass(frozen=True, slots=True)
class Booked:
    """An accepted order or refund with the id of its event and, for an order, its customer."""

    incoming: Incoming
    event_id: int
    customer_id: int | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """What an order was and is; `event_id` is the event that changed it."""

    old: Purchase | None
    new: Purchase
    event_id: int


@dataclass(frozen=True, slots=True)
class _Standing:
    """An order's row as it is to be, with its lines."""

    row: dict[str, Any]
    order_event: int | None = None
    refund_event: int | None = None


def stored_orders(connection: Connection, source: str, external_ids: Iterable[str]) -> dict[str, Any]:
    """Return the rows of those orders that are known, by their external id."""
    wanted = sorted(set(external_ids))
    if not wanted:
        return {}
    found = _ORDERS(connection, {"source": source, "wanted": wanted})
    return {row.external_id: row for row in found}


def book(
    connection: Connection,
    source: str,
    stored: Mapping[str, Any],
    orders: list[Booked],
    refunds: list[Booked],
    *,
    history: bool,
    now: int,
) -> list[Change]:
    """Write orders and refunds, and return what changed. The caller holds the orders' and customers' locks."""
    _insert_refunds(connection, source, refunds)
    standing = {key: _Standing(row._asdict()) for key, row in stored.items()}
    for order in sorted(orders, key=lambda booked: booked.incoming.revision):
        _take_revision(standing, source, order, history, now)
    for refund in refunds:
        key = refund.incoming.data.order
        if key in standing:
            standing[key] = replace(standing[key], refund_event=refund.event_id)
    by_order = _refunds_of(connection, source, standing)
    for key, order_standing in standing.items():
        _settle(order_standing.row, by_order.get(key, []))
    return _write(connection, stored, standing, now)


def refunded(amount: int, currency: str, lines: str, refunds: Iterable[Any]) -> int:
    """Return how much of an order its refunds take back, never more than it was."""
    total = 0
    for refund in refunds:
        if refund.lines is None and refund.amount is None:
            return amount
        if refund.amount is not None and refund.currency == currency:
            total += refund.amount
    units = returned(refunds)
    return min(total + (_of_lines(json.loads(lines), units) if units else 0), amount)


def returned(refunds: Iterable[Any]) -> Counter[str]:
    """Return how many units refunds name of each line, by its id; of more than it has none are left."""
    units: Counter[str] = Counter()
    for refund in refunds:
        for entry in () if refund.lines is None else json.loads(refund.lines):
            units[entry["id"]] += entry["quantity"]
    return units


def _of_lines(lines: list[Any], units: Mapping[str, int]) -> int:
    """The price of the returned units; a line's last unit takes what rounding left, in whichever refund it came."""
    return sum(
        line["amount"] * min(units[line["id"]], line["quantity"]) // line["quantity"]
        for line in lines
        if line["id"] in units
    )


def _insert_refunds(connection: Connection, source: str, refunds: list[Booked]) -> None:
    rows = []
    for booked in refunds:
        data: RefundData = booked.incoming.data
        lines = (
            None if data.lines is None else dump([{"id": x.id, "quantity": x.quantity} for x in data.lines])
        )
        rows.append(
            {
                "source": source,
                "external_id": booked.incoming.id,
                "order_external_id": data.order,
                "amount": data.amount.minor if data.amount else None,
                "currency": data.amount.currency if data.amount else None,
                "lines": lines,
                "occurred_at": booked.incoming.occurred_at,
                "event_id": booked.event_id,
            }
        )
    if rows:
        _INSERT_REFUNDS(connection, rows)


def _take_revision(
    standing: dict[str, _Standing], source: str, order: Booked, history: bool, now: int
) -> None:
    incoming = order.incoming
    data: OrderData = incoming.data
    known = standing.get(incoming.id)
    if known is not None and known.row["revision"] >= incoming.revision:
        return
    lines = [
        {"id": x.id, "quantity": x.quantity, "amount": x.amount.minor} | ({"sku": x.sku} if x.sku else {})
        for x in data.lines
    ]
    row = {
        "id": known.row["id"] if known else None,
        "source": source,
        "external_id": incoming.id,
        "customer_id": order.customer_id,
        "occurred_at": incoming.occurred_at,
        "received_at": known.row["received_at"] if known else now,
        "status": data.status,
        "currency": data.amount.currency,
        "amount": data.amount.minor,
        "refunded": 0,
        "net": data.amount.minor,
        "units": sum(line.quantity for line in data.lines),
        "lines": dump(lines),
        "attributes": dump(data.attributes),
        "revision": incoming.revision,
        "history": history,
        "event_id": order.event_id,
    }
    standing[incoming.id] = _Standing(row, order_event=order.event_id)


def _refunds_of(connection: Connection, source: str, keys: Iterable[str]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    wanted = sorted(keys)
    if wanted:
        for row in _REFUNDS(connection, {"source": source, "wanted": wanted}):
            found.setdefault(row.order_external_id, []).append(row)
    return found


def _settle(row: dict[str, Any], refunds: list[Any]) -> None:
    row["refunded"] = refunded(row["amount"], row["currency"], row["lines"], refunds)
    row["net"] = row["amount"] - row["refunded"]
    units = returned(refunds)
    if units:
        row["lines"] = dump([_less(line, units[line["id"]]) for line in json.loads(row["lines"])])


def _less(line: dict[str, Any], units: int) -> dict[str, Any]:
    """An order's line with how many of its units were returned, where some were."""
    return {**line, "returned": min(units, line["quantity"])} if units else line


def _write(
    connection: Connection, stored: Mapping[str, Any], standing: Mapping[str, _Standing], now: int
) -> list[Change]:
    fresh = [s for key, s in standing.items() if key not in stored]
    if fresh:
        rows = [{key: value for key, value in s.row.items() if key != "id"} for s in fresh]
        inserted = _INSERT_ORDERS(connection, rows)
        ids = {row.external_id: row.id for row in inserted}
        for s in fresh:
            s.row["id"] = ids[s.row["external_id"]]
    revised = [s for key, s in standing.items() if key in stored and s.row != stored[key]._asdict()]
    if revised:
        _REVISE(
            connection,
            [
                {"order_id": s.row["id"], **{f"new_{k}": v for k, v in s.row.items() if k != "id"}}
                for s in revised
            ],
        )
    changes = [_change(stored.get(s.row["external_id"]), s) for s in [*fresh, *revised]]
    entries = [
        entry for s, change in zip([*fresh, *revised], changes, strict=True) for entry in _entries(s, change)
    ]
    if entries:
        _INSERT_ENTRIES(connection, [entry | {"recorded_at": now} for entry in entries])
    return changes


def _change(old: Any, new: _Standing) -> Change:
    event_id = new.order_event or new.refund_event
    return Change(
        None if old is None else purchase(old._asdict()), purchase(new.row), event_id or new.row["event_id"]
    )


def purchase(row: Mapping[str, Any]) -> Purchase:
    """Return an order's row as what is counted."""
    return Purchase(
        id=row["id"],
        source=row["source"],
        external_id=row["external_id"],
        customer_id=row["customer_id"],
        occurred_at=row["occurred_at"],
        status=row["status"],
        currency=row["currency"],
        amount=row["amount"],
        net=row["net"],
        units=row["units"],
        attributes=row["attributes"],
        history=bool(row["history"]),
        lines=row["lines"],
    )


def _entries(standing: _Standing, change: Change) -> list[dict[str, Any]]:
    """The ledger's lines: what the order itself changed, and what its refunds changed.

    An order that comes to another customer or another currency leaves the one account, and comes into the other.
    """
    old, new = change.old, change.new
    by_order, by_refund = standing.order_event or change.event_id, standing.refund_event or change.event_id
    if old is not None and (old.customer_id, old.currency) != (new.customer_id, new.currency):
        left = [_entry(old, "revision", -old.net, by_order)] if old.net else []
        returned = [_entry(new, "refund", new.net - new.amount, by_refund)] if new.net != new.amount else []
        return [*left, _entry(new, "revision", new.amount, by_order), *returned]
    entries = []
    gross = new.amount - (old.amount if old else 0)
    if old is None or gross:
        entries.append(_entry(new, "order" if old is None else "revision", gross, by_order))
    given_back = (new.amount - new.net) - (old.amount - old.net if old else 0)
    if given_back:
        entries.append(_entry(new, "refund", -given_back, by_refund))
    return entries


def _entry(order: Purchase, kind: str, change: int, event_id: int) -> dict[str, Any]:
    return {
        "customer_id": order.customer_id,
        "order_id": order.id,
        "currency": order.currency,
        "occurred_at": order.occurred_at,
        "kind": kind,
        "change": change,
        "event_id": event_id,
    }
