"""What can be expected of the customer: how they stand when the time of an `expect` is over."""

from __future__ import annotations

from punchcard.language import labels
from punchcard.language.grammar import Argument, Context, Fields, Kind, Many
from punchcard.language.kinds import IDENTIFIER, items, scalar
from punchcard.language.nodes import Node
from punchcard.language.steps.update import TAGS
from punchcard.language.trials.model import Sign, Stands
from punchcard.language.trials.reading import Reading, Row
from punchcard.language.trials.values import VALUES, plain, typed
from punchcard.language.unfit import Unfit


def _absent(node: Node, context: Context) -> tuple[str, ...] | None:
    """Read one or several names of fields or tags."""
    found = []
    for item in items(node):
        written = scalar(item, context, "a field or a tag")
        if written is None:
            return None
        if isinstance(labels.snake(written.value), Unfit) and isinstance(labels.kebab(written.value), Unfit):
            unfit = Unfit("PC1210", f"`{written.value}` is neither a field nor a tag", "early_access")
            context.findings.refuse(written.span, unfit)
            return None
        found.append(written.value)
    return tuple(found)


FIELDS = Argument(
    "attributes", VALUES, "fields of the customer with their values", default="whatever they are"
)
TAGGED = Argument(
    "tags", TAGS, "tags that the customer has; others may be there, too", default="whatever they are"
)
WITHOUT = Argument(
    "without",
    Kind(
        "one or several fields or tags",
        ("vip", "[vip, early_access]"),
        _absent,
        shape=Many(IDENTIFIER, alone=True),
    ),
    "fields that have no value, and tags that the customer does not have",
    default="nothing in particular",
)


def _stands(fields: Fields, reading: Reading) -> Sign | None:
    if not fields.unread and not any(fields.has(each) for each in (FIELDS, TAGGED, WITHOUT)):
        reading.context.findings.add(
            "PC1102",
            fields.span,
            "nothing is expected of the customer",
            expected="`attributes`, `tags` or `without`",
        )
        return None
    declared, given = reading.context.programme.customer_fields, fields.get(FIELDS)
    attributes = typed(given, declared, "the customer", reading.context) if declared else plain(given)
    return Stands(attributes, fields.get(TAGGED) or (), fields.get(WITHOUT) or ())


STANDS: Row[Sign] = Row(
    "customer",
    "How the customer stands when the time of the `expect` is over: what `update` has set, put on and taken off. This "
    "may go unsaid, and has no time of its own.",
    (FIELDS, TAGGED, WITHOUT),
    _stands,
    "- customer: {attributes: {early_access: yes}, tags: insider}",
)
