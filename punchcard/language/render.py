"""Diagnostics for the terminal: the place, the line itself with a caret, and what to write instead."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from punchcard.language.diagnostics import Diagnostic

_COLOURS = {"error": "\x1b[1;31m", "warning": "\x1b[1;33m", "place": "\x1b[1;34m", "bold": "\x1b[1m"}
_PLAIN = "\x1b[0m"
WIDEST = 160


def render(diagnostics: Iterable[Diagnostic], texts: Mapping[str, str], *, colour: bool = False) -> str:
    """Return all diagnostics as text; `texts` are the files by the names that the diagnostics have."""
    lines = {name: text.replace("\r\n", "\n").replace("\r", "\n").split("\n") for name, text in texts.items()}
    return "\n".join(_one(each, lines.get(each.file, []), colour) for each in diagnostics)


def _one(found: Diagnostic, lines: list[str], colour: bool) -> str:
    """Return one diagnostic in the manner of rustc."""

    def paint(text: str, style: str) -> str:
        return f"{_COLOURS[style]}{text}{_PLAIN}" if colour else text

    number = str(found.line)
    gutter = " " * len(number)
    bar = paint("|", "place")
    parts = [
        f"{paint(f'{found.severity}[{found.code}]', found.severity)}{paint(f': {found.message}', 'bold')}",
        f"{gutter}{paint('-->', 'place')} {found.file}:{found.line}:{found.column}",
    ]
    if 0 < found.line <= len(lines):
        shown, column, length = _clipped(lines[found.line - 1], found.column, found.length)
        caret = " " * (column - 1) + paint("^" * length, found.severity)
        hint = f" write: {found.suggestion}" if found.suggestion else ""
        parts += [
            f"{gutter} {bar}",
            f"{paint(number, 'place')} {bar} {shown}".rstrip(),
            f"{gutter} {bar} {caret}{paint(hint, found.severity)}",
        ]
    elif found.suggestion:
        parts.append(f"{gutter} = write: {found.suggestion}")
    if found.expected:
        parts.append(f"{gutter} {paint('=', 'place')} expected: {found.expected}")
    parts.append(f"{gutter} {paint('=', 'place')} see: {found.address}")
    return "\n".join(parts) + "\n"


def _clipped(line: str, column: int, length: int) -> tuple[str, int, int]:
    """Return a part of a long line around the place, with tabs as single spaces."""
    line = line.replace("\t", " ")
    start = 0 if column + length < WIDEST else max(0, column - WIDEST // 3)
    shown = line[start : start + WIDEST]
    length = max(1, min(length, len(shown) - (column - start) + 1))
    return shown, column - start, length
