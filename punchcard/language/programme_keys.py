"""The table of the programme file's keys; what several campaigns refer to stands here once."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from punchcard.language import nodes
from punchcard.language.grammar import Argument, Context, Kind, Named
from punchcard.language.kinds import CURRENCY, EMAIL, LANGUAGE, TIMEZONE, one_of
from punchcard.language.labels import SNAKE, snake
from punchcard.language.names import CUSTOMER, FACTS, QUESTIONS
from punchcard.language.nodes import Broken, Node
from punchcard.language.unfit import Unfit

FIELD_TYPES = ("text", "number", "date", "flag")
MOST_FIELDS = 100
_FIELD_TYPE = one_of(*FIELD_TYPES)
_TAKEN = frozenset(name.removeprefix("customer.") for name in (*CUSTOMER, *FACTS, *QUESTIONS))


def _customer_fields(node: Node, context: Context) -> Mapping[str, str] | None:
    """Read the names and types of what a profile's `attributes` hold."""
    if isinstance(node, Broken):
        return None
    if not isinstance(node, nodes.Mapping):
        expected = "`customer_fields: {favourite_store: text, joined_on: date}`"
        context.findings.add("PC1201", node.span, "customer fields are names with types", expected=expected)
        return None
    found: dict[str, str] = {}
    for entry in node:
        name = snake(entry.key.value)
        if isinstance(name, Unfit):
            context.findings.refuse(entry.key.span, name)
        elif name in _TAKEN:
            context.findings.add(
                "PC1803",
                entry.key.span,
                f"each customer has `customer.{name}` already",
                expected="another name, or nothing: it can be used as it is",
            )
        kind = _FIELD_TYPE.read(entry.value, context)
        if isinstance(name, str) and kind is not None:
            found[name] = kind
    if len(found) > MOST_FIELDS:
        message = f"there are {len(found)} customer fields"
        context.findings.add("PC1209", node.span, message, expected=f"at most {MOST_FIELDS}")
    return MappingProxyType(found)


OWNER = Argument("owner", EMAIL, "who answers for campaigns that name nobody", default="nobody")
CURRENCY_KEY = Argument("currency", CURRENCY, "the currency of campaigns that name none", default="USD")
TIMEZONE_KEY = Argument("timezone", TIMEZONE, "the zone of campaigns that name none", default="UTC")
LANGUAGE_KEY = Argument("language", LANGUAGE, "the language of campaigns that name none", default="en")
CUSTOMER_FIELDS = Argument(
    "customer_fields",
    Kind(
        "names with types",
        ("{favourite_store: text, joined_on: date}",),
        _customer_fields,
        shape=Named(SNAKE.pattern, _FIELD_TYPE),
    ),
    "what the shop knows of a customer beyond the profile: names and types of a profile's `attributes`",
    default="none",
)

PROGRAMME_KEYS: tuple[Argument[Any], ...] = (
    OWNER,
    CURRENCY_KEY,
    TIMEZONE_KEY,
    LANGUAGE_KEY,
    CUSTOMER_FIELDS,
)
