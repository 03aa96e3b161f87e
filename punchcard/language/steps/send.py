"""`send`: a message to the customer."""

from punchcard.language.grammar import Argument, Built, Call, Verb
from punchcard.language.kinds import MESSAGE_NAME
from punchcard.language.templates import check_message
from punchcard.plan.model import Send

MESSAGE = Argument("message", MESSAGE_NAME, "the message's name", required=True)


def build(call: Call) -> Built:
    """Return the step, and check that its message can be filled in here."""
    name = call.fields.get(MESSAGE)
    if name is None:
        return None, call.scope
    check_message(name, call.fields.span_of(MESSAGE), call.context)
    return Send(path=call.path, message=name, id=call.text("id"), note=call.text("note")), call.scope


SEND = Verb(
    name="send",
    says="Sends a message by e-mail. The step goes on at once; whether it may be sent is decided and recorded then.",
    arguments=(MESSAGE,),
    main="message",
    build=build,
    later=("by", "to", "quiet_hours"),
    example="- send: you-earned-it",
)
