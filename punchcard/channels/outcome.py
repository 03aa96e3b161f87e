"""How sending a message can end, besides well: each end calls for something else."""

from typing import Literal

from punchcard.errors import FinalError, PunchcardError, TransientError

Fault = Literal["recipient", "message", "settings"]


class TransientFailure(TransientError):
    """The message was not accepted; the same attempt may succeed later."""


class FinalFailure(FinalError):
    """The message was refused for good; `fault` says what has to change first."""

    def __init__(self, message: str | None = None, *, fault: Fault, remedy: str | None = None) -> None:
        super().__init__(message, remedy=remedy)
        self.fault: Fault = fault


class OutcomeUnknown(PunchcardError):
    """The message was handed over and no reply came: it may have been accepted, or may not."""
