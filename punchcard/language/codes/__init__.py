"""The catalogue of all codes. A code is never reused and never changes its meaning."""

from collections.abc import Mapping
from types import MappingProxyType

from punchcard.language.codes import (
    calls,
    messages,
    names,
    people,
    programme,
    segments,
    silence,
    source,
    steps,
    structure,
    trials,
    values,
    whole,
)
from punchcard.language.codes.code import Code, Severity

CODES: Mapping[str, Code] = MappingProxyType(
    {
        code.code: code
        for part in (
            source,
            structure,
            values,
            steps,
            people,
            calls,
            names,
            messages,
            whole,
            programme,
            segments,
            silence,
            trials,
        )
        for code in part.CODES
    }
)
CONSEQUENCES: frozenset[str] = frozenset(code.code for code in CODES.values() if code.consequence)

# Warnings that may merely follow from an error; they wait until there is none.
AFTERTHOUGHTS: frozenset[str] = frozenset(code for code in CONSEQUENCES if CODES[code].severity == "warning")

__all__ = ["AFTERTHOUGHTS", "CODES", "CONSEQUENCES", "Code", "Severity"]
