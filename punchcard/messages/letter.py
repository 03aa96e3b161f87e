"""A message as plain text, for those who read mail without HTML."""

from typing import assert_never

from babel import Locale

from punchcard.messages import text
from punchcard.messages.catalogue import YOUR_ANSWER, translate
from punchcard.messages.frame import Frame
from punchcard.messages.markup import Block, Bold, Button, Link, Paragraph, Span

SIGNATURE = "-- "  # what follows is not part of the message proper (RFC 3676, 4.3)


def render_letter(blocks: tuple[Block, ...], frame: Frame, locale: Locale) -> str:
    """The body, the answers and the foot, with each address written out."""
    parts = [_block(block) for block in blocks]
    choices = frame.choices(locale)
    if choices:
        lines = [f"{choice.text}: {text.address(choice.target)}" for choice in choices]
        parts.append("\n".join([translate(YOUR_ANSWER, locale), *lines]))
    foot = [frame.reason_in(locale)]
    foot += [f"{link.text}: {text.address(link.target)}" for link in frame.ways_out(locale)]
    foot += [frame.address] if frame.address else []
    parts.append("\n".join([SIGNATURE, frame.brand, *foot]))
    return "\n\n".join(parts) + "\n"


def opening(blocks: tuple[Block, ...], length: int = 90) -> str:
    """The first words of the body: what a mailbox shows beside the subject."""
    for block in blocks:
        if isinstance(block, Paragraph):
            words = " ".join("".join(_words(span) for span in line) for line in block.lines)
            line = " ".join(words.split())
            return line if len(line) <= length else line[: length - 1].rstrip() + "…"
    return ""


def _block(block: Block) -> str:
    match block:
        case Paragraph(lines):
            return "\n".join("".join(_span(span) for span in line) for line in lines)
        case Button(label, target):
            return f"{text.plain(label)}: {text.address(target)}"
        case _:
            assert_never(block)


def _span(span: Span) -> str:
    match span:
        case str():
            return text.plain(span)
        case Bold(spans):
            return "".join(_span(each) for each in spans)
        case Link(label, target):
            shown, leads_to = text.plain(label), text.address(target)
            written = leads_to.removeprefix("mailto:")
            return shown if shown == written else f"{shown} ({written})"
        case _:
            assert_never(span)


def _words(span: Span) -> str:
    match span:
        case str():
            return text.plain(span)
        case Bold(spans):
            return "".join(_words(each) for each in spans)
        case Link(label):
            return text.plain(label)
        case _:
            assert_never(span)
