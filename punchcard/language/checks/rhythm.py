"""A rhythm is counted from somewhere."""

from __future__ import annotations

from punchcard.language import keys
from punchcard.language.checks.subject import Subject
from punchcard.plan.triggers import ScheduleTrigger


def a_rhythm_has_a_beginning(subject: Subject) -> None:
    """So many days or weeks are counted from the campaign's first day."""
    match subject.trigger:
        case ScheduleTrigger(each=int()) if not subject.fields.has(keys.STARTS):
            subject.warn(
                "PC1710",
                subject.fields.span_of(keys.WHEN),
                "so many days or weeks have to be counted from a first day",
                "`starts: 2026-05-04` at the top, or a rhythm such as `every: monday`",
            )
