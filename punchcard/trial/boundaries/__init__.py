"""Boundary cases, derived from a campaign's plan: a function for each kind of trigger, in one table."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from punchcard.plan.triggers import (
    AnniversaryTrigger,
    BirthdayTrigger,
    EventTrigger,
    InactiveTrigger,
    ItemsTrigger,
    ManualTrigger,
    OrderTrigger,
    RewardTrigger,
    ScheduleTrigger,
    SegmentTrigger,
    SpendTrigger,
    VisitsTrigger,
)
from punchcard.trial.boundaries.boundary import Boundary, Derive
from punchcard.trial.boundaries.events import by_hand, of_events
from punchcard.trial.boundaries.items import of_items
from punchcard.trial.boundaries.orders import of_orders, of_spend, of_visits
from punchcard.trial.boundaries.swept import (
    of_anniversaries,
    of_birthdays,
    of_rewards,
    of_schedules,
    of_segments,
    of_silence,
)

BOUNDARIES: Mapping[type, Derive] = MappingProxyType(
    {
        SpendTrigger: of_spend,
        OrderTrigger: of_orders,
        ItemsTrigger: of_items,
        VisitsTrigger: of_visits,
        EventTrigger: of_events,
        ManualTrigger: by_hand,
        BirthdayTrigger: of_birthdays,
        AnniversaryTrigger: of_anniversaries,
        RewardTrigger: of_rewards,
        InactiveTrigger: of_silence,
        ScheduleTrigger: of_schedules,
        SegmentTrigger: of_segments,
    }
)

__all__ = ["BOUNDARIES", "Boundary"]
