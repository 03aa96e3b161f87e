"""`anniversary`: something of the customer's lies whole years back."""

from __future__ import annotations

from punchcard.language.grammar import Argument, Context, Fields, TriggerRow
from punchcard.language.kinds import simple
from punchcard.language.labels import snake
from punchcard.language.names import ANNIVERSARY as NAMES
from punchcard.language.nearest import listed, nearest
from punchcard.language.scope import Scope
from punchcard.language.triggers.birthday import AT, DAYS_BEFORE
from punchcard.language.triggers.filtering import CUSTOMERS, WHO, unread
from punchcard.language.triggers.skipping import warn_of_skipped
from punchcard.language.unfit import Unfit
from punchcard.plan.triggers import NINE, AnniversaryTrigger

KNOWN = ("joining", "first_order")


def _of(text: str) -> str | Unfit:
    """Read what is celebrated: a field of the customer's may stand with or without `customer.`."""
    return snake(text.removeprefix("customer."))


OF = Argument(
    "of",
    simple("what is celebrated", (*KNOWN, "customer.member_since"), _of),
    "`joining` is when Punchcard first heard of the customer (of imported ones, the day of the import), `first_order` "
    "their first order, imported ones too; else a date of the customer's that `customer_fields` declares",
    default="joining",
)


def names(fields: Fields, context: Context) -> Scope:
    """An occasion of an anniversary has its day, and its number of years."""
    return Scope(facts=NAMES)


def build(fields: Fields, context: Context) -> AnniversaryTrigger | None:
    """Return the trigger; a field of the customer's must be declared, and be a date."""
    if unread(fields, OF, DAYS_BEFORE, AT, WHO):
        return None
    of, at, where = fields.get(OF) or "joining", fields.get(AT), fields.get(WHO)
    declared = context.programme.customer_fields
    dates = [name for name, kind in declared.items() if kind == "date"]
    if of not in KNOWN and of not in dates:
        is_own = fields.span_of(OF).text.startswith("customer.")
        is_other = f"; `{of}` is declared as {declared[of]}" if of in declared else ""
        known = listed([*KNOWN, *(f"customer.{name}" for name in dates)])
        context.findings.add(
            "PC1401",
            fields.span_of(OF),
            f"the customer has no date `{of}`{is_other}",
            expected=f"{known}; a date of your own stands under `customer_fields` in programme.yaml",
            suggestion=None if is_other else nearest(of, dates if is_own else [*KNOWN, *dates]),
        )
        return None
    minute = NINE if at is None else at
    warn_of_skipped(context, fields.span_of(AT), (minute,))
    return AnniversaryTrigger(
        of=of,
        days_before=fields.get(DAYS_BEFORE) or 0,
        minute=minute,
        where=where.expression if where else None,
    )


ANNIVERSARY = TriggerRow(
    name="anniversary",
    says="One, two, three years after the customer became known, first ordered, or whatever date is kept of them. "
    "Each year once; 29 February is kept on the 28th in other years.",
    arguments=(OF, DAYS_BEFORE, AT, WHO),
    main="of",
    names=names,
    filtered=CUSTOMERS,
    build=build,
    example="when:\n  anniversary: {of: first_order}",
)
