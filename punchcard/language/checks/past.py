"""Days that are over, as far as today is known, and schedules on a day that the campaign does not have."""

from __future__ import annotations

from collections.abc import Iterator

from punchcard.language import keys, nodes
from punchcard.language.checks.subject import Subject
from punchcard.language.nodes import Node, Span
from punchcard.plan.model import OnDate, Reward, Wait
from punchcard.plan.triggers import ScheduleTrigger


def no_day_is_over(subject: Subject) -> None:
    """What lies before today comes for nobody any more; when the campaign began does not matter."""
    if subject.today is None:
        return
    today = subject.today.isoformat()
    for day, span, what, expected in _days(subject):
        if day < today:
            subject.warn("PC1717", span, f"{day} is over: {what}", expected)


def a_schedule_lies_within_the_campaigns_days(subject: Subject) -> None:
    """A day before the first or behind the last one starts nobody."""
    day, span = _scheduled(subject)
    starts, ends = subject.fields.get(keys.STARTS), subject.fields.get(keys.ENDS)
    if day is not None and starts is not None and day < starts:
        message = f"nobody is started for on {day}: the campaign starts on {starts}"
        subject.warn("PC1718", span, message, f"{starts} or later, or an earlier `starts`")
    elif day is not None and ends is not None and day > ends:
        message = f"nobody is started for on {day}: the campaign ends on {ends}"
        subject.warn("PC1718", span, message, f"{ends} or earlier, or a later `ends`")


def _days(subject: Subject) -> Iterator[tuple[str, Span, str, str]]:
    """Yield each day that matters once it is over: where it stands, what that means, and what fits."""
    ends = subject.fields.get(keys.ENDS)
    if ends is not None:
        span = subject.fields.span_of(keys.ENDS)
        yield ends, span, "nobody is started for any more", "a later day, or no `ends`"
    day, place = _scheduled(subject)
    if day is not None:
        yield day, place, "nobody is started for any more", "a day to come"
    for step, span in subject.walk():
        match step:
            case Reward(expires=OnDate(date=end)):
                reason = f"whoever gets `{step.name}` gets a code that has expired"
                yield end, span, reason, "a day to come, or a span such as `expires: 30 days`"
            case Wait(until=OnDate(date=end)):
                yield end, span, "nobody waits here any more", "a day to come, or a span"


def _scheduled(subject: Subject) -> tuple[str | None, Span]:
    """Return the day of a schedule that has one, and where it is written."""
    node: Node | None = subject.fields.get(keys.WHEN)
    for key in ("schedule", "date"):
        node = node.get(key) if isinstance(node, nodes.Mapping) else None
    day = subject.trigger.date if isinstance(subject.trigger, ScheduleTrigger) else None
    return day, subject.fields.span if node is None else node.span
