"""The table of deeds: what can happen in a story."""

from __future__ import annotations

from typing import Any, Literal, cast

from punchcard.language.grammar import Argument, Fields
from punchcard.language.kinds import IDENTIFIER, TEXT, YES_NO, one_of
from punchcard.language.nearest import listed, nearest
from punchcard.language.trials.model import (
    Answered,
    Changed,
    Decided,
    Deed,
    Erased,
    Happened,
    Operated,
    Redeemed,
    Replying,
    StartedByHand,
)
from punchcard.language.trials.orders import OCCURRED, ORDER, REFUND
from punchcard.language.trials.people import PERSON, person
from punchcard.language.trials.reading import Reading, Row
from punchcard.language.trials.values import ANY_TEXT, SUM, VALUES, typed
from punchcard.language.undeclared import remedy
from punchcard.plan.triggers import EventTrigger, ManualTrigger

REWARD = Argument("reward", IDENTIFIER, "the reward's name", required=True)
PRICE = Argument("amount", SUM, "the price of the goods", default="unknown")
FOR = Argument("order", ANY_TEXT, "the id of the order that it is used for", default="unknown")
IS_REFUSED = Argument("refused", YES_NO, "whether the till is to say no", default="no")


def _redeem(fields: Fields, reading: Reading) -> Deed | None:
    reward = fields.get(REWARD)
    if reward is None or not reading.is_known(reward, "reward", reading.rewards, fields.span_of(REWARD)):
        return None
    return Redeemed(reward, fields.get(PRICE), fields.get(IS_REFUSED) is True, fields.get(FOR))


REDEEM: Row[Deed] = Row(
    "redeem",
    "The customer shows the latest code of a reward at the till.",
    (REWARD, PRICE, FOR, IS_REFUSED),
    _redeem,
    "- redeem: coupon",
    "reward",
)

ANSWER_TEXT = Argument("answer", ANY_TEXT, "what is answered", required=True)
TO = Argument("to", IDENTIFIER, "the question's name", default="the latest question")
NOT_TAKEN = Argument(
    "refused",
    YES_NO,
    "whether the answer is not to be taken: another one stands already, or the question has no such answer",
    default="no",
)


def _answer(fields: Fields, reading: Reading) -> Deed | None:
    answer, to = fields.get(ANSWER_TEXT), fields.get(TO)
    if answer is None:
        return None
    if fields.has(TO) and not reading.is_known(to, "question", reading.questions, fields.span_of(TO)):
        return None
    return Answered(answer, to, fields.get(NOT_TAKEN) is True)


ANSWER: Row[Deed] = Row(
    "answer",
    "The customer answers a question. The first answer counts: a second one needs `refused: yes`.",
    (ANSWER_TEXT, TO, NOT_TAKEN),
    _answer,
    "- answer: 5",
    "answer",
)

NAME = Argument("name", IDENTIFIER, "the event's name, as it is posted", required=True)
DATA = Argument("data", VALUES, "its fields", default="none")


def _event(fields: Fields, reading: Reading) -> Deed | None:
    name = fields.get(NAME)
    if name is None:
        return None
    trigger = reading.plan.trigger
    if isinstance(trigger, EventTrigger) and trigger.name == name and name not in reading.context.events:
        message = f"nobody has declared the event `{name}`"
        reading.context.findings.add("PC2005", fields.span_of(NAME), message, expected=remedy(name))
        return None
    if not reading.is_known(name, "event", reading.context.events, fields.span_of(NAME)):
        return None
    types = reading.context.events[name]
    for field, choices in reading.context.programme.choices.get(name, {}).items():
        given = (fields.get(DATA) or {}).get(field)
        if given is not None and given.value not in choices:
            reading.context.findings.add(
                "PC1416",
                given.span,
                f"`{field}` of the event `{name}` is never `{given.value}`",
                expected=listed(choices),
                suggestion=nearest(given.value, choices),
            )
    return Happened(
        name, typed(fields.get(DATA), types, f"the event `{name}`", reading.context), fields.get(OCCURRED)
    )


EVENT: Row[Deed] = Row(
    "event",
    "A named event happens to the customer.",
    (NAME, DATA, OCCURRED),
    _event,
    "- event: {name: review_written, data: {product: mug, rating: 5}}",
    "name",
)

INPUTS = Argument("inputs", VALUES, "what is handed over", default="nothing")


def _start(fields: Fields, reading: Reading) -> Deed | None:
    trigger = reading.plan.trigger
    if not isinstance(trigger, ManualTrigger):
        message, expected = "nobody starts this campaign by hand", "`when: manual` in the campaign"
        reading.context.findings.add("PC2009", fields.span, message, expected=expected)
        return None
    types = {each.name: each.type for each in trigger.inputs}
    given = typed(fields.get(INPUTS), types, "this campaign", reading.context)
    missing = [name for name in types if name not in (fields.get(INPUTS) or {})]
    if missing:
        message = f"`{missing[0]}` is not handed over"
        reading.context.findings.add(
            "PC2009", fields.span, message, expected=f"`inputs` with {listed(types, 'and')}"
        )
    return StartedByHand(given)


