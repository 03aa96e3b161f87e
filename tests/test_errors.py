"""An error says the place, the reason and the remedy in one line."""

from punchcard.errors import ConfigurationError, PortTakenError, PunchcardError


def test_a_class_speaks_for_itself() -> None:
    """Without a message, its docstring is the message."""
    assert str(PortTakenError()) == "A port that is needed is used by another program."


def test_the_remedy_follows_the_message() -> None:
    """Both are one line, and can be had apart."""
    error = ConfigurationError("No such host.", remedy="Check the name.")
    assert str(error) == "No such host. Check the name."
    assert (error.message, error.remedy) == ("No such host.", "Check the name.")
    assert isinstance(error, PunchcardError)
