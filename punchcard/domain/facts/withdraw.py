"""What was granted or put off, and not tried yet, withdrawn: the way that asked for it has been overtaken."""

from __future__ import annotations

from sqlalchemy import bindparam, or_, update

from punchcard.domain.calls import CALL
from punchcard.domain.database import table
from punchcard.domain.facts.granting import Granting
from punchcard.domain.messages import Message
from punchcard.domain.prepared import Prepared
from punchcard.plan.facts import Withdraw

MESSAGE = table(Message)

_SUPPRESS = Prepared(
    update(MESSAGE)
    .where(
        MESSAGE.c.occasion_id == bindparam("occasion"),
        MESSAGE.c.key == bindparam("step"),
        or_(MESSAGE.c.status == "granted", MESSAGE.c.status == "deferred"),
    )
    .values(status="suppressed", reason="overtaken")
)


_SUPERSEDE = Prepared(
    update(CALL)
    .where(
        CALL.c.occasion_id == bindparam("occasion"),
        CALL.c.key == bindparam("step"),
        CALL.c.status == "granted",
    )
    .values(status="superseded", reason="overtaken")
)


def withdraw(granting: Granting, fact: Withdraw) -> None:
    """Suppress the step's message or call, unless somebody is busy with it already."""
    place = {"occasion": granting.instance.occasion_id, "step": fact.key}
    _SUPPRESS(granting.connection, place)
    _SUPERSEDE(granting.connection, place)
