"""Which answers a question takes, in words."""

from __future__ import annotations

from typing import assert_never

from punchcard.plan.model import AnswerShape, Choice, FreeText, Scale
from punchcard.wording.speech import Speech


def answer_words(speech: Speech, shape: AnswerShape) -> str:
    """Return which answers a question takes: `1 to 5`."""
    match shape:
        case Scale(low=low, high=high):
            return speech.gettext("%(low)s to %(high)s") % {"low": low, "high": high}
        case Choice(options=options):
            return speech.either(list(options))
        case FreeText():
            return speech.gettext("in their own words")
        case _:
            assert_never(shape)
