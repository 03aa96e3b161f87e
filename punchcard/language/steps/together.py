"""`together`: several ways side by side."""

from __future__ import annotations

from punchcard.language.grammar import Argument, Built, Call, Verb
from punchcard.language.kinds import one_of
from punchcard.language.labels import kebab
from punchcard.language.nodes import Scalar
from punchcard.language.scope import Scope, joined, merged
from punchcard.language.unfit import Unfit
from punchcard.plan.model import Branch, Together

WAIT_FOR = Argument(
    "wait_for", one_of("all", "any"), "when it goes on: when all ways have ended, or any", required=True
)


def build(call: Call) -> Built:
    """Return the step; after `all` everything is known that some way has made, after `any` what each has."""
    wait_for = call.fields.get(WAIT_FOR)
    ways: list[Branch] = []
    arrivals: list[Scope] = []

    def begun(key: Scalar) -> Scope:
        """What one way knows: the others may have made their things already."""
        return call.scope.beside(tuple(arrivals))

    for key, steps, after in call.branches(begun):
        name = kebab(key.value)
        if isinstance(name, Unfit):
            call.context.findings.refuse(key.span, name)
        arrivals.append(after)
        if steps:
            ways.append(Branch(key.value, steps))
    if len(arrivals) < 2:
        expected = "`branches:` beside `together`, with a name and the steps of each way; at least two"
        message = "this `together` has one way" if arrivals else "this `together` leads nowhere"
        call.context.findings.add("PC1321", call.verb.span, message, expected=expected)
    after_all = call.scope if not arrivals else (joined if wait_for == "any" else merged)(tuple(arrivals))
    if wait_for is None or len(ways) < 2:
        return None, after_all
    step = Together(
        path=call.path,
        wait_for="any" if wait_for == "any" else "all",
        branches=tuple(ways),
        id=call.text("id"),
        note=call.text("note"),
    )
    return step, after_all


TOGETHER = Verb(
    name="together",
    says=(
        "Goes several ways side by side. With `all` it goes on when the last of them has ended; with `any` when the "
        "first has, and the others end where they are: what they had not done yet is not done."
    ),
    arguments=(WAIT_FOR,),
    main="wait_for",
    beside=("branches",),
    build=build,
    example=(
        "- together: all\n"
        "  branches:\n"
        "    remind:\n"
        "      - wait: 7 days\n"
        "      - send: redeem-reminder\n"
        "    ask:\n"
        "      - wait: 3 days\n"
        "      - send: how-was-it"
    ),
)
