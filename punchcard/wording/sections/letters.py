"""A campaign's messages: what each is for, its subject and its languages."""

from __future__ import annotations

from collections.abc import Iterator

from punchcard.plan.model import Plan
from punchcard.wording.letters import languages_words, purpose_words, subject_words
from punchcard.wording.names import title_of
from punchcard.wording.sections.line import Line
from punchcard.wording.speech import Speech


def lines(speech: Speech, plan: Plan) -> Iterator[Line]:
    """Yield each message, then what the purposes mean."""
    for message in plan.messages:
        words = speech.gettext("“%(name)s”: %(purpose)s, subject %(subject)s, in %(languages)s.")
        yield Line(
            words
            % {
                "name": title_of(message.name),
                "purpose": purpose_words(speech, message.purpose),
                "subject": speech.quote(subject_words(speech, message)),
                "languages": languages_words(speech, message.texts),
            }
        )
    if any(message.purpose == "marketing" for message in plan.messages):
        yield Line(
            speech.gettext(
                "Marketing goes only to customers who have agreed to it; the reward is given all the same."
            )
        )
