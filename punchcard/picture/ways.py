"""What stands beside the ways that lead out of a gateway."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from punchcard.picture.graph import APPROVED, OTHERWISE, ROUND, THEN
from punchcard.plan.conditions import segments
from punchcard.plan.model import Approve, Choose, If, Repeat, Split, Step, Together
from punchcard.wording.names import title_of
from punchcard.wording.speech import Speech


def _if(speech: Speech, step: If, name: str) -> str:
    return speech.pgettext("condition", "yes") if name == THEN else speech.pgettext("condition", "no")


def _choose(speech: Speech, step: Choose, name: str) -> str:
    segment = next((each for each in segments(step.value) if each.name == name), None)
    if segment is not None:
        return segment.title or title_of(name)
    if name.endswith(".."):
        return f"≥ {name.removesuffix('..').strip()}"
    return speech.pgettext("condition", "else") if name == OTHERWISE else name.replace("..", "–")


def _split(speech: Speech, step: Split, name: str) -> str:
    share = next(variant.share for variant in step.branches if variant.name == name)
    return f"{title_of(name)} {speech.share(share)}"


def _approve(speech: Speech, step: Approve, name: str) -> str:
    if name == APPROVED:
        return speech.pgettext("decision", "approved")
    return speech.pgettext("decision", "rejected")


def _together(speech: Speech, step: Together, name: str) -> str:
    return title_of(name)


def _repeat(speech: Speech, step: Repeat, name: str) -> str:
    return speech.pgettext("repeat", "again") if name == ROUND else speech.pgettext("repeat", "done")


# Each kind of step whose ways out carry words.
WAYS: Mapping[type, Callable[[Speech, Any, str], str]] = MappingProxyType(
    {If: _if, Choose: _choose, Split: _split, Approve: _approve, Together: _together, Repeat: _repeat}
)


def way_word(speech: Speech, step: Step, name: str) -> str:
    """Return what stands beside a way, by the name of its block: `yes`, `0–6`, `Plain 50%`."""
    return WAYS[type(step)](speech, step, name)
