"""The table of what can be expected."""

from __future__ import annotations

from punchcard.language.grammar import Argument, Fields
from punchcard.language.kinds import IDENTIFIER, LANGUAGE, MESSAGE_NAME, one_of
from punchcard.language.nearest import listed
from punchcard.language.steps.reward import DISCOUNT_KIND, FREE, GIFT, ORDERS, SHIPPING
from punchcard.language.trials.model import (
    Asked,
    CalledFor,
    Charged,
    Ended,
    GivenBack,
    NotStarted,
    Owed,
    Rewarded,
    Sign,
    Stuck,
    TakenBack,
    Told,
    Words,
)
from punchcard.language.trials.reading import Reading, Row
from punchcard.language.trials.standing import STANDS
from punchcard.language.trials.values import ANY_TEXT, DAY, SEVERAL, SUM, TEXTS
from punchcard.plan.dispositions import MEANINGS, NO_START
from punchcard.plan.model import Ask, walk

NAME = Argument("name", IDENTIFIER, "the reward's name", required=True)
VALUE = Argument(
    "value", DISCOUNT_KIND, "what it is worth, as the campaign writes it", default="whatever it is"
)
OTHERS = tuple(
    Argument(each.name, each.kind, each.says, default="whatever it is") for each in (FREE, SHIPPING, GIFT)
)
FOR_ORDERS = Argument(ORDERS.name, ORDERS.kind, ORDERS.says, default="whatever it is")
TIMES = Argument("times", SEVERAL, "how many of them", default="1")
EXPIRES = Argument("expires", DAY, "the day on which it ends, or `never`", default="whenever it is")


def _reward(fields: Fields, reading: Reading) -> Sign | None:
    name = fields.get(NAME)
    if name is None or not reading.is_known(name, "reward", reading.rewards, fields.span_of(NAME)):
        return None
    worth = next((each for kind in (VALUE, *OTHERS) if (each := fields.get(kind)) is not None), None)
    return Rewarded(name, worth, fields.get(EXPIRES), fields.get(FOR_ORDERS))


REWARD: Row[Sign] = Row(
    "reward",
    "The customer gets a reward.",
    (NAME, VALUE, *OTHERS, FOR_ORDERS, EXPIRES, TIMES),
    _reward,
    "- reward: {name: coupon, value: 20%, expires: 2026-04-01}",
    "name",
)

MESSAGE = Argument("name", MESSAGE_NAME, "the message's name", required=True)
SUBJECT = Argument("subject", ANY_TEXT, "the whole subject", default="whatever it is")
CONTAINS = Argument("contains", TEXTS, "words that its text has", default="nothing in particular")
LACKS = Argument("lacks", TEXTS, "words that its text does not have", default="nothing in particular")
IN_LANGUAGE = Argument("language", LANGUAGE, "the language of its words", default="whichever it is")
REASONS = (
    "no_consent",
    "no_address",
    "too_late",
    "capped",
    "reversed",
    "redeemed",
    "reward_refused",
    "erased",
)
SUPPRESSED = Argument("suppressed", one_of(*REASONS), "why it was held back", default="it goes out")


def _message(fields: Fields, reading: Reading) -> Sign | None:
    name = fields.get(MESSAGE)
    if name is None or not reading.is_known(name, "message", reading.messages, fields.span_of(MESSAGE)):
        return None
    return Told(name, _words(fields, reading, name), fields.get(SUPPRESSED))


def _words(fields: Fields, reading: Reading, message: str | None) -> Words:
    """Return what is expected of the words of a message, or of a task, which has no message."""
    language = fields.get(IN_LANGUAGE)
    spoken = [text.language for text in reading.messages[message].texts] if message is not None else []
    if language is not None and language not in spoken:
        reading.context.findings.add(
            "PC2005",
            fields.span_of(IN_LANGUAGE),
            f"`{message}` has no words in {language}",
            expected=listed(spoken),
        )
    return Words(fields.get(SUBJECT), fields.get(CONTAINS) or (), fields.get(LACKS) or (), language)


TOLD: Row[Sign] = Row(
    "message",
    "A message goes out, or with `suppressed` it is held back.",
    (MESSAGE, SUBJECT, CONTAINS, LACKS, IN_LANGUAGE, SUPPRESSED, TIMES),
    _message,
    '- message: {name: you-earned-it, subject: "Your 20% is here, Ann"}',
    "name",
)

QUESTION = Argument("name", IDENTIFIER, "the question's name", required=True)


def _question(fields: Fields, reading: Reading) -> Sign | None:
    name = fields.get(QUESTION)
    if not reading.is_known(name, "question", reading.questions, fields.span_of(QUESTION)):
        return None
    asks = [each for each in walk(reading.plan.steps) if isinstance(each, Ask) and each.name == name]
    return Asked(name or "", _words(fields, reading, asks[0].message))


ASKED: Row[Sign] = Row(
    "question",
    "A question is put in a message, which needs no line of its own: what is expected of its words stands here.",
    (QUESTION, SUBJECT, CONTAINS, LACKS, IN_LANGUAGE),
    _question,
    "- question: {name: reply, contains: How was it?}",
    "name",
)


