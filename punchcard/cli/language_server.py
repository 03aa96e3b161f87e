"""`punchcard language-server`: what an editor starts to be told of mistakes, meanings and names while one types."""

from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path

from punchcard.authoring.language_server import CampaignServer
from punchcard.event_files import event_files, types_of


def language_server() -> None:
    """Speak the Language Server Protocol on standard input and output; editors start this, people do not.

    Diagnostics, completion, explanations, definitions, outline, fixes and layout, for campaigns, their messages and
    the programme.
    """
    CampaignServer(version("punchcard"), _events).start_io()


def _events(folder: Path) -> Mapping[str, Mapping[str, str]]:
    """Return the event types that are declared in a folder, as far as they can be read."""
    try:
        return types_of(event_files([folder]))
    except OSError:
        return {}
