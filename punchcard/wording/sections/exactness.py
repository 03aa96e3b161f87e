"""How exactly it is determined who gets a campaign, and why."""

from __future__ import annotations

from collections.abc import Iterator

from punchcard.plan.exactness import reasons
from punchcard.plan.model import Plan
from punchcard.wording.exactness import class_words, part_words
from punchcard.wording.sections.line import Line
from punchcard.wording.speech import Speech


def lines(speech: Speech, plan: Plan) -> Iterator[Line]:
    """Yield each part that decides, with its class and why; then what the classes promise."""
    found = list(reasons(plan))
    for reason in found:
        words = speech.gettext("%(part)s: class %(name)s, since %(why)s.")
        yield Line(
            words
            % {
                "part": part_words(speech, reason.part),
                "name": reason.exactness,
                "why": speech.gettext(reason.why),
            }
        )
    for name in dict.fromkeys(reason.exactness for reason in found):
        words = speech.gettext("Class %(name)s: %(meaning)s")
        yield Line(words % {"name": name, "meaning": class_words(speech, name)})
