"""A message withdrawn: it was granted or put off, not tried yet, and the way that asked for it has been overtaken."""

from __future__ import annotations

from sqlalchemy import bindparam, or_, update

from punchcard.domain.database import table
from punchcard.domain.facts.granting import Granting
from punchcard.domain.messages import Message
from punchcard.domain.prepared import Prepared
from punchcard.plan.events import Withdraw

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


def withdraw(granting: Granting, fact: Withdraw) -> None:
    """Suppress the step's message, unless somebody is sending it already."""
    _SUPPRESS(granting.connection, {"occasion": granting.instance.occasion_id, "step": fact.key})
