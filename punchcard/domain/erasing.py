"""Erasing a person: what is personal goes, what happened stays, so that nothing is earned or given twice."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, delete, select, update

from punchcard.domain import audit
from punchcard.domain.answering import QUESTION
from punchcard.domain.calls import CALL
from punchcard.domain.customer_story import customer_id
from punchcard.domain.customers import CONSENT, CUSTOMER, PROFILE, every_name
from punchcard.domain.database import dump, table
from punchcard.domain.events import Event
from punchcard.domain.instances import Instance, JournalEntry
from punchcard.domain.locking import lock
from punchcard.domain.messages import Message, MessageBody
from punchcard.domain.occasions import Occasion
from punchcard.domain.onward import START
from punchcard.domain.outbox import Telling, tell_all
from punchcard.domain.tags import remove_all_tags
from punchcard.domain.tasks import Task
from punchcard.plan.order_facts import OF_EVERY_ORDER

EVENT, MESSAGE, BODY, OCCASION = table(Event), table(Message), table(MessageBody), table(Occasion)
INSTANCE, JOURNAL, TASK = table(Instance), table(JournalEntry), table(Task)
# Whose fields were said by a person or about one.
_SAID = frozenset({"customer", "event", "inputs"})
_PERSONAL = (*PROFILE, "birth_day", "birthday_since", "timezone_since", "timezone_before")


def erase_customer(connection: Connection, external_id: str, actor: str, now: int) -> int:
    """Erase what is personal about a customer and return their surrogate id; erasing twice is erasing once.

    Gone are the profile, tags, consents, the words of messages, answers, notes on tasks, what calls said, and what
    profile events, named events and people who started a campaign by hand said, also where a condition was decided
    by it. Open tasks come to nothing, and the steps that asked for them go on. Orders, rewards, occasions and the
    integrators' ids stay: they are what keeps a reward from being given a second time.
    CustomerUnknown if nobody is known by this id.
    """
    id_ = customer_id(connection, external_id)
    _hold(connection, id_)
    nothing: dict[str, object] = dict.fromkeys(_PERSONAL)
    connection.execute(
        update(CUSTOMER).where(CUSTOMER.c.id == id_).values(**nothing, attributes="{}", erased_at=now)
    )
    connection.execute(delete(CONSENT).where(CONSENT.c.customer_id == id_))
    remove_all_tags(connection, id_)
    connection.execute(update(START).where(START.c.customer_id == id_).values(inputs="{}"))
    connection.execute(
        update(CALL).where(CALL.c.customer_id == id_).values(url="", body=None, result="{}", reason=None)
    )
    theirs = update(TASK).where(TASK.c.customer_id == id_)
    connection.execute(theirs.values(note=None))
    closed = connection.execute(
        theirs.where(TASK.c.status == "open")
        .values(status="erased", closed_at=now)
        .returning(TASK.c.instance_id, TASK.c.name, TASK.c.key)
    ).all()
    _tell_of_tasks(connection, closed, now)
    written = select(MESSAGE.c.id).where(MESSAGE.c.customer_id == id_)
    connection.execute(delete(BODY).where(BODY.c.message_id.in_(written)))
    connection.execute(
        update(QUESTION)
        .where(QUESTION.c.customer_id == id_, QUESTION.c.answered_at.is_not(None))
        .values(answer=dump(None))
    )
    connection.execute(
        update(EVENT)
        .where(EVENT.c.customer_id == id_, EVENT.c.type.not_in(("order", "refund", "redemption")))
        .values(payload="{}")
    )
    _forget_words(connection, id_)
    _forget_operands(connection, id_)
    audit.log(connection, actor, "customer.erase", f"customer:{id_}", now)
    return id_


def _hold(connection: Connection, id_: int) -> None:
    """Lock the customer, then their occasions, as ingestion and ticks do: in another order they could deadlock."""
    lock(connection, "customer", every_name(connection, [id_]))
    theirs = select(OCCASION.c.id).where(OCCASION.c.customer_id == id_)
    connection.execute(theirs.order_by(OCCASION.c.id).with_for_update())


def _tell_of_tasks(connection: Connection, closed: Sequence[Any], now: int) -> None:
    """Let instances go on whose tasks nobody can act on any more."""
    tellings = [
        Telling(
            row.instance_id, "deliver", {"name": f"{row.name}.erased", "data": {"key": row.key}, "at": now}
        )
        for row in sorted(closed, key=lambda row: (row.instance_id, row.key))
    ]
    tell_all(connection, tellings, now)


def _forget_words(connection: Connection, id_: int) -> None:
    """Take what an event or a person had said out of the customer's occasions; numbers of orders stay.

    Of an order that is what the shop said of its own, which may be anything.
    """
    rows = connection.execute(
        select(OCCASION.c.id, OCCASION.c.names, OCCASION.c.decided).where(OCCASION.c.customer_id == id_)
    ).all()
    for row in rows:
        if row.decided is not None:
            decided = dump(_without_said(json.loads(row.decided)))
            connection.execute(update(OCCASION).where(OCCASION.c.id == row.id).values(decided=decided))
        names = json.loads(row.names)
        kept = {owner: fields for owner, fields in names.items() if owner in ("order", "occasion")}
        if "order" in kept:
            kept["order"] = {key: each for key, each in kept["order"].items() if key in OF_EVERY_ORDER}
        if kept != names:
            connection.execute(update(OCCASION).where(OCCASION.c.id == row.id).values(names=dump(kept)))


def _forget_operands(connection: Connection, id_: int) -> None:
    """Take the values by which conditions were decided out of the journal; how they were decided stays."""
    mine = select(INSTANCE.c.id).where(INSTANCE.c.customer_id == id_)
    rows = connection.execute(
        select(JOURNAL.c.id, JOURNAL.c.data).where(
            JOURNAL.c.kind.in_(("decided", "chosen")), JOURNAL.c.instance_id.in_(mine)
        )
    ).all()
    for row in rows:
        data = dump(_without_said(json.loads(row.data)))
        connection.execute(update(JOURNAL).where(JOURNAL.c.id == row.id).values(data=data))


def _without_said(decided: dict[str, Any]) -> dict[str, Any]:
    """A decision without the values that a person said or that are about one."""
    operands = {
        name: None if name.partition(".")[0] in _SAID else value
        for name, value in decided["operands"].items()
    }
    return {**decided, "operands": operands}
