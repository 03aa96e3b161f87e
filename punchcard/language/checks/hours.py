"""Nobody is written to at midnight: a code ends with its day, and what is counted from its end comes at that hour."""

from __future__ import annotations

from punchcard.language.checks.subject import Subject
from punchcard.plan.calendar import DAY
from punchcard.plan.model import (
    Ask,
    Beside,
    DayBeside,
    EndOfDayAfter,
    OnDate,
    Reward,
    Send,
    Step,
    Wait,
    blocks,
)


def no_message_goes_out_at_midnight(subject: Subject) -> None:
    """Behind a wait that ends whole days before the end of such a code, a message would go out at 23:59."""
    ends = {step.name for step, _ in subject.walk() if isinstance(step, Reward) and _ends_with_a_day(step)}
    _look(subject, subject.steps, frozenset(ends))


def _ends_with_a_day(step: Reward) -> bool:
    match step.expires:
        case EndOfDayAfter() | DayBeside(minute=None) | OnDate():
            return True
        case _:
            return False


def _look(subject: Subject, steps: tuple[Step, ...], ends: frozenset[str]) -> None:
    for number, step in enumerate(steps, start=1):
        for _, inner in blocks(step):
            _look(subject, inner, ends)
        if not isinstance(step, Wait) or not _at_midnight(step, ends):
            continue
        after = step.otherwise[0] if step.otherwise else next(iter(steps[number:]), None)
        if isinstance(after, Send | Ask):
            until = step.until
            assert isinstance(until, Beside), "nothing else ends at midnight here"
            unit = "month" if until.months else "day"
            count = abs(until.months) or abs(until.shift) // DAY or 1
            side = "before" if until.shift < 0 or until.months < 0 else "after"
            hour = f"{count} {unit}{'' if count == 1 else 's'} {side} {until.name}.expires at 10:00"
            subject.warn(
                "PC1715",
                subject.places.get(after.path, subject.fields.span),
                f"this message goes out at 23:59, since `{until.name}` ends with its day",
                f"an hour for the wait above: `until: {hour}`",
            )


def _at_midnight(step: Wait, ends: frozenset[str]) -> bool:
    match step.until:
        case Beside(name=name, field="expires", shift=shift):
            return name in ends and shift % DAY == 0
        case _:
            return False
