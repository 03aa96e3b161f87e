"""Who takes part: the value of `audience`, segments by their names and a condition on the customer."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from punchcard.language import nodes
from punchcard.language.arguments import read_fields
from punchcard.language.expressions import Condition
from punchcard.language.grammar import Argument, Context, Either, Keys, Kind, Many, Text
from punchcard.language.kinds import items, scalar
from punchcard.language.labels import SNAKE
from punchcard.language.membership import EVERYONE, segment_called
from punchcard.language.nearest import listed, nearest
from punchcard.language.nodes import Node, Scalar
from punchcard.language.segments import on_the_customer
from punchcard.language.unfit import Unfit
from punchcard.plan.conditions import Apply, Expression, Segment
from punchcard.plan.model import Audience


def _segment(node: Node, context: Context) -> Segment | None:
    found = scalar(node, context, "a segment's name such as loyal")
    if found is None:
        return None
    segment = segment_called(found.value, context.programme, context.currency)
    if isinstance(segment, Unfit):
        context.findings.refuse(found.span, segment)
        return None
    return segment


def _segments(node: Node, context: Context) -> tuple[Segment, ...] | None:
    """Read one or several names; None after the mistakes in them have been reported."""
    if isinstance(node, nodes.Sequence) and not node.items:
        context.findings.add("PC1202", node.span, "there are no segments here", expected="loyal")
        return None
    read = [_segment(item, context) for item in items(node)]
    found = tuple(dict.fromkeys(each for each in read if each is not None))
    return found if len(read) == len([each for each in read if each is not None]) else None


SEGMENT: Kind[Segment] = Kind("a segment's name", ("loyal",), _segment, shape=Text(SNAKE.pattern))
SEGMENT_NAMES: Kind[tuple[Segment, ...]] = Kind(
    "one or several segments", ("loyal", "[loyal, at_risk]"), _segments, shape=Many(SEGMENT, alone=True)
)
ANY_OF = Argument("any_of", SEGMENT_NAMES, "in at least one of these segments", default="no matter")
ALL_OF = Argument("all_of", SEGMENT_NAMES, "in every one of these segments", default="no matter")
NONE_OF = Argument("none_of", SEGMENT_NAMES, "in none of these segments", default="no matter")
WHERE: Argument[Condition] = Argument(
    "where",
    Kind("a condition", ("customer.orders > 3",), on_the_customer, shape=Text()),
    "what must hold of the customer besides",
    default="no matter",
)
AUDIENCE_ARGUMENTS = (ANY_OF, ALL_OF, NONE_OF, WHERE)
_WRITTEN = (EVERYONE, "loyal", "[loyal, at_risk]", "{none_of: at_risk, where: customer.orders > 3}")


def _audience(node: Node, context: Context) -> Audience | None:
    match node:
        case Scalar(value=value) if value == EVERYONE:
            return None
        case Scalar(empty=False):
            return _named(node, context)
        case nodes.Sequence():
            found = _segments(node, context)
            return None if found is None else Audience(_joined("or", found))
    fields = read_fields("`audience`", node, AUDIENCE_ARGUMENTS, context, head=node.span)
    if isinstance(node, Scalar) or (isinstance(node, nodes.Mapping) and not node.entries):
        context.findings.add("PC1202", node.span, "`audience` names nobody", expected=listed(_WRITTEN))
    parts: list[Expression] = []
    readings: Sequence[tuple[Argument[tuple[Segment, ...]], Callable[..., Expression]]] = (
        (ANY_OF, lambda found: _joined("or", found)),
        (ALL_OF, lambda found: _joined("and", found)),
        (NONE_OF, lambda found: _joined("and", tuple(Apply("not", (each,)) for each in found))),
    )
    for argument, joined in readings:
        named = fields.get(argument)
        parts += [] if named is None else [joined(named)]
    where = fields.get(WHERE)
    parts += [] if where is None else [where.expression]
    return Audience(_joined("and", _flat(parts))) if len(parts) == len(fields.entries) and parts else None


def _named(node: Scalar, context: Context) -> Audience | None:
    segment = segment_called(node.value, context.programme, context.currency)
    if isinstance(segment, Segment):
        return Audience(segment)
    words = [EVERYONE, *context.programme.segments]
    context.findings.add(
        segment.code,
        node.span,
        segment.reason,
        expected=f"{listed(words)}, or `{{where: customer.orders > 3}}`",
        suggestion=_meant(node.value, words),
    )
    return None


def _meant(text: str, words: Sequence[str]) -> str | None:
    """Return what an audience that is no name was probably meant to be: `not loyal`, `customer.orders > 3`."""
    without = text.removeprefix("not ")
    if without in words and without != text:
        return f"{{none_of: {without}}}"
    if "customer." in text:
        return f"{{where: {text}}}" if not set(text) & set(",{}[]#") and ": " not in text else None
    return nearest(text, words)


def _joined(operator: str, parts: Sequence[Expression]) -> Expression:
    return parts[0] if len(parts) == 1 else Apply(operator, tuple(parts))


def _flat(parts: Sequence[Expression]) -> list[Expression]:
    return [
        inner
        for part in parts
        for inner in (part.operands if isinstance(part, Apply) and part.operator == "and" else (part,))
    ]


AUDIENCE_KIND: Kind[Audience] = Kind(
    "an audience",
    _WRITTEN,
    _audience,
    shape=Either((Text(f"{EVERYONE}|{SNAKE.pattern}"), Many(SEGMENT), Keys(AUDIENCE_ARGUMENTS))),
)
