"""What changes in the messages: which there are, what they are for, and their words in each language."""

from __future__ import annotations

from collections.abc import Iterator

from punchcard.plan.model import Message, MessageText, Plan
from punchcard.wording.comparing.change import Change, lines_changed
from punchcard.wording.letters import languages_words, purpose_words
from punchcard.wording.names import title_of
from punchcard.wording.speech import Speech


def letters_changed(speech: Speech, old: Plan, new: Plan) -> list[Change]:
    """Return the changes, the new version's messages in their order first."""
    return list(_changes(speech, old, new))


def _changes(speech: Speech, old: Plan, new: Plan) -> Iterator[Change]:
    before = {message.name: message for message in old.messages}
    for message in new.messages:
        if message.name in before:
            yield from _message(speech, before[message.name], message)
        else:
            yield Change("added", None, _whole(speech, message), _called(speech, message))
    kept = {message.name for message in new.messages}
    for message in old.messages:
        if message.name not in kept:
            yield Change("removed", _whole(speech, message), None, _called(speech, message))


def _message(speech: Speech, old: Message, new: Message) -> Iterator[Change]:
    yield from lines_changed(
        [purpose_words(speech, old.purpose)], [purpose_words(speech, new.purpose)], _called(speech, new)
    )
    before = {text.language: text for text in old.texts}
    after = {text.language: text for text in new.texts}
    for language in dict.fromkeys([*after, *before]):
        yield from _text(speech, new, language, before.get(language), after.get(language))


def _text(
    speech: Speech, message: Message, language: str, old: MessageText | None, new: MessageText | None
) -> Iterator[Change]:
    facts = {"message": _called(speech, message), "language": speech.language_name(language)}
    whole = speech.gettext("%(message)s in %(language)s") % facts
    subject = speech.gettext("%(message)s in %(language)s, subject") % facts
    if old is None or new is None:
        if new is not None:
            yield Change("added", None, new.subject, whole)
        if old is not None:
            yield Change("removed", old.subject, None, whole)
        return
    if old.subject != new.subject:
        yield Change("changed", old.subject, new.subject, subject)
    yield from lines_changed(_paragraphs(old.body), _paragraphs(new.body), whole)


def _paragraphs(body: str) -> list[str]:
    return [" ".join(part.split()) for part in body.split("\n\n") if part.strip()]


def _called(speech: Speech, message: Message) -> str:
    return speech.quote(title_of(message.name))


def _whole(speech: Speech, message: Message) -> str:
    words = speech.gettext("%(purpose)s, subject %(subject)s, in %(languages)s")
    return words % {
        "purpose": purpose_words(speech, message.purpose),
        "subject": speech.quote(message.texts[0].subject),
        "languages": languages_words(speech, message.texts),
    }
