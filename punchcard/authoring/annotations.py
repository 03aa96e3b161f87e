"""Diagnostics as GitHub's workflow commands, which show them at their lines in a pull request."""

from __future__ import annotations

from punchcard.language.codes import CODES
from punchcard.language.diagnostics import Diagnostic


def annotation(found: Diagnostic) -> str:
    """Return the line that a workflow prints: `::error file=…,line=…::message`."""
    properties = {
        "file": found.file,
        "line": found.line,
        "endLine": found.line,
        "col": found.column,
        "endColumn": found.column + found.length,
        "title": f"{found.code}: {CODES[found.code].title}",
    }
    where = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
    expected = f"\nexpected: {found.expected}" if found.expected else ""
    suggestion = f"\nwrite: {found.suggestion}" if found.suggestion else ""
    return f"::{found.severity} {where}::{_data(f'{found.message}{expected}{suggestion}')}"


def _data(text: str) -> str:
    """Escape a message: the runner reads one line, and `%` begins its escapes."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """Escape a property, which also ends at a comma or a colon."""
    return _data(text).replace(":", "%3A").replace(",", "%2C")
