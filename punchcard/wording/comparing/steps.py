"""What changes in the steps."""

from __future__ import annotations

from collections.abc import Iterator

from punchcard.plan.model import Plan
from punchcard.wording.comparing.change import Change
from punchcard.wording.comparing.matching import match
from punchcard.wording.sections.line import Line
from punchcard.wording.sections.steps import lines
from punchcard.wording.speech import Speech


def steps_changed(speech: Speech, old: Plan, new: Plan) -> list[Change]:
    """Return the changes in the new version's order, what is gone where it stood."""
    return [change for _, change in sorted(_changes(speech, old, new), key=lambda found: found[0])]


def _changes(speech: Speech, old: Plan, new: Plan) -> Iterator[tuple[tuple[float, int], Change]]:
    before, after = _told(speech, old), _told(speech, new)
    matched = match(old, new)
    place = {path: number for number, path in enumerate(after)}
    places = {one: float(place[other]) for one, other in matched.pairs}
    for number, path in enumerate(_by_order(before, places)):
        if path in matched.removed:
            line = before[path]
            yield (places[path], number), Change("removed", line.text, None, line.number)
    for path in matched.added:
        line = after[path]
        yield (float(place[path]), -1), Change("added", None, line.text, line.number)
    for one, other in matched.pairs:
        was, now = before[one], after[other]
        where = (float(place[other]), -1)
        if other in matched.moved:
            head = speech.gettext("%(old)s → %(new)s") % {"old": was.number, "new": now.number}
            yield where, Change("moved", was.text, now.text, head)
        elif was.text != now.text:
            yield where, Change("changed", was.text, now.text, now.number)


def _told(speech: Speech, plan: Plan) -> dict[str, Line]:
    return {line.path: line for line in lines(speech, plan) if line.path is not None}


def _by_order(before: dict[str, Line], places: dict[str, float]) -> list[str]:
    """The old paths in their order; one that is gone takes its place behind the one before it."""
    last = -1.0
    for path in before:
        last = places.setdefault(path, last)
    return list(before)
