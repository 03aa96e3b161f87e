"""The three e-mails of the hand-written journey: Jinja2 templates, in a page that a mail designer made once."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, StrictUndefined, Template

_LINKS = "https://shop.example"

# The words of definitions/spend-and-save.yaml; the page is as long as the one that Punchcard makes of them.
_WORDS = {
    "you-earned-it": (
        "Your 20% is here, {{ first_name }}",
        "Hello {{ first_name }},\n\n"
        "thank you for spending with us. You have earned 20% off your next order.\n\n"
        "Your code: {{ code }}\n\n"
        "Enter it at the checkout, or show it at the till, by {{ expires }}. It works once.\n",
    ),
    "redeem-reminder": (
        "Your 20% is still waiting",
        "Hello {{ first_name }},\n\n"
        "a week ago you earned 20% off your next order, and you have not used it yet.\n\n"
        "Your code: {{ code }}\n\n"
        "It is good until {{ expires }}.\n",
    ),
    "how-was-it": (
        "How did it go?",
        "Hello {{ first_name }},\n\n"
        "you have used your 20%. How pleased were you with that order?\n\n"
        "1 is not at all, 5 is very. One click is enough, and we read every answer.\n",
    ),
}


@dataclass(frozen=True, slots=True)
class Wording:
    """The templates of one message."""

    subject: Template
    text: Template


@dataclass(frozen=True, slots=True)
class Letter:
    """An e-mail that is ready to go out."""

    mail_id: str
    recipient: str
    first_name: str
    subject: str
    text: str
    html: str
    unsubscribe: str


_PLAIN = Environment(undefined=StrictUndefined, autoescape=False)
_PAGE = Environment(undefined=StrictUndefined, autoescape=True).from_string(
    Path(__file__).with_name("page.html").read_text()
)
_WORDINGS = {
    name: Wording(_PLAIN.from_string(subject), _PLAIN.from_string(text))
    for name, (subject, text) in _WORDS.items()
}


def write_letter(name: str, recipient: str, mail_id: str, values: dict[str, str]) -> Letter:
    """Return the e-mail of that name as text and HTML; `journey` in the values names whose answer it asks for."""
    wording = _WORDINGS[name]
    subject, text = wording.subject.render(values), wording.text.render(values)
    # So short that its header needs no folding, which would break the address.
    unsubscribe = f"{_LINKS}/u/{hashlib.sha256(recipient.encode()).hexdigest()[:32]}"
    html = _PAGE.render(
        subject=subject,
        paragraphs=text.strip().split("\n\n"),
        answers=f"{_LINKS}/a/{values['journey']}" if name == "how-was-it" else None,
        unsubscribe=unsubscribe,
    )
    return Letter(mail_id, recipient, values["first_name"], subject, text, html, unsubscribe)
