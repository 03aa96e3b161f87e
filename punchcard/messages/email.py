"""One e-mail from a message's template, its values and its frame: subject, text and HTML."""

from collections.abc import Mapping
from dataclasses import dataclass

from punchcard.messages.frame import Frame
from punchcard.messages.inspection import inspect_template
from punchcard.messages.letter import opening, render_letter
from punchcard.messages.localisation import Localisation, localisation
from punchcard.messages.markup import read_blocks
from punchcard.messages.mistake import RenderFailure
from punchcard.messages.page import render_page
from punchcard.messages.sandbox import fill
from punchcard.messages.text import close_holes, one_line


@dataclass(frozen=True)
class MessageText:
    """What the marketer wrote, for one language."""

    subject: str
    body: str


@dataclass(frozen=True)
class RenderedEmail:
    """What the customer gets: a subject of one line, and the same content as text and as HTML."""

    subject: str
    text: str
    html: str
    language: str


def render(
    message: MessageText,
    *,
    context: Mapping[str, object],
    language: str,
    zone: str,
    frame: Frame,
) -> RenderedEmail:
    """The e-mail in the customer's language (`de`, `pt-BR`) and IANA zone.

    The context holds texts, numbers, `Money`, dates, aware datetimes, None for what is
    absent, and mappings and lists of these. Raises `RenderFailure`, which trying again won't cure.
    """
    show = localisation(language, zone)
    subject = one_line(_filled("subject", message.subject, context, show))
    blocks = read_blocks(_filled("body", message.body, context, show))
    html = render_page(subject, opening(blocks), blocks, frame, show.locale)
    text = render_letter(blocks, frame, show.locale)
    return RenderedEmail(subject, text, html, str(show.locale).replace("_", "-"))


def _filled(part: str, template: str, context: Mapping[str, object], show: Localisation) -> str:
    mistakes = inspect_template(template).mistakes
    if mistakes:
        first = mistakes[0]
        place = f"the message's {part}, line {first.line}, column {first.column}"
        raise RenderFailure(f"{place}: {first.reason}; {first.remedy}")
    try:
        return close_holes(fill(template, context, show))
    except RenderFailure as cause:
        raise RenderFailure(f"the message's {part}: {cause}") from cause
