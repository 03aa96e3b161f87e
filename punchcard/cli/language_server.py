"""`punchcard language-server`: what an editor starts to be told of mistakes, meanings and names while one types."""

from datetime import date
from importlib.metadata import version
from pathlib import Path

from punchcard.authoring.language_server import CampaignServer
from punchcard.domain.clock import Clock
from punchcard.event_files import event_files, with_events
from punchcard.language.programme import Programme
from punchcard.plan.clockwork import earliest_day


def language_server() -> None:
    """Speak the Language Server Protocol on standard input and output; editors start this, people do not.

    Diagnostics, completion, explanations, definitions, outline, fixes and layout, for campaigns, their messages and
    the programme.
    """
    CampaignServer(version("punchcard"), _declared, _today).start_io()


def _today() -> date:
    return earliest_day(Clock().now())


def _declared(programme: Programme, folder: Path) -> Programme:
    """Return the programme with the event types that are declared in a folder, as far as they can be read."""
    try:
        return with_events(programme, event_files([folder]))
    except OSError:
        return programme
