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
        words = speech.gettext("A customer counts only if %(condition)s at that time.")
        yield words % {"condition": condition_words(speech, plan, where)}
