"""Taking back: what can be is asked for somewhere, and what is asked for can be."""

from __future__ import annotations

from punchcard.language.checks.subject import Subject
from punchcard.plan.model import Stop


def what_can_be_taken_back_is(subject: Subject) -> None:
    """An `undo` without a `stop` that asks for it is forgotten, and so is the other way round."""
    steps = list(subject.walk())
    stops = [span for step, span in steps if isinstance(step, Stop) and step.takes_back]
    undos = [span for step, span in steps if getattr(step, "undo", ())]
    if undos and not stops:
        expected = "`- stop: {reason: …, undo: yes}`, or no `undo`"
        subject.warn("PC1362", undos[0], "no `stop` takes this step back", expected)
    if stops and not undos:
        expected = "`undo:` with steps beside what is to be taken back"
        subject.warn("PC1363", stops[0], "no step of this campaign has an `undo`", expected)
