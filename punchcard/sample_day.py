"""On which day a made-up occasion is: that of the next birthday or anniversary, or simply now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from punchcard.plan.calendar import instant, local
from punchcard.plan.model import Plan
from punchcard.plan.rhythm import kept_on
from punchcard.plan.triggers import AnniversaryTrigger, BirthdayTrigger


@dataclass(frozen=True, slots=True)
class SampleDay:
    """When a made-up occasion starts the campaign, the instant that it celebrates, and of how many years."""

    now: int
    celebrated: int
    day: date
    years: int = 1


def sample_day(plan: Plan, now: int, customer: Mapping[str, object]) -> SampleDay:
    """Return the day of a plan's next occasion for this customer; without a date of theirs it begins now."""
    trigger, today = plan.trigger, local(now, plan.timezone).date()
    if not isinstance(trigger, BirthdayTrigger | AnniversaryTrigger):
        return SampleDay(now, now, today)
    ahead = timedelta(days=trigger.days_before)
    known = customer.get("birthday" if isinstance(trigger, BirthdayTrigger) else trigger.of)
    if not isinstance(known, date):
        return SampleDay(now, instant(today + ahead, trigger.minute, plan.timezone), today + ahead)
    first = max(today.year, known.year)
    kept = next(
        day
        for year in range(first, first + 3)
        if (day := kept_on(known.month, known.day, year)) > known and day - ahead >= today
    )
    begins = instant(kept - ahead, trigger.minute, plan.timezone)
    return SampleDay(
        max(now, begins), instant(kept, trigger.minute, plan.timezone), kept, kept.year - known.year
    )
