"""Each kind of step in words: a short label for the picture, and a sentence for the outline and the tooltip."""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from punchcard.plan.model import AnswerShape, Ask, Choice, FreeText, If, Reward, Scale, Send, Step, Stop, Wait
from punchcard.wording.moments import limit_words, moment_name
from punchcard.wording.names import event_name, title_of
from punchcard.wording.offers import offer_words
from punchcard.wording.speech import Speech


@dataclass(frozen=True, slots=True)
class Label:
    """How a step is labelled: `kicker` is its verb, `text` its argument, `timer` its limit, `sentence` all of it."""

    kicker: str
    text: str
    sentence: str
    timer: str | None = None

    @property
    def whole(self) -> str:
        """The step in one line, as a list names it: `Wait for: coupon redeemed (7 days)`."""
        line = f"{self.kicker}: {self.text}"
        return f"{line} ({self.timer})" if self.timer else line


def step_label(speech: Speech, step: Step, currency: str) -> Label:
    """Return the words of a step."""
    match step:
        case Reward():
            return _reward(speech, step, currency)
        case Send(message=message):
            name = title_of(message)
            sentence = speech.gettext("Sends “%(message)s”") % {"message": name}
            return Label(speech.gettext("Send"), name, sentence)
        case Wait():
            return _wait(speech, step)
        case If(source=source):
            sentence = speech.gettext("Goes on by the condition: %(condition)s") % {"condition": source}
            return Label(speech.gettext("If"), source, sentence)
        case Ask():
            return _ask(speech, step)
        case Stop(reason=reason):
            sentence = speech.gettext("Ends here")
            return Label(speech.gettext("Stop"), reason or speech.gettext("End"), sentence)
        case _:
            assert_never(step)


def _reward(speech: Speech, step: Reward, currency: str) -> Label:
    worth = offer_words(speech, step.offer, currency)
    if step.expires is None:
        sentence = speech.gettext("Gives %(worth)s as %(name)s") % {"worth": worth, "name": step.name}
    else:
        sentence = speech.gettext("Gives %(worth)s as %(name)s, valid for %(span)s") % {
            "worth": worth,
            "name": step.name,
            "span": moment_name(speech, step.expires),
        }
    return Label(speech.gettext("Reward"), worth, sentence)


def _wait(speech: Speech, step: Wait) -> Label:
    until = moment_name(speech, step.until)
    if not step.events:
        sentence = speech.gettext("Waits: %(moment)s") % {"moment": until}
        return Label(speech.gettext("Wait"), until, sentence)
    events = speech.either([event_name(speech, name) for name in step.events])
    sentence = speech.gettext("Waits %(limit)s for: %(events)s") % {
        "events": events,
        "limit": limit_words(speech, step.until),
    }
    return Label(speech.gettext("Wait for"), events, sentence, until)


def _ask(speech: Speech, step: Ask) -> Label:
    name = title_of(step.message)
    sentence = speech.gettext("Asks “%(message)s” (%(answer)s) and waits %(limit)s for the answer") % {
        "message": name,
        "answer": answer_words(speech, step.answer),
        "limit": limit_words(speech, step.up_to),
    }
    return Label(speech.gettext("Ask"), name, sentence, moment_name(speech, step.up_to))


def answer_words(speech: Speech, shape: AnswerShape) -> str:
    """Return which answers a question takes: `1 to 5`."""
    match shape:
        case Scale(low=low, high=high):
            return speech.gettext("%(low)s to %(high)s") % {"low": low, "high": high}
        case Choice(options=options):
            return speech.either(list(options))
        case FreeText():
            return speech.gettext("in their own words")
        case _:
            assert_never(shape)
