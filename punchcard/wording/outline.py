"""A whole campaign in words, step by step: the picture's description, and what can be read instead of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from string import ascii_lowercase

from punchcard.plan.model import If, Plan, Step, blocks
from punchcard.wording.names import event_name
from punchcard.wording.speech import Speech
from punchcard.wording.steps import step_label
from punchcard.wording.triggers import trigger_words


@dataclass(frozen=True, slots=True)
class OutlineLine:
    """One line: its number, how deep it stands, and its words."""

    number: str
    depth: int
    words: str
    path: str | None = None


def outline(speech: Speech, plan: Plan) -> list[OutlineLine]:
    """Return the trigger and all steps in plan order."""
    start = speech.gettext("Starts: %(trigger)s") % {"trigger": trigger_words(speech, plan)}
    return [OutlineLine("0", 0, start), *_lines(speech, plan.steps, plan.currency, "", 0)]


def _lines(
    speech: Speech, steps: tuple[Step, ...], currency: str, prefix: str, depth: int
) -> Iterator[OutlineLine]:
    for place, step in enumerate(steps, start=1):
        number = f"{prefix}{place}"
        yield OutlineLine(number, depth, step_label(speech, step, currency).sentence, step.path)
        ways = [(name, inner) for name, inner in blocks(step) if inner]
        for letter, (name, inner) in zip(ascii_lowercase, ways, strict=False):
            yield OutlineLine(f"{number}{letter}", depth + 1, _way(speech, step, name))
            yield from _lines(speech, inner, currency, f"{number}{letter}.", depth + 2)


def _way(speech: Speech, step: Step, name: str) -> str:
    match name:
        case "then" if isinstance(step, If):
            return speech.gettext("If so")
        case "then":
            return speech.gettext("If it comes in time")
        case "otherwise" if isinstance(step, If):
            return speech.gettext("If not")
        case "otherwise":
            return speech.gettext("When the time is up")
        case _:
            return speech.gettext("On: %(event)s") % {"event": event_name(speech, name)}
