"""Where something comes from: a message's words, the step that makes a reward or an answer, a shared step."""

from __future__ import annotations

from pathlib import Path

from punchcard.authoring.editing.hover import found_in, name_at
from punchcard.authoring.editing.names import names_in_message
from punchcard.authoring.editing.study import Spot, Study, spot_at, template_at, word_at
from punchcard.language import nodes
from punchcard.language.nodes import Span


def where_made(study: Study, offset: int) -> Span | None:
    """Return where what is named at an offset of the campaign's text comes from; None if nothing makes it."""
    spot = spot_at(study.seen.root, offset)
    if spot is None:
        return None
    found = name_at(study, spot, offset)
    if found is not None and found.made_at is not None:
        return found.made_at
    return _shared_step(study, spot)


def where_made_in_message(study: Study, path: Path, text: str, offset: int) -> Span | None:
    """Return where a field of a message's file comes from."""
    message = study.message_of(path)
    word, _ = word_at(text, offset)
    if message is None or template_at(text, offset) is None:
        return None
    found = found_in(names_in_message(study, message), word)
    return found.made_at if found else None


def _shared_step(study: Study, spot: Spot) -> Span | None:
    """Return where the shared step stands that a `use` names."""
    root = study.seen.root
    shared = root.get("shared") if isinstance(root, nodes.Mapping) else None
    if spot.is_key or "use" not in spot.trail[-2:] or not isinstance(shared, nodes.Mapping):
        return None
    return next((entry.key.span for entry in shared if entry.key.value == spot.scalar.value), None)
