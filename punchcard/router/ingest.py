"""The way in: a batch of events becomes accepted facts, occasions and outbox rows, in one transaction.

Either all of that is written or nothing is; an event that comes again changes nothing.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from sqlalchemy import Connection, bindparam, insert, select

from punchcard.domain import customers
from punchcard.domain.among import among
from punchcard.domain.clock import Clock
from punchcard.domain.database import Database, table
from punchcard.domain.event_types import Registered, registered
from punchcard.domain.events import Event
from punchcard.domain.locking import lock
from punchcard.domain.prepared import Prepared
from punchcard.domain.redeeming import Use, is_taken, redeem
from punchcard.domain.refusals import Refusal
from punchcard.plan.model import Plan
from punchcard.router.booking import Booked, Change, book, stored_orders
from punchcard.router.catalogue import CampaignCache, Campaigns
from punchcard.router.earning import turns_of_orders
from punchcard.router.listeners import NamedEvent, tell_listeners
from punchcard.router.match import event_identity
from punchcard.router.naming import name_orders
from punchcard.router.qualifying import event_names, in_other_currency, why_event_starts_not
from punchcard.router.standing import take_turns
from punchcard.router.sweep import past_has_come
from punchcard.router.turns import Cause, Turn
from punchcard.router.wire import KINDS, Incoming, Mistake, ProfileData, read

EVENT = table(Event)

_EVENTS = Prepared(
    select(EVENT.c.external_id, EVENT.c.revision, EVENT.c.digest, EVENT.c.type).where(
        EVENT.c.source == bindparam("source"), among(EVENT.c.external_id, "wanted")
    )
)
_INSERT_EVENTS = Prepared(insert(EVENT).returning(EVENT.c.id, EVENT.c.external_id, EVENT.c.revision))


Status = Literal["accepted", "duplicate", "conflict", "invalid"]


@dataclass(frozen=True, slots=True)
class ItemResult:
    """What became of one posted event; `errors` name each field that is wrong, and what to write instead."""

    id: str | None
    status: Status
    errors: tuple[Mistake, ...] = ()


@dataclass(slots=True)
class _Batch:
    """A batch on its way in."""

    source: str
    history: bool
    now: int
    results: dict[int, ItemResult] = field(default_factory=dict)
    accepted: list[Incoming] = field(default_factory=list)
    event_ids: dict[int, int] = field(default_factory=dict)
    customer_ids: dict[str, int] = field(default_factory=dict)
    orders: dict[str, Any] = field(default_factory=dict)
    turns: list[Turn] = field(default_factory=list)
    repeated: list[Incoming] = field(default_factory=list)

    def refuse(self, incoming: Incoming, status: Status, *mistakes: Mistake) -> None:
        self.results[incoming.place] = ItemResult(incoming.id, status, mistakes)

    def of(self, kind: str) -> list[Incoming]:
        return [incoming for incoming in self.accepted if incoming.type == kind]

    def customer(self, incoming: Incoming) -> int:
        assert incoming.customer is not None
        return self.customer_ids[incoming.customer]


class Ingest:
    """Takes events in. One for a process: it keeps the campaigns that events are matched with."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._campaigns = CampaignCache()

    def __call__(self, source: str, items: Sequence[Any], *, history: bool = False) -> list[ItemResult]:
        """Take a batch in, in one transaction, and return what became of each item, in order.

        With `history`, events count as the campaigns say, and reward nobody.
        """
        now = self._clock.now()
        readable = []
        results: dict[int, ItemResult] = {}
        for place, item in enumerate(items):
            incoming = read(item, place, now)
            if isinstance(incoming, Incoming):
                readable.append(incoming)
            else:
                name = item.get("id") if isinstance(item, dict) else None
                known_id = name if isinstance(name, str) else None
                results[place] = ItemResult(known_id, "invalid", tuple(incoming))
        if readable:
            results |= self._attempt(source, readable, history, now)
        return [results[place] for place in range(len(items))]

    def _attempt(
        self, source: str, readable: list[Incoming], history: bool, now: int
    ) -> dict[int, ItemResult]:
        """Take the readable events in; a batch that met another one on its way is taken again."""

        def taken(connection: Connection) -> dict[int, ItemResult]:
            batch = _Batch(source, history, now)
            self._take(connection, batch, readable)
            return batch.results

        return self._database.attempt(taken)

    def _take(self, connection: Connection, batch: _Batch, readable: list[Incoming]) -> None:
        campaigns = self._campaigns.current(connection)
        _lock(connection, batch, readable)
        _sort_out(connection, batch, readable)
        if not batch.accepted:
            _still_refused(connection, batch)
            return
        _record(connection, batch)
        changes = _book(connection, batch)
        found = turns_of_orders(connection, campaigns.counting, changes)
        batch.turns += found.turning
        name_orders(connection, found.staying, batch.now)
        _profiles(connection, batch)
        _redemptions(connection, batch)
        _still_refused(connection, batch)
        _named(batch, campaigns)
        if not batch.history:
            events = [
                NamedEvent(batch.customer(i), i.type, batch.event_ids[i.place])
                for i in batch.accepted
                if i.type not in KINDS
            ]
            tell_listeners(connection, campaigns.hearing, changes, events, batch.now)
        take_turns(connection, batch.turns, batch.now)
        if batch.history:
            people = sorted({*batch.customer_ids.values()})
            past_has_come(connection, campaigns.counting, people, batch.now)


