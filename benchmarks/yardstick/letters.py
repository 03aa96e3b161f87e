"""The three e-mails of the hand-written journey: Jinja2 templates, compiled once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from jinja2 import Environment, StrictUndefined, Template

from punchcard.channels.channel import Envelope

_UNSUBSCRIBE = "https://shop.example/unsubscribe"
_HTML = """<!doctype html><html><body style="font-family:sans-serif;background:#f4f4f5">
<table role="presentation" width="100%"><tr><td align="center"><table role="presentation" width="600">
<tr><td style="padding:24px;background:#ffffff;font-size:16px;line-height:24px">{{ text | e | replace("\\n", "<br>") }}
</td></tr></table></td></tr></table></body></html>"""

_WORDS = {
    "you-earned-it": (
        "Your 20% is here, {{ first_name }}",
        "Thank you for spending with us.\nUse {{ code }} before {{ expires }}.\n",
    ),
    "redeem-reminder": (
        "{{ first_name }}, your 20% is still waiting",
        "Your code {{ code }} is good until {{ expires }}.\n",
    ),
    "how-was-it": (
        "How was it, {{ first_name }}?",
        "Tell us from 1 to 5: https://shop.example/answers/{{ journey }}\n",
    ),
}


@dataclass(frozen=True, slots=True)
class Letter:
    """The templates of one message."""

    subject: Template
    text: Template


_ENVIRONMENT = Environment(undefined=StrictUndefined, autoescape=False)
_PAGE = _ENVIRONMENT.from_string(_HTML)
LETTERS = {
    name: Letter(_ENVIRONMENT.from_string(subject), _ENVIRONMENT.from_string(text))
    for name, (subject, text) in _WORDS.items()
}


def write_letter(name: str, recipient: str, mail_id: str, values: dict[str, object]) -> Envelope:
    """Return the e-mail of that name as text and HTML."""
    letter = LETTERS[name]
    text = letter.text.render(values)
    return Envelope(
        message_id=mail_id,
        recipient=recipient,
        subject=letter.subject.render(values),
        text=text,
        html=_PAGE.render(text=text),
        date=datetime.now(UTC),
        unsubscribe_url=_UNSUBSCRIBE,
    )
