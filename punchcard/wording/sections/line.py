"""One line of an explanation."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence, or a step with its number; `depth` is how far it is indented, `path` the step that it tells."""

    text: str
    number: str = ""
    depth: int = 0
    path: str | None = None
