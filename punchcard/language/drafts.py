"""A campaign's messages before they are checked: their words, where those stand, and who sends them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from punchcard.language.nodes import Scalar, Span
from punchcard.plan.model import Purpose


@dataclass(frozen=True, slots=True)
class Manners:
    """What a message says of caps and quiet hours; None where it says nothing."""

    cap: str | None = None
    quiet_hours: str | None = None


@dataclass(frozen=True, slots=True)
class Words:
    """A message's words in one language, with their places."""

    language: str
    subject: Scalar | None
    body: Scalar | None
    span: Span
    purpose: Purpose | None = None
    manners: Manners = Manners()

    @property
    def scalars(self) -> tuple[Scalar, ...]:
        """The templates that could be read."""
        return tuple(each for each in (self.subject, self.body) if each is not None)


@dataclass(frozen=True, slots=True)
class Draft:
    """A message before it is checked; `span` is its name's place."""

    name: str
    span: Span
    words: tuple[Words, ...]


@dataclass(slots=True)
class Messages:
    """All messages of a campaign, and which of them some step sends; `unread` if there may be more."""

    drafts: dict[str, Draft] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    unread: bool = False

    def add(self, name: str, span: Span, words: Words) -> Words | None:
        """Add a message's words; returns those that stand there in the same language already."""
        known = self.drafts.get(name)
        if known is None:
            self.drafts[name] = Draft(name, span, (words,))
            return None
        for each in known.words:
            if each.language == words.language:
                return each
        self.drafts[name] = replace(known, words=(*known.words, words))
        return None
