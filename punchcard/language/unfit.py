"""Why a text is not the value that its place asks for."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Unfit:
    """The reason under its code, what fits, and what was likely meant."""

    code: str
    reason: str
    expected: str
    suggestion: str | None = None
