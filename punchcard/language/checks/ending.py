"""What ends an instance wherever it stands, against the steps that wait for the same."""

from __future__ import annotations

from punchcard.language.checks.subject import Subject
from punchcard.plan.model import Step, Wait


def what_ends_it_is_followed_by_nothing(subject: Subject) -> None:
    """The steps that a wait has for an event are never reached where `stop_when` ends all with that event."""
    ends = frozenset(subject.stop_when.events if subject.stop_when is not None else ())
    for step, span in subject.walk():
        if not isinstance(step, Wait):
            continue
        own = {branch.name for branch in step.branches}
        rest = [event for event in step.events if event not in own]
        ways: list[tuple[list[str], tuple[Step, ...]]] = [(rest, step.then)]
        ways += [([branch.name], branch.steps) for branch in step.branches]
        for events, steps in ways:
            if steps and events and ends.issuperset(events):
                subject.warn(
                    "PC1601",
                    subject.places.get(steps[0].path, span),
                    f"no path reaches this: `stop_when: {' and '.join(events)}` ends the instance before",
                    "no steps here, or another `stop_when`",
                )
