"""Starting a campaign by hand: typed inputs become an occasion, and a repeated request is the same occasion."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from pydantic import ValidationError
from sqlalchemy import Connection, select

from punchcard.domain import audit
from punchcard.domain.customer_story import customer_id
from punchcard.domain.database import table
from punchcard.domain.locking import lock
from punchcard.domain.occasions import Occasion
from punchcard.domain.refusals import CampaignNotRunning, CampaignUnknown, InputsUnfit, NotStartedByHand
from punchcard.domain.replies import Request, earlier_reply, keep_reply
from punchcard.plan.model import Plan
from punchcard.plan.triggers import Input, ManualTrigger
from punchcard.router.catalogue import Campaigns
from punchcard.router.counting import Counting
from punchcard.router.match import lasting_identity, workflow_id
from punchcard.router.standing import take_turns
from punchcard.router.turns import Cause, Turn
from punchcard.router.wire import Money

OCCASION = table(Occasion)
LONGEST_TEXT = 2000
LARGEST_NUMBER = 10**15


@dataclass(frozen=True, slots=True)
class Wish:
    """Somebody wants a campaign started for a customer; `key` names the wish within its `source`.

    `customer` is an integrator's id, `inputs` are as they came in.
    """

    source: str
    key: str
    actor: str
    campaign: str
    customer: str
    inputs: Mapping[str, Any]

    @property
    def request(self) -> Request:
        """The wish as a request that may come again."""
        return Request(self.source, self.key, [self.campaign, self.customer, dict(self.inputs)])

    @property
    def identity(self) -> str:
        """The identity of the occasion that it becomes."""
        return f"by-hand/{hashlib.sha256(f'{self.source}/{self.key}'.encode()).hexdigest()[:32]}"


@dataclass(frozen=True, slots=True)
class Started:
    """What came of a wish: `disposition` is `started`, or says why no instance was."""

    occasion_id: int
    instance_id: str | None
    disposition: str
    repeated: bool


def start_by_hand(connection: Connection, campaigns: Campaigns, wish: Wish, now: int) -> Started:
    """Make an occasion of a wish, in the caller's transaction; a repeated wish returns what came of it before.

    CampaignUnknown, NotStartedByHand, CampaignNotRunning and CustomerUnknown say why there cannot be one,
    InputsUnfit what is wrong with its inputs, RequestKeyReused that the key stands for another wish.
    """
    earlier = earlier_reply(connection, wish.request)
    if earlier is not None:
        return Started(**earlier, repeated=True)
    counting = _counting(campaigns, wish.campaign, now)
    inputs = read_inputs(counting.plan, wish.inputs)
    customer = customer_id(connection, wish.customer)
    lock(connection, "customer", [wish.customer])
    lock(connection, "event", [f"{wish.source}/{wish.key}"])
    earlier = earlier_reply(connection, wish.request)
    if earlier is not None:
        return Started(**earlier, repeated=True)
    cause = Cause(None, now, names={"inputs": inputs})
    identity = lasting_identity(counting.plan, wish.identity)
    take_turns(connection, [Turn(counting, customer, identity, True, cause)], now)
    started = _found(connection, counting, customer, identity)
    reply = {
        "occasion_id": started.occasion_id,
        "instance_id": started.instance_id,
        "disposition": started.disposition,
    }
    keep_reply(connection, wish.request, 201, reply, now)
    audit.log(connection, wish.actor, "campaign.start", wish.campaign, now, occasion=started.occasion_id)
    return started


def read_inputs(plan: Plan, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return inputs as steps and conditions take them (amounts in minor units); InputsUnfit names every mistake."""
    assert isinstance(plan.trigger, ManualTrigger)
    wanted = {each.name: each for each in plan.trigger.inputs}
    mistakes = [(f"inputs.{name}", _surplus(name, wanted)) for name in given if name not in wanted]
    mistakes += [
        (f"inputs.{name}", f"is missing: hand over {EXAMPLES[each.type]}")
        for name, each in wanted.items()
        if name not in given
    ]
    values: dict[str, Any] = {}
    for name, each in wanted.items():
        if name in given:
            try:
                values[name] = READERS[each.type](given[name], plan)
            except ValueError as error:
                mistakes.append((f"inputs.{name}", str(error)))
    if mistakes:
        raise InputsUnfit(tuple(mistakes))
    return values


