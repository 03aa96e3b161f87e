"""What is wrong with a text, where, and what to write instead: values, never exceptions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from punchcard.language.codes import AFTERTHOUGHTS, CODES, CONSEQUENCES, Severity
from punchcard.language.nodes import Span
from punchcard.language.unfit import Unfit

MOST = 500
PAGE = "docs/reference/diagnostics.md"


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding; line and column count from 1, in characters."""

    code: str
    severity: Severity
    file: str
    line: int
    column: int
    length: int
    message: str
    expected: str | None = None
    suggestion: str | None = None

    @property
    def address(self) -> str:
        """The page that explains this code."""
        return f"{PAGE}#{self.code.lower()}"

    def as_data(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return {
            "code": self.code,
            "severity": self.severity,
            "file": self.file,
            "line": self.line,
            "column": self.column,
            "length": self.length,
            "message": self.message,
            "expected": self.expected,
            "suggestion": self.suggestion,
            "address": self.address,
        }


def diagnostic(
    code: str, span: Span, message: str, expected: str | None = None, suggestion: str | None = None
) -> Diagnostic:
    """Return what is found at a place; of several lines, the first is marked."""
    source = span.source
    line, column = source.place(span.start)
    room = len(source.lines[line - 1]) - column + 1
    length = max(1, min(span.end - span.start, room))
    severity = CODES[code].severity
    return Diagnostic(code, severity, source.name, line, column, length, message, expected, suggestion)


class Findings:
    """Collects diagnostics while a campaign is read; the same one is kept once."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, int, int, str], Diagnostic] = {}
        self._order: dict[str, int] = {}
        self._refused = False
        self._full = False

    def add(
        self,
        code: str,
        span: Span,
        message: str,
        *,
        expected: str | None = None,
        suggestion: str | None = None,
    ) -> None:
        """Note a mistake: `message` says what is wrong, `expected` what fits, `suggestion` what was likely meant."""
        if self._full:
            return
        if len(self._found) == MOST:
            self._full = True
            code, message = "PC1016", f"there are more than {MOST} findings"
            expected, suggestion = "these to be mended first", None
        elif CODES[code].severity == "error":
            self._refused = True
        found = diagnostic(code, span, message, expected, suggestion)
        self._order.setdefault(found.file, len(self._order))
        self._found.setdefault((found.file, found.line, found.column, message), found)

    def refuse(self, span: Span, unfit: Unfit) -> None:
        """Note that a value does not fit its place."""
        self.add(unfit.code, span, unfit.reason, expected=unfit.expected, suggestion=unfit.suggestion)

    def names(self, source_name: str) -> None:
        """Fix a file's place in the order of the report."""
        self._order.setdefault(source_name, len(self._order))

    def settle(self, *, damaged: bool) -> None:
        """Forget what may merely follow from an error, or from lines that had to be taken out."""
        gone = CONSEQUENCES if damaged else AFTERTHOUGHTS if self._refused else frozenset()
        self._found = {key: found for key, found in self._found.items() if found.code not in gone}

    def drop(self, found: Iterable[Diagnostic]) -> None:
        """Forget these findings."""
        gone = set(found)
        self._found = {key: each for key, each in self._found.items() if each not in gone}

    @property
    def full(self) -> bool:
        """Whether there are so many that no more are taken."""
        return self._full

    @property
    def files(self) -> frozenset[str]:
        """The names of the files that were read."""
        return frozenset(self._order)

    @property
    def refused(self) -> bool:
        """Whether anything forbids the campaign to run: an error, or what could not be shown any more."""
        return self._refused or self._full

    def sorted(self) -> tuple[Diagnostic, ...]:
        """Return all findings by file, line and column."""
        return tuple(
            sorted(
                self._found.values(),
                key=lambda found: (
                    self._order[found.file],
                    found.line,
                    found.column,
                    found.code,
                    found.message,
                ),
            )
        )
