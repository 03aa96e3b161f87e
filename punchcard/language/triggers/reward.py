"""`reward`: a reward of another campaign is about to expire, or was redeemed."""

from __future__ import annotations

from punchcard.language.grammar import Argument, Context, Fields, TriggerRow
from punchcard.language.kinds import ELAPSED, NAME, YES_NO
from punchcard.language.names import EXPIRING, REDEEMED
from punchcard.language.scope import Scope
from punchcard.language.triggers.filtering import CUSTOMERS, WHO, unread
from punchcard.plan.triggers import RewardTrigger

OF = Argument("of", NAME, "the campaign that has given the reward", required=True)
EXPIRES_IN = Argument(
    "expires_in",
    ELAPSED,
    "how long before its end, if it is unused then",
    default="`expires_in` or `redeemed: yes` must be given",
)
USED = Argument("redeemed", YES_NO, "when it was used", default="no")


def names(fields: Fields, context: Context) -> Scope:
    """An occasion of a reward knows it as `given`."""
    return Scope(facts=REDEEMED if fields.get(USED) is True else EXPIRING)


def build(fields: Fields, context: Context) -> RewardTrigger | None:
    """Return the trigger: about to expire, or redeemed."""
    of, span, used, where = fields.get(OF), fields.get(EXPIRES_IN), fields.get(USED) is True, fields.get(WHO)
    if of is None or unread(fields, EXPIRES_IN, USED, WHO):
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
    return RewardTrigger(of=of, expires_in=span, where=where.expression if where else None)


REWARD = TriggerRow(
    name="reward",
    says="A reward that another campaign has given expires soon and is unused, or it was redeemed. Once for each "
    "reward; an instance that waits for the end of a reward is ended when that is used or taken back.",
    arguments=(OF, EXPIRES_IN, USED, WHO),
    names=names,
    filtered=CUSTOMERS,
    build=build,
    example="when:\n  reward: {of: spend-and-save, expires_in: 7 days}",
)
