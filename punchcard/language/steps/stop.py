"""`stop`: the end of the instance."""

from punchcard.language.grammar import Argument, Built, Call, Verb
from punchcard.language.kinds import TEXT, YES_NO
from punchcard.plan.model import Stop

REASON = Argument("reason", TEXT, "why, for the journal", required=True)
UNDO = Argument(
    "undo",
    YES_NO,
    "whether what was done so far is taken back first: the `undo` of each step that this instance has done, the "
    "latest first",
    default="no",
)


def build(call: Call) -> Built:
    """Return the step; nothing behind it is reached."""
    step = Stop(
        path=call.path,
        reason=call.fields.get(REASON),
        takes_back=call.fields.get(UNDO) is True,
        id=call.text("id"),
        note=call.text("note"),
    )
    return step, call.scope.closed()


STOP = Verb(
    name="stop",
    says="Ends the instance. What was given stays given; with `undo`, steps that have an `undo` are taken back.",
    arguments=(REASON, UNDO),
    main="reason",
    build=build,
    example="- stop: the customer has answered",
)
