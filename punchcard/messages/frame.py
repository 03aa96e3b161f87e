"""What stands around a message's own words: the brand, the answers, the reason and the ways out."""

from dataclasses import dataclass
from typing import Literal

from babel import Locale

from punchcard.messages.catalogue import (
    UNSUBSCRIBE,
    VIEW,
    WHY_MARKETING,
    WHY_TRANSACTIONAL,
    WRITE_ANSWER,
    translate,
)
from punchcard.messages.colour import is_colour
from punchcard.messages.markup import Link

Purpose = Literal["marketing", "transactional"]


@dataclass(frozen=True)
class AnswerLink:
    """One answer to the message's question, and the page where the customer gives it.

    Without a label, the page where the customer writes one.
    """

    label: str | None
    url: str


@dataclass(frozen=True)
class Frame:
    """The frame of one e-mail; a marketing message cannot be without `unsubscribe_url`.

    `reason` replaces the sentence that says why the customer gets this; `address` is the
    sender's postal address; `colour` is the brand's, as `#rrggbb`.
    """

    brand: str
    purpose: Purpose
    unsubscribe_url: str | None = None
    view_url: str | None = None
    address: str | None = None
    reason: str | None = None
    answers: tuple[AnswerLink, ...] = ()
    colour: str = "#2457d6"

    def __post_init__(self) -> None:
        if self.purpose == "marketing" and not self.unsubscribe_url:
            raise ValueError("a marketing message needs its unsubscribe_url")
        if not is_colour(self.colour):
            raise ValueError(f"the brand's colour is {self.colour!r}; write it as #rrggbb")

    def reason_in(self, locale: Locale) -> str:
        """Why the customer gets this message, in the locale's language."""
        if self.reason:
            return self.reason
        why = WHY_MARKETING if self.purpose == "marketing" else WHY_TRANSACTIONAL
        return translate(why, locale) % {"brand": self.brand}

    def choices(self, locale: Locale) -> tuple[Link, ...]:
        """The answers to choose from; where the customer writes one, the way there."""
        write = translate(WRITE_ANSWER, locale)
        return tuple(Link(answer.label or write, answer.url) for answer in self.answers)

    def ways_out(self, locale: Locale) -> tuple[Link, ...]:
        """The links at the foot of the message."""
        links = ((UNSUBSCRIBE, self.unsubscribe_url), (VIEW, self.view_url))
        return tuple(Link(translate(text, locale), url) for text, url in links if url)
