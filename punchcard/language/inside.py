"""What to write instead of a part of a value, in quotes that the value's own quotes bear."""

from __future__ import annotations

from punchcard.language.nodes import Scalar, Span


def in_yaml(scalar: Scalar, start: int, end: int, meant: str | None) -> tuple[Span, str | None]:
    """Return the part of a value that is to be replaced, and what replaces it, so that YAML reads it as it is meant.

    Within double quotes, single ones are written; a plain value that would begin with a quote is quoted as a whole.
    """
    part = scalar.part(start, end)
    if meant is None or '"' not in meant:
        return part, meant
    if scalar.style == '"' and "'" not in meant:
        return part, meant.replace('"', "'")
    if not scalar.style and not scalar.value[:start].strip() and meant.startswith('"'):
        return scalar.span, quoted(f"{scalar.value[:start]}{meant}{scalar.value[end:]}")
    return part, meant


def quoted(text: str) -> str:
    """Return a text in single quotes, as YAML reads it."""
    doubled = text.replace("'", "''")
    return f"'{doubled}'"
