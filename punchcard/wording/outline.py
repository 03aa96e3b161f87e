"""A campaign's steps in words, in plan order and numbered: the picture's description, and what explains them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count, product
from string import ascii_lowercase

from punchcard.plan.model import Choose, Plan, Step, blocks
from punchcard.wording.following import goes_on
from punchcard.wording.speech import Speech
from punchcard.wording.steps import STEPS, step_label, way_words
from punchcard.wording.triggers import trigger_words

# Blocks that nobody wrote are empty; a branch without steps was written, and goes on.
MAY_BE_ABSENT = frozenset({"then", "steps", "otherwise", "on_error", "undo"})


@dataclass(frozen=True, slots=True)
class OutlineLine:
    """One line: its number, how deep it stands, its words, and the step that it is; a head ends with a colon."""

    number: str
    depth: int
    words: str
    path: str | None = None


def outline(speech: Speech, plan: Plan) -> list[OutlineLine]:
    """Return the trigger and all steps in plan order."""
    start = speech.gettext("Starts: %(trigger)s") % {"trigger": trigger_words(speech, plan)}
    return [OutlineLine("0", 0, start), *step_lines(speech, plan)]


def step_lines(speech: Speech, plan: Plan) -> list[OutlineLine]:
    """Return all steps in plan order, each block below the line that heads it."""
    return list(_lines(speech, plan, plan.steps, "", 0))


def _lines(
    speech: Speech, plan: Plan, steps: tuple[Step, ...], prefix: str, depth: int
) -> Iterator[OutlineLine]:
    for place, step in enumerate(steps, start=1):
        yield from _told(speech, plan, step, f"{prefix}{place}", depth)


def _told(speech: Speech, plan: Plan, step: Step, number: str, depth: int) -> Iterator[OutlineLine]:
    sentence, opens = step_label(speech, plan, step).sentence, STEPS[type(step)].opens
    yield OutlineLine(number, depth, f"{sentence}:" if opens else sentence, step.path)
    ways = dict(blocks(step))
    if opens:
        yield from _block(speech, plan, step, ways.pop(opens, ()), number, depth)
    # Of a choice nobody would think that it may lead nowhere.
    shown = isinstance(step, Choose)
    headed = [(name, inner) for name, inner in ways.items() if inner or shown or name not in MAY_BE_ABSENT]
    for letters, (name, inner) in zip(_letters(), headed, strict=False):
        place = f"{number}{letters}"
        yield OutlineLine(place, depth, f"{way_words(speech, plan, step, name)}:")
        yield from _block(speech, plan, step, inner, place, depth)


def _letters() -> Iterator[str]:
    """Yield a, b, c and so on; behind z comes aa."""
    for length in count(1):
        yield from map("".join, product(ascii_lowercase, repeat=length))


def _block(
    speech: Speech, plan: Plan, step: Step, inner: tuple[Step, ...], place: str, depth: int
) -> Iterator[OutlineLine]:
    """Yield the lines of a block of the step; one without steps leads to whatever follows the step."""
    if inner:
        yield from _lines(speech, plan, inner, f"{place}.", depth + 1)
        return
    words = speech.gettext("It goes on") if goes_on(plan, step) else speech.gettext("It ends")
    yield OutlineLine(f"{place}.1", depth + 1, words)
