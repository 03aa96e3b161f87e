"""How a call can end, besides well: each end calls for something else."""

from punchcard.errors import FinalError, TransientError


class CallInterrupted(TransientError):
    """The other system could not answer now; the same call may succeed later, after so many seconds if it said so."""

    def __init__(self, message: str, *, after: float | None = None) -> None:
        super().__init__(message)
        self.after = after


class CallRefused(FinalError):
    """The other system's answer is final, and it is not what the step needs."""


class CallNotPossible(FinalError):
    """This installation is not set up for the call: an operator has to mend it."""
