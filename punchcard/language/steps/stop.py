"""`stop`: the end of the instance."""

from punchcard.language.grammar import Argument, Built, Call, Verb
from punchcard.language.kinds import TEXT
from punchcard.plan.model import Stop

REASON = Argument("reason", TEXT, "why, for the journal", required=True)


def build(call: Call) -> Built:
    """Return the step; nothing behind it is reached."""
    step = Stop(path=call.path, reason=call.fields.get(REASON), id=call.text("id"), note=call.text("note"))
    return step, call.scope.closed()


STOP = Verb(
    name="stop",
    says="Ends the instance. What was given stays given.",
    arguments=(REASON,),
    main="reason",
    build=build,
    later=("undo",),
    example="- stop: the customer has answered",
)
