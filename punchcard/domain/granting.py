"""What a commit's facts ask for: rewards given, messages granted or suppressed, values looked up."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from punchcard.domain.codes import make_code
from punchcard.domain.customers import Consent
from punchcard.domain.database import dump, table, upsert
from punchcard.domain.instances import Incident, Instance
from punchcard.domain.knowing import known_of_customer
from punchcard.domain.messages import Message, Question
from punchcard.domain.prepared import Prepared
from punchcard.domain.rewards import BudgetUse, Redemption, Reward, redeemed_of
from punchcard.plan.calendar import resolve
from punchcard.plan.codec import encode
from punchcard.plan.conditions import evaluate, names
from punchcard.plan.events import (
    CloseIncident,
    Decide,
    Fact,
    Finished,
    GiveReward,
    Note,
    OpenIncident,
    Recall,
    RequestMessage,
    Resolve,
)
from punchcard.plan.model import AmountOff, FreeText, Offer, Plan, ShareOff

REWARD, BUDGET, MESSAGE, QUESTION = table(Reward), table(BudgetUse), table(Message), table(Question)
REDEMPTION = table(Redemption)
CONSENT, INCIDENT, INSTANCE = table(Consent), table(Incident), table(Instance)

CHANNEL = "email"

_GIVEN = Prepared(
    select(REWARD.c.id, REWARD.c.expires_at, REWARD.c.value).where(
        REWARD.c.occasion_id == bindparam("occasion_id"), REWARD.c.key == bindparam("key")
    )
)
_GRANTED = Prepared(
    select(MESSAGE.c.id, MESSAGE.c.status).where(
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
_ISSUE = Prepared(
    lambda insert: (
        insert(REWARD).on_conflict_do_nothing(index_elements=[REWARD.c.code]).returning(REWARD.c.id)
    )
)
_INSERT_MESSAGE = Prepared(insert(MESSAGE).values(redeemed=redeemed_of(bindparam("granted_to"))))
_ASKED = Prepared(
    select(QUESTION.c.id).where(
        QUESTION.c.occasion_id == bindparam("occasion_id"), QUESTION.c.key == bindparam("key")
    )
)
_ASK = Prepared(insert(QUESTION).returning(QUESTION.c.id))
_CLOSE_INCIDENTS = Prepared(
    update(INCIDENT)
    .where(INCIDENT.c.instance_id == bindparam("instance"), INCIDENT.c.closed_at.is_(None))
    .values(closed_at=bindparam("at"), resolution=bindparam("how"))
)
_SUPPRESS_GRANTED = Prepared(
    update(MESSAGE)
    .where(MESSAGE.c.occasion_id == bindparam("occasion"), MESSAGE.c.status == "granted")
    .values(status="suppressed", reason=bindparam("why"))
)
_DRAW = Prepared(
    update(BUDGET)
    .where(
        BUDGET.c.campaign == bindparam("drawn_campaign"),
        BUDGET.c.rewards < bindparam("most_rewards"),
        BUDGET.c.amount + bindparam("cost") <= bindparam("most_amount"),
    )
    .values(rewards=BUDGET.c.rewards + 1, amount=BUDGET.c.amount + bindparam("cost"))
    .returning(BUDGET.c.rewards)
)
NO_LIMIT = 1 << 62

Result = dict[str, Any]


@dataclass(slots=True)
class Granting:
    """One commit under way: whose it is, by which plan, in which zone, at which instant of business time.

    `notes` are what it adds to the instance's own.
    """

    connection: Connection
    instance: Any
    plan: Plan
    zone: str
    now: int
    refused: bool = False
    notes: list[Note] = field(default_factory=list)


def settle(granting: Granting, facts: tuple[Fact, ...]) -> dict[str, Result]:
    """Write each fact in order and return the answers by key.

    Once a reward is refused, what follows it in the same commit is refused too: it was to come after it.
    """
    results: dict[str, Result] = {}
    for fact in facts:
        answer = FACTS[type(fact)](granting, fact)
        if answer is not None:
            results[fact.key] = answer  # type: ignore[union-attr]
    return results


# --- rewards ----------------------------------------------------------------------------------


def _give_reward(granting: Granting, fact: GiveReward) -> Result:
    if granting.refused:
        return {"refused": "an earlier reward was refused"}
    occasion_id = granting.instance.occasion_id
    given = _GIVEN(granting.connection, {"occasion_id": occasion_id, "key": fact.key}).first()
    if given is not None:
        return {"reward": given.id, "expires": given.expires_at, "value": given.value}
    refusal = _may_give(granting, fact)
    if refusal is not None:
        granting.refused = True
        return {"refused": refusal}
    expires = None if fact.expires is None else resolve(fact.expires, granting.now, granting.zone)
    kind, value = _terms(fact.offer)
    return {"reward": _issue(granting, fact, kind, value, expires), "expires": expires, "value": value}


def _may_give(granting: Granting, fact: GiveReward) -> str | None:
    """Draw the reward from the campaign's budget; return why it cannot be given."""
    if granting.instance.occasion_status != "standing":
        return "reversed"
    budget = granting.plan.budget
    if budget is None:
        return None
    cost = fact.offer.amount if isinstance(fact.offer, AmountOff) else 0
    draw = {"drawn_campaign": granting.plan.campaign, "cost": cost}
    draw["most_rewards"] = NO_LIMIT if budget.rewards is None else budget.rewards
    draw["most_amount"] = NO_LIMIT if budget.amount is None else budget.amount
    connection = granting.connection
    if _DRAW(connection, draw).first() is None:
        opened = upsert(connection, BUDGET).values(campaign=granting.plan.campaign, rewards=0, amount=0)
        connection.execute(opened.on_conflict_do_nothing())
        if _DRAW(connection, draw).first() is None:
            return "budget_exhausted"
    return None


