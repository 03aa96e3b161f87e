"""`use`: a shared step, put in this place."""

from __future__ import annotations

from punchcard.language.grammar import Argument, Built, Call, Named, Verb
from punchcard.language.kinds import NAME, TEXT, scalar, unread
from punchcard.language.labels import SNAKE
from punchcard.language.nodes import Node
from punchcard.plan.model import Use

STEP = Argument("step", NAME, "the name of a shared step of this campaign", required=True)
WITH: Argument[Node] = Argument(
    "with",
    unread("the inputs", ("{reminder: redeem-reminder}",), Named(SNAKE.pattern, TEXT)),
    "the value of each of its inputs",
    default="none: a step with inputs needs it",
)


def build(call: Call) -> Built:
    """Return the shared step's own steps in this place; what they make is known after it."""
    name = call.fields.get(STEP)
    if name is None:
        return None, call.scope
    new = call.beside.get("as")
    if new is not None and scalar(new.value, call.context, "a name such as coupon") is None:
        return None, call.scope
    found = call.expand(name, call.fields.span_of(STEP), call.fields.get(WITH), call.text("as"))
    if found is None:
        return None, call.scope
    steps, after = found
    if not steps:
        return None, after
    return Use(path=call.path, name=name, steps=steps, id=call.text("id"), note=call.text("note")), after


USE = Verb(
    name="use",
    says=(
        "Does the steps that stand under this name below `shared:`, with `inputs.…` replaced by what `with` hands "
        "over. What they make is known after it; `as` gives it another name, where they make one thing."
    ),
    arguments=(STEP, WITH),
    main="step",
    beside=("as",),
    build=build,
    example="- use: {step: remind-twice, with: {reminder: redeem-reminder}}",
)
