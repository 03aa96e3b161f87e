"""What only shows when a campaign is seen as a whole: one function for each rule, in one tuple."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from punchcard.language import keys
from punchcard.language.grammar import Context, Fields
from punchcard.plan.model import Reward, Step, walk
from punchcard.plan.triggers import OrderTrigger, ScheduleTrigger, SpendTrigger, Trigger


@dataclass(frozen=True, slots=True)
class Subject:
    """A campaign that has been read: what was written, and what came of it."""

    fields: Fields
    trigger: Trigger | None
    steps: tuple[Step, ...]
    file_stem: str
    context: Context


def campaign_is_called_like_its_file(subject: Subject) -> None:
    """The name in the file and the file's own name lead to the same campaign."""
    name = subject.fields.get(keys.CAMPAIGN)
    if name and subject.file_stem and name != subject.file_stem:
        subject.context.findings.add(
            "PC1701",
            subject.fields.span_of(keys.CAMPAIGN),
            f"the campaign is called `{name}`, and its file `{subject.file_stem}`",
            expected="one name for both",
            suggestion=subject.file_stem,
        )


def it_ends_after_it_starts(subject: Subject) -> None:
    """A campaign has at least one day."""
    starts, ends = subject.fields.get(keys.STARTS), subject.fields.get(keys.ENDS)
    if starts and ends and ends < starts:
        subject.context.findings.add(
            "PC1702",
            subject.fields.span_of(keys.ENDS),
            f"it ends on {ends}, before it starts on {starts}",
            expected=f"{starts} or later",
        )


def liability_is_bounded(subject: Subject) -> None:
    """Rewards that one customer can earn again and again have a limit or a budget."""
    rewards = [step for step in walk(subject.steps) if isinstance(step, Reward)]
    if not rewards or subject.fields.has(keys.LIMIT_KEY) or subject.fields.has(keys.BUDGET):
        return
    match subject.trigger:
        case None | SpendTrigger(every=None) | OrderTrigger(first=True) | ScheduleTrigger(date=str()):
            return
    subject.context.findings.add(
        "PC1703",
        subject.fields.entries["steps"].key.span,
        "nothing bounds what these rewards may cost",
        expected="`limit: 5 per year` for one customer, `budget: {rewards: 10000}` for all, or both",
    )


def a_rhythm_has_a_beginning(subject: Subject) -> None:
    """So many days or weeks are counted from the campaign's first day."""
    match subject.trigger:
        case ScheduleTrigger(each=int()) if not subject.fields.has(keys.STARTS):
            subject.context.findings.add(
                "PC1710",
                subject.fields.span_of(keys.WHEN),
                "so many days or weeks have to be counted from a first day",
                expected="`starts: 2026-05-04` at the top, or a rhythm such as `every: monday`",
            )


def every_message_is_sent(subject: Subject) -> None:
    """A message that no step sends is a forgotten step or a forgotten text."""
    messages = subject.context.messages
    for name, draft in messages.drafts.items():
        if name not in messages.used:
            subject.context.findings.add(
                "PC1502",
                draft.span,
                f"no step sends `{name}`",
                expected=f"`- send: {name}`, or no such message",
            )


CHECKS: tuple[Callable[[Subject], None], ...] = (
    campaign_is_called_like_its_file,
    it_ends_after_it_starts,
    liability_is_bounded,
    a_rhythm_has_a_beginning,
    every_message_is_sent,
)
