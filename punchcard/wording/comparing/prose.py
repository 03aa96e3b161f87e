"""A comparison as plain text for a terminal, where it may have colours."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from punchcard.wording.comparing.change import Change, Sign
from punchcard.wording.comparing.comparison import Comparison
from punchcard.wording.comparing.words import ALIKE, Kind, alike
from punchcard.wording.speech import Speech

SIGNS: Mapping[Sign, str] = MappingProxyType({"added": "+", "removed": "-", "changed": "~", "moved": ">"})
COLOURS: Mapping[Kind, str] = MappingProxyType({"removed": "\x1b[31m", "added": "\x1b[32m"})
MARKS: Mapping[Kind, tuple[str, str]] = MappingProxyType(
    {"same": ("", ""), "removed": ("[-", "-]"), "added": ("{+", "+}")}
)


def prose(speech: Speech, comparison: Comparison, *, colour: bool = False) -> str:
    """Return all changes below their headings; words that changed stand in `[-…-]` and `{+…+}`."""
    return "\n".join(_lines(speech, comparison, colour)) + "\n"


def _lines(speech: Speech, comparison: Comparison, colour: bool) -> Iterator[str]:
    yield comparison.title
    yield "=" * len(comparison.title)
    if comparison.equal:
        yield speech.gettext("Nothing changes.")
        return
    if not comparison.sections:
        yield speech.gettext("Nothing that can be said in words changes.")
    for section in comparison.sections:
        yield from ("", section.heading, "-" * len(section.heading))
        for change in section.changes:
            yield from _change(change, colour)
    heading = speech.gettext("What that means")
    yield from ("", heading, "-" * len(heading))
    yield from (f"- {sentence}" for sentence in comparison.meaning)


def _change(change: Change, colour: bool) -> Iterator[str]:
    head = f"{change.head}  " if change.head else ""
    if change.before is not None and change.after is not None:
        if change.before == change.after:
            yield f"{SIGNS[change.sign]} {head}{change.after}"
            return
        if alike(change.before, change.after) < ALIKE:
            yield f"- {head}{_marked('removed', change.before, colour, whole=True)}"
            yield f"+ {head}{_marked('added', change.after, colour, whole=True)}"
            return
        text = "".join(_marked(piece.kind, piece.text, colour) for piece in change.pieces)
        yield f"{SIGNS[change.sign]} {head}{text}"
        return
    (piece,) = change.pieces
    yield f"{SIGNS[change.sign]} {head}{_marked(piece.kind, piece.text, colour, whole=True)}"


def _marked(kind: Kind, text: str, colour: bool, *, whole: bool = False) -> str:
    """A whole sentence needs no marks: its sign says what it is."""
    if colour and kind in COLOURS:
        return f"{COLOURS[kind]}{text}\x1b[0m"
    before, after = ("", "") if whole else MARKS[kind]
    return f"{before}{text}{after}"
