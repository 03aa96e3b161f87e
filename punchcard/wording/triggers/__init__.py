"""What starts a campaign, in words: one file for each kind of trigger, and one table that names them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from punchcard.plan.model import Plan
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
from punchcard.wording.speech import Speech
from punchcard.wording.triggers import (
    anniversary,
    birthday,
    event,
    inactive,
    items,
    manual,
    order,
    reward,
    schedule,
    segment,
    spend,
    visits,
)
from punchcard.wording.triggers.words import TriggerWords

TRIGGERS: Mapping[type, TriggerWords] = MappingProxyType(
    {
        SpendTrigger: spend.WORDS,
        OrderTrigger: order.WORDS,
        ItemsTrigger: items.WORDS,
        EventTrigger: event.WORDS,
        VisitsTrigger: visits.WORDS,
        BirthdayTrigger: birthday.WORDS,
        AnniversaryTrigger: anniversary.WORDS,
        RewardTrigger: reward.WORDS,
        InactiveTrigger: inactive.WORDS,
        ScheduleTrigger: schedule.WORDS,
        SegmentTrigger: segment.WORDS,
        ManualTrigger: manual.WORDS,
    }
)


def trigger_words(speech: Speech, plan: Plan) -> str:
    """Return a label such as `Every $500 spent`."""
    return TRIGGERS[type(plan.trigger)].label(speech, plan, plan.trigger)


def trigger_sentences(speech: Speech, plan: Plan) -> list[str]:
    """Return what starts the campaign in whole sentences."""
    return list(TRIGGERS[type(plan.trigger)].sentences(speech, plan, plan.trigger))