def _lock(connection: Connection, batch: _Batch, readable: list[Incoming]) -> None:
    """Hold every order, customer and event of the batch, and read the orders as they stand."""
    orders = [i.id for i in readable if i.type == "order"] + [
        i.data.order for i in readable if i.type == "refund"
    ]
    lock(connection, "order", orders)
    batch.orders = stored_orders(connection, batch.source, orders)
    people: list[str | int] = [i.customer for i in readable if i.customer is not None]
    owners = sorted({row.customer_id for row in batch.orders.values()})
    lock(connection, "customer", [*people, *customers.every_name(connection, owners)])
    lock(connection, "event", [i.id for i in readable if i.type != "order"])


def _sort_out(connection: Connection, batch: _Batch, readable: list[Incoming]) -> None:
    """Tell apart what is new, what came before, what contradicts it, and what names something unknown."""
    known = _stored_events(connection, batch, readable)
    types = registered(connection, {i.type for i in readable if i.type not in KINDS})
    for incoming in readable:
        seen = known.get((incoming.id, incoming.revision))
        kind = known.get(incoming.id)
        if seen is not None:
            _again(batch, incoming, seen)
        elif kind is not None and (kind != "order" or incoming.type != "order"):
            mistake = Mistake(
                "id", f"is taken by an event of type {kind}: an id is used once for each source"
            )
            batch.refuse(incoming, "conflict", mistake)
        elif mistakes := _unknown(batch, incoming, types):
            batch.refuse(incoming, "invalid", *mistakes)
        else:
            known[incoming.id, incoming.revision] = incoming.digest
            known[incoming.id] = incoming.type
            batch.results[incoming.place] = ItemResult(incoming.id, "accepted")
            batch.accepted.append(incoming)


def _stored_events(connection: Connection, batch: _Batch, readable: list[Incoming]) -> dict[Any, str]:
    """The digest of each stored event by (id, revision), and its type by id alone."""
    wanted = sorted({incoming.id for incoming in readable})
    rows = _EVENTS(connection, {"source": batch.source, "wanted": wanted})
    found: dict[Any, str] = {}
    for row in rows:
        found[row.external_id, row.revision] = row.digest
        found[row.external_id] = row.type
    return found


def _again(batch: _Batch, incoming: Incoming, digest: str) -> None:
    if digest == incoming.digest:
        batch.refuse(incoming, "duplicate")
        if incoming.type == "redemption":
            batch.repeated.append(incoming)
        return
    remedy = (
        "send it with a higher revision" if incoming.type == "order" else "give a new event an id of its own"
    )
    batch.refuse(incoming, "conflict", Mistake("id", f"came before with other content: {remedy}"))


def _unknown(batch: _Batch, incoming: Incoming, types: dict[str, Registered]) -> list[Mistake]:
    if incoming.type == "refund":
        return _refund_mistakes(incoming, batch.orders.get(incoming.data.order))
    if incoming.type in KINDS:
        return []
    event_type = types.get(incoming.type)
    if event_type is None:
        kinds = ", ".join(KINDS)
        return [Mistake("type", f"{incoming.type!r} is not registered: use {kinds}, or register it first")]
    return [Mistake(f"data{path}", message) for path, message in event_type.mistakes(incoming.data)]


