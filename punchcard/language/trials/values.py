"""The kinds of values in campaign tests: when something happens, sums in any currency, data as it is posted."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Literal

from punchcard.language import labels, moments, money, nodes
from punchcard.language.grammar import Context, Kind, Text
from punchcard.language.kinds import NAME, items, kind, of_text, scalar, simple
from punchcard.language.nearest import listed, nearest
from punchcard.language.nodes import Node, Scalar, Span
from punchcard.language.scope import Scope
from punchcard.language.trials.model import Day, Sum, Value
from punchcard.language.unfit import Unfit
from punchcard.plan.model import After, AfterMonths, Moment, OnDate

_SUM = re.compile(r"([0-9]{1,12}(?:\.[0-9]{1,4})?)(?:\s+([A-Z]{3}))?")
_NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,9})?")
MOST_TIMES = 1_000
WHEN = ("2026-03-02 10:00", "+7 days", "monday at 09:00")


def _when(text: str) -> Moment | Unfit:
    bare = " ".join(text.split())
    if bare.startswith("+"):
        found = moments.ahead(bare[1:].strip())
        return found if isinstance(found, Unfit) else found
    moment = moments.moment(bare, Scope())
    if isinstance(moment, Unfit):
        span = moments.ahead(bare)
        likely = f"+{bare}" if isinstance(span, After | AfterMonths) else None
        return Unfit(
            "PC1207", f"`{text}` is not a point in time", f"a point in time such as {listed(WHEN)}", likely
        )
    return moment


def _day(text: str) -> Day | Literal["never"] | Unfit:
    if text.strip() == "never":
        return "never"
    moment = moments.moment(text, Scope())
    if not isinstance(moment, OnDate):
        return Unfit("PC1207", f"`{text}` is not a day", "a day such as 2026-04-01, or `never`")
    return Day(moment.date, moment.minute if ":" in text else None)


def sum_(text: str, context: Context) -> Sum | Unfit:
    """Read an amount in any currency; a bare number is in the campaign's."""
    found = _SUM.fullmatch(text.strip())
    if found is None:
        fit = money.amount(text, context.currency)
        assert isinstance(fit, Unfit), f"every amount is a sum: {text}"
        return fit
    currency = found[2] or context.currency
    known = labels.currency(currency)
    if isinstance(known, Unfit):
        return known
    decimals = -int(Decimal(found[1]).as_tuple().exponent)
    if decimals > money.decimals(currency):
        return Unfit(
            "PC1204",
            f"{currency} has {money.decimals(currency)} decimals, and `{text}` has {decimals}",
            "an amount such as 500 or 12.50",
        )
    return Sum(found[1], currency)


def _texts(node: Node, context: Context) -> tuple[str, ...] | None:
    found = [scalar(item, context, "a text") for item in items(node)]
    return None if None in found else tuple(each.value for each in found if each is not None)


def _names(node: Node, context: Context) -> tuple[str, ...] | None:
    found = [NAME.read(item, context) for item in items(node)]
    return None if None in found else tuple(dict.fromkeys(name for name in found if name is not None))


def scalars(node: Node, context: Context) -> Mapping[str, Scalar] | None:
    """Read keys with one value each, whose types are told later."""
    if not isinstance(node, nodes.Mapping):
        if not isinstance(node, nodes.Broken):
            expected = "`{product: mug, rating: 5}`"
            context.findings.add("PC1201", node.span, "keys with values belong here", expected=expected)
        return None
    read = {
        entry.key.value: (entry.key, scalar(entry.value, context, "a value", blank=True)) for entry in node
    }
    return MappingProxyType({name: found for name, (_, found) in read.items() if found is not None})


def plain(given: Mapping[str, Scalar] | None) -> Mapping[str, Value]:
    """Return values as JSON has them: numbers, `yes` and `no` by their looks, all else and what is quoted as text."""
    return MappingProxyType({name: _by_looks(found) for name, found in (given or {}).items()})


def typed(
    given: Mapping[str, Scalar] | None, types: Mapping[str, str], what: str, context: Context
) -> Mapping[str, Any]:
    """Return values of the declared types, as they are posted; what is not declared is a mistake."""
    found: dict[str, Any] = {}
    for name, each in (given or {}).items():
        if name not in types:
            context.findings.add(
                "PC2005",
                _key(name, each.span),
                f"{what} has no `{name}`",
                expected=listed(types) or "nothing",
                suggestion=nearest(name, types),
            )
            continue
        value = _of_type(each, types[name], context)
        if isinstance(value, Unfit):
            context.findings.refuse(each.span, value)
        else:
            found[name] = value
    return MappingProxyType(found)


def _key(name: str, value: Span) -> Span:
    """Return where the key of a value stands: before it."""
    start = value.source.text.rfind(name, 0, value.start)
    return Span(value.source, start, start + len(name)) if start >= 0 else value


def _of_type(found: Scalar, type_: str, context: Context) -> Any:
    match type_:
        case "text":
            return found.value
        case "date":
            day = moments.iso_date(found.value)
            expected = "a date such as 2026-05-04"
            return found.value if isinstance(day, date) else day or _unfit(found, expected)
        case "flag":
            return found.value == "yes" if found.value in ("yes", "no") else _unfit(found, "yes or no")
        case "number" | "whole":
            value = _by_looks(Scalar(found.value, found.span))
            return _unfit(found, "a number") if isinstance(value, bool | str) else value
        case "amount" | "money":
            amount = sum_(found.value, context)
            return (
                amount
                if isinstance(amount, Unfit)
                else {"amount": amount.amount, "currency": amount.currency}
            )
        case _:
            return _by_looks(found)


def _unfit(found: Scalar, expected: str) -> Unfit:
    return Unfit("PC2009", f"`{found.value}` is not {expected.partition(' such')[0]}", expected)


def _by_looks(found: Scalar) -> Value:
    if not found.style and found.value in ("yes", "no"):
        return found.value == "yes"
    if not found.style and _NUMBER.fullmatch(found.value):
        return float(found.value) if "." in found.value else int(found.value)
    return found.value


def _times(text: str) -> int | Unfit:
    if re.fullmatch("[0-9]{1,4}", text) and 1 <= int(text) <= MOST_TIMES:
        return int(text)
    return Unfit(
        "PC1212", f"`{text}` is not a number of times", f"a whole number from 1 to {MOST_TIMES}, such as 3"
    )


SEVERAL: Kind[int] = simple("a number of times", ("3",), _times, Text("[0-9]{1,4}", number="whole"))
AT: Kind[Moment] = simple("a point in time", WHEN, _when)
DAY: Kind[Day | Literal["never"]] = simple("a day", ("2026-04-01", "never"), _day)
SUM: Kind[Sum] = kind("an amount", ("500", "12.50", "500 EUR"), sum_)
TEXTS: Kind[tuple[str, ...]] = Kind("one or several texts", ("Your code",), _texts)
CAMPAIGNS: Kind[tuple[str, ...]] = Kind("one or several names of campaigns", ("review-thanks",), _names)
VALUES: Kind[Mapping[str, Scalar]] = Kind("keys with values", ("{product: mug, rating: 5}",), scalars)
ANY_TEXT: Kind[str] = Kind("a text", ("Thank you",), of_text("a text", lambda text, context: text))
