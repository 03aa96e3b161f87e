"""Why a text is not the value that its place asks for."""

from dataclasses import dataclass

from punchcard.language.later import Later


@dataclass(frozen=True, slots=True)
class Unfit:
    """The reason under its code, what fits, and what was likely meant."""

    code: str
    reason: str
    expected: str
    suggestion: str | None = None


def not_in_this_version(what: str, later: Later) -> Unfit:
    """Say that something belongs to the language, why not to this version, and what to write meanwhile."""
    reason = f"{what} is known, but not in this version yet: {later.because}"
    return Unfit("PC1901", reason, later.instead)
