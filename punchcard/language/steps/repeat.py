"""`repeat`: the same steps again."""

from __future__ import annotations

from punchcard.language.expressions import Condition
from punchcard.language.grammar import Argument, Built, Call, Verb
from punchcard.language.kinds import CONDITION, COUNT, unread
from punchcard.language.names import ROUND
from punchcard.language.nodes import Node
from punchcard.language.scope import Scope, joined
from punchcard.language.working import PATIENCE
from punchcard.plan.conditions import Apply, Const, Expression, Field, Segment
from punchcard.plan.model import After, Repeat

MOST_ROUNDS = 400
TIMES = Argument("times", COUNT, f"how many rounds at most, up to {MOST_ROUNDS}", required=True)
EVERY = Argument(
    "every", PATIENCE, "how long after one another rounds begin at least", default="the next begins at once"
)
UNTIL: Argument[Node] = Argument(
    "until",
    unread("a condition", CONDITION.written, CONDITION.shape),
    "ends it, looked at before each round; what the steps make can be named",
    default="all rounds",
)


def build(call: Call) -> Built:
    """Return the step; what its steps have made is known after it if there is a first round for certain."""
    times = call.fields.get(TIMES)
    _check_rounds(call, times)
    inside = call.scope.with_facts(ROUND).repeated(times)
    steps, after_round = call.block("steps", inside)
    if "steps" not in call.beside:
        expected = "`steps:` beside `repeat`, with what is done in each round"
        call.context.findings.add(
            "PC1321", call.verb.span, "this `repeat` repeats nothing", expected=expected
        )
    elif steps and not after_round.reachable:
        message = "the first round always ends the instance, so nothing is repeated"
        call.context.findings.add("PC1325", call.verb.span, message, expected="a way that does not `stop`")
    after = after_round.outside(call.scope)
    until = _until(call, after)
    made = frozenset(after_round.made) - frozenset(call.scope.made)
    every = call.fields.get(EVERY)
    if not call.fields.has(UNTIL) and isinstance(every, After):
        after = after.older(((times or 1) - 1) * every.millis, but=made)
    if until is not None and not _never_met(until.expression, made):
        after = joined((call.scope, after))
    if times is None or not steps:
        return None, after
    step = Repeat(
        path=call.path,
        times=times,
        steps=steps,
        every=every,
        until=None if until is None else until.expression,
        source=None if until is None else until.source,
        id=call.text("id"),
        note=call.text("note"),
    )
    return step, after


def _check_rounds(call: Call, times: int | None) -> None:
    """Rounds within rounds multiply, and an instance goes through so many at most."""
    rounds = (times or 1) * call.scope.rounds
    if rounds > MOST_ROUNDS:
        many = f"{times} rounds" if call.scope.rounds == 1 else f"{call.scope.rounds} times {times} rounds"
        span = call.fields.span_of(TIMES)
        call.context.findings.add(
            "PC1324", span, f"{many} are too many", expected=f"at most {MOST_ROUNDS} in all"
        )


def _until(call: Call, after: Scope) -> Condition | None:
    node = call.fields.get(UNTIL)
    if node is None:
        return None
    return CONDITION.read(node, call.context.within(after))


def _never_met(expression: Expression, absent: frozenset[str]) -> bool:
    """Whether a condition cannot be met while these names stand for nothing, as before the first round."""
    match expression:
        case Field(path=path):
            return path[0] in absent
        case Apply(operator="and", operands=operands):
            return any(_never_met(each, absent) for each in operands)
        case Apply(operator="or", operands=operands):
            return all(_never_met(each, absent) for each in operands)
        case _:
            return _is_absent(expression, absent)


def _is_absent(expression: Expression, absent: frozenset[str]) -> bool:
    match expression:
        case Const():
            return False
        case Field(path=path):
            return path[0] in absent
        case Apply(operator="and" | "or", operands=operands):
            return all(_is_absent(each, absent) for each in operands)
        case Apply(operands=operands):
            return any(_is_absent(each, absent) for each in operands)
        case Segment():
            return False


REPEAT = Verb(
    name="repeat",
    says=(
        "Goes through its steps several times. `until` is looked at before each round, the first one too; and as soon "
        "as something happens while the next round is waited for. `round.number` is the number of the round. A name "
        "that a round makes stands for the latest of its kind."
    ),
    arguments=(TIMES, EVERY, UNTIL),
    main="times",
    beside=("steps",),
    build=build,
    example=(
        "- repeat: {times: 3, every: 7 days, until: coupon.redeemed}\n  steps:\n    - send: redeem-reminder"
    ),
)
