"""How often at most, in words."""

from __future__ import annotations

from punchcard.plan.model import Limit
from punchcard.wording.moments import moment_name
from punchcard.wording.speech import Speech


def often_words(speech: Speech, limit: Limit) -> str:
    """Return a limit behind a verb: `at most 5 times a calendar year`."""
    if limit.moves is not None:
        words = speech.ngettext(
            "at most once in any %(span)s", "at most %(count)s times in any %(span)s", limit.count
        )
        return words % {"count": speech.number(limit.count), "span": moment_name(speech, limit.moves)}
    match limit.period:
        case "day":
            words = speech.ngettext("at most once a day", "at most %(count)s times a day", limit.count)
        case "week":
            words = speech.ngettext(
                "at most once a calendar week", "at most %(count)s times a calendar week", limit.count
            )
        case "month":
            words = speech.ngettext(
                "at most once a calendar month", "at most %(count)s times a calendar month", limit.count
            )
        case "quarter":
            words = speech.ngettext(
                "at most once a calendar quarter", "at most %(count)s times a calendar quarter", limit.count
            )
        case "year":
            words = speech.ngettext(
                "at most once a calendar year", "at most %(count)s times a calendar year", limit.count
            )
        case _:
            words = speech.ngettext("at most once", "at most %(count)s times in all", limit.count)
    return words % {"count": speech.number(limit.count)}
