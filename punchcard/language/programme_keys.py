"""The table of the programme file's keys; what several campaigns refer to stands here once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from punchcard.language import nodes
from punchcard.language.calendar import CALENDAR
from punchcard.language.grammar import Argument, Context, Kind, Many, Named, Text
from punchcard.language.hosts import HOSTS, SECRETS
from punchcard.language.kinds import (
    CURRENCY,
    EMAIL,
    LANGUAGE,
    LIMIT,
    TIMEZONE,
    items,
    one_of,
    simple,
)
from punchcard.language.labels import SNAKE, snake
from punchcard.language.moments import likely_hours
from punchcard.language.names import CUSTOMER, FACTS, ORDER_FACT_TYPES, ORDER_IN_WHERE, QUESTIONS
from punchcard.language.nodes import Broken, Node
from punchcard.language.roles import ROLES
from punchcard.language.segments import SEGMENTS
from punchcard.language.unfit import Unfit
from punchcard.plan.model import Limit, QuietHours

FIELD_TYPES = ("text", "number", "date", "flag")
MOST_FIELDS = 100
_HOURS = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])\.\.([01]?[0-9]|2[0-3]):([0-5][0-9])")
_FIELD_TYPE = one_of(*FIELD_TYPES)
_OF_CUSTOMERS = frozenset(name.removeprefix("customer.") for name in (*CUSTOMER, *FACTS, *QUESTIONS))
_OF_ORDERS = frozenset(name.removeprefix("order.") for name in (*ORDER_IN_WHERE, *ORDER_FACT_TYPES))


def _own_fields(
    node: Node, context: Context, whose: str, example: str, taken: frozenset[str]
) -> Mapping[str, str] | None:
    """Read the names and types of what `attributes` hold."""
    if isinstance(node, Broken):
        return None
    if not isinstance(node, nodes.Mapping):
        expected = f"`{whose}_fields: {example}`"
        context.findings.add("PC1201", node.span, f"{whose} fields are names with types", expected=expected)
        return None
    found: dict[str, str] = {}
    for entry in node:
        name = snake(entry.key.value)
        if isinstance(name, Unfit):
            context.findings.refuse(entry.key.span, name)
        elif name in taken:
            context.findings.add(
                "PC1803",
                entry.key.span,
                f"each {whose} has `{whose}.{name}` already",
                expected="another name, or nothing: it can be used as it is",
            )
        kind = _FIELD_TYPE.read(entry.value, context)
        if isinstance(name, str) and kind is not None:
            found[name] = kind
    if len(found) > MOST_FIELDS:
        message = f"there are {len(found)} {whose} fields"
        context.findings.add("PC1209", node.span, message, expected=f"at most {MOST_FIELDS}")
    return MappingProxyType(found)


def _quiet_hours(text: str) -> QuietHours | Unfit:
    found = _HOURS.fullmatch(text)
    if found is None:
        expected = "two times such as 21:00..08:00"
        return Unfit("PC1220", f"`{text}` is no span of the day", expected, likely_hours(text))
    start, end = (int(found[1]) * 60 + int(found[2]), int(found[3]) * 60 + int(found[4]))
    if start == end:
        return Unfit("PC1220", f"`{text}` leaves no time at all", "two times such as 21:00..08:00")
    return QuietHours(start, end)


def _caps(node: Node, context: Context) -> tuple[Limit, ...] | None:
    read = [LIMIT.read(item, context) for item in items(node)]
    return tuple(cap for cap in read if cap is not None) or None


QUIET_HOURS = Argument(
    "quiet_hours",
    simple("a span of the day", ("21:00..08:00",), _quiet_hours, shape=Text(_HOURS.pattern)),
    "the hours of the customer's day in which nobody is written to: what falls into them waits for their end, "
    "but for transactional messages and those that say `quiet_hours: ignore`",
    default="none",
)
CAPS = Argument(
    "caps",
    Kind(
        "one or several limits",
        ("3 per week", "[1 per day, 3 per week]"),
        _caps,
        shape=Many(LIMIT, alone=True),
    ),
    "how many marketing messages a customer gets at most, of all campaigns together",
    default="none",
)
OWNER = Argument("owner", EMAIL, "who answers for campaigns that name nobody", default="nobody")
CURRENCY_KEY = Argument("currency", CURRENCY, "the currency of campaigns that name none", default="USD")
TIMEZONE_KEY = Argument("timezone", TIMEZONE, "the zone of campaigns that name none", default="UTC")
LANGUAGE_KEY = Argument("language", LANGUAGE, "the language of campaigns that name none", default="en")
CUSTOMER_FIELDS = Argument(
    "customer_fields",
    Kind(
        "names with types",
        ("{favourite_store: text, joined_on: date}",),
        lambda node, context: _own_fields(
            node, context, "customer", "{favourite_store: text, joined_on: date}", _OF_CUSTOMERS
        ),
        shape=Named(SNAKE.pattern, _FIELD_TYPE),
    ),
    "what the shop knows of a customer beyond the profile: names and types of a profile's `attributes`",
    default="none",
)
ORDER_FIELDS = Argument(
    "order_fields",
    Kind(
        "names with types",
        ("{channel: text, is_gift: flag}",),
        lambda node, context: _own_fields(
            node, context, "order", "{channel: text, is_gift: flag}", _OF_ORDERS
        ),
        shape=Named(SNAKE.pattern, _FIELD_TYPE),
    ),
    "what the shop says of an order beyond its amount and lines: names and types of an order's `attributes`, which "
    "campaigns may name wherever they name `order.…`",
    default="none",
)
PROGRAMME_KEYS: tuple[Argument[Any], ...] = (
    OWNER,
    CURRENCY_KEY,
    TIMEZONE_KEY,
    LANGUAGE_KEY,
    QUIET_HOURS,
    CAPS,
    CALENDAR,
    CUSTOMER_FIELDS,
    ORDER_FIELDS,
    ROLES,
    SEGMENTS,
    HOSTS,
    SECRETS,
)
