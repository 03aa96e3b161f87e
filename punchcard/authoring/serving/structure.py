"""How a file is put together: its outline."""

from __future__ import annotations

from lsprotocol import types

from punchcard.authoring.editing.outline import Heading, outlined
from punchcard.authoring.serving.server import CampaignServer, Features, path_of
from punchcard.language.nodes import Source
from punchcard.language.source import source_of

_SYMBOLS = {
    "key": types.SymbolKind.Key,
    "step": types.SymbolKind.Function,
    "name": types.SymbolKind.String,
}


def symbols(server: CampaignServer, asked: types.DocumentSymbolParams) -> list[types.DocumentSymbol]:
    """Return the outline."""
    uri = asked.text_document.uri
    study = server.study_of(uri)
    if study is None or path_of(uri) != study.written.path:
        return []
    source = source_of(study.name, study.text)
    return [_symbol(server, source, each) for each in outlined(study.seen.root, study.shape)]


def _symbol(server: CampaignServer, source: Source, heading: Heading) -> types.DocumentSymbol:
    return types.DocumentSymbol(
        name=heading.name or "…",
        kind=_SYMBOLS[heading.sort],
        range=server.range(source, heading.whole.start, heading.whole.end),
        selection_range=server.range(source, heading.head.start, heading.head.end),
        detail=heading.detail or None,
        children=[_symbol(server, source, each) for each in heading.within],
    )


FEATURES: Features = {
    types.TEXT_DOCUMENT_DOCUMENT_SYMBOL: (symbols, None),
}
