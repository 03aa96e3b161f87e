"""A message asked for: granted, or suppressed with the reason, and with it the question that it puts."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import bindparam, insert, select, update

from punchcard.domain.among import among
from punchcard.domain.customers import Consent
from punchcard.domain.database import dump, table
from punchcard.domain.facts.contact import held
from punchcard.domain.facts.granting import Granting, Result
from punchcard.domain.messages import Message, Question
from punchcard.domain.outbox import OutboxRow
from punchcard.domain.prepared import Prepared
from punchcard.domain.rewards import REWARD, redeemed_of
from punchcard.plan.codec import encode
from punchcard.plan.facts import RequestMessage

MESSAGE, QUESTION, CONSENT, OUTBOX = table(Message), table(Question), table(Consent), table(OutboxRow)

CHANNEL = "email"

_GRANTED = Prepared(
    select(MESSAGE.c.id, MESSAGE.c.status, MESSAGE.c.redeemed).where(
        MESSAGE.c.occasion_id == bindparam("occasion_id"), MESSAGE.c.key == bindparam("key")
    )
)
_CONSENT = Prepared(
    select(CONSENT.c.granted).where(
        CONSENT.c.customer_id == bindparam("customer_id"),
        CONSENT.c.channel == CHANNEL,
        CONSENT.c.purpose == "marketing",
    )
)
_REWARDS = Prepared(
    select(REWARD.c.name, REWARD.c.status)
    .where(REWARD.c.occasion_id == bindparam("granted_to"), among(REWARD.c.name, "wanted"))
    .order_by(REWARD.c.id)
)
_REDEEMED = Prepared(select(redeemed_of(bindparam("granted_to"))))
_INSERT_MESSAGE = Prepared(insert(MESSAGE).values(redeemed=redeemed_of(bindparam("granted_to"))))
_UNTOLD = Prepared(
    select(OUTBOX.c.payload).where(
        OUTBOX.c.instance_id == bindparam("whose"),
        OUTBOX.c.kind == "command",
        OUTBOX.c.seq > bindparam("heard"),
    )
)
_ASKED = Prepared(
    select(QUESTION.c.id).where(
        QUESTION.c.occasion_id == bindparam("occasion_id"), QUESTION.c.key == bindparam("key")
    )
)
_ASK = Prepared(insert(QUESTION).returning(QUESTION.c.id))


def request_message(granting: Granting, fact: RequestMessage) -> Result:
    """Grant the message, or say why not now or not at all; what was tried already stays granted."""
    if granting.refused:
        return {"verdict": "superseded", "reason": "reward_refused"}
    if granting.instance.occasion_status != "standing":
        return {"verdict": "superseded", "reason": "reversed"}
    place = {"occasion_id": granting.instance.occasion_id, "key": fact.key}
    known = _GRANTED(granting.connection, place).first()
    if known is not None and known.status in ("attempting", "sent", "unknown"):
        return {"verdict": "granted"}  # sending it finds out what became of it
    outcome = _outcome(granting, fact, known)
    if known is None:
        _insert_message(granting, fact, outcome)
    else:
        _reopen_message(granting, known.id, fact, outcome)
    match outcome:
        case Outcome(status="granted"):
            return {"verdict": "granted"}
        case Outcome(status="deferred"):
            return {"verdict": "deferred", "reason": outcome.reason, "until": outcome.until}
        case _:
            return {"verdict": "superseded", "reason": outcome.reason}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What becomes of a message that is asked for, and why; one that is `deferred` may be asked for again `until`."""

    status: Literal["granted", "deferred", "suppressed"]
    reason: str | None = None
    until: int | None = None


def _outcome(granting: Granting, fact: RequestMessage, known: Any) -> Outcome:
    reason = _why_not(granting, fact)
    if reason is None and known is not None and known.status == "deferred":
        reason = _redeemed_since(granting, known.redeemed)
    if reason is not None:
        return Outcome("suppressed", reason)
    back = held(granting, granting.plan.message(fact.message), fact.disturbs)
    if back is None:
        return Outcome("granted")
    return Outcome("suppressed" if back.until is None else "deferred", back.reason, back.until)