def _terms(offer: Offer) -> tuple[str, int]:
    match offer:
        case ShareOff(share=share):
            return "share", share
        case AmountOff(amount=amount):
            return "amount", amount


def _issue(granting: Granting, fact: GiveReward, kind: str, value: int, expires: int | None) -> int:
    """Insert the reward under a code that no other has."""
    while True:
        issued: int | None = _ISSUE(
            granting.connection,
            {
                "occasion_id": granting.instance.occasion_id,
                "instance_id": granting.instance.id,
                "campaign": granting.instance.campaign,
                "customer_id": granting.instance.customer_id,
                "key": fact.key,
                "name": fact.name,
                "kind": kind,
                "value": value,
                "currency": granting.plan.currency,
                "code": make_code(),
                "status": "issued",
                "issued_at": granting.now,
                "expires_at": expires,
            },
        ).scalar()
        if issued is not None:
            return issued


# --- messages ---------------------------------------------------------------------------------


def _request_message(granting: Granting, fact: RequestMessage) -> Result:
    if granting.refused:
        return {"verdict": "superseded", "reason": "reward_refused"}
    if granting.instance.occasion_status != "standing":
        return {"verdict": "superseded", "reason": "reversed"}
    place = {"occasion_id": granting.instance.occasion_id, "key": fact.key}
    known = _GRANTED(granting.connection, place).first()
    if known is not None and known.status in ("attempting", "sent", "unknown"):
        return {"verdict": "granted"}  # sending it finds out what became of it
    reason = _why_not(granting, fact)
    if known is None:
        _insert_message(granting, fact, reason)
    else:
        _reopen_message(granting, known.id, fact, reason)
    return {"verdict": "granted"} if reason is None else {"verdict": "superseded", "reason": reason}


def _why_not(granting: Granting, fact: RequestMessage) -> str | None:
    """The reason for which a message must not go out now; None if it may."""
    if granting.now - fact.due > granting.plan.max_lateness:
        return "too_late"
    if granting.instance.erased_at is not None:
        return "erased"
    if not granting.instance.has_email:
        return "no_address"
    if granting.plan.message(fact.message).purpose == "marketing" and not _consents(granting):
        return "no_consent"
    return None


def _consents(granting: Granting) -> bool:
    whose = {"customer_id": granting.instance.customer_id}
    return bool(_CONSENT(granting.connection, whose).scalar())


def _insert_message(granting: Granting, fact: RequestMessage, reason: str | None) -> None:
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
            "status": "granted" if reason is None else "suppressed",
            "reason": reason,
            "question_id": _ask(granting, fact) if reason is None else None,
            "attempts": 0,
            "due_at": fact.due,
            "created_at": granting.now,
        },
    )


