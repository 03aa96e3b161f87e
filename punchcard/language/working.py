"""Spans of time that steps wait for, also those that count by the programme's calendar: `2 working days`."""

from __future__ import annotations

import re

from punchcard.language import moments
from punchcard.language.durations import HOUR, SPAN_PATTERN, in_digits
from punchcard.language.grammar import Context, Kind, Text
from punchcard.language.kinds import of_text
from punchcard.language.scope import Scope
from punchcard.language.unfit import Unfit
from punchcard.plan.model import After, AfterMonths, NextTime, OnDate, WorkingDays, WorkingHours

LONGEST = 2_000
_WORKING = re.compile(r"([0-9]{1,6})\s+working\s+(day|hour)(s?)")
WORKING_PATTERN = r"[0-9]{1,4}\s+working\s+(?:day|hour)s?"

Patience = After | AfterMonths | WorkingDays | WorkingHours


def _patience(text: str, context: Context) -> Patience | Unfit:
    """Read how long something is waited for: elapsed time, calendar time, or working time."""
    bare = " ".join(text.split())
    found = _WORKING.fullmatch(bare)
    if found is None:
        meant = working_span(bare)
        point = bare.removeprefix("until ")
        if isinstance(moments.moment(point, Scope()), NextTime | OnDate):
            expected = f"a span such as 7 days; to wait for a point in time, `wait: {{until: {point}}}`"
            return Unfit("PC1203", f"`{bare}` is a point in time, not a span", expected)
        if meant is not None:
            return Unfit("PC1203", f"`{bare}` is not a span of time", "a span such as 2 working days", meant)
        return moments.ahead(text)
    count, unit, plural = int(found[1]), found[2], found[3]
    if (count != 1) != bool(plural) or count == 0:
        likely = f"{max(count, 1)} working {unit}{'' if count in (0, 1) else 's'}"
        return Unfit("PC1203", f"`{bare}` is not a span of time", "a span such as 2 working days", likely)
    if count > LONGEST:
        return Unfit("PC1203", f"`{bare}` is longer than any campaign can mean", f"at most {LONGEST}")
    if context.programme.calendar is None:
        expected = "`calendar: {days: monday..friday, hours: 09:00..17:00}` in the programme's file"
        return Unfit("PC1223", "the programme does not say when the shop works", expected)
    return WorkingDays(count) if unit == "day" else WorkingHours(count * HOUR)


def working_span(text: str) -> str | None:
    """Return what was meant by another way to write working time, such as `2 business days` or `two working days`;
    None if none was.
    """
    text = in_digits(text)
    if not re.search(r"work|business|office|bank", text, re.IGNORECASE):
        return None
    found = re.fullmatch(r"([0-9]{1,4})?\s*[A-Za-z-]*\s*-?\s*?(day|hour)s?", text, re.IGNORECASE)
    if found is None:
        return None
    count = int(found[1] or 1)
    return f"{count} working {found[2].lower()}{'' if count == 1 else 's'}"


PATIENCE: Kind[Patience] = Kind(
    "a span of time",
    ("7 days", "2 months", "2 working days"),
    of_text("a span of time", _patience),
    shape=Text(f"{SPAN_PATTERN}|{WORKING_PATTERN}"),
)