def _redeemed_since(granting: Granting, before: int) -> str | None:
    """Whether a reward was used while the message waited, so that it speaks of what is over."""
    now = _REDEEMED(granting.connection, {"granted_to": granting.instance.occasion_id}).scalar_one()
    return "redeemed" if now > before else None


def _why_not(granting: Granting, fact: RequestMessage) -> str | None:
    """The reason for which a message must not go out now; None if it may."""
    if _is_too_late(granting, fact):
        return "too_late"
    if granting.instance.erased_at is not None:
        return "erased"
    if not granting.instance.has_email:
        return "no_address"
    if granting.plan.message(fact.message).purpose == "marketing" and not _consents(granting):
        return "no_consent"
    return "redeemed" if fact.codes and _is_used(granting, fact.codes) else None


def _is_too_late(granting: Granting, fact: RequestMessage) -> bool:
    """Whether its time is over; what a pause forgives of whose end it has yet to hear is no lateness."""
    late: int = granting.now - fact.due
    most = granting.plan.max_lateness
    if late <= most or granting.plan.on_resume == "skip_stale":
        return late > most
    untold = _UNTOLD(granting.connection, {"whose": granting.instance.id, "heard": granting.seen})
    forgiven: int = sum(json.loads(payload).get("paused", 0) for payload in untold.scalars())
    return late - forgiven > most


def _is_used(granting: Granting, rewards: tuple[str, ...]) -> bool:
    """Whether the latest reward of one of these names is used: then nobody has to be told its code."""
    asked = {"granted_to": granting.instance.occasion_id, "wanted": list(rewards)}
    latest = {row.name: row.status for row in _REWARDS(granting.connection, asked)}
    return "redeemed" in latest.values()


def _consents(granting: Granting) -> bool:
    whose = {"customer_id": granting.instance.customer_id}
    return bool(_CONSENT(granting.connection, whose).scalar())


def _insert_message(granting: Granting, fact: RequestMessage, outcome: Outcome) -> None:
    instance = granting.instance
    _INSERT_MESSAGE(
        granting.connection,
        {
            "occasion_id": instance.occasion_id,
            "granted_to": instance.occasion_id,
            "instance_id": instance.id,
            "campaign": instance.campaign,
            "customer_id": instance.customer_id,
            "key": fact.key,
            "name": fact.message,
            "purpose": granting.plan.message(fact.message).purpose,
            "channel": CHANNEL,
            "version": instance.version,
            "status": outcome.status,
            "reason": outcome.reason,
            "question_id": _ask(granting, fact) if outcome.status == "granted" else None,
            "round": fact.round,
            "attempts": 0,
            "due_at": fact.due,
            "created_at": granting.now,
        },
    )


def _reopen_message(granting: Granting, message_id: int, fact: RequestMessage, outcome: Outcome) -> None:
    values: dict[str, Any] = {"status": outcome.status, "reason": outcome.reason, "due_at": fact.due}
    if outcome.status == "granted":
        values["question_id"] = _ask(granting, fact)
    if outcome.status != "deferred":
        values["redeemed"] = redeemed_of(granting.instance.occasion_id)
    granting.connection.execute(update(MESSAGE).where(MESSAGE.c.id == message_id).values(**values))


def _ask(granting: Granting, fact: RequestMessage) -> int | None:
    """Put the question, once for each key, and return its id; None for a message that asks nothing."""
    if fact.question is None:
        return None
    instance, connection = granting.instance, granting.connection
    place = {"occasion_id": instance.occasion_id, "key": fact.key}
    asked: int | None = _ASKED(connection, place).scalar()
    if asked is not None:
        return asked
    number: int = _ASK(
        connection,
        {
            **place,
            "instance_id": instance.id,
            "customer_id": instance.customer_id,
            "campaign": instance.campaign,
            "name": fact.question,
            "shape": dump(encode(fact.answer)),
            "asked_at": granting.now,
        },
    ).scalar_one()
    return number
