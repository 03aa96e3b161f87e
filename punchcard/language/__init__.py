"""The campaign language: text → plan, or every mistake at its place."""

from punchcard.language.compiler import Checked, Defaults, check
from punchcard.language.diagnostics import Diagnostic
from punchcard.language.render import render

__all__ = ["Checked", "Defaults", "Diagnostic", "check", "render"]
