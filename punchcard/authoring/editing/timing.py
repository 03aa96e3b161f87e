"""What can follow in a point in time or a span that is half written: `2 ` → `days`, `days ` → `before`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from punchcard.authoring.editing.candidates import Candidate, plain
from punchcard.authoring.editing.study import Name
from punchcard.language.kinds import AHEAD, ELAPSED, EXPIRY, MOMENT
from punchcard.language.moments import WEEKDAYS
from punchcard.language.working import PATIENCE

UNITS = ("minutes", "hours", "days", "weeks", "months")
WORKING = ("working days", "working hours")
_COUNT = re.compile(r"(?:^|\s)\d+ +[a-z ]*$")
_SPAN = re.compile(r"(?:^|\s)\d+ +(?:working +)?[a-z]+ +[a-z]*$")
_SIDE = re.compile(r"(?:before|after) +[\w.]*$")
_DAY = re.compile(rf"(?:{'|'.join(WEEKDAYS)}|\d{{4}}-\d\d-\d\d|[a-z]\w*\.\w+) +[a-z]*$")
SPANS = (AHEAD, ELAPSED, PATIENCE)


def in_time(kind: object, names: Sequence[Name], before: str) -> list[Candidate] | None:
    """Return what can follow these words of a time; None for other kinds of values, and where nothing is written."""
    is_span, is_moment = kind in SPANS, kind in (MOMENT, EXPIRY)
    if not (is_span or is_moment):
        return None
    if is_moment and not before.strip():
        return list(_forms(kind, names))
    if is_moment and _SIDE.search(before):
        return [Candidate(each.name, "name", plain(each.name), each.says) for each in names]
    if is_moment and names and _SPAN.search(before):
        return [Candidate(word, "word", f"{word} $0", f"so long {word} it") for word in ("before", "after")]
    if _COUNT.search(before):
        units = (*UNITS, *(WORKING if kind == PATIENCE else ()))
        return [Candidate(unit, "value", unit, "a unit of time") for unit in units]
    if is_moment and _DAY.search(before):
        return [Candidate("at 10:00", "value", "at ${1:10:00}", "the time of that day")]
    return None


def _forms(kind: object, names: Sequence[Name]) -> Iterator[Candidate]:
    """Yield the ways to say when: a moment itself, some time before it, a weekday, a date."""
    for each in names:
        yield Candidate(each.name, "name", plain(each.name), each.says)
    if kind == EXPIRY:
        yield from (Candidate(text, "value", f"${{1:{text}}}", EXPIRY.name) for text in EXPIRY.written[:2])
        return
    for each in names[:1]:
        text = f"${{1:3}} days before {plain(each.name)} at ${{2:10:00}}"
        yield Candidate(f"3 days before {each.name} at 10:00", "value", text, "some days before it")
    yield Candidate("monday at 09:00", "value", _weekdays(), "the next day of this name")
    yield Candidate(MOMENT.written[-1], "value", f"${{1:{MOMENT.written[-1]}}}", "a date")


def _weekdays() -> str:
    """Return a weekday with its time, to be chosen."""
    return f"${{1|{','.join(WEEKDAYS)}|}} at ${{2:09:00}}"
