"""No table of words misses a kind."""

from __future__ import annotations

import re
from operator import attrgetter
from pathlib import Path
from typing import get_args

import punchcard.plan.exactness
from punchcard.plan.model import Step
from punchcard.plan.triggers import Trigger
from punchcard.wording.exactness import part_words
from punchcard.wording.steps import STEPS
from punchcard.wording.triggers import TRIGGERS
from tests.wording.speech import ENGLISH


def test_every_kind_of_step_has_words() -> None:
    """A new kind needs a file in `wording/steps` and a row in its table."""
    assert set(STEPS) == set(get_args(Step))


def test_every_kind_of_trigger_has_words() -> None:
    """A new kind needs a file in `wording/triggers` and a row in its table."""
    assert set(TRIGGERS) == set(get_args(Trigger))


def test_every_part_that_decides_has_a_name() -> None:
    """Of a campaign's class, each reason is said of a part by its name; what starts it is named so itself."""
    source = Path(punchcard.plan.exactness.__file__).read_text("utf-8")
    parts = set(re.findall(r'Reason\(\s*"(\w+)"', source))
    triggers = {
        name.removesuffix("Trigger").lower() for name in map(attrgetter("__name__"), get_args(Trigger))
    }
    named = {part for part in parts if part_words(ENGLISH, part) != part_words(ENGLISH, "spend")}
    assert {"limit", "budget", "holdout", "audience"} <= named
    assert parts - named <= triggers
