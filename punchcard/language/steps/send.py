"""`send`: a message to the customer."""

from punchcard.language.channels import CHANNELS, OF_THE_MESSAGE, RECIPIENT
from punchcard.language.grammar import Argument, Built, Call, Verb
from punchcard.language.kinds import MESSAGE_NAME, one_of
from punchcard.language.scope import joined
from punchcard.language.templates import check_message, codes_named
from punchcard.plan.model import Send

MESSAGE = Argument("message", MESSAGE_NAME, "the message's name", required=True)
BY = Argument("by", CHANNELS, "by which channels, in turn", default="email")
TO = Argument("to", RECIPIENT, "who gets it", default="customer")
QUIET_HOURS = Argument(
    "quiet_hours",
    one_of("keep", "ignore"),
    "whether the message waits for the end of the programme's quiet hours where this step sends it",
    default="as the message says",
)


def build(call: Call) -> Built:
    """Return the step, and check that its message can be filled in here."""
    name, quiet = call.fields.get(MESSAGE), call.fields.get(QUIET_HOURS)
    if name is None:
        return None, call.scope
    check_message(name, call.fields.span_of(MESSAGE), call.context)
    on_error, after_error = call.block("on_error", call.scope)
    after = joined((call.scope, after_error)) if "on_error" in call.beside else call.scope
    undo, _ = call.block("undo", call.scope)
    step = Send(
        path=call.path,
        message=name,
        codes=codes_named(name, call.context),
        disturbs=None if quiet is None else quiet == "ignore",
        on_error=on_error,
        undo=undo,
        id=call.text("id"),
        note=call.text("note"),
    )
    return step, after


SEND = Verb(
    name="send",
    says=(
        "Sends a message by e-mail. Whether it may be sent is decided and recorded then: where it may not, it goes on "
        "without it; where quiet hours or a cap keep it back, it waits. "
        "`on_error` follows if it cannot be delivered: the address is refused, or the mail server is not reached for "
        "about 25 minutes. A message that is held back (no consent, too late) is no error. "
        "A message that names a reward's code is not sent once no use of it is left, unless it stands where that is "
        "known (`then` of a wait for it, `if: coupon.redeemed`)."
    ),
    arguments=(MESSAGE, BY, TO, QUIET_HOURS),
    main="message",
    beside=("on_error", "undo"),
    build=build,
    elsewhere=OF_THE_MESSAGE,
    example="- send: you-earned-it",
)
