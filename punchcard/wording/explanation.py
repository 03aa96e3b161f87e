"""A campaign told in plain sentences: complete enough to approve it without reading its file."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from punchcard.plan.model import Plan
from punchcard.wording.sections import audience, cost, ending, exactness, goal, letters, places, start, steps
from punchcard.wording.sections.line import Line
from punchcard.wording.speech import Speech


@dataclass(frozen=True, slots=True)
class Section:
    """One heading with its lines; `name` is the same in every language."""

    name: str
    heading: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """A campaign in words, in one language."""

    campaign: str
    language: str
    title: str
    summary: str
    sections: tuple[Section, ...]


# In the order in which they are read; a section without lines is left out.
SECTIONS: tuple[tuple[str, Callable[[Speech], str], Callable[[Speech, Plan], Iterable[Line]]], ...] = (
    ("start", lambda speech: speech.gettext("What starts it"), start.lines),
    ("audience", lambda speech: speech.gettext("Who gets it, and how often"), audience.lines),
    ("goal", lambda speech: speech.gettext("What it is for"), goal.lines),
    ("cost", lambda speech: speech.gettext("What it may cost"), cost.lines),
    ("steps", lambda speech: speech.gettext("What happens, step by step"), steps.lines),
    ("ending", lambda speech: speech.gettext("How it ends, and what if"), ending.lines),
    ("messages", lambda speech: speech.gettext("Its messages"), letters.lines),
    ("places", lambda speech: speech.gettext("Money, time and language"), places.lines),
    ("exactness", lambda speech: speech.gettext("How it is counted"), exactness.lines),
)


def explain(speech: Speech, plan: Plan) -> Explanation:
    """Tell a campaign in the reader's language."""
    told = ((name, heading(speech), tuple(lines(speech, plan))) for name, heading, lines in SECTIONS)
    return Explanation(
        campaign=plan.campaign,
        language=str(speech.locale).replace("_", "-"),
        title=plan.title,
        summary=_summary(speech, plan),
        sections=tuple(Section(*each) for each in told if each[2]),
    )


def _summary(speech: Speech, plan: Plan) -> str:
    if plan.owner is None:
        return speech.gettext("Campaign “%(name)s”.") % {"name": plan.campaign}
    words = speech.gettext("Campaign “%(name)s”; %(owner)s answers for it.")
    return words % {"name": plan.campaign, "owner": plan.owner}