def _refund_mistakes(incoming: Incoming, order: Any) -> list[Mistake]:
    """What can be said against a refund once its order is known; before that it is held."""
    if order is None:
        return []
    data = incoming.data
    if data.amount is not None and data.amount.currency != order.currency:
        return [
            Mistake(
                "data.amount.currency", f"the order was in {order.currency}: refund it in {order.currency}"
            )
        ]
    if data.lines is not None:
        ids = {line["id"] for line in json.loads(order.lines)}
        return [
            Mistake(f"data.lines.{place}.id", f"the order has no line {line.id!r}")
            for place, line in enumerate(data.lines)
            if line.id not in ids
        ]
    return []


def _record(connection: Connection, batch: _Batch) -> None:
    named = [incoming.customer for incoming in batch.accepted if incoming.customer is not None]
    batch.customer_ids = customers.find_or_create(connection, named, batch.now)
    rows = [
        {
            "source": batch.source,
            "external_id": incoming.id,
            "revision": incoming.revision,
            "type": incoming.type,
            "schema_version": 1,
            "customer_id": None if incoming.customer is None else batch.customer_ids[incoming.customer],
            "occurred_at": incoming.occurred_at,
            "received_at": batch.now,
            "digest": incoming.digest,
            "payload": incoming.payload,
            "history": batch.history,
        }
        for incoming in batch.accepted
    ]
    inserted = _INSERT_EVENTS(connection, rows)
    ids = {(row.external_id, row.revision): row.id for row in inserted}
    batch.event_ids = {incoming.place: ids[incoming.id, incoming.revision] for incoming in batch.accepted}


def _book(connection: Connection, batch: _Batch) -> list[Change]:
    orders = [Booked(i, batch.event_ids[i.place], batch.customer(i)) for i in batch.of("order")]
    refunds = [Booked(i, batch.event_ids[i.place]) for i in batch.of("refund")]
    if not orders and not refunds:
        return []
    touched = {booked.incoming.id for booked in orders} | {booked.incoming.data.order for booked in refunds}
    stored = {key: row for key, row in batch.orders.items() if key in touched}
    return book(connection, batch.source, stored, orders, refunds, history=batch.history, now=batch.now)


def _profiles(connection: Connection, batch: _Batch) -> None:
    for incoming in batch.of("profile"):
        data: ProfileData = incoming.data
        customer_id = batch.customer(incoming)
        fields = data.model_dump(exclude_unset=True, exclude={"consents"})
        if fields:
            customers.put_profile(connection, customer_id, fields, incoming.occurred_at, batch.now)
        for consent in data.consents:
            customers.put_consent(
                connection,
                customer_id,
                consent.channel,
                consent.purpose,
                consent.granted,
                incoming.occurred_at,
                f"event:{batch.event_ids[incoming.place]}",
            )


def _redemptions(connection: Connection, batch: _Batch) -> None:
    """Redeem codes that a till reports; one that is refused stays recorded as an event, and is answered as invalid."""
    for incoming in batch.of("redemption"):
        amount = incoming.data.amount
        use = Use(
            source=batch.source,
            request_key=f"event:{incoming.id}",
            code=incoming.data.code,
            at=incoming.occurred_at,
            order=incoming.data.order,
            amount=amount.minor if amount else None,
            currency=amount.currency if amount else None,
            customer=incoming.customer,
        )
        try:
            redeem(connection, use, batch.now)
        except Refusal as refusal:
            batch.refuse(incoming, "invalid", Mistake("data.code", str(refusal)))


def _still_refused(connection: Connection, batch: _Batch) -> None:
    """Tell redemptions that come again what they were told at first: who did not hear it must not think them taken."""
    for incoming in batch.repeated:
        if not is_taken(connection, batch.source, f"event:{incoming.id}"):
            why = "was refused when this event came first: to try again, post one with an id of its own"
            batch.refuse(incoming, "invalid", Mistake("data.code", why))


def _named(batch: _Batch, campaigns: Campaigns) -> None:
    for incoming in batch.accepted:
        if incoming.type in KINDS:
            continue
        for counting in campaigns.counting:
            if why_event_starts_not(counting, incoming.type, incoming.data, incoming.occurred_at) is None:
                identity = event_identity(counting.plan, batch.source, incoming.id, incoming.data)
                cause = _cause(batch, incoming, counting.plan)
                batch.turns.append(Turn(counting, batch.customer(incoming), identity, True, cause))


def _cause(batch: _Batch, incoming: Incoming, plan: Plan) -> Cause:
    """Return an event as the cause of an occasion; what of its money does not count is recorded."""
    return Cause(
        batch.event_ids[incoming.place],
        incoming.occurred_at,
        batch.history,
        names={"event": event_names(plan, incoming.data)},
        operands=in_other_currency(plan, incoming.data),
    )
