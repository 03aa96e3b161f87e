"""Another system asked for something: granted once, with the values as they are at this moment."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote, unquote

from sqlalchemy import insert, select, update

from punchcard.domain.calls import CALL
from punchcard.domain.database import dump, table
from punchcard.domain.facts.granting import Granting, Result
from punchcard.domain.money import to_amount
from punchcard.domain.rewards import Reward
from punchcard.plan.calendar import to_datetime
from punchcard.plan.conditions import Const, Field, names, value_of
from punchcard.plan.facts import RequestCall
from punchcard.plan.model import Body, Joined, Listing, Piece, Record, pieces

REWARD = table(Reward)
# What a server would take for another place than the one that was meant, encoded or not.
_ELSEWHERE = re.compile(r"(?:^|[/\\])\.{1,2}(?:[/\\]|$)")


class WithoutValue(Exception):
    """A name in an address has no value, or one that leads elsewhere."""


def request_call(granting: Granting, fact: RequestCall) -> Result:
    """Grant the call, or say why there must not be one; what was granted stays granted, word for word."""
    reason = granting.objection
    if reason is not None:
        return {"verdict": "superseded", "reason": reason}
    connection, instance = granting.connection, granting.instance
    known = connection.execute(
        select(CALL.c.id, CALL.c.status, CALL.c.attempts).where(
            CALL.c.occasion_id == instance.occasion_id, CALL.c.key == fact.key
        )
    ).first()
    if known is None or not known.attempts:
        return _grant(granting, fact, None if known is None else known.id)
    if known.status in ("failed", "superseded"):
        connection.execute(update(CALL).where(CALL.c.id == known.id).values(status="granted", reason=None))
    return {"verdict": "granted"}


def _grant(granting: Granting, fact: RequestCall, id_: int | None) -> Result:
    """Put the request down as it will be made, in every attempt."""
    made: dict[str, Any] = {"status": "granted", "reason": None, "ended_at": None}
    verdict: Result = {"verdict": "granted"}
    try:
        made["url"], made["body"] = _request(granting, fact)
    except WithoutValue as fault:
        made |= {"status": "failed", "reason": str(fault), "url": "", "body": None, "ended_at": granting.now}
        verdict = {"verdict": "failed", "error": str(fault)}
    if id_ is None:
        _insert(granting, fact, made)
    else:
        granting.connection.execute(update(CALL).where(CALL.c.id == id_).values(**made))
    return verdict


def _insert(granting: Granting, fact: RequestCall, made: dict[str, Any]) -> None:
    instance = granting.instance
    granting.connection.execute(
        insert(CALL).values(
            occasion_id=instance.occasion_id,
            instance_id=instance.id,
            campaign=instance.campaign,
            customer_id=instance.customer_id,
            version=instance.version,
            key=fact.key,
            path=fact.path,
            name=fact.name,
            method=fact.method,
            attempts=0,
            result="{}",
            created_at=granting.now,
            **made,
        )
    )


def _request(granting: Granting, fact: RequestCall) -> tuple[str, str | None]:
    """The address with its values, and the body as JSON; WithoutValue says which name has none."""
    known = _known(granting, fact)
    currency = granting.plan.currency
    url = "".join(_in_address(piece, known, currency) for piece in fact.url)
    if _ELSEWHERE.search(unquote(url.partition("://")[2].partition("?")[0])):
        raise WithoutValue("The address would lead elsewhere: one of its values has `.` or `..` in it.")
    body = None if fact.body is None else _body(fact.body, known, currency)
    return url, None if fact.body is None else dump(body)


def _known(granting: Granting, fact: RequestCall) -> dict[str, Any]:
    """What the instance knows, and what only the database does: fields of the customer, and codes of rewards."""
    fields = [field for piece in (*fact.url, *pieces(fact.body)) for field in names(piece.value)]
    known = granting.values([field for field in fields if field.path[0] == "customer"], fact.values)
    for field in fields:
        if field.path[1:] == ("code",) and known.get(field.key) is None:
            known[field.key] = _code(granting, field.path[0])
    return known


def _code(granting: Granting, name: str) -> str | None:
    latest = (
        select(REWARD.c.code)
        .where(REWARD.c.occasion_id == granting.instance.occasion_id, REWARD.c.name == name)
        .order_by(REWARD.c.id.desc())
        .limit(1)
    )
    found: str | None = granting.connection.execute(latest).scalar()
    return found


def _in_address(piece: Piece, known: dict[str, Any], currency: str) -> str:
    if isinstance(piece.value, Const):
        return str(piece.value.value)
    text = _text(piece, known, currency)
    if not text:
        named = piece.value.key if isinstance(piece.value, Field) else "a value"
        raise WithoutValue(f"`{named}`, which stands in the address, has no value.")
    return quote(text, safe="")


def _text(piece: Piece, known: dict[str, Any], currency: str) -> str:
    value = _value(piece, known, currency)
    match value:
        case None:
            return ""
        case {"amount": amount}:
            return str(amount)
        case bool():
            return str(value).lower()
        case _:
            return str(value)


def _value(piece: Piece, known: dict[str, Any], currency: str) -> Any:
    """The value as other systems take it: money with its currency, instants in ISO 8601, shares as fractions."""
    value, _ = value_of(piece.value, known)
    match piece.type:
        case _ if value is None:
            return None
        case "money":
            return {"amount": to_amount(value, currency), "currency": currency}  # type: ignore[arg-type]
        case "moment":
            return to_datetime(value).isoformat().replace("+00:00", "Z")  # type: ignore[arg-type]
        case "share":
            return value / 10_000  # type: ignore[operator]
        case _:
            return list(value) if isinstance(value, tuple) else value


def _body(body: Body, known: dict[str, Any], currency: str) -> Any:
    """The body as JSON data; fields without a value are left out."""
    match body:
        case Piece():
            return _value(body, known, currency)
        case Joined(pieces=parts):
            return "".join(_text(part, known, currency) for part in parts)
        case Record(entries=entries):
            made = {entry.name: _body(entry.value, known, currency) for entry in entries}
            return {name: value for name, value in made.items() if value is not None}
        case Listing(items=items):
            values = (_body(item, known, currency) for item in items)
            return [value for value in values if value is not None]
