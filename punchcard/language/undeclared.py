"""Events whose fields nobody has declared: what campaigns name of them cannot be checked."""

from __future__ import annotations

from punchcard.language.grammar import Context
from punchcard.language.nodes import Span

OWNER = "event."


def schema_file(event: str) -> str:
    """Return where the schema of an event belongs, seen from the campaign."""
    return f"events/{event}.json"


def remedy(event: str) -> str:
    """Return what declares an event."""
    return f"the file `{schema_file(event)}` beside the campaigns, with a JSON Schema of its fields"


def warn_undeclared(path: str, span: Span, context: Context) -> None:
    """Warn of what cannot be known: a misspelt field would silently be absent."""
    event = context.scope.undeclared
    if path.startswith(OWNER) and event is not None:
        message = f"nobody has declared the fields of the event `{event}`, so `{path}` cannot be checked"
        context.findings.add("PC1513", span, message, expected=remedy(event))
