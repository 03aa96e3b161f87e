"""A campaign's messages: what each is for, its subject and its languages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from punchcard.plan.model import Message, Plan, QuietHours
from punchcard.wording.letters import languages_words, purpose_words, subject_words
from punchcard.wording.names import title_of
from punchcard.wording.often import often_words
from punchcard.wording.sections.line import Line
from punchcard.wording.speech import Speech
from punchcard.wording.things import rewards_of


def lines(speech: Speech, plan: Plan) -> Iterator[Line]:
    """Yield each message, then what the purposes mean."""
    for message in plan.messages:
        words = speech.gettext("“%(name)s”: %(purpose)s, subject %(subject)s, in %(languages)s.")
        told = words % {
            "name": title_of(message.name),
            "purpose": purpose_words(speech, message.purpose),
            "subject": speech.quote(subject_words(speech, message)),
            "languages": languages_words(speech, message.texts),
        }
        yield Line(" ".join([told, *_exceptions(speech, plan, message)]))
    yield from _rules(speech, plan)


def _exceptions(speech: Speech, plan: Plan, message: Message) -> Iterator[str]:
    """Where a message is treated otherwise than the rest."""
    if plan.contact is None:
        return
    if plan.contact.quiet is not None and message.disturbs and message.purpose == "marketing":
        yield speech.gettext("It goes out in quiet hours too.")
    if plan.contact.caps and message.deferred:
        yield speech.gettext("What exceeds the cap is sent later.")


def _rules(speech: Speech, plan: Plan) -> Iterator[Line]:
    """What holds of all messages: consent, quiet hours, caps."""
    if any(message.purpose == "marketing" for message in plan.messages):
        if rewards_of(plan):
            words = speech.gettext(
                "Marketing goes only to customers who have agreed to it; the reward is given all the same."
            )
        else:
            words = speech.gettext("Marketing goes only to customers who have agreed to it.")
        yield Line(words)
    if plan.contact is None:
        return
    if plan.contact.quiet is not None:
        yield from _quiet(speech, plan, plan.contact.quiet)
        if plan.pace is not None and any(message.purpose == "marketing" for message in plan.messages):
            yield Line(
                speech.gettext("The pace is that of starts: all that has waited goes out at once then.")
            )
    for cap in plan.contact.caps:
        words = speech.gettext("Of all campaigns together, a customer gets marketing %(often)s.")
        yield Line(words % {"often": often_words(speech, cap)})


def _quiet(speech: Speech, plan: Plan, quiet: QuietHours) -> Iterator[Line]:
    """Which messages wait for the end of the quiet hours, and which do not."""
    hours = {"begin": speech.minute(quiet.start), "end": speech.minute(quiet.end)}
    waiting = [message for message in plan.messages if not message.disturbs]
    others = [message for message in plan.messages if message.disturbs]
    if not others:
        words = speech.gettext(
            "Between %(begin)s and %(end)s in the customer's time zone nobody is written to: marketing waits."
        )
        yield Line(words % hours)
        return
    if waiting:
        words = speech.ngettext(
            "Between %(begin)s and %(end)s in the customer's time zone one message waits: %(names)s.",
            "Between %(begin)s and %(end)s in the customer's time zone these messages wait: %(names)s.",
            len(waiting),
        )
        yield Line(words % {**hours, "names": _named(speech, waiting)})
    if all(message.purpose == "transactional" for message in others):
        words = speech.ngettext(
            "%(names)s goes out at any hour, also between %(begin)s and %(end)s, since it is transactional.",
            "%(names)s go out at any hour, also between %(begin)s and %(end)s, since they are transactional.",
            len(others),
        )
    else:
        words = speech.ngettext(
            "%(names)s goes out at any hour, also between %(begin)s and %(end)s.",
            "%(names)s go out at any hour, also between %(begin)s and %(end)s.",
            len(others),
        )
    yield Line(words % {**hours, "names": _named(speech, others)})


def _named(speech: Speech, messages: Iterable[Message]) -> str:
    return speech.both([speech.quote(title_of(message.name)) for message in messages])
