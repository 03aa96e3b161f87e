"""The conditions and the names of the ways that lead out of a gateway."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from punchcard.picture.graph import OTHERWISE, THEN
from punchcard.plan.model import Choose, If, Split, Step
from punchcard.wording.speech import Speech


@dataclass(frozen=True, slots=True)
class Way:
    """One way: what stands beside it, and its condition; the one without is taken when no other is."""

    words: str
    condition: str | None


def _if(speech: Speech, step: If, name: str) -> Way:
    if name == THEN:
        return Way(speech.pgettext("condition", "yes"), step.source)
    return Way(speech.pgettext("condition", "no"), None)


def _choose(speech: Speech, step: Choose, name: str) -> Way:
    if name == OTHERWISE:
        return Way(speech.gettext("otherwise"), None)
    for case in step.branches:
        if case.name == name and case.low is not None:
            return Way(name.replace("..", "–"), f"{step.source} in {name}")
    return Way(name, f'{step.source} == "{name}"')


def _split(speech: Speech, step: Split, name: str) -> Way:
    share = next(variant.share for variant in step.branches if variant.name == name)
    return Way(f"{name}, {speech.share(share)}", f'{step.experiment} == "{name}"')


WAYS: Mapping[type, Callable[[Speech, Any, str], Way]] = MappingProxyType(
    {If: _if, Choose: _choose, Split: _split}
)


def way(speech: Speech, step: Step, name: str) -> Way:
    """Return the way of a dividing step by the name of its block."""
    return WAYS[type(step)](speech, step, name)
