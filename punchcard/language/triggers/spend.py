"""`spend`: what the customer has spent since the campaign's start."""

from types import MappingProxyType

from punchcard.language.grammar import Argument, Context, Fields, TriggerRow
from punchcard.language.kinds import AMOUNT
from punchcard.language.names import COUNTED, ORDER, ORDER_IN_WHERE
from punchcard.language.scope import Scope
from punchcard.language.triggers.filtering import WHERE
from punchcard.plan.triggers import SpendTrigger

EVERY = Argument(
    "every",
    AMOUNT,
    "the amount; the remainder counts toward the next",
    default="`every` or `reaches` must be given",
)
REACHES = Argument("reaches", AMOUNT, "the amount, once", default="`every` or `reaches` must be given")


def names(fields: Fields, context: Context) -> Scope:
    """An occasion of spending has the order that caused it."""
    return Scope(facts=MappingProxyType({**ORDER, **COUNTED}))


def build(fields: Fields, context: Context) -> SpendTrigger | None:
    """Return the trigger; it counts in one way."""
    given = [argument for argument in (EVERY, REACHES) if fields.has(argument)]
    if len(given) != 1:
        message = "spend counts in one way" if given else "spend needs an amount"
        span = fields.entries["reaches"].key.span if given else fields.span
        context.findings.add("PC1103", span, message, expected="either `every: 500` or `reaches: 500`")
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
    where = fields.get(WHERE)
    if amount is None or (fields.has(WHERE) and where is None):
        return None
    return SpendTrigger(
        every=fields.get(EVERY), reaches=fields.get(REACHES), where=where.expression if where else None
    )


SPEND = TriggerRow(
    name="spend",
    says="The customer's net spend since the campaign's start crosses a further multiple of an amount, or reaches one.",
    arguments=(EVERY, REACHES, WHERE),
    main="every",
    names=names,
    filtered=ORDER_IN_WHERE,
    build=build,
    later=("carry", "within"),
    example="when:\n  spend: {every: 500}",
)
