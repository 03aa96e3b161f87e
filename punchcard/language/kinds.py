"""The kinds of values that arguments ask for, each with the function that reads it from a node."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any, Literal, TypeVar, get_args
from zoneinfo import available_timezones

from babel import Locale, UnknownLocaleError

from punchcard.language import moments, money
from punchcard.language.durations import Duration
from punchcard.language.expressions import Condition, condition
from punchcard.language.grammar import Context, Kind
from punchcard.language.nearest import listed, nearest
from punchcard.language.nodes import Broken, Mapping, Node, Scalar, Sequence
from punchcard.language.unfit import Unfit
from punchcard.plan.model import (
    After,
    AfterMonths,
    AnswerShape,
    Choice,
    FreeText,
    Limit,
    Minor,
    Moment,
    Scale,
    Share,
)

T = TypeVar("T")

KEBAB = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
SNAKE = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
LONGEST_NAME = 60
LONGEST_TEXT = 200
MOST_CHOICES = 20
LARGEST_COUNT = 1_000_000_000


def scalar(node: Node, context: Context, expected: str) -> Scalar | None:
    """Return the node if it is one value; else report what is there instead."""
    match node:
        case Scalar(empty=False):
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
            context.findings.add(
                value.code, found.span, value.reason, expected=value.expected, suggestion=value.suggestion
            )
            return None
        return value

    return reader


def kind(name: str, written: tuple[str, ...], read: Callable[[str, Context], T | Unfit]) -> Kind[T]:
    """Return a kind whose values are one scalar."""
    return Kind(name, written, of_text(f"{name} such as {listed(written)}", read))


def one_of(*words: str, later: tuple[str, ...] = ()) -> Kind[str]:
    """Return the kind of a closed set of words; those of `later` are known, but not in this version yet."""

    def read(text: str, context: Context) -> str | Unfit:
        if text in words:
            return text
        if text in later:
            return Unfit("PC1901", f"`{text}` is known, but not in this version yet", listed(words))
        return Unfit("PC1208", f"`{text}` is not known here", listed(words), nearest(text, words))

    return Kind("one of the words", words, of_text(listed(words), read))


# --- plain values -------------------------------------------------------------------------------------


def _text(text: str, context: Context) -> str | Unfit:
    if len(text) > LONGEST_TEXT:
        return Unfit("PC1209", f"this text has {len(text)} characters", f"at most {LONGEST_TEXT}")
    return text


def _kebab(text: str, context: Context) -> str | Unfit:
    if KEBAB.fullmatch(text) and len(text) <= LONGEST_NAME:
        return text
    meant = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:LONGEST_NAME].strip("-")
    return Unfit(
        "PC1210",
        f"`{text}` is not a name",
        f"small letters, digits and hyphens, at most {LONGEST_NAME}: spend-and-save",
        meant or None,
    )


def snake(text: str, context: Context | None = None) -> str | Unfit:
    """Read a name that expressions can use."""
    if SNAKE.fullmatch(text) and len(text) <= LONGEST_NAME:
        return text
    meant = re.sub(r"[^a-z0-9]+", "_", text.lower()).strip("_")[:LONGEST_NAME].strip("_")
    return Unfit(
        "PC1210",
        f"`{text}` is not a name",
        f"small letters, digits and underscores, at most {LONGEST_NAME}: second_coupon",
        meant if SNAKE.fullmatch(meant) else None,
    )


def _yes_no(text: str, context: Context) -> bool | Unfit:
    if text in ("yes", "no"):
        return text == "yes"
    meant = {
        "true": "yes",
        "on": "yes",
        "y": "yes",
        "1": "yes",
        "false": "no",
        "off": "no",
        "n": "no",
        "0": "no",
    }
    return Unfit("PC1211", f"`{text}` is neither yes nor no", "yes or no", meant.get(text.lower()))


def _count(text: str, context: Context) -> int | Unfit:
    if re.fullmatch(r"\d{1,10}", text) and 1 <= int(text) <= LARGEST_COUNT:
        return int(text)
    bare = re.sub(r"[,.' ]", "", text)
    return Unfit(
        "PC1212",
        f"`{text}` is not a count",
        "a whole number from 1, such as 10",
        bare if bare.isdigit() and int(bare) else None,
    )


def _currency(text: str, context: Context) -> str | Unfit:
    if text in money.currencies():
        return text
    return Unfit(
        "PC1213",
        f"there is no currency {text}",
        "a code of three capitals such as USD or EUR",
        nearest(text.upper(), money.currencies()),
    )


def _timezone(text: str, context: Context) -> str | Unfit:
    if text in available_timezones() and ("/" in text or text == "UTC"):
        return text
    return Unfit(
        "PC1214",
        f"there is no time zone {text}",
        "a zone such as America/New_York, Europe/Berlin or UTC",
        _zone_meant(text),
    )


def _zone_meant(text: str) -> str | None:
    zones = sorted(zone for zone in available_timezones() if "/" in zone)
    tail = text.replace(" ", "_").lower()
    return next((zone for zone in zones if zone.lower().rpartition("/")[2] == tail), None) or nearest(
        text, zones
    )


def language_tag(text: str, context: Context | None = None) -> str | Unfit:
    """Read a language such as `en` or `pt-BR`."""
    if re.fullmatch(r"[a-z]{2,3}(-[A-Z]{2})?", text):
        try:
            Locale.parse(text, sep="-")
            return text
        except (UnknownLocaleError, ValueError):
            pass
    return Unfit(
        "PC1215",
        f"there is no language {text}",
        "a code such as en, de or pt-BR",
        text.lower() if text.lower() in ("en", "de") else None,
    )


def _email(text: str, context: Context) -> str | Unfit:
    if re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s.]+", text):
        return text
    return Unfit("PC1216", f"`{text}` is not an e-mail address", "an address such as loyalty@shop.example")


def _date(text: str, context: Context) -> str | Unfit:
    found = moments.iso_date(text)
    if isinstance(found, date):
        return found.isoformat()
    return found or Unfit("PC1207", f"`{text}` is not a date", "year, month and day: 2026-05-04")


def _limit(text: str, context: Context) -> Limit | Unfit:
    expected = (
        "a count for a calendar period, such as 5 per year, or for a moving span, such as 3 in any 90 days"
    )
    periods = ("day", "week", "month", "quarter", "year")
    calendar = re.fullmatch(r"(\d{1,6}) per ([a-z]+)", text)
    if calendar and int(calendar.group(1)):
        period = next(
            (
                each
                for each in get_args(Literal["day", "week", "month", "quarter", "year"])
                if each == calendar.group(2)
            ),
            None,
        )
        if period:
            return Limit(int(calendar.group(1)), period=period)
        meant = nearest(calendar.group(2), periods)
        return Unfit(
            "PC1217",
            f"there is no period `{calendar.group(2)}`",
            listed(periods),
            f"{calendar.group(1)} per {meant}" if meant else None,
        )
    rolling = re.fullmatch(r"(\d{1,6}) in any (.+)", text)
    if rolling and int(rolling.group(1)):
        span = moments.span_of_time(rolling.group(2))
        if isinstance(span, Unfit):
            return span
        if span.millis is None:
            return Unfit(
                "PC1217",
                f"`{rolling.group(2)}` has no fixed length",
                "a moving span in days or weeks, such as 3 in any 90 days",
            )
        return Limit(int(rolling.group(1)), rolling=span.millis)
    return Unfit("PC1217", f"`{text}` is not a limit", expected)


def _span(text: str, context: Context) -> Duration | Unfit:
    return moments.span_of_time(text)


def _elapsed(text: str, context: Context) -> int | Unfit:
    found = moments.span_of_time(text)
    if isinstance(found, Unfit):
        return found
    if found.millis is None:
        return Unfit("PC1203", f"`{text}` has no fixed length", "minutes, hours, days or weeks")
    return found.millis


TEXT: Kind[str] = kind("a text", ("Thank you",), _text)
NAME: Kind[str] = kind("a name", ("spend-and-save",), _kebab)
IDENTIFIER: Kind[str] = kind("a name", ("coupon",), snake)
YES_NO: Kind[bool] = kind("yes or no", ("yes", "no"), _yes_no)
COUNT: Kind[int] = kind("a count", ("10",), _count)
SHARE: Kind[Share] = kind("a share", ("20%",), lambda text, context: money.share(text))
INCREASE: Kind[Share] = kind("a share", ("15%",), lambda text, context: money.share(text, 1_000_000))
AMOUNT: Kind[Minor] = kind(
    "an amount", ("500", "12.50", "500 USD"), lambda text, context: money.amount(text, context.currency)
)
CURRENCY: Kind[str] = kind("a currency", ("USD",), _currency)
TIMEZONE: Kind[str] = kind("a time zone", ("America/New_York",), _timezone)
LANGUAGE: Kind[str] = kind("a language", ("en", "de"), language_tag)
EMAIL: Kind[str] = kind("an e-mail address", ("loyalty@shop.example",), _email)
DATE: Kind[str] = kind("a date", ("2026-05-04",), _date)
LIMIT: Kind[Limit] = kind("a limit", ("5 per year", "3 in any 90 days"), _limit)
SPAN: Kind[Duration] = kind("a span of time", ("7 days", "6 months"), _span)
ELAPSED: Kind[int] = kind("a span of time", ("3 days", "12 hours"), _elapsed)
AHEAD: Kind[After | AfterMonths] = kind(
    "a span of time", ("7 days", "2 months"), lambda text, context: moments.ahead(text)
)
EXPIRY: Kind[Moment] = kind(
    "an expiry", ("30 days", "2026-12-31"), lambda text, context: moments.expiry(text)
)
MOMENT: Kind[Moment] = kind(
    "a point in time",
    ("coupon.expires", "3 days before coupon.expires", "monday at 09:00", "2026-05-04"),
    lambda text, context: moments.moment(text, context.scope),
)


# --- values of a shape of their own -------------------------------------------------------------------


def items(node: Node) -> tuple[Node, ...]:
    """Return the items of a list; one value needs no list."""
    return node.items if isinstance(node, Sequence) else (node,)


def _answer(node: Node, context: Context) -> AnswerShape | None:
    expected = "a range such as 1..5, `text`, or a list of choices such as [yes, no]"
    if isinstance(node, Sequence):
        return _choice(node, context)
    found = scalar(node, context, expected)
    if found is None:
        return None
    if found.value == "text":
        return FreeText()
    scale = re.fullmatch(r"(\d{1,3})\s?\.\.\s?(\d{1,3})", found.value)
    if scale and int(scale.group(1)) < int(scale.group(2)) <= int(scale.group(1)) + 10:
        return Scale(int(scale.group(1)), int(scale.group(2)))
    if scale:
        reason = f"`{found.value}` is not a range from a smaller to a larger number, at most 10 apart"
        context.findings.add("PC1218", found.span, reason, expected="a range such as 1..5 or 0..10")
        return None
    meant = re.fullmatch(r"(\d{1,2})\s*(?:-|–|to|\.|\.\.\.|…)\s*(\d{1,2})", found.value)
    suggestion = f"{meant.group(1)}..{meant.group(2)}" if meant else nearest(found.value, ["text"])
    context.findings.add(
        "PC1218",
        found.span,
        f"`{found.value}` is not a kind of answer",
        expected=expected,
        suggestion=suggestion,
    )
    return None


def _choice(node: Sequence, context: Context) -> AnswerShape | None:
    options: list[str] = []
    for item in node:
        found = scalar(item, context, "one choice")
        if found is None:
            continue
        if found.value in options:
            context.findings.add(
                "PC1218",
                found.span,
                f"the choice `{found.value}` stands here twice",
                expected="choices that differ",
            )
            continue
        options.append(found.value)
    if not 2 <= len(options) <= MOST_CHOICES:
        context.findings.add(
            "PC1218", node.span, f"there are {len(options)} choices", expected=f"2 to {MOST_CHOICES} choices"
        )
        return None
    return Choice(tuple(options))


def _condition(node: Node, context: Context) -> Condition | None:
    found = scalar(node, context, "a condition such as coupon.redeemed or customer.orders > 3")
    return condition(found, context) if found else None


ANSWER: Kind[AnswerShape] = Kind("a kind of answer", ("1..5", "text", "[yes, no]"), _answer)
CONDITION: Kind[Condition] = Kind("a condition", ("coupon.redeemed", "customer.orders > 3"), _condition)
NODE: Kind[Any] = Kind("keys with values", (), lambda node, context: node)
