"""Nobody is written to at midnight: a code ends with its day, and what is counted from its end comes at that hour."""

from __future__ import annotations

from punchcard.language.checks.subject import Subject
from punchcard.plan.calendar import DAY
from punchcard.plan.model import (
    Ask,
    Beside,
    Choose,
    DayBeside,
    EndOfDayAfter,
    If,
    OnDate,
    Repeat,
    Reward,
    Send,
    Split,
    Step,
    Together,
    Use,
    Wait,
    blocks,
)


def no_message_goes_out_at_midnight(subject: Subject) -> None:
    """Behind a wait that ends whole days before the end of such a code, a message would go out at 23:59."""
    ends = {step.name for step, _ in subject.walk() if isinstance(step, Reward) and _ends_with_a_day(step)}
    _look(subject, subject.steps, (), frozenset(ends))


def _ends_with_a_day(step: Reward) -> bool:
    match step.expires:
        case EndOfDayAfter() | DayBeside(minute=None) | OnDate():
            return True
        case _:
            return False


def _look(
    subject: Subject, steps: tuple[Step, ...], beyond: tuple[Step, ...], ends: frozenset[str]
) -> tuple[Step, ...]:
    """Go through a block from its end; returns the steps that can come first in it, or `beyond` if it has none."""
    for step in reversed(steps):
        behind = () if isinstance(step, Repeat | Together) else beyond
        ways = {name: _look(subject, inner, behind, ends) for name, inner in blocks(step)}
        if isinstance(step, Wait) and _at_midnight(step, ends):
            for after in ways.get("otherwise", beyond):
                if isinstance(after, Send | Ask):
                    _warn(subject, step, after)
        at_once = (each for way in ways.values() for each in way)
        passed = isinstance(step, If | Choose | Split | Together | Use)
        beyond = tuple({each.path: each for each in at_once}.values()) if passed else (step,)
    return beyond


def _warn(subject: Subject, step: Wait, after: Step) -> None:
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
