"""Why a deed earned nothing: an order that does not count, or not yet enough, and an event that starts nothing."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from punchcard.domain.money import to_amount
from punchcard.language.trials.model import Happened, Ordered
from punchcard.plan.triggers import (
    EventTrigger,
    ItemsTrigger,
    OrderTrigger,
    RewardTrigger,
    SpendTrigger,
    VisitsTrigger,
)
from punchcard.router.booking import purchase, stored_orders
from punchcard.router.catalogue import CampaignCache
from punchcard.router.counting import Counting
from punchcard.router.folding import folds
from punchcard.router.progress import read_progress
from punchcard.router.purchase import Purchase
from punchcard.router.qualifying import WhyNot, why_event_starts_not, why_order_counts_not
from punchcard.trial.seen import counted, span_words
from punchcard.trial.stage import SOURCE, Stage

WORDS: Mapping[WhyNot, str] = MappingProxyType(
    {
        "historical": "it is history, and the campaign does not count that",
        "before_it_began": "it happened before the campaign began",
        "after_it_ended": "it happened after the campaign had ended",
        "nothing_left": "nothing of it is left to pay",
        "other_currency": "it is in another currency than the campaign's",
        "not_so_far": "it has not come as far as the trigger wants it",
        "not_over": "it is not over the trigger's `over`",
        "filtered_out": "the trigger's `where` does not take it",
        "no_units": "none of its units counts: free ones and returned ones do not, and `where` must take them",
        "no_orders": "orders do not start this campaign",
        "other_event": "this event does not start this campaign",
        "field_absent": "it lacks the field of `once_per`",
    }
)


def why_nothing(stage: Stage, campaign: str, deed: Ordered | Happened, occurred: int) -> str | None:
    """Return why a deed that has happened earned nothing; None where there is nothing to say."""
    counting = counting_of(stage, campaign)
    if counting is None:
        return None
    if isinstance(deed, Happened):
        return _of_event(counting, deed, occurred)
    with stage.database.read() as connection:
        row = stored_orders(connection, SOURCE, [(deed.id, *deed.again)[-1]]).popitem()[1]
    order = purchase(row._asdict())
    found = why_order_counts_not(counting, order)
    if found == "no_orders":
        return WORDS[found] if isinstance(counting.plan.trigger, EventTrigger | RewardTrigger) else None
    return WORDS[found] if found is not None else _so_far(stage, counting, order)


def counting_of(stage: Stage, campaign: str) -> Counting | None:
    """Return a campaign's present way of counting; None where it is not published."""
    with stage.database.read() as connection:
        found = [each for each in CampaignCache().current(connection).counting if each.campaign == campaign]
    return max(found, key=lambda each: each.epoch, default=None)


def _of_event(counting: Counting, deed: Happened, occurred: int) -> str | None:
    found = why_event_starts_not(counting, deed.name, deed.data, occurred)
    trigger = counting.plan.trigger
    if found is not None and isinstance(trigger, VisitsTrigger):
        return "`visits` counts orders, and no events"
    if found is not None:
        return WORDS[found] if isinstance(trigger, EventTrigger) else None
    if counting.plan.once:
        return "the campaign counts once for each customer"
    assert isinstance(trigger, EventTrigger)
    return None if trigger.once_per is None else f"this `{trigger.once_per}` has counted before"


def _so_far(stage: Stage, counting: Counting, order: Purchase) -> str:
    """An order that counts, and is not enough by itself."""
    trigger = counting.plan.trigger
    key = (counting.campaign, counting.epoch, order.customer_id)
    with stage.database.read() as connection:
        row: Any = read_progress(connection, {key})[key]
    currency = counting.plan.currency
    if counting.plan.once and row["standing"]:
        return "the campaign counts once for each customer"
    match trigger:
        case OrderTrigger(first=True):
            return "it is not the customer's first order"
        case OrderTrigger(every=int(every)):
            return f"it counts, {row['measure'] % every} of {every} orders so far"
        case ItemsTrigger(every=every):
            return f"it counts, {row['measure'] % every} of {every} units so far"
        case SpendTrigger(every=int(every)):
            so_far = to_amount(row["measure"] % every, currency)
            return f"it counts, {so_far} of {to_amount(every, currency)} {currency} so far"
        case SpendTrigger(reaches=int(reaches)) if folds(counting.plan) or row["measure"] < reaches:
            so_far = to_amount(row["measure"], currency)
            whole = f"{to_amount(reaches, currency)} {currency}{_within(trigger)}"
            return f"it counts, {so_far} of {whole} so far"
        case SpendTrigger():
            return "it counts, and the amount had been reached before"
        case VisitsTrigger(consecutive=wanted, per=per):
            return f"it counts, {row['measure']} of {counted(wanted, per)} in a row so far"
        case _:
            return "it counts, and earns nothing by itself"


def _within(trigger: SpendTrigger) -> str:
    if trigger.within is not None:
        return f" in {span_words(trigger.within)}"
    return "" if trigger.within_months is None else f" in {counted(trigger.within_months, 'month')}"
