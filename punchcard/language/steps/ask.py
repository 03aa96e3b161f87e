"""`ask`: a question to the customer, and the wait for its answer."""

from dataclasses import replace

from punchcard.language.answers import ANSWER
from punchcard.language.channels import OF_THE_MESSAGE
from punchcard.language.grammar import Argument, Built, Call, Verb
from punchcard.language.kinds import MESSAGE_NAME
from punchcard.language.making import claim_name
from punchcard.language.scope import Reply, joined
from punchcard.language.templates import check_message
from punchcard.language.working import PATIENCE
from punchcard.plan.model import Ask

MESSAGE = Argument("message", MESSAGE_NAME, "the message that asks", required=True)
SHAPE = Argument("answer", ANSWER, "what can be answered", required=True)
UP_TO = Argument("up_to", PATIENCE, "how long the answer is waited for", required=True)


def build(call: Call) -> Built:
    """Return the question; its answer has a value only in `then`."""
    message, shape, up_to = call.fields.get(MESSAGE), call.fields.get(SHAPE), call.fields.get(UP_TO)
    if message:
        check_message(message, call.fields.span_of(MESSAGE), call.context)
    name = claim_name(call, "reply", Reply)
    asked = Reply(shape, call.verb.span)
    before = call.scope.with_made(name, replace(asked, answered=True)) if name else call.scope
    unanswered = call.scope.with_made(name, asked) if name else call.scope
    then, after_then = call.block("then", before)
    otherwise, after_otherwise = call.block("otherwise", unanswered)
    after = joined((after_then, after_otherwise))
    if not (message and shape and up_to and name):
        return None, after
    step = Ask(
        path=call.path,
        name=name,
        message=message,
        answer=shape,
        up_to=up_to,
        then=then,
        otherwise=otherwise,
        id=call.text("id"),
        note=call.text("note"),
    )
    return step, after


ASK = Verb(
    name="ask",
    says="Sends a message that asks something and waits for the answer: `then` with it, `otherwise` without.",
    arguments=(MESSAGE, SHAPE, UP_TO),
    beside=("as", "then", "otherwise"),
    build=build,
    elsewhere=OF_THE_MESSAGE,
    example="- ask: {message: how-was-it, answer: 1..5, up_to: 14 days}\n  as: reply",
)
