"""In which money, by whose clock and in which language a campaign speaks."""

from __future__ import annotations

from collections.abc import Iterator

from punchcard.plan.model import Plan
from punchcard.wording.sections.line import Line
from punchcard.wording.speech import Speech


def lines(speech: Speech, plan: Plan) -> Iterator[Line]:
    """Yield what holds where a customer or an order says otherwise, or nothing."""
    words = speech.gettext("Amounts are in %(currency)s; orders in another currency do not count.")
    yield Line(words % {"currency": speech.currency_name(plan.currency)})
    words = speech.gettext(
        "Times are those of the customer's own time zone; where it is unknown, those of %(zone)s."
    )
    yield Line(words % {"zone": plan.timezone})
    words = speech.gettext(
        "Messages are in the customer's own language if they are written in it, else in %(language)s."
    )
    yield Line(words % {"language": speech.language_name(plan.language)})
