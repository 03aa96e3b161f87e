"""The kinds of values that arguments ask for, each with the function that reads it from a node."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import TypeVar

from punchcard.language import labels, moments, money
from punchcard.language.durations import SPAN_PATTERN
from punchcard.language.expressions import Chooser, Condition, chooser, condition
from punchcard.language.grammar import Context, Kind, Shape, Text
from punchcard.language.later import NOTHING, Words
from punchcard.language.limits import LIMIT_PATTERN, limit
from punchcard.language.nearest import listed, nearest
from punchcard.language.nodes import Broken, Mapping, Node, Scalar, Sequence
from punchcard.language.unfit import Unfit, not_in_this_version
from punchcard.plan.model import After, AfterMonths, Limit, Millis, Minor, Moment, Share

T = TypeVar("T")

ANY_TEXT = Text()
WHOLE = re.compile("[0-9]{1,10}")
LONGEST_TEXT = 200
LARGEST_COUNT = 1_000_000_000
LARGEST_INCREASE: Share = 1_000_000


def scalar(node: Node, context: Context, expected: str, *, blank: bool = False) -> Scalar | None:
    """Return the node if it is one value; else report what is there instead. Quotes with nothing between them are
    one where it may be `blank`.
    """
    match node:
        case Scalar(empty=False, value=value) if blank or value.strip():
            return node
        case Scalar():
            context.findings.add("PC1202", node.span, "there is no value here", expected=expected)
        case Mapping():
            context.findings.add(
                "PC1201", node.span, "these are keys with values, where one value belongs", expected=expected
            )
        case Sequence():
            context.findings.add(
                "PC1201", node.span, "this is a list, where one value belongs", expected=expected
            )
        case Broken():
            pass
    return None


def of_text(expected: str, read: Callable[[str, Context], T | Unfit]) -> Callable[[Node, Context], T | None]:
    """Make a kind's reader from a function on text."""

    def reader(node: Node, context: Context) -> T | None:
        found = scalar(node, context, expected)
        if found is None:
            return None
        value = read(found.value, context)
        if isinstance(value, Unfit):
            context.findings.refuse(found.span, value)
            return None
        return value

    return reader


def kind(
    name: str, written: tuple[str, ...], read: Callable[[str, Context], T | Unfit], shape: Text = ANY_TEXT
) -> Kind[T]:
    """Return a kind whose values are one scalar."""
    return Kind(name, written, of_text(f"{name} such as {listed(written)}", read), shape=shape)


def one_of(*words: str, later: Words = NOTHING) -> Kind[str]:
    """Return the kind of a closed set of words; those of `later` are known, but not in this version yet."""

    def read(text: str, context: Context) -> str | Unfit:
        if text in words:
            return text
        if text in later:
            return not_in_this_version(f"`{text}`", later[text])
        return Unfit("PC1208", f"`{text}` is not known here", listed(words), nearest(text, [*words, *later]))

    return Kind("one of the words", words, of_text(listed(words), read), closed=True)


def simple(
    name: str, written: tuple[str, ...], read: Callable[[str], T | Unfit], shape: Text = ANY_TEXT
) -> Kind[T]:
    """Return a kind whose values are one scalar and mean the same everywhere."""
    return kind(name, written, lambda text, context: read(text), shape)


def items(node: Node) -> tuple[Node, ...]:
    """Return the items of a list; one value needs no list."""
    return node.items if isinstance(node, Sequence) else (node,)


# --- values that are one text -------------------------------------------------------------------------


def _text(text: str) -> str | Unfit:
    if len(text) > LONGEST_TEXT:
        return Unfit("PC1209", f"this text has {len(text)} characters", f"at most {LONGEST_TEXT}")
    return text


def _yes_no(text: str) -> bool | Unfit:
    if text in ("yes", "no"):
        return text == "yes"
    meant = {"yes": ("true", "on", "y", "1"), "no": ("false", "off", "n", "0")}
    likely = next((word for word, others in meant.items() if text.lower() in (word, *others)), None)
    return Unfit("PC1211", f"`{text}` is neither yes nor no", "yes or no", likely)


def whole_count(text: str) -> int | Unfit:
    """Read a count from 1."""
    if WHOLE.fullmatch(text) and 1 <= int(text) <= LARGEST_COUNT:
        return int(text)
    bare = re.sub(r"[,.' ]", "", text)
    likely = bare if re.fullmatch(r"[1-9][0-9]*", bare) else None
    return Unfit("PC1212", f"`{text}` is not a count", "a whole number from 1, such as 10", likely)


def _date(text: str) -> str | Unfit:
    found = moments.iso_date(text)
    if isinstance(found, date):
        return found.isoformat()
    likely = moments.likely_date(text)
    return found or Unfit("PC1207", f"`{text}` is not a date", "year, month and day: 2026-05-04", likely)


def _few(text: str) -> int | Unfit:
    if re.fullmatch(r"[0-9]{1,3}", text) and int(text) < 366:
        return int(text)
    return Unfit("PC1212", f"`{text}` is not a count of days", "a whole number from 0 to 365, such as 7")


