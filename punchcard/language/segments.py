"""Segments: the programme's groups of customers, each with its rule; and the names by which campaigns ask for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

from punchcard.language import nodes
from punchcard.language.arguments import read_fields
from punchcard.language.expressions import Condition, condition
from punchcard.language.grammar import Argument, Context, Either, Keys, Kind, Named, Text
from punchcard.language.kinds import TEXT, scalar, unread
from punchcard.language.labels import SNAKE, snake
from punchcard.language.membership import EVERYONE
from punchcard.language.names import customers_own
from punchcard.language.nodes import Broken, Entry, Node, Span
from punchcard.language.scope import Scope
from punchcard.language.unfit import Unfit
from punchcard.plan.conditions import Apply, Const, Expression, Segment, Value

MOST_SEGMENTS = 100
MOST_SUMS = 8
LARGEST = 10**15
SUMS = ("+", "-", "*", "/")


def on_the_customer(node: Node, context: Context) -> Condition | None:
    """Read a condition on what is known of the customer, where there is nothing else to know."""
    found = scalar(node, context, "a condition such as customer.orders > 3")
    if found is None:
        return None
    known = Scope(facts=MappingProxyType(customers_own(context.programme)))
    return condition(found, context.within(known))


RULE: Argument[Condition] = Argument(
    "where",
    Kind("a condition", ("customer.orders >= 5",), on_the_customer, shape=Text()),
    "what must hold of a customer",
    required=True,
)
TITLE = Argument("title", TEXT, "what people call it", default="the name")
NOTE = Argument("note", TEXT, "why it is so, for whoever reads the file", default="none")
SEGMENT_ARGUMENTS = (TITLE, RULE, NOTE)

SEGMENTS = Argument(
    "segments",
    unread(
        "names with rules",
        ('{loyal: customer.spent_within("365 days") > 1000}',),
        shape=Named(
            SNAKE.pattern,
            unread(
                "a condition",
                ("customer.orders >= 5", "{where: customer.orders >= 5, title: Regulars}"),
                shape=Either((Text(), Keys(SEGMENT_ARGUMENTS))),
            ),
        ),
    ),
    "groups of customers by a rule, which campaigns name: who is in one can change with every order and every day",
    default="none",
)


def read_segments(node: Node | None, context: Context) -> Mapping[str, Segment]:
    """Return the segments of the programme that the context has; a rule may name those above it."""
    if node is None or isinstance(node, Broken):
        return MappingProxyType({})
    if not isinstance(node, nodes.Mapping):
        expected = "`segments: {loyal: customer.orders >= 5}`"
        context.findings.add("PC1201", node.span, "segments are names with rules", expected=expected)
        return MappingProxyType({})
    found: dict[str, Segment] = {}
    for entry in node:
        programme = replace(context.programme, segments=MappingProxyType(found))
        segment = _segment(entry, replace(context, programme=programme))
        if segment is not None:
            found[segment.name] = segment
    if len(found) > MOST_SEGMENTS:
        message = f"there are {len(found)} segments"
        context.findings.add("PC1209", node.span, message, expected=f"at most {MOST_SEGMENTS}")
    return MappingProxyType(found)


def _segment(entry: Entry, context: Context) -> Segment | None:
    name = _name(entry, context)
    owner = f"the segment `{entry.key.value}`"
    fields = read_fields(owner, entry.value, SEGMENT_ARGUMENTS, context, head=entry.key.span, main=RULE.name)
    rule = fields.get(RULE)
    if name is None or rule is None:
        return None
    _must_be_searchable(rule.expression, fields.span_of(RULE), context)
    return Segment(name, rule.expression, rule.source, fields.get(TITLE))


def _name(entry: Entry, context: Context) -> str | None:
    name = snake(entry.key.value)
    if isinstance(name, Unfit):
        context.findings.refuse(entry.key.span, name)
        return None
    if name == EVERYONE:
        context.findings.add(
            "PC1406", entry.key.span, f"`{name}` has a meaning of its own", expected="another name"
        )
        return None
    return name


# --- what can be asked of all customers at once --------------------------------------------------------


def _must_be_searchable(rule: Expression, span: Span, context: Context) -> None:
    """Refuse what the database could not work out without running into its own limits."""
    sums = sum(1 for each in _parts(rule) if isinstance(each, Apply) and each.operator in SUMS)
    if sums > MOST_SUMS:
        context.findings.add(
            "PC1822",
            span,
            f"this rule has {sums} sums and products",
            expected=f"at most {MOST_SUMS}; several segments",
        )
    for each in _parts(rule):
        for value in _values(each):
            reason = _unsearchable(value)
            if reason:
                context.findings.add("PC1822", span, reason[0], expected=reason[1])


def _parts(expression: Expression) -> Iterator[Expression]:
    """Yield an expression and all inside it, but for the rules of other segments."""
    yield expression
    if isinstance(expression, Apply):
        for operand in expression.operands:
            yield from _parts(operand)


def _values(expression: Expression) -> tuple[Value, ...]:
    if not isinstance(expression, Const):
        return ()
    return expression.value if isinstance(expression.value, tuple) else (expression.value,)


def _unsearchable(value: Value) -> tuple[str, str] | None:
    match value:
        case str() if "\x00" in value:
            return "a text here has a sign that no customer can have", "letters, digits and signs"
        case bool():
            return None
        case int() | float() if value and not 1 / LARGEST <= abs(value) <= LARGEST:
            return "a number here is larger or smaller than anything counted", f"numbers up to {LARGEST:,}"
    return None