def _counting(campaigns: Campaigns, name: str, now: int) -> Counting:
    epochs = [counting for counting in campaigns.counting if counting.campaign == name]
    if not epochs:
        raise CampaignUnknown(f"There is no campaign {name} that runs.", remedy="Publish it first.")
    latest = max(epochs, key=lambda counting: counting.epoch)
    if not isinstance(latest.plan.trigger, ManualTrigger):
        raise NotStartedByHand(
            f"{name} is started by what customers do.", remedy="Give it `when: manual` to start it by hand."
        )
    if now < latest.counts_from or (latest.until is not None and now >= latest.until):
        raise CampaignNotRunning(
            f"{name} runs from {latest.plan.starts or 'its publication'} to {latest.plan.ends or 'further notice'}.",
            remedy="Publish it with other dates.",
        )
    return latest


def _found(connection: Connection, counting: Counting, customer: int, identity: str) -> Started:
    row = connection.execute(
        select(OCCASION.c.id, OCCASION.c.disposition, OCCASION.c.generation).where(
            OCCASION.c.campaign == counting.campaign,
            OCCASION.c.epoch == counting.epoch,
            OCCASION.c.customer_id == customer,
            OCCASION.c.identity == identity,
        )
    ).one()
    instance = workflow_id(counting.campaign, counting.epoch, customer, identity, row.generation)
    return Started(row.id, instance if row.disposition == "started" else None, row.disposition, False)


def _surplus(name: str, wanted: Mapping[str, Input]) -> str:
    return f"is no input of this campaign: it takes {', '.join(wanted) or 'none'}"


# --- one reader for each type of input ----------------------------------------------------------

EXAMPLES: Mapping[str, str] = MappingProxyType(
    {
        "text": 'a text such as "late delivery"',
        "number": "a number such as 3",
        "amount": 'an amount such as {"amount": "12.50", "currency": "USD"}',
        "date": 'a date such as "2026-05-04"',
        "flag": "true or false",
    }
)


def _text(value: Any, _plan: Plan) -> str:
    if not isinstance(value, str) or "\x00" in value or len(value) > LONGEST_TEXT:
        raise ValueError(f"must be {EXAMPLES['text']}, of up to {LONGEST_TEXT} characters")
    return value


def _number(value: Any, _plan: Plan) -> int | float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(f"must be {EXAMPLES['number']}")
    if isinstance(value, float) and not math.isfinite(value) or abs(value) > LARGEST_NUMBER:
        raise ValueError(f"must be {EXAMPLES['number']}, of up to {LARGEST_NUMBER}")
    return value


def _amount(value: Any, plan: Plan) -> int:
    try:
        money = Money.model_validate(value)
    except ValidationError as error:
        raise ValueError(f"must be {EXAMPLES['amount']}: {error.errors()[0]['msg']}") from None
    if money.currency != plan.currency:
        raise ValueError(f"is in {money.currency}: the campaign counts in {plan.currency}")
    return money.minor


def _date(value: Any, _plan: Plan) -> str:
    try:
        return date.fromisoformat(value).isoformat()
    except (TypeError, ValueError):
        raise ValueError(f"must be {EXAMPLES['date']}") from None


def _flag(value: Any, _plan: Plan) -> bool:
    if not isinstance(value, bool):
        raise ValueError(f"must be {EXAMPLES['flag']}")
    return value


READERS: Mapping[str, Callable[[Any, Plan], Any]] = MappingProxyType(
    {"text": _text, "number": _number, "amount": _amount, "date": _date, "flag": _flag}
)
