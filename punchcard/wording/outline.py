"""A whole campaign in words, step by step: the picture's description, and what can be read instead of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from string import ascii_lowercase

from punchcard.plan.model import Plan, Step, blocks
from punchcard.wording.speech import Speech
from punchcard.wording.steps import step_label, way_words
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
    return [OutlineLine("0", 0, start), *_lines(speech, plan, plan.steps, "", 0)]


def _lines(
    speech: Speech, plan: Plan, steps: tuple[Step, ...], prefix: str, depth: int
) -> Iterator[OutlineLine]:
    for place, step in enumerate(steps, start=1):
        number = f"{prefix}{place}"
        yield OutlineLine(number, depth, step_label(speech, plan, step).sentence, step.path)
        ways = [(name, inner) for name, inner in blocks(step) if inner]
        for letter, (name, inner) in zip(ascii_lowercase, ways, strict=False):
            yield OutlineLine(f"{number}{letter}", depth + 1, way_words(speech, plan, step, name))
            yield from _lines(speech, plan, inner, f"{number}{letter}.", depth + 2)
