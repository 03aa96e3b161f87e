"""`event`: something named has happened, such as a review written."""

from types import MappingProxyType

from punchcard.language.grammar import Argument, Context, Fields, TriggerRow
from punchcard.language.kinds import IDENTIFIER
from punchcard.language.names import OCCASION
from punchcard.language.nearest import listed, nearest
from punchcard.language.scope import Scope
from punchcard.language.triggers.filtering import WHERE
from punchcard.language.undeclared import remedy, schema_file
from punchcard.plan.triggers import EventTrigger

NAME = Argument("name", IDENTIFIER, "the event's name, as it is posted", required=True)
ONCE_PER = Argument(
    "once_per",
    IDENTIFIER,
    "the field of which each value counts once for a customer",
    default="the event's id",
)


def names(fields: Fields, context: Context) -> Scope:
    """An occasion of an event has its fields: the declared ones, or any if none are declared."""
    name = fields.get(NAME)
    declared = context.events.get(name or "")
    if declared is None:
        return Scope(facts=MappingProxyType({"event": "any", **OCCASION}), undeclared=name, event=name)
    fields_known = {f"event.{each}": kind for each, kind in declared.items()}
    return Scope(facts=MappingProxyType({**fields_known, **OCCASION}), event=name)


def build(fields: Fields, context: Context) -> EventTrigger | None:
    """Return the trigger; the event and its field must be declared where events are."""
    name, once_per, where = fields.get(NAME), fields.get(ONCE_PER), fields.get(WHERE)
    if name is None or (fields.has(ONCE_PER) and once_per is None) or (fields.has(WHERE) and where is None):
        return None
    if context.events and name not in context.events:
        context.findings.add(
            "PC1303",
            fields.span_of(NAME),
            f"there is no event `{name}`",
            expected=f"{listed(context.events)}, or {remedy(name)}",
            suggestion=nearest(name, context.events),
        )
    declared = context.events.get(name)
    if once_per and declared is not None and once_per not in declared:
        context.findings.add(
            "PC1401",
            fields.span_of(ONCE_PER),
            f"`{name}` has no field `{once_per}`",
            expected=listed(declared),
            suggestion=nearest(once_per, declared),
        )
    required = context.programme.required.get(name)
    if once_per and once_per in (declared or {}) and required is not None and once_per not in required:
        context.findings.add(
            "PC1517",
            fields.span_of(ONCE_PER),
            f"an event `{name}` need not have `{once_per}`, and without it starts nothing",
            expected=f"`{once_per}` among what `{schema_file(name)}` says is `required`",
        )
    money = tuple(field for field, kind in (declared or {}).items() if kind == "money")
    return EventTrigger(name=name, once_per=once_per, where=where.expression if where else None, money=money)


EVENT = TriggerRow(
    name="event",
    says="An event of this name has happened to the customer.",
    arguments=(NAME, ONCE_PER, WHERE),
    main="name",
    names=names,
    build=build,
    example="when:\n  event: {name: review_written, once_per: product}",
)
