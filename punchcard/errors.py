"""The exceptions of this project; a class's docstring is its message when none is given."""

import inspect


class PunchcardError(Exception):
    """Something went wrong in Punchcard."""

    def __init__(self, message: str | None = None, *, remedy: str | None = None) -> None:
        """Take the place and the reason as `message`, and what to do about it as `remedy`."""
        self.message = message or inspect.cleandoc(type(self).__doc__ or type(self).__name__)
        self.remedy = remedy
        super().__init__(self.message)

    def __str__(self) -> str:
        """Return one line: the place, the reason and the remedy."""
        return f"{self.message} {self.remedy}" if self.remedy else self.message


class TransientError(PunchcardError):
    """The world was not ready; the same attempt may succeed later."""


class FinalError(PunchcardError):
    """Trying again will not help."""


class TemporalAway(TransientError):
    """No Temporal server answers."""


class ConfigurationError(FinalError):
    """A setting is missing or cannot be used."""


class EmbeddedServerError(PunchcardError):
    """A server of this machine cannot be started."""


class PortTakenError(EmbeddedServerError):
    """A port that is needed is used by another program."""


class DataDirectoryInUseError(EmbeddedServerError):
    """Another Punchcard runs on the same data directory."""


class BinaryCannotStartError(EmbeddedServerError):
    """A program that Punchcard needs cannot be run on this machine."""


class UnhealthyError(EmbeddedServerError):
    """A server did not become healthy in time."""
