"""`spend`: what the customer has spent since the campaign's start."""

from types import MappingProxyType
from typing import Any

from punchcard.language.grammar import Argument, Context, Fields, TriggerRow
from punchcard.language.kinds import AHEAD, AMOUNT, one_of
from punchcard.language.names import COUNTED, ORDER, ORDER_IN_WHERE
from punchcard.language.scope import Scope
from punchcard.language.triggers.filtering import WHERE, unread
from punchcard.plan.model import After, AfterMonths
from punchcard.plan.order_facts import reached
from punchcard.plan.triggers import SpendTrigger

EVERY = Argument(
    "every",
    AMOUNT,
    "the amount, again and again",
    default="`every` or `reaches` must be given",
)
CARRY = Argument(
    "carry",
    one_of("keep", "drop"),
    "with `every`, whether what lies above a crossing counts toward the next",
    default="keep",
)
REACHES = Argument(
    "reaches",
    AMOUNT,
    "the amount: once, or with `within` each time anew",
    default="`every` or `reaches` must be given",
)
WITHIN = Argument(
    "within", AHEAD, "with `reaches`, in which time; each order counts in one such window", default="any time"
)


def names(fields: Fields, context: Context) -> Scope:
    """An occasion of spending has the order that caused it."""
    return Scope(facts=MappingProxyType({**ORDER, **COUNTED}), holding=reached("paid"))


def build(fields: Fields, context: Context) -> SpendTrigger | None:
    """Return the trigger; it counts in one way."""
    given = [argument for argument in (EVERY, REACHES) if fields.has(argument)]
    if len(given) != 1:
        message = "spend counts in one way" if given else "spend needs an amount"
        span = fields.entries["reaches"].key.span if given else fields.span
        context.findings.add("PC1103", span, message, expected="either `every: 500` or `reaches: 500`")
        return None
    if _misplaced(fields, context, CARRY, EVERY) or _misplaced(fields, context, WITHIN, REACHES):
        return None
    amount = fields.get(given[0])
    if amount == 0:
        context.findings.add(
            "PC1204",
            fields.span_of(given[0]),
            "an amount of nothing is reached at once",
            expected="an amount above 0",
        )
        return None
    where, within = fields.get(WHERE), fields.get(WITHIN)
    if amount is None or unread(fields, CARRY, WITHIN, WHERE):
        return None
    return SpendTrigger(
        every=fields.get(EVERY),
        drops=fields.get(CARRY) == "drop",
        reaches=fields.get(REACHES),
        within=within.millis if isinstance(within, After) else None,
        within_months=within.months if isinstance(within, AfterMonths) else None,
        where=where.expression if where else None,
    )


def _misplaced(fields: Fields, context: Context, argument: Argument[Any], owner: Argument[Any]) -> bool:
    """Whether an argument stands without the one that it belongs to; says so."""
    if not fields.has(argument) or fields.has(owner):
        return False
    context.findings.add(
        "PC1103",
        fields.entries[argument.name].key.span,
        f"`{argument.name}` belongs to `{owner.name}`",
        expected=f"`{owner.name}` beside it, or no `{argument.name}`",
    )
    return True


SPEND = TriggerRow(
    name="spend",
    says="The customer's net spend since the campaign's start crosses a further multiple of an amount, or reaches "
    "one, in all or within some time.",
    arguments=(EVERY, CARRY, REACHES, WITHIN, WHERE),
    main="every",
    names=names,
    filtered=ORDER_IN_WHERE,
    build=build,
    example="when:\n  spend: {every: 500}",
)
