"""What there is to say of a kind of trigger: each kind has a file with one of these, and a row in the table."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from punchcard.plan.model import Plan
from punchcard.wording.speech import Speech


@dataclass(frozen=True, slots=True)
class TriggerWords:
    """The words of one kind of trigger: `label` is short, `Every $500 spent`; `sentences` tell all of it."""

    label: Callable[[Speech, Plan, Any], str]
    sentences: Callable[[Speech, Plan, Any], Iterable[str]]
