"""What a campaign is to achieve."""

from __future__ import annotations

from collections.abc import Iterator

from punchcard.plan.model import Plan
from punchcard.wording.measures import measure_words
from punchcard.wording.moments import moment_name
from punchcard.wording.sections.line import Line
from punchcard.wording.speech import Speech


def lines(speech: Speech, plan: Plan) -> Iterator[Line]:
    """Yield the goal, if the campaign has one."""
    goal = plan.goal
    if goal is None:
        return
    facts = {
        "measure": measure_words(speech, goal.measure),
        "share": speech.share(abs(goal.raise_by)),
        "span": moment_name(speech, goal.within),
    }
    if goal.raise_by < 0:
        words = speech.gettext("It is to lower %(measure)s by %(share)s.")
    else:
        words = speech.gettext("It is to raise %(measure)s by %(share)s.")
    yield Line(words % facts)
    if plan.holdout:
        yield Line(speech.gettext("It is compared with the customers who are held out."))
    else:
        yield Line(speech.gettext("Nobody is held out, so there is nobody to compare it with."))
    words = speech.gettext("What counts for each customer is the time of %(span)s from what started it.")
    yield Line(words % facts)
