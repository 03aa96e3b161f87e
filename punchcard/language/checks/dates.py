"""A campaign's days: it has some, its steps fit into them, and what it gives does not end before it does."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from punchcard.language import keys
from punchcard.language.checks.subject import Subject
from punchcard.language.lengths import shortest
from punchcard.plan.calendar import DAY
from punchcard.plan.model import (
    Ask,
    Millis,
    OnDate,
    Reward,
    Step,
    Wait,
    blocks,
)


def it_ends_after_it_starts(subject: Subject) -> None:
    """A campaign has at least one day."""
    starts, ends = subject.fields.get(keys.STARTS), subject.fields.get(keys.ENDS)
    if starts and ends and ends < starts:
        span = subject.fields.span_of(keys.ENDS)
        message = f"it ends on {ends}, before it starts on {starts}"
        subject.warn("PC1702", span, message, f"{starts} or later")


def its_last_step_lies_within_its_days(subject: Subject) -> None:
    """Some customer reaches each step while the campaign lasts; the first of those that are not is named."""
    starts, ends = subject.fields.get(keys.STARTS), subject.fields.get(keys.ENDS)
    if not (starts and ends) or ends < starts:
        return
    days = (date.fromisoformat(ends) - date.fromisoformat(starts)).days + 1
    late = [(step, at) for step, at in arrivals(subject.steps, 0) if at > days * DAY]
    if late:
        step, at = late[0]
        subject.warn(
            "PC1704",
            subject.places.get(step.path, subject.fields.span),
            f"nobody reaches this step before day {at // DAY + 1}, and the campaign has {days}",
            "a later `ends`, or shorter waits; what is under way goes on after the last day",
        )


def rewards_outlast_the_campaign(subject: Subject) -> None:
    """A reward that ends on a date is not given after that date."""
    ends = subject.fields.get(keys.ENDS)
    for step, span in subject.walk():
        if (
            isinstance(step, Reward)
            and isinstance(step.expires, OnDate)
            and (ends or "9") > step.expires.date
        ):
            last = f"goes on to {ends}" if ends else "has no end"
            subject.warn(
                "PC1705",
                span,
                f"`{step.name}` expires on {step.expires.date}, and the campaign {last}: "
                "whoever earns it later gets a code that has expired",
                f"`ends: {step.expires.date}` or earlier, or a span such as `expires: 30 days`",
            )


def arrivals(steps: tuple[Step, ...], at: Millis) -> Iterator[tuple[Step, Millis]]:
    """Yield each step with the least time that passes before it is reached."""
    for step in steps:
        yield step, at
        for name, inner in blocks(step):
            yield from arrivals(inner, at + (_limit(step) if name == "otherwise" else 0))
        at = _leaves(step, at)


def _leaves(step: Step, at: Millis) -> Millis:
    """The least time that has passed when a step is left."""
    if isinstance(step, Wait) and not step.events:
        return at + _limit(step)
    return at


def _limit(step: Step) -> Millis:
    match step:
        case Wait(until=moment) | Ask(up_to=moment):
            return shortest(moment)
        case _:
            return 0
