"""A campaign's messages as a customer gets them, with made-up values."""

from __future__ import annotations

from dataclasses import dataclass

from punchcard.domain.answering import labels
from punchcard.messages.email import MessageText, RenderedEmail, render
from punchcard.messages.frame import AnswerLink, Frame
from punchcard.plan.model import Ask, FreeText, Message, Plan, walk
from punchcard.samples import Sample, sample_values

NOWHERE = "https://shop.example/"


@dataclass(frozen=True, slots=True)
class Sender:
    """In whose name messages go out: the shop's, with its postal address."""

    brand: str
    address: str | None = None


def preview(sample: Sample, sender: Sender, message: Message, language: str) -> RenderedEmail:
    """Return a message in one of its languages.

    KeyError if it has no words in it, RenderFailure if its words cannot be filled.
    """
    text = next((each for each in message.texts if each.language == language), None)
    if text is None:
        raise KeyError(language)
    frame = Frame(
        brand=sender.brand,
        purpose=message.purpose,
        unsubscribe_url=NOWHERE if message.purpose == "marketing" else None,
        address=sender.address,
        answers=_answers(sample.plan, message.name),
    )
    return render(
        MessageText(text.subject, text.body),
        context=sample_values(sample, (text.subject, text.body), message.name),
        language=language,
        zone=sample.plan.timezone,
        frame=frame,
    )


def _answers(plan: Plan, message: str) -> tuple[AnswerLink, ...]:
    asked = (step.answer for step in walk(plan.steps) if isinstance(step, Ask) and step.message == message)
    match next(asked, None):
        case None:
            return ()
        case FreeText():
            return (AnswerLink(None, NOWHERE),)
        case shape:
            return tuple(AnswerLink(label, NOWHERE) for label in labels(shape))
