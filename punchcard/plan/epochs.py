"""Whether a new version of a campaign counts otherwise than the one before, and what becomes of what was saved up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from punchcard.plan.calendar import instant
from punchcard.plan.conditions import Segment, bare
from punchcard.plan.model import Plan
from punchcard.plan.triggers import (
    ItemsTrigger,
    ManualTrigger,
    OrderTrigger,
    SegmentTrigger,
    SpendTrigger,
    Trigger,
)


def end(plan: Plan) -> int | None:
    """Return the instant after the campaign's last day; None if it has no end."""
    if plan.ends is None:
        return None
    return instant(date.fromisoformat(plan.ends) + timedelta(days=1), 0, plan.timezone)


def carries(old: Plan, new: Plan) -> bool:
    """Whether what was saved up under an old way of counting goes on to count under the new one."""
    match old.trigger, new.trigger:
        case SpendTrigger() as before, SpendTrigger() as after if not (_windowed(before) or _windowed(after)):
            return old.currency == new.currency and old.count_history == new.count_history
        case (OrderTrigger(every=int()), OrderTrigger(every=int())) | (ItemsTrigger(), ItemsTrigger()):
            return old.count_history == new.count_history
        case _:
            return False


def _windowed(trigger: SpendTrigger) -> bool:
    """Whether the spend of a window counts, which cannot be carried over as a sum."""
    return trigger.within is not None or trigger.within_months is not None


def counts_otherwise(old: Plan, new: Plan, boundary: int) -> bool:
    """Whether a new version counts otherwise than the old one, and so opens a new epoch at the boundary.

    Moving the campaign's end is a change only where it lies before the boundary: what came in after it was not
    counted.
    """
    if (_counting(old.trigger), old.currency, old.starts, old.count_history, old.once) != (
        _counting(new.trigger),
        new.currency,
        new.starts,
        new.count_history,
        new.once,
    ):
        return True
    before, after = end(old), end(new)
    return min(before or boundary, boundary) != min(after or boundary, boundary)


def _counting(trigger: Trigger) -> Trigger:
    """A trigger as it counts, whatever its segments are called."""
    if not isinstance(trigger, ManualTrigger) and trigger.where is not None:
        trigger = replace(trigger, where=bare(trigger.where))
    if isinstance(trigger, SegmentTrigger):
        segment = bare(trigger.segment)
        assert isinstance(segment, Segment)
        trigger = replace(trigger, segment=segment)
    return trigger