def _revoked(fields: Fields, reading: Reading) -> Sign | None:
    name = fields.get(NAME)
    if name is None or not reading.is_known(name, "reward", reading.rewards, fields.span_of(NAME)):
        return None
    return TakenBack(name)


def _given_back(fields: Fields, reading: Reading) -> Sign | None:
    name = fields.get(NAME)
    if name is None or not reading.is_known(name, "reward", reading.rewards, fields.span_of(NAME)):
        return None
    return GivenBack(name, fields.get(EXPIRES))


REVOKED: Row[Sign] = Row(
    "revoked", "An unused reward is taken back.", (NAME,), _revoked, "- revoked: coupon", "name"
)
GIVEN_BACK: Row[Sign] = Row(
    "given_back",
    "A reward that was taken back is good again: the same code, for as long as it was good when it was taken.",
    (NAME, EXPIRES),
    _given_back,
    "- given_back: {name: coupon, expires: 2026-04-01}",
    "name",
)

DEBT = Argument("amount", SUM, "how much it took off", default="whatever it is")


def _owed(fields: Fields, reading: Reading) -> Sign | None:
    name = fields.get(NAME)
    if name is None or not reading.is_known(name, "reward", reading.rewards, fields.span_of(NAME)):
        return None
    return Owed(name, fields.get(DEBT))


OWED: Row[Sign] = Row(
    "owed",
    "What a redeemed reward took off is owed: its order was refunded, and the campaign says `on_refund: debt`.",
    (NAME, DEBT),
    _owed,
    "- owed: {name: coupon, amount: 10}",
    "name",
)

ERROR = Argument("error", ANY_TEXT, "words of its description", required=True)


def _incident(fields: Fields, reading: Reading) -> Sign | None:
    return Stuck(fields.get(ERROR))


INCIDENT: Row[Sign] = Row(
    "incident",
    "A step is stuck, and an operator has to decide.",
    (ERROR,),
    _incident,
    "- incident: budget",
    "error",
)

OUTCOMES = ("completed", "stopped", "cancelled", "reversed")
OUTCOME = Argument("outcome", one_of(*OUTCOMES), "how it ends", required=True)
BECAUSE = Argument(
    "reason", ANY_TEXT, "the reason of the `stop`, or of who ended it", default="whatever it is"
)


def _end(fields: Fields, reading: Reading) -> Sign | None:
    outcome = fields.get(OUTCOME)
    return None if outcome is None else Ended(outcome, fields.get(BECAUSE))


END: Row[Sign] = Row(
    "end",
    "The instance ends. An end as `completed` may go unsaid.",
    (OUTCOME, BECAUSE),
    _end,
    "- end: {outcome: stopped, reason: the gift has expired}",
    "outcome",
)

WHY = Argument("why", one_of(*NO_START), "why not", required=True)


def _not_started(fields: Fields, reading: Reading) -> Sign | None:
    why = fields.get(WHY)
    return None if why is None else NotStarted(why)


NOT_STARTED: Row[Sign] = Row(
    "not_started",
    "Something was earned that starts no instance. This may go unsaid. "
    + " ".join(f"`{word}`: {MEANINGS[word]}." for word in NO_START),
    (WHY,),
    _not_started,
    "- not_started: over_limit",
    "why",
)

TASK_NAME = Argument("name", IDENTIFIER, "its name", required=True)
BY = Argument("by", IDENTIFIER, "whose turn it is", default="whoever's")


def _task(fields: Fields, reading: Reading) -> Sign | None:
    name, by = fields.get(TASK_NAME), fields.get(BY)
    if name is None or not reading.is_known(name, "task", reading.tasks, fields.span_of(TASK_NAME)):
        return None
    if fields.has(BY) and not reading.is_known(by, "role", reading.tasks[name], fields.span_of(BY)):
        return None
    return Charged(name, by, _words(fields, reading, None))


TASK: Row[Sign] = Row(
    "task",
    "A task, or a decision, comes to be with a role: as its step begins, and with each turn.",
    (TASK_NAME, BY, CONTAINS, LACKS),
    _task,
    "- task: {name: call, by: service, contains: order o-17}",
    "name",
)

CALL_NAME = Argument("name", IDENTIFIER, "the call's name", required=True)
IN_REQUEST = Argument(
    "contains", TEXTS, "words that its address or its body has", default="nothing in particular"
)
FAILED = Argument("failed", ANY_TEXT, "words of why it came to nothing", default="it succeeds")


def _call(fields: Fields, reading: Reading) -> Sign | None:
    name = fields.get(CALL_NAME)
    if name is None or not reading.is_known(name, "call", reading.calls, fields.span_of(CALL_NAME)):
        return None
    return CalledFor(name, fields.get(IN_REQUEST) or (), fields.get(FAILED))


CALL: Row[Sign] = Row(
    "call",
    "Another system is called; with `failed` it comes to nothing, and `on_error` follows.",
    (CALL_NAME, IN_REQUEST, FAILED, TIMES),
    _call,
    "- call: {name: packing, contains: o-17}",
    "name",
)

SIGNS: tuple[Row[Sign], ...] = (
    REWARD,
    TOLD,
    ASKED,
    TASK,
    CALL,
    REVOKED,
    GIVEN_BACK,
    OWED,
    INCIDENT,
    END,
    NOT_STARTED,
    STANDS,
)
