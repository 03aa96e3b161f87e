"""Fixes of a diagnostic: its suggestion put in place, or a remedy. One is offered only if the check then agrees."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from punchcard.authoring.editing.change import Change, Fix
from punchcard.authoring.editing.message_remedies import message_remedies
from punchcard.authoring.editing.remedies import remedies
from punchcard.authoring.editing.study import Study, study
from punchcard.language.codes import CODES
from punchcard.language.codes import silence as silencing
from punchcard.language.comments import scalars
from punchcard.language.diagnostics import Diagnostic
from punchcard.language.files import Written
from punchcard.language.nodes import Source
from punchcard.language.source import source_of

_OWN = frozenset(code.code for code in silencing.CODES)
_FIELD = re.compile(r"\{\{.*?\}\}")
_KEY_AND_VALUE = re.compile(r"[\w-]+: \S")
_KEY_BEFORE = re.compile(r"[\w-]+:[ \t]*$")
LONGEST_TITLE = 60


def fixes(before: Study, found: Diagnostic) -> tuple[Fix, ...]:
    """Return what mends a diagnostic; for a warning also the comment that silences it, to be given its reason."""
    text = before.written.texts.get(found.file)
    if text is None:
        return ()
    source = source_of(found.file, text)
    proven = _best(before, found, _candidates(source, found))
    others = (*remedies(before, source, found), *message_remedies(before, source, found))
    further = [fix for fix in others if _mends(before, found, fix)]
    silenced = _silenced(before, source, found) if CODES[found.code].severity == "warning" else None
    return tuple(fix for fix in (proven, *further, silenced) if fix is not None)


def _mends(before: Study, found: Diagnostic, fix: Fix) -> bool:
    """Whether the check finds less after a fix, and no more mistakes."""
    again, known = _after(before, fix).checked.diagnostics, before.checked.diagnostics
    same = [each for each in again if (each.code, each.message) == (found.code, found.message)]
    gone = len(same) < sum((each.code, each.message) == (found.code, found.message) for each in known)
    return gone and _score(again)[0] <= _score(known)[0]


def breaks_nothing(before: Study, fix: Fix) -> bool:
    """Whether the check finds no more mistakes after a change."""
    return _score(_after(before, fix).checked.diagnostics)[0] <= _score(before.checked.diagnostics)[0]


def _candidates(source: Source, found: Diagnostic) -> Iterator[Fix]:
    """Yield what a suggestion may stand for: what is marked, its whole field, its key and value, or its line."""
    suggestion = found.suggestion
    if not suggestion:
        return
    start = source.offset(found.line, found.column)
    end = source.offset(found.line, found.column + found.length)
    line_start, line = source.offset(found.line, 1), source.lines[found.line - 1]

    def fix(begin: int, stop: int) -> Fix:
        title = suggestion if len(suggestion) <= LONGEST_TITLE else f"{suggestion[: LONGEST_TITLE - 1]}…"
        return Fix(f"Write `{title}`", (Change(found.file, begin, stop, suggestion),), preferred=True)

    if suggestion.startswith("{{"):
        for field in _FIELD.finditer(line):
            if field.start() <= found.column - 1 <= field.end():
                yield fix(line_start + field.start(), line_start + field.end())
        yield fix(start, end)
        return
    if suggestion.startswith("- "):
        yield fix(line_start + len(line) - len(line.lstrip()), line_start + len(line.rstrip()))
        return
    if _KEY_AND_VALUE.match(suggestion):
        key = _KEY_BEFORE.search(source.text[line_start:start])
        yield fix(line_start + key.start() if key else start, end)
        yield fix(start, line_start + len(line.rstrip()))
        return
    yield fix(start, end)


def _best(before: Study, found: Diagnostic, candidates: Iterator[Fix]) -> Fix | None:
    """Return the candidate after which the check finds least; None unless that is less than before, here."""
    scores: dict[tuple[int, int], Fix] = {}
    for fix in candidates:
        again = _after(before, fix).checked.diagnostics
        same = any(
            (each.code, each.file, each.line) == (found.code, found.file, found.line) for each in again
        )
        if not same or len(again) < len(before.checked.diagnostics):
            scores.setdefault(_score(again), fix)
    if not scores or min(scores)[0] > _score(before.checked.diagnostics)[0]:
        return None
    return scores[min(scores)]


def _score(found: Collection[Diagnostic]) -> tuple[int, int]:
    return sum(each.severity == "error" for each in found), len(found)


def _after(before: Study, fix: Fix) -> Study:
    """Return the study of the file as it is after a fix."""
    written = before.written
    text = applied(written.text, fix, before.name)
    if not fix.creates and all(change.file == before.name for change in fix.changes):
        return before.with_text(text)
    files = {
        name: applied(text, fix, (written.path.parent / name).as_posix())
        for name, text in {**written.files, **fix.creates}.items()
    }
    return study(Written(written.path, text, files, written.programme), before.programme)


def applied(text: str, fix: Fix, file: str) -> str:
    """Return a file's text after a fix."""
    text = source_of("", text).text
    for change in sorted(fix.changes, key=lambda each: each.start, reverse=True):
        if change.file == file:
            text = f"{text[: change.start]}{change.text}{text[change.end :]}"
    return text


def _silenced(before: Study, source: Source, found: Diagnostic) -> Fix | None:
    """Return the comment above a warning's line that silences it, once its author has said why."""
    if found.code in _OWN or found.file != before.name:
        return None
    place = source.offset(found.line, found.column)
    for scalar in scalars(before.seen.root):
        if scalar.span.start <= place < scalar.span.end:
            place = scalar.span.start  # within a text of several lines no comment can stand
    number, _ = source.place(place)
    line = source.lines[number - 1]
    at = source.offset(number, 1)
    indent = line[: len(line) - len(line.lstrip())]
    comment = f"{indent}# allow {found.code}: \n"
    change = Change(found.file, at, at, comment)
    return Fix(f"Allow {found.code} here, with a reason", (change,))
