"""`update`: what a campaign changes about its customer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from punchcard.language import labels, moments, nodes
from punchcard.language.absent import missing_name
from punchcard.language.grammar import Argument, Built, Call, Context, Kind, Many, Named, Text, Verb
from punchcard.language.kinds import TEXT, YES_NO, items, scalar, simple
from punchcard.language.looks import NAME, NUMBER, number, type_of
from punchcard.language.names import WORDS, in_condition
from punchcard.language.nearest import listed, nearest
from punchcard.language.nodes import Broken, Entry, Node, Scalar
from punchcard.language.unfit import Unfit
from punchcard.plan.conditions import Const, Field
from punchcard.plan.model import Assignment, Update

MOST_TAGS = 20
LONGEST_VALUE = 500
# Which types of a name may be put into a field of a type.
_FITS: Mapping[str, tuple[str, ...]] = {
    "text": ("text", "any"),
    "number": ("whole", "number", "any"),
    "date": ("date", "any"),
    "flag": ("flag", "any"),
}


def _assignments(node: Node, context: Context) -> tuple[Assignment, ...] | None:
    """Read fields with their values; None if there is none that can be set."""
    if isinstance(node, Broken):
        return None
    if not isinstance(node, nodes.Mapping):
        context.findings.add(
            "PC1201",
            node.span,
            "these are fields with values",
            expected="`set: {favourite_store: Main Street}`",
        )
        return None
    found = tuple(each for entry in node if (each := _assignment(entry, context)) is not None)
    return found or None


def _assignment(entry: Entry, context: Context) -> Assignment | None:
    name = entry.key.value
    kind = context.programme.customer_fields.get(name)
    if kind is None:
        _no_field(entry.key, context)
        return None
    found = scalar(entry.value, context, f"{WORDS[kind]}, or a name such as order.id", blank=kind == "text")
    if found is None:
        return None
    if not found.style and NAME.fullmatch(found.value):
        return _named(name, kind, found, context)
    value = _literal(found, kind, context)
    if isinstance(value, Unfit):
        context.findings.refuse(found.span, value)
        return None
    return None if value is None else Assignment(name, Const(value))


def _no_field(key: Scalar, context: Context) -> None:
    fields = context.programme.customer_fields
    context.findings.add(
        "PC1401",
        key.span,
        f"customers have no field `{key.value}`",
        expected=listed(fields) or f"`customer_fields: {{{key.value}: text}}` in the programme's file",
        suggestion=nearest(key.value, fields),
    )


def _named(field: str, kind: str, found: Scalar, context: Context) -> Assignment | None:
    """Read a value that stands under a name."""
    known = in_condition(context.scope)
    of = type_of(found.value, known)
    if of is None:
        unfit = missing_name(found.value, known, context.scope)
        context.findings.refuse(found.span, replace(unfit, expected=f"{unfit.expected}; a text in quotes"))
        return None
    if of not in _FITS[kind]:
        context.findings.add(
            "PC1411",
            found.span,
            f"`{found.value}` is {WORDS[of]}, and `customer.{field}` {WORDS[kind]}",
            expected=f"{WORDS[kind]}",
        )
        return None
    return Assignment(field, Field(tuple(found.value.split("."))))


def _literal(found: Scalar, kind: str, context: Context) -> str | int | float | bool | Unfit | None:
    text = found.value
    match kind:
        case "flag":
            return YES_NO.read(found, context)
        case "number":
            if not NUMBER.fullmatch(text):
                return Unfit("PC1212", f"`{text}` is not a number", "a number such as 3 or 2.5")
            return number(text)
        case "date":
            day = moments.iso_date(text)
            if isinstance(day, Unfit):
                return day
            return day.isoformat() if day else Unfit("PC1207", f"`{text}` is not a date", "2026-05-04")
        case _:
            if len(text) > LONGEST_VALUE:
                return Unfit("PC1209", f"this text has {len(text)} characters", f"at most {LONGEST_VALUE}")
            return text


def _tags(node: Node, context: Context) -> tuple[str, ...] | None:
    """Read one or several tags."""
    found: list[str] = []
    for item in items(node):
        written = scalar(item, context, "a tag such as vip")
        if written is None:
            continue
        tag = labels.kebab(written.value)
        if isinstance(tag, Unfit):
            context.findings.refuse(written.span, tag)
        elif tag not in found:
            found.append(tag)
    if len(found) > MOST_TAGS:
        context.findings.add(
            "PC1209", node.span, f"these are {len(found)} tags", expected=f"at most {MOST_TAGS}"
        )
    return tuple(found) or None


TAG: Kind[str] = simple("a tag", ("vip",), labels.kebab, Text(labels.KEBAB.pattern))
TAGS: Kind[tuple[str, ...]] = Kind(
    "one or several tags", ("vip", "[vip, early-bird]"), _tags, shape=Many(TAG, alone=True)
)
SET: Argument[tuple[Assignment, ...]] = Argument(
    "set",
    Kind(
        "fields with values",
        ("{favourite_store: Main Street}", "{last_rating: reply.answer}"),
        _assignments,
        shape=Named(labels.SNAKE.pattern, TEXT),
    ),
    "fields of the customer, declared in the programme's file; a name such as `reply.answer` stands for its value",
    default="nothing",
)
ADD_TAGS = Argument("add_tags", TAGS, "tags to put on the customer", default="none")
REMOVE_TAGS = Argument("remove_tags", TAGS, "tags to take off", default="none")


def build(call: Call) -> Built:
    """Return the step; what it changes is there for every later condition."""
    fields, add, remove = call.fields.get(SET), call.fields.get(ADD_TAGS), call.fields.get(REMOVE_TAGS)
    if not call.fields.unread and not any(call.fields.has(each) for each in (SET, ADD_TAGS, REMOVE_TAGS)):
        call.context.findings.add(
            "PC1102",
            call.verb.span,
            "this `update` changes nothing",
            expected="`set`, `add_tags` or `remove_tags`",
        )
    both = sorted(set(add or ()) & set(remove or ()))
    if both:
        call.context.findings.add(
            "PC1334",
            call.fields.span_of(REMOVE_TAGS),
            f"`{both[0]}` is put on and taken off at once",
            expected="one of both",
        )
    undo, _ = call.block("undo", call.scope)
    if not (fields or add or remove):
        return None, call.scope
    step = Update(
        path=call.path,
        fields=fields or (),
        add_tags=add or (),
        remove_tags=remove or (),
        undo=undo,
        id=call.text("id"),
        note=call.text("note"),
    )
    return step, call.scope


UPDATE = Verb(
    name="update",
    says="Changes what is known of the customer: fields and tags. Conditions read tags as `customer.tags`.",
    arguments=(SET, ADD_TAGS, REMOVE_TAGS),
    beside=("undo",),
    build=build,
    example="- update: {add_tags: vip}",
)
