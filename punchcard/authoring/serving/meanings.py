"""What a word means."""

from __future__ import annotations

from lsprotocol import types

from punchcard.authoring.editing.heads import head_explained
from punchcard.authoring.editing.hover import explained, explained_in_message
from punchcard.authoring.editing.study import spot_at
from punchcard.authoring.serving.server import CampaignServer, Features, markdown, path_of


def hover(server: CampaignServer, asked: types.HoverParams) -> types.Hover | None:
    """Return what a word means."""
    uri = asked.text_document.uri
    study, source = server.study_of(uri), server.source(uri)
    if study is None:
        return None
    offset, path = server.offset(source, asked.position), path_of(uri)
    named = spot_at(study.seen.root, offset, study.shape) if path == study.written.path else None
    if named is not None and named.trail == ("campaign",) and not named.is_key:
        told, span = server.beyond.explained(study), named.scalar.span
        return types.Hover(markdown(told), server.range(source, span.start, span.end)) if told else None
    found = (
        explained(study, offset)
        if study.message_of(path) is None
        else explained_in_message(study, path, source.text, offset) or head_explained(source.text, offset)
    )
    if found is None:
        return None
    return types.Hover(markdown(found.text), server.range(source, found.start, found.end))


FEATURES: Features = {
    types.TEXT_DOCUMENT_HOVER: (hover, None),
}
