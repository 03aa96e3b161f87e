"""A campaign's messages on its page: what each looks like before any customer gets it."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import escape

from punchcard.messages.mistake import RenderFailure
from punchcard.plan.model import Plan
from punchcard.preview import Sender, preview
from punchcard.samples import Sample
from punchcard.wording.names import title_of
from punchcard.wording.speech import Speech


@dataclass(frozen=True, slots=True)
class Preview:
    """One message in one language, or why it cannot be shown; `written` and `subject` are as written."""

    message: str
    title: str
    language: str
    purpose: str
    subject: str
    written: str
    problem: str


def previews(plan: Plan, sender: Sender, now: int) -> list[Preview]:
    """Return every message of a plan in each of its languages, in the name of a shop, as if they were sent now."""
    shown = []
    for message in plan.messages:
        for text in message.texts:
            subject, problem = text.subject, ""
            try:
                subject = preview(Sample(plan, now), sender, message, text.language).subject
            except RenderFailure as failure:
                problem = str(failure)
            shown.append(
                Preview(
                    message.name,
                    title_of(message.name),
                    text.language,
                    message.purpose,
                    subject,
                    text.body,
                    problem,
                )
            )
    return shown


def preview_html(speech: Speech, sample: Sample, sender: Sender, name: str, language: str) -> str:
    """Return a message as the HTML of an e-mail; where it cannot be filled, a sentence that says why."""
    try:
        return preview(sample, sender, sample.plan.message(name), language).html
    except (RenderFailure, KeyError) as failure:
        words = speech.gettext("This message cannot be shown: %(reason)s")
        return f"<p>{escape(words % {'reason': failure})}</p>"
