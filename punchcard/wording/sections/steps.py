"""What happens in a campaign, step by step, with branches as nested lines."""

from __future__ import annotations

from collections.abc import Iterator

from punchcard.plan.model import Plan, walk
from punchcard.wording.letters import message_of, message_words
from punchcard.wording.outline import step_lines
from punchcard.wording.sections.line import Line
from punchcard.wording.speech import Speech


def lines(speech: Speech, plan: Plan) -> Iterator[Line]:
    """Yield each step with its number; a message with its purpose and subject; a note in brackets."""
    steps = {step.path: step for step in walk(plan.steps)}
    for told in step_lines(speech, plan):
        text = told.words
        if told.path is not None:
            step = steps[told.path]
            message = message_of(step)
            about = message_words(speech, plan, message) if message else ""
            text = f"{text} ({about})" if about else text
            text = f"{text} [{step.note}]" if step.note else text
        yield Line(text if text.endswith(":") else f"{text}.", told.number, told.depth, told.path)