def _reopen_message(granting: Granting, message_id: int, fact: RequestMessage, reason: str | None) -> None:
    values: dict[str, Any] = {"status": "granted" if reason is None else "suppressed", "reason": reason}
    if reason is None:
        values["question_id"] = _ask(granting, fact)
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


# --- the rest ---------------------------------------------------------------------------------


def _decide(granting: Granting, fact: Decide) -> Result:
    """Only the verdict goes back: what was read of the customer stays here, in the journal."""
    asked = [field for field in names(fact.condition) if field.key not in fact.values]
    of_customer = known_of_customer(
        granting.connection, granting.instance.customer_id, asked, granting.plan.currency, granting.now
    )
    verdict = evaluate(fact.condition, fact.values | of_customer)
    decided = {"met": verdict.met, "operands": verdict.operands}
    granting.notes.append(Note("decided", fact.path, decided))
    return {"met": verdict.met}


def _resolve(granting: Granting, fact: Resolve) -> Result:
    return {"due": resolve(fact.moment, granting.now, granting.zone)}


def _recall(granting: Granting, fact: Recall) -> Result:
    """What happened to the occasion's rewards and questions, as it would have been told."""
    connection, occasion_id = granting.connection, granting.instance.occasion_id
    redeemed = connection.execute(
        select(REWARD.c.name, REWARD.c.redeemed_at, REDEMPTION.c.order_external_id)
        .join(REDEMPTION, REDEMPTION.c.reward_id == REWARD.c.id)
        .where(REWARD.c.occasion_id == occasion_id)
        .order_by(REWARD.c.id)
    )
    answered = connection.execute(
        select(QUESTION)
        .where(QUESTION.c.occasion_id == occasion_id, QUESTION.c.answered_at.is_not(None))
        .order_by(QUESTION.c.id)
    )
    found: Result = {
        f"{row.name}.redeemed": {
            "at": row.redeemed_at,
            "data": {} if row.order_external_id is None else {"order": row.order_external_id},
        }
        for row in redeemed
    }
    for row in answered:
        is_text = json.loads(row.shape)["kind"] == FreeText.__name__
        data = {} if is_text else {"answer": json.loads(row.answer)}
        found[f"{row.name}.answered"] = {"at": row.answered_at, "data": data}
    return found


def _open_incident(granting: Granting, fact: OpenIncident) -> None:
    granting.connection.execute(
        insert(INCIDENT),
        {
            "instance_id": granting.instance.id,
            "campaign": granting.instance.campaign,
            "key": fact.key,
            "path": fact.path,
            "error": fact.error,
            "opened_at": granting.now,
        },
    )
    granting.connection.execute(
        update(INSTANCE)
        .where(INSTANCE.c.id == granting.instance.id)
        .values(incidents=INSTANCE.c.incidents + 1)
    )


def _close_incident(granting: Granting, fact: CloseIncident) -> None:
    closed = granting.connection.execute(
        update(INCIDENT)
        .where(
            INCIDENT.c.instance_id == granting.instance.id,
            INCIDENT.c.key == fact.key,
            INCIDENT.c.closed_at.is_(None),
        )
        .values(closed_at=granting.now, resolution=fact.how)
        .returning(INCIDENT.c.id)
    ).all()
    granting.connection.execute(
        update(INSTANCE)
        .where(INSTANCE.c.id == granting.instance.id)
        .values(incidents=INSTANCE.c.incidents - len(closed))
    )


def _finished(granting: Granting, fact: Finished) -> None:
    """Close what was open: incidents, and messages that were granted and never tried."""
    instance, connection = granting.instance, granting.connection
    closed = {"instance": instance.id, "at": granting.now, "how": fact.outcome}
    _CLOSE_INCIDENTS(connection, closed)
    _SUPPRESS_GRANTED(connection, {"occasion": instance.occasion_id, "why": fact.outcome})


FACTS: Mapping[type, Callable[[Granting, Any], Result | None]] = MappingProxyType(
    {
        GiveReward: _give_reward,
        RequestMessage: _request_message,
        Decide: _decide,
        Resolve: _resolve,
        Recall: _recall,
        OpenIncident: _open_incident,
        CloseIncident: _close_incident,
        Finished: _finished,
    }
)
