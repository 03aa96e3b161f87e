"""`reward`: a reward of another campaign is about to expire, or was redeemed."""

from __future__ import annotations

from types import MappingProxyType

from punchcard.language.durations import duration
from punchcard.language.grammar import Argument, Context, Fields, TriggerRow
from punchcard.language.kinds import ELAPSED, NAME, TIME_OF_DAY, YES_NO
from punchcard.language.names import EXPIRING, REDEEMED
from punchcard.language.nodes import Scalar
from punchcard.language.scope import Scope
from punchcard.language.triggers.filtering import CUSTOMERS, WHO, unread
from punchcard.language.triggers.skipping import warn_of_skipped
from punchcard.plan.triggers import NINE, RewardTrigger

OF = Argument("of", NAME, "the campaign that has given the reward", required=True)
EXPIRES_IN = Argument(
    "expires_in",
    ELAPSED,
    "how long before its end, if it is unused then",
    default="`expires_in` or `redeemed: yes` must be given",
)
AT = Argument(
    "at",
    TIME_OF_DAY,
    "with days or weeks, the time of day on that local day before it ends",
    default="09:00, with days or weeks",
)
USED = Argument("redeemed", YES_NO, "when it was used", default="no")


def names(fields: Fields, context: Context) -> Scope:
    """An occasion of a reward knows it as `given`."""
    if fields.has(USED) and fields.get(USED) is None:
        return Scope(facts=MappingProxyType({**EXPIRING, **REDEEMED}))
    return Scope(facts=REDEEMED if fields.get(USED) is True else EXPIRING)


def build(fields: Fields, context: Context) -> RewardTrigger | None:
    """Return the trigger: about to expire, or redeemed."""
    of, span, used, where = fields.get(OF), fields.get(EXPIRES_IN), fields.get(USED) is True, fields.get(WHO)
    if of is None or unread(fields, EXPIRES_IN, AT, USED, WHO):
        return None
    if fields.has(EXPIRES_IN) == used:
        message = "a reward is about to expire, or it was redeemed" if used else "this does not say when"
        place = fields.entries["expires_in"].key.span if used else fields.span
        context.findings.add(
            "PC1103", place, message, expected="either `expires_in: 7 days` or `redeemed: yes`"
        )
        return None
    if used and fields.has(WHO):
        context.findings.add(
            "PC1103",
            fields.entries["where"].key.span,
            "`where` belongs to `expires_in`",
            expected="an `if` as the first step, which decides when the reward was redeemed",
        )
        return None
    if fields.has(AT) and not _in_days(fields):
        context.findings.add(
            "PC1103",
            fields.entries["at"].key.span,
            "`at` belongs to an `expires_in` of whole days",
            expected="`expires_in: 5 days` beside it, or no `at`",
        )
        return None
    minute = (fields.get(AT) if fields.has(AT) else NINE) if _in_days(fields) else None
    if minute is not None:
        warn_of_skipped(context, fields.span_of(AT) if fields.has(AT) else fields.span, (minute,))
    return RewardTrigger(of=of, expires_in=span, minute=minute, where=where.expression if where else None)


def _in_days(fields: Fields) -> bool:
    """Whether the span is written in days or weeks, so that it means a local day and not elapsed hours."""
    if not fields.has(EXPIRES_IN):
        return False
    written = fields.entries["expires_in"].value
    found = duration(written.value) if isinstance(written, Scalar) else None
    return found is not None and found.days is not None


REWARD = TriggerRow(
    name="reward",
    says="A reward that another campaign has given expires soon and is unused, or it was redeemed. Once for each "
    "reward; an instance that waits for the end of a reward is ended when that is used or taken back.",
    arguments=(OF, EXPIRES_IN, AT, USED, WHO),
    names=names,
    filtered=CUSTOMERS,
    build=build,
    example="when:\n  reward: {of: spend-and-save, expires_in: 7 days, at: 10:00}",
)
