"""How late, repeated and refunded orders change who gets a campaign: a line for each way, in plain words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from punchcard.plan.exactness import reasons
from punchcard.plan.model import Plan
from punchcard.plan.triggers import TriggerClass
from punchcard.wording.exactness import part_words
from punchcard.wording.sections.line import Line
from punchcard.wording.speech import Speech

PLAINLY: Mapping[TriggerClass, Callable[[Speech], str]] = MappingProxyType(
    {
        "S": lambda speech: speech.gettext(
            "%(parts)s: what happened decides, not when or how often it was reported."
        ),
        "B": lambda speech: speech.gettext(
            "%(parts)s: counted in the order in which things happened; a late report changes nothing that is decided."
        ),
        "D": lambda speech: speech.gettext(
            "%(parts)s: decided once, as things stand then, and not changed afterwards."
        ),
    }
)


def lines(speech: Speech, plan: Plan) -> Iterator[Line]:
    """Yield a line for each class, with the parts of the campaign that are decided like this."""
    parts: dict[TriggerClass, list[str]] = {}
    for reason in reasons(plan):
        if reason.part == "holdout":  # drawn by lot, once and for all, as its own line says
            continue
        words = part_words(speech, reason.part)
        known = parts.setdefault(reason.exactness, [])
        known.append(words if not known else words[:1].lower() + words[1:])
    for name, decided in parts.items():
        yield Line(PLAINLY[name](speech) % {"parts": speech.both(decided)})
