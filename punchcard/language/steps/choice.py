"""`if`: one of two ways, by a condition."""

from punchcard.language.grammar import Argument, Built, Call, Verb
from punchcard.language.kinds import CONDITION
from punchcard.language.scope import joined
from punchcard.plan.model import If

CONDITION_ARGUMENT = Argument("condition", CONDITION, "what decides", required=True)


def build(call: Call) -> Built:
    """Return the step; what both ways have made is known after it."""
    condition = call.fields.get(CONDITION_ARGUMENT)
    redeemed = condition.requires_redeemed() if condition else frozenset()
    used_up = condition.requires_used_up() if condition else frozenset()
    returned = condition.requires_reply() if condition else frozenset()
    there = condition.requires_there() if condition else frozenset()
    met = call.scope.redeemed(redeemed).redeemed(used_up, last=True).returned(returned).with_holding(there)
    then, after_then = call.block("then", met)
    otherwise, after_otherwise = call.block("otherwise", call.scope)
    if "then" not in call.beside and "otherwise" not in call.beside:
        call.context.findings.add(
            "PC1302", call.verb.span, "this `if` leads nowhere", expected="`then:` with steps beside `if`"
        )
    after = joined((after_then, after_otherwise))
    if condition is None:
        return None, after
    step = If(
        path=call.path,
        condition=condition.expression,
        source=condition.source,
        then=then,
        otherwise=otherwise,
        id=call.text("id"),
        note=call.text("note"),
    )
    return step, after


IF = Verb(
    name="if",
    says="Goes on in `then` if the condition is met, in `otherwise` if not. Something absent means: not met.",
    arguments=(CONDITION_ARGUMENT,),
    main="condition",
    beside=("then", "otherwise"),
    build=build,
    example="- if: coupon.redeemed\n  then:\n    - send: thank-you\n  otherwise:\n    - send: last-reminder",
)
