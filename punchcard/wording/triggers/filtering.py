"""A trigger's filter of customers, in words."""

from __future__ import annotations

from collections.abc import Iterator

from punchcard.plan.conditions import Expression
from punchcard.plan.model import Plan
from punchcard.wording.conditions import condition_words
from punchcard.wording.speech import Speech


def who_counts(speech: Speech, plan: Plan, where: Expression | None) -> Iterator[str]:
    """Tell which customers count, if not all do."""
    if where is not None:
        words = speech.gettext(
            "Only those customers count of whom it is true, at that time, that %(condition)s."
        )
        yield words % {"condition": condition_words(speech, plan, where)}
