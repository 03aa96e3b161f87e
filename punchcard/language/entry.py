"""How often and how fast: the values of `again`, `digest` and `pace`."""

from __future__ import annotations

import re
from types import MappingProxyType

from punchcard.language import moments, nodes
from punchcard.language.arguments import read_fields
from punchcard.language.durations import MILLIS
from punchcard.language.grammar import Argument, Context, Either, Keys, Kind, Text
from punchcard.language.kinds import AHEAD, scalar, simple, time_of_day
from punchcard.language.nearest import nearest
from punchcard.language.nodes import Node, Scalar
from punchcard.language.scope import Scope
from punchcard.language.unfit import Unfit
from punchcard.plan.model import After, AfterMonths, Again, Digest, NextTime, Pace

EVERY_TIME = "every_time"
PACE_UNITS = MappingProxyType({unit: MILLIS[unit] for unit in ("minute", "hour", "day")})
# The fewest milliseconds between two starts.
FASTEST = 1
_PACE = re.compile(r"([0-9]{1,9}) per (minute|hour|day)")
_PACE_MEANT = re.compile(r"([1-9][0-9,]*)(?: an? | per | every | each | ?/ ?)(min|h|d)[a-z]*")
_UNITS = MappingProxyType({"min": "minute", "h": "hour", "d": "day"})
AGAIN_WORDS = (EVERY_TIME, "once", "after_exit")


def _pace(text: str) -> Pace | Unfit:
    """Read how many instances may start in a minute, an hour or a day."""
    found = _PACE.fullmatch(text)
    if found is None or not int(found[1]):
        meant = _PACE_MEANT.fullmatch(text.lower())
        likely = f"{meant[1].replace(',', '')} per {_UNITS[meant[2]]}" if meant else None
        expected = "a count per minute, hour or day, such as 5000 per hour"
        return Unfit("PC1221", f"`{text}` is not a pace", expected, likely)
    pace = Pace(int(found[1]), PACE_UNITS[found[2]])
    if pace.step < FASTEST:
        most = f"{PACE_UNITS[found[2]] // FASTEST} per {found[2]}"
        return Unfit("PC1221", f"`{text}` is faster than instances can start", f"at most {most}", most)
    return pace


PACE_KIND: Kind[Pace] = simple("a pace", ("5000 per hour",), _pace, Text(_PACE.pattern))


def _closing(text: str) -> int | Unfit:
    """Read a time of day; who writes a day of the week is told how to wait for it."""
    minute = time_of_day(text)
    moment = moments.moment(text, Scope()) if isinstance(minute, Unfit) else minute
    if not isinstance(moment, NextTime) or moment.weekday is None or not isinstance(minute, Unfit):
        return minute
    expected = f"a time of day such as 10:00; for that day `- wait: {{until: {text}}}` as the first step"
    return Unfit("PC1230", f"`{text}` is not a time of day, and a batch closes after so many days", expected)


CLOSING: Kind[int] = simple("a time of day", ("09:00",), _closing, Text(moments.CLOCK.pattern))
AFTER = Argument("after", AHEAD, "so long after the one that counted last", required=True)
AGAIN_ARGUMENTS = (AFTER,)


GATHERED = Argument("for", AHEAD, "how long a batch stays open after its first occasion", required=True)
AT = Argument("at", CLOSING, "the local time of day at which it closes then", default="at once")
DIGEST_ARGUMENTS = (GATHERED, AT)


def _digest(node: Node, context: Context) -> Digest | None:
    fields = read_fields("`digest`", node, DIGEST_ARGUMENTS, context, head=node.span, main=GATHERED.name)
    span = fields.get(GATHERED)
    return None if span is None else Digest(span, fields.get(AT))


DIGEST_KIND: Kind[Digest] = Kind(
    "a digest",
    ("7 days", "{for: 7 days, at: 17:00}"),
    _digest,
    shape=Either((Text(), Keys(DIGEST_ARGUMENTS))),
)


def _again(node: Node, context: Context) -> Again | None:
    if isinstance(node, nodes.Mapping):
        fields = read_fields("`again`", node, AGAIN_ARGUMENTS, context, head=node.span)
        after = fields.get(AFTER)
        match after:
            case After(millis=millis):
                return Again("after", millis)
            case AfterMonths(months=months):
                return Again("after", months=months)
            case None:
                return None
    expected = "every_time, once, after_exit or `{after: 30 days}`"
    found = scalar(node, context, expected)
    match found:
        case None | Scalar(value="every_time"):
            return None
        case Scalar(value="once"):
            return Again("once")
        case Scalar(value="after_exit"):
            return Again("after_exit")
    reason = f"`{found.value}` is not known here"
    span = found.value.removeprefix("after ")
    in_braces = span != found.value and not isinstance(moments.span_of_time(span), Unfit)
    meant = f"{{after: {span}}}" if in_braces else nearest(found.value, AGAIN_WORDS)
    context.findings.add("PC1208", found.span, reason, expected=expected, suggestion=meant)
    return None


AGAIN_KIND: Kind[Again] = Kind(
    "which of a customer's occasions count",
    (*AGAIN_WORDS, "{after: 30 days}"),
    _again,
    shape=Either((Text("|".join(AGAIN_WORDS)), Keys(AGAIN_ARGUMENTS))),
)
