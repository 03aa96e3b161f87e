"""The campaign language: text → plan, or every mistake at its place."""

from punchcard.language.compiler import Checked, check
from punchcard.language.diagnostics import Diagnostic
from punchcard.language.programme import Programme
from punchcard.language.programme_file import CheckedProgramme, check_programme
from punchcard.language.render import render

__all__ = [
    "Checked",
    "CheckedProgramme",
    "Diagnostic",
    "Programme",
    "check",
    "check_programme",
    "render",
]
