"""`when`: what starts an instance, read by the table of triggers."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

from punchcard.language import nodes
from punchcard.language.arguments import not_yet, read_fields
from punchcard.language.expressions import Condition
from punchcard.language.grammar import Context, Fields, TriggerRow
from punchcard.language.later import LATER_TRIGGERS
from punchcard.language.names import customers_own, has_order, orders_own
from punchcard.language.nearest import listed, nearest
from punchcard.language.nodes import Broken, Node, Scalar
from punchcard.language.scope import NOTHING, Scope
from punchcard.language.triggers import TRIGGERS
from punchcard.language.triggers.awaited import AWAITED
from punchcard.plan.triggers import Trigger

ROWS = MappingProxyType({row.name: row for row in TRIGGERS})
AWAITED_ROWS = MappingProxyType({row.name: row for row in AWAITED})
# What the occasions of a trigger may know that cannot be read: anything.
UNKNOWN = Scope(
    facts=MappingProxyType(dict.fromkeys(("order", "event", "inputs", "given", "occasion"), "any"))
)


def read_trigger(node: Node, context: Context) -> tuple[Trigger | None, Scope]:
    """Return the trigger, and what its occasions let the campaign name; anything, if it could not be read.

    The customer's own fields, which the programme declares, are known whatever the trigger; those of orders where there
    is one order.
    """
    trigger, scope = _trigger(node, context)
    fields = customers_own(context.programme) | (orders_own(context.programme) if has_order(scope) else {})
    return trigger, replace(scope, facts=MappingProxyType({**fields, **scope.facts}))


def _trigger(node: Node, context: Context) -> tuple[Trigger | None, Scope]:
    match node:
        case Scalar(empty=False, value=value) if value in ROWS and not _required(ROWS[value]):
            return _read(ROWS[value], node, Scalar("", node.span), context)
        case nodes.Mapping(entries=entries) if entries:
            for extra in entries[1:]:
                context.findings.add(
                    "PC1104",
                    extra.key.span,
                    "a campaign has one trigger, and this is another",
                    expected="one file for each trigger",
                )
            return _named(entries[0].key, entries[0].value, context)
        case Scalar(empty=False):
            return _named(node, Scalar("", node.span), context)
        case Broken():
            return None, UNKNOWN
        case nodes.Sequence():
            message = "this is a list, and a campaign has one trigger"
            expected = "the trigger's name and its arguments, such as `spend: {every: 500}`, without a dash"
            context.findings.add("PC1104", node.span, message, expected=expected)
            return None, UNKNOWN
        case _:
            context.findings.add(
                "PC1202", node.span, "`when` says nothing", expected=f"a trigger: {listed(ROWS)}"
            )
            return None, UNKNOWN


def _required(row: TriggerRow) -> bool:
    return row.name == "spend" or any(argument.required for argument in row.arguments)


def _named(key: Scalar, value: Node, context: Context) -> tuple[Trigger | None, Scope]:
    row = ROWS.get(key.value)
    if row is not None:
        if isinstance(value, Scalar) and value.empty and not _required(row):
            context.findings.add(
                "PC1301",
                key.span,
                f"`{key.value}:` has nothing behind it",
                expected="its arguments",
                suggestion=f"when: {key.value}",
            )
        return _read(row, key, value, context)
    awaited = AWAITED_ROWS.get(key.value)
    if awaited is not None:
        _read(awaited, key, value, context)
    if key.value in LATER_TRIGGERS:
        not_yet(key, f"the trigger `{key.value}`", LATER_TRIGGERS[key.value], context)
    else:
        context.findings.add(
            "PC1105",
            key.span,
            f"there is no trigger `{key.value}`",
            expected=listed(ROWS),
            suggestion=nearest(key.value, [*ROWS, *LATER_TRIGGERS]),
        )
    return None, UNKNOWN


def _read(row: TriggerRow, key: Scalar, value: Node, context: Context) -> tuple[Trigger | None, Scope]:
    """Read the arguments; `where` last, since it names what the others declare."""
    owner = f"the trigger `{row.name}`"
    by = next((argument for argument in row.arguments if argument.name == "where"), None)
    rest, where = _without_where(value) if by else (value, None)
    fields = read_fields(owner, rest, row.arguments, context, head=key.span, main=row.main)
    scope = row.names(fields, context)
    if by is not None and where is not None:
        inside = context.within(_filtered(row, scope, context))
        if context.seen is not None:
            context.seen.filtered(where.value.span, inside.scope)
        condition = by.kind.read(where.value, inside)
        if isinstance(condition, Condition):
            scope = scope.with_holding(condition.requires_there())
        fields = Fields(
            fields.span, {**fields.entries, "where": where}, {**fields.values, "where": condition}
        )
    return row.build(fields, context), scope


def _filtered(row: TriggerRow, scope: Scope, context: Context) -> Scope:
    """Return what `where` can name: the fields of what it filters, not those of the occasion that comes of it."""
    facts = {name: kind for name, kind in scope.facts.items() if not name.startswith("occasion.")}
    if row.filtered is None:
        return Scope(facts=MappingProxyType(facts), undeclared=scope.undeclared, event=scope.event)
    of_customers = customers_own(context.programme) if "customer.orders" in row.filtered else {}
    of_orders = orders_own(context.programme) if "order.id" in row.filtered else {}
    return Scope(facts=MappingProxyType({**row.filtered, **of_customers, **of_orders}))


def _without_where(node: Node) -> tuple[Node, nodes.Entry | None]:
    if not isinstance(node, nodes.Mapping):
        return node, None
    where = next((entry for entry in node if entry.key.value == "where"), None)
    return nodes.Mapping(tuple(entry for entry in node if entry is not where), node.span, node.flow), where


def nothing_known() -> Scope:
    """Return the scope before any trigger."""
    return Scope(facts=NOTHING)
