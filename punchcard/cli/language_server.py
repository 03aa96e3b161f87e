"""`punchcard language-server`: what an editor starts to be told of mistakes, meanings and names while one types."""

from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path

from punchcard.authoring.language_server import CampaignServer
from punchcard.domain.event_types import fields_of
from punchcard.errors import PunchcardError
from punchcard.router.shelf import event_schemas


def language_server() -> None:
    """Speak the Language Server Protocol on standard input and output; editors start this, people do not.

    Diagnostics, completion, explanations, definitions, outline, fixes and layout, for campaigns, their messages and
    the programme.
    """
    CampaignServer(version("punchcard"), _events).start_io()


def _events(folder: Path) -> Mapping[str, Mapping[str, str]]:
    """Return the event types that are declared in a folder; none while one of them cannot be read."""
    try:
        return {name: fields_of(schema) for name, schema in event_schemas([folder]).items()}
    except (PunchcardError, OSError, ValueError):
        return {}
