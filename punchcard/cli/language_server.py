"""`punchcard language-server`: what an editor starts to be told of mistakes, meanings and names while one types."""

from datetime import date
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

from punchcard.authoring.language_server import campaign_server
from punchcard.cli.editor import beyond
from punchcard.domain.clock import Clock
from punchcard.event_files import EVENTS, EventFile, event_file, with_events
from punchcard.language.programme import Programme
from punchcard.plan.clockwork import earliest_day


def language_server() -> None:
    """Speak the Language Server Protocol on standard input and output; editors start this, people do not.

    Diagnostics, completion, explanations, references, other names, fixes, hints, outline and layout, for campaigns,
    their messages, their tests and the programme.
    """
    campaign_server(version("punchcard"), _declared, _today, beyond()).start_io()


def _today() -> date:
    return earliest_day(Clock().now())


def _declared(programme: Programme, folder: Path) -> Programme:
    """Return the programme with the event types that are declared in a folder, as far as they can be read."""
    try:
        files = [(path, path.read_bytes()) for path in sorted((folder / EVENTS).glob("*.json"))]
    except OSError:
        return programme
    return with_events(programme, tuple(_event_file(path, text) for path, text in files))


@lru_cache(maxsize=1_000)
def _event_file(path: Path, text: bytes) -> EventFile:
    """Read an event type, once as long as its file is the same: this is asked at every keystroke."""
    return event_file(path, text.decode("utf-8", errors="replace"))
