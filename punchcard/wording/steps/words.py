"""What there is to say of a kind of step: each kind has a file with one of these, and a row in the table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from punchcard.plan.model import Plan
from punchcard.wording.speech import Speech

UNDO = "undo"


@dataclass(frozen=True, slots=True)
class Label:
    """How a step is labelled: `kicker` is its verb, `text` its argument, `timer` its limit, `sentence` all of it.

    `ways` are the words beside the ways out of it.
    """

    kicker: str
    text: str
    sentence: str
    timer: str | None = None
    ways: tuple[str, ...] = ()

    @property
    def whole(self) -> str:
        """The step in one line, as a list names it: `Wait for: coupon redeemed (7 days)`."""
        line = f"{self.kicker}: {self.text}"
        return f"{line} ({self.timer})" if self.timer else line


def _without_ways(speech: Speech, plan: Plan, step: Any, name: str) -> str:
    raise LookupError(f"{type(step).__name__} has no block {name}")


@dataclass(frozen=True, slots=True)
class StepWords:
    """The words of one kind of step.

    `label` is what the picture and lists show, with the sentence that explains the step. `clause` ends a
    sentence: `then sends “Hello”`. `way` heads one of its blocks: `If it has not come by then`; the block
    that `opens` names needs no head of its own, since the sentence is one: `If the coupon has been redeemed`.
    """

    label: Callable[[Speech, Plan, Any], Label]
    clause: Callable[[Speech, Plan, Any], str]
    way: Callable[[Speech, Plan, Any, str], str] = _without_ways
    opens: str | None = None


def undo_words(speech: Speech) -> str:
    """Return what heads the steps that take another one back."""
    return speech.gettext("If a later step takes it back")
