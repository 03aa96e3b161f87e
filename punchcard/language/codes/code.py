"""What a diagnostic's code stands for."""

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Code:
    """A kind of mistake; `consequence` marks what may merely follow from a part that could not be read."""

    code: str
    title: str
    meaning: str
    severity: Severity = "error"
    consequence: bool = False
