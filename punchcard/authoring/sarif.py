"""Diagnostics as SARIF 2.1.0, which code hosts and editors take in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from punchcard.language.codes import CODES
from punchcard.language.compiler import Checked
from punchcard.language.diagnostics import Diagnostic
from punchcard.language.programme_file import CheckedProgramme
from punchcard.language.silence import Silenced

VERSION = "2.1.0"
SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
ROOT = "%SRCROOT%"


def sarif(results: Iterable[Checked | CheckedProgramme], version: str) -> dict[str, Any]:
    """Return one SARIF log of all that was found by this version of Punchcard.

    Files that are named by relative paths hang on `%SRCROOT%`, which a code host takes for its repository.
    """
    results = tuple(results)
    found = [each for checked in results for each in checked.diagnostics]
    silenced = [each for checked in results for each in checked.silenced]
    codes = sorted({each.code for each in (*found, *(each.diagnostic for each in silenced))})
    driver = {
        "name": "Punchcard",
        "semanticVersion": version,
        "rules": [_rule(code) for code in codes],
    }
    places = {code: index for index, code in enumerate(codes)}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [
            *(_result(each, places[each.code]) for each in found),
            *(_suppressed(each, places[each.diagnostic.code]) for each in silenced),
        ],
    }
    return {"$schema": SCHEMA, "version": VERSION, "runs": [run]}


def _rule(name: str) -> dict[str, Any]:
    code = CODES[name]
    return {
        "id": name,
        "shortDescription": {"text": code.title},
        "fullDescription": {"text": code.meaning},
        "defaultConfiguration": {"level": code.severity},
    }


def _result(found: Diagnostic, rule: int) -> dict[str, Any]:
    return {
        "ruleId": found.code,
        "ruleIndex": rule,
        "level": found.severity,
        "message": {"text": "\n".join(_sentences(found))},
        "locations": [{"physicalLocation": _place(found)}],
    }


def _suppressed(silenced: Silenced, rule: int) -> dict[str, Any]:
    """Return a warning that its author has silenced: code hosts keep it, closed, with the reason."""
    suppression = {"kind": "inSource", "justification": silenced.reason}
    return {**_result(silenced.diagnostic, rule), "suppressions": [suppression]}


def _sentences(found: Diagnostic) -> Iterator[str]:
    yield found.message
    if found.expected:
        yield f"expected: {found.expected}"
    if found.suggestion:
        yield f"write: {found.suggestion}"


def _place(found: Diagnostic) -> dict[str, Any]:
    return {
        "artifactLocation": _artifact(found.file),
        "region": {
            "startLine": found.line,
            "startColumn": found.column,
            "endLine": found.line,
            "endColumn": found.column + found.length,
        },
    }


def _artifact(file: str) -> dict[str, str]:
    path = PurePath(file)
    if path.is_absolute():
        return {"uri": path.as_uri()}
    return {"uri": quote(path.as_posix()), "uriBaseId": ROOT}