def time_of_day(text: str) -> int | Unfit:
    """Read hours and minutes, as minutes since midnight."""
    found = moments.clock_time(text)
    if found is not None:
        return found
    likely = moments.likely_clock_time(text)
    return Unfit("PC1230", f"`{text}` is not a time of day", "hours and minutes, from 00:00 to 23:59", likely)


def _elapsed(text: str) -> Millis | Unfit:
    found = moments.span_of_time(text)
    if isinstance(found, Unfit):
        return found
    if found.millis is None:
        reason = f"`{text}` has no fixed length, and what this is for must be as long for everybody"
        return Unfit("PC1203", reason, "minutes, hours, days or weeks", f"{found.about_days} days")
    return found.millis


TEXT: Kind[str] = simple("a text", ("Thank you",), _text)
NAME: Kind[str] = simple("a name", ("spend-and-save",), labels.kebab, Text(labels.KEBAB.pattern))
MESSAGE_NAME: Kind[str] = simple(
    "a message's name", ("you-earned-it",), labels.kebab, Text(labels.KEBAB.pattern)
)
IDENTIFIER: Kind[str] = simple("a name", ("review_written",), labels.snake, Text(labels.SNAKE.pattern))
YES_NO: Kind[bool] = Kind(
    "yes or no", ("yes", "no"), of_text("yes or no", lambda text, context: _yes_no(text)), closed=True
)
COUNT: Kind[int] = simple("a count", ("10",), whole_count, Text(WHOLE.pattern, number="whole"))
SHARE: Kind[Share] = simple("a share", ("20%",), money.share, Text(money.SHARE.pattern))
INCREASE: Kind[Share] = simple(
    "a share", ("15%",), lambda text: money.share(text, LARGEST_INCREASE), Text(money.SHARE.pattern)
)
CURRENCY: Kind[str] = simple("a currency", ("USD",), labels.currency, Text("[A-Z]{3}"))
TIMEZONE: Kind[str] = simple("a time zone", ("America/New_York",), labels.timezone)
LANGUAGE: Kind[str] = simple("a language", ("en", "de"), labels.language_tag, Text(labels.LANGUAGE.pattern))
EMAIL: Kind[str] = simple(
    "an e-mail address", ("loyalty@shop.example",), labels.email, Text(labels.EMAIL.pattern)
)
DATE: Kind[str] = simple("a date", ("2026-05-04",), _date, Text(moments.DAY.pattern))
DAYS: Kind[int] = simple("a count of days", ("7",), _few, Text("[0-9]{1,3}", number="whole"))
TIME_OF_DAY: Kind[int] = simple("a time of day", ("09:00",), time_of_day, Text(moments.CLOCK.pattern))
LIMIT: Kind[Limit] = simple("a limit", ("5 per year", "3 in any 90 days"), limit, Text(LIMIT_PATTERN))
ELAPSED: Kind[Millis] = simple("a span of time", ("3 days", "12 hours"), _elapsed, Text(SPAN_PATTERN))
AHEAD: Kind[After | AfterMonths] = simple(
    "a span of time", ("7 days", "2 months"), moments.ahead, Text(SPAN_PATTERN)
)
EXPIRY: Kind[Moment] = kind(
    "an expiry",
    ("30 days", "2026-12-31", "7 days after occasion.occurred_at"),
    lambda text, context: moments.expiry(text, context.scope),
    Text(f"{SPAN_PATTERN}|{moments.DAY.pattern}|{moments.BESIDE_PATTERN}"),
)
AMOUNT: Kind[Minor] = kind(
    "an amount",
    ("500", "12.50", "500 USD"),
    lambda text, context: money.amount(text, context.currency),
    Text(money.AMOUNT.pattern, number="any"),
)
MOMENT: Kind[Moment] = kind(
    "a point in time",
    ("coupon.expires", "3 days before coupon.expires at 10:00", "monday at 09:00", "2026-05-04"),
    lambda text, context: moments.moment(text, context.scope),
)


def _condition(node: Node, context: Context) -> Condition | None:
    found = scalar(node, context, "a condition such as coupon.redeemed or customer.orders > 3")
    return condition(found, context) if found else None


CONDITION: Kind[Condition] = Kind(
    "a condition", ("coupon.redeemed", "customer.orders > 3"), _condition, shape=Text()
)


def _chooser(node: Node, context: Context) -> Chooser | None:
    found = scalar(node, context, "a value such as reply.answer or order.currency")
    return chooser(found, context) if found else None


CHOOSER: Kind[Chooser] = Kind(
    "a text or a whole number", ("reply.answer", "customer.orders"), _chooser, shape=Text()
)


def unread(name: str, written: tuple[str, ...] = (), shape: Shape | None = None) -> Kind[Node]:
    """Return the kind of what is read later, when all names are known."""
    return Kind(name, written, lambda node, context: node, shape=shape)
