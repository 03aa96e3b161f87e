"""No table of words misses a kind."""

from __future__ import annotations

from typing import get_args

from punchcard.plan.model import Step
from punchcard.plan.triggers import Trigger
from punchcard.wording.steps import STEPS
from punchcard.wording.triggers import TRIGGERS


def test_every_kind_of_step_has_words() -> None:
    """A new kind needs a file in `wording/steps` and a row in its table."""
    assert set(STEPS) == set(get_args(Step))


def test_every_kind_of_trigger_has_words() -> None:
    """A new kind needs a file in `wording/triggers` and a row in its table."""
    assert set(TRIGGERS) == set(get_args(Trigger))
