"""`task`: something that people are to do, and the wait until they have."""

from __future__ import annotations

from punchcard.language.grammar import Argument, Built, Call, Verb
from punchcard.language.making import claim_name
from punchcard.language.scope import Errand, joined
from punchcard.language.steps.asking_people import BY, UP_TO, WORDS
from punchcard.plan.model import Task

DO = Argument("do", WORDS, "what is to be done; it may name what messages may name", required=True)


def build(call: Call) -> Built:
    """Return the task; both ways lead on behind it unless they stop."""
    do, by, up_to = call.fields.get(DO), call.fields.get(BY), call.fields.get(UP_TO)
    name = claim_name(call, "task", Errand)
    scope = call.scope.with_made(name, Errand("task", call.verb.span)) if name else call.scope
    then, after_then = call.block("then", scope)
    otherwise, after_otherwise = call.block("otherwise", scope)
    after = joined((after_then, after_otherwise))
    if not (do and by and up_to and name):
        return None, after
    step = Task(
        path=call.path,
        name=name,
        do=do,
        by=by,
        up_to=up_to,
        then=then,
        otherwise=otherwise,
        id=call.text("id"),
        note=call.text("note"),
    )
    return step, after


TASK = Verb(
    name="task",
    says=(
        "Asks people to do something, in the console and the API: `then` once it is done, `otherwise` if nobody "
        "did it. Of several roles each has its turn of `up_to`."
    ),
    arguments=(DO, BY, UP_TO),
    beside=("as", "then", "otherwise"),
    build=build,
    example=(
        '- task: {do: "Call {{ customer.first_name }}", by: [service, manager], up_to: 2 days}\n'
        "  otherwise:\n    - stop: nobody called"
    ),
)
