"""`approve`: a decision that people make."""

from __future__ import annotations

from collections.abc import Iterator

from punchcard.language.grammar import Argument, Built, Call, Verb
from punchcard.language.making import claim_name
from punchcard.language.nearest import nearest
from punchcard.language.scope import Errand, Scope, joined
from punchcard.language.steps.asking_people import BY, UP_TO, WORDS
from punchcard.plan.model import Approve, Branch

DECISIONS = ("approved", "rejected")
DO = Argument(
    "do",
    WORDS,
    "what is done if it is approved, for whoever decides; it may name what messages may name",
    default="the campaign's title alone",
)


def build(call: Call) -> Built:
    """Return the approval; a decision without a branch of its own goes on behind it."""
    by, up_to = call.fields.get(BY), call.fields.get(UP_TO)
    name = claim_name(call, "approval", Errand)
    scope = call.scope.with_made(name, Errand("approve", call.verb.span)) if name else call.scope
    ways = tuple(_branches(call, scope))
    otherwise, after_otherwise = call.block("otherwise", scope)
    arrivals = [after_otherwise, *(after for _, after in ways)]
    decided = {branch.name for branch, _ in ways}
    if decided != set(DECISIONS):
        arrivals.append(scope)
    if "approved" not in decided and not ("rejected" in decided and otherwise):
        call.context.findings.add(
            "PC1332",
            call.verb.span,
            "what follows happens whatever is decided here",
            expected="`branches:` with `approved:`, or with `rejected:` and an `otherwise:` that stop",
        )
    after = joined(tuple(arrivals))
    if not (by and up_to and name) or (call.fields.has(DO) and call.fields.get(DO) is None):
        return None, after
    step = Approve(
        path=call.path,
        name=name,
        do=call.fields.get(DO),
        by=by,
        up_to=up_to,
        branches=tuple(branch for branch, _ in ways),
        otherwise=otherwise,
        id=call.text("id"),
        note=call.text("note"),
    )
    return step, after


def _branches(call: Call, scope: Scope) -> Iterator[tuple[Branch, Scope]]:
    for key, steps, after in call.branches(lambda key: scope):
        if key.value in DECISIONS:
            yield Branch(key.value, steps), after
            continue
        call.context.findings.add(
            "PC1333",
            key.span,
            f"`{key.value}` is no decision",
            expected="`approved` or `rejected`",
            suggestion=nearest(key.value, DECISIONS),
        )


APPROVE = Verb(
    name="approve",
    says=(
        "Asks people for a decision, in the console and the API: goes on in the branch `approved` or `rejected`, "
        "in `otherwise` if nobody decided. Of several roles each has its turn of `up_to`."
    ),
    arguments=(DO, BY, UP_TO),
    beside=("as", "branches", "otherwise"),
    build=build,
    example=(
        '- approve: {do: "50 USD for {{ customer.first_name }}", by: manager, up_to: 2 days}\n  branches:'
        "\n    approved:\n      - send: thank-you\n"
        "  otherwise:\n    - stop: nobody decided"
    ),
)