START: Row[Deed] = Row(
    "start",
    "Somebody starts the campaign for the customer by hand.",
    (INPUTS,),
    _start,
    "- start: {inputs: {order_number: o-17, damage: 75, by_phone: no}}",
)


def _profile(fields: Fields, reading: Reading) -> Deed | None:
    return Changed(person(fields, reading.context))


PROFILE: Row[Deed] = Row(
    "profile",
    "What is known of the customer changes.",
    PERSON,
    _profile,
    "- profile: {language: de, consents: {marketing: no}}",
)

WHOM = Argument("whom", one_of("customer"), "whose data", required=True)


def _erase(fields: Fields, reading: Reading) -> Deed | None:
    return Erased() if fields.get(WHOM) else None


ERASE: Row[Deed] = Row(
    "erase",
    "The customer's data are erased, as they have asked for; what was earned and given stays.",
    (WHOM,),
    _erase,
    "- erase: customer",
    "whom",
)

TARGET = Argument("target", one_of("campaign", "instance"), "what is meant", required=True)
REASON = Argument("reason", TEXT, "why", default="none")


def _operating(deed: Literal["pause", "resume", "cancel", "retry", "skip"]) -> Any:
    def build(fields: Fields, reading: Reading) -> Deed | None:
        target = cast("Literal['campaign', 'instance']", fields.get(TARGET) or "instance")
        return Operated(deed, target, fields.get(REASON))

    return build


PAUSE: Row[Deed] = Row(
    "pause",
    "Somebody pauses the whole campaign, or the customer's latest instance.",
    (TARGET, REASON),
    _operating("pause"),
    "- pause: campaign",
    "target",
)
RESUME: Row[Deed] = Row(
    "resume",
    "Somebody lets it go on.",
    (TARGET, REASON),
    _operating("resume"),
    "- resume: campaign",
    "target",
)
CANCEL: Row[Deed] = Row(
    "cancel",
    "Somebody ends the customer's latest instance.",
    (REASON,),
    _operating("cancel"),
    "- cancel: the customer has closed the account",
    "reason",
)
RETRY: Row[Deed] = Row(
    "retry",
    "Somebody lets the step that is stuck try again.",
    (REASON,),
    _operating("retry"),
    "- retry: the budget was raised",
    "reason",
)
SKIP: Row[Deed] = Row(
    "skip",
    "Somebody goes past the step that is stuck or waits.",
    (REASON,),
    _operating("skip"),
    "- skip: the customer was called",
    "reason",
)

TASK_NAME = Argument("task", IDENTIFIER, "the task's name", required=True)


def _done(fields: Fields, reading: Reading) -> Deed | None:
    task = fields.get(TASK_NAME)
    if task is None or not reading.is_known(task, "task", reading.tasks, fields.span_of(TASK_NAME)):
        return None
    return Decided("done", task)


DONE: Row[Deed] = Row("done", "Somebody has done a task.", (TASK_NAME,), _done, "- done: call", "task")

VERDICT = Argument("verdict", one_of("approved", "rejected"), "what is decided", required=True)
OF_TASK = Argument("of", IDENTIFIER, "the approval's name", default="the latest one")


def _decide(fields: Fields, reading: Reading) -> Deed | None:
    task, verdict = fields.get(OF_TASK), fields.get(VERDICT)
    if fields.has(OF_TASK) and not reading.is_known(task, "approval", reading.tasks, fields.span_of(OF_TASK)):
        return None
    return None if verdict is None else Decided(cast("Literal['approved', 'rejected']", verdict), task)


DECIDE: Row[Deed] = Row(
    "decide",
    "Somebody approves or rejects.",
    (VERDICT, OF_TASK),
    _decide,
    "- decide: approved",
    "verdict",
)

CALL_NAME = Argument("call", IDENTIFIER, "the call's name", required=True)
REPLY_FIELDS = Argument("with", VALUES, "fields of the reply", default="none")
REPLY_ERROR = Argument("error", ANY_TEXT, "why it fails for good", default="it succeeds")
# How a campaign's types are written in tests.
_POSTED = {"text": "text", "number": "number", "money": "amount", "date": "date", "flag": "flag"}


def _reply(fields: Fields, reading: Reading) -> Deed | None:
    name = fields.get(CALL_NAME)
    if name is None or not reading.is_known(name, "call", reading.calls, fields.span_of(CALL_NAME)):
        return None
    types = {each.name: _POSTED[each.type] for each in reading.calls[name].returns}
    given = typed(fields.get(REPLY_FIELDS), types, f"`returns` of `{name}`", reading.context)
    return Replying(name, given, fields.get(REPLY_ERROR))


REPLY: Row[Deed] = Row(
    "reply",
    "From now on another system answers a call with these fields, or fails. What the story does not say is answered "
    "with success, and without fields.",
    (CALL_NAME, REPLY_FIELDS, REPLY_ERROR),
    _reply,
    "- reply: {call: packing, with: {parcel: P-7}}",
    "call",
)

DEEDS: tuple[Row[Deed], ...] = (
    ORDER,
    REFUND,
    REDEEM,
    ANSWER,
    EVENT,
    START,
    DONE,
    DECIDE,
    REPLY,
    PROFILE,
    ERASE,
    PAUSE,
    RESUME,
    CANCEL,
    RETRY,
    SKIP,
)
