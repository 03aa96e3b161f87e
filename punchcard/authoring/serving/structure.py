"""How a file is put together, and what leads out of it: outline, folds, selections, links, everything by name."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

from lsprotocol import types

from punchcard.authoring.editing.everything import MOST, everything
from punchcard.authoring.editing.folding import folds, selections
from punchcard.authoring.editing.links import links
from punchcard.authoring.editing.outline import Heading, outlined
from punchcard.authoring.editing.study import Study
from punchcard.authoring.editing.things import WORDS
from punchcard.authoring.serving.server import CampaignServer, Features, path_of
from punchcard.language.nodes import Source
from punchcard.language.source import source_of

_SYMBOLS = {
    "key": types.SymbolKind.Key,
    "step": types.SymbolKind.Function,
    "name": types.SymbolKind.String,
}
_THINGS = {
    "campaign": types.SymbolKind.Module,
    "message": types.SymbolKind.String,
    "shared": types.SymbolKind.Function,
    "segment": types.SymbolKind.Class,
    "event": types.SymbolKind.Event,
    "customer_field": types.SymbolKind.Field,
    "order_field": types.SymbolKind.Field,
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


def fold(server: CampaignServer, asked: types.FoldingRangeParams) -> list[types.FoldingRange]:
    """Return which lines can be folded."""
    study = _own(server, asked.text_document.uri)
    kinds = {"region": types.FoldingRangeKind.Region, "comment": types.FoldingRangeKind.Comment}
    return [
        types.FoldingRange(start_line=each.first - 1, end_line=each.last - 1, kind=kinds[each.sort])
        for each in (folds(study.seen.root, study.text) if study else ())
    ]


def select(server: CampaignServer, asked: types.SelectionRangeParams) -> list[types.SelectionRange]:
    """Return what lies around each place, from the word outward."""
    study, source = _own(server, asked.text_document.uri), server.source(asked.text_document.uri)
    found = []
    for position in asked.positions:
        selected = types.SelectionRange(server.range(source, 0, len(source.text)))
        around = selections(study.seen.root, server.offset(source, position)) if study else ()
        for span in reversed(around):
            selected = types.SelectionRange(server.range(source, span.start, span.end), selected)
        found.append(selected)
    return found


def link(server: CampaignServer, asked: types.DocumentLinkParams) -> list[types.DocumentLink]:
    """Return the names that lead to other files."""
    study = _own(server, asked.text_document.uri)
    return [
        types.DocumentLink(
            range=server.range(each.span.source, each.span.start, each.span.end),
            target=each.target.as_uri(),
            tooltip=each.says,
        )
        for each in (links(study) if study else ())
    ]


def find(server: CampaignServer, asked: types.WorkspaceSymbolParams) -> list[types.WorkspaceSymbol]:
    """Return everything in the folders that are open whose name has these letters."""
    found = (each for folder in _folders(server) for each in everything(server.folder, folder, asked.query))
    return [
        types.WorkspaceSymbol(
            name=each.thing.name,
            kind=_THINGS.get(each.thing.sort, types.SymbolKind.Variable),
            location=server.location(each.origin or each.span),
            container_name=f"{WORDS[each.thing.sort]} {each.thing.home}".strip(),
        )
        for each in islice(found, MOST)
    ]


def _own(server: CampaignServer, uri: str) -> Study | None:
    """Return the study of a file itself; None for files that only belong to one."""
    study = server.study_of(uri)
    return study if study is not None and path_of(uri) == study.written.path else None


def _folders(server: CampaignServer) -> list[Path]:
    """Return the folders with campaigns: those of documents, and those of the workspace."""
    opened = [study for uri in server.workspace.text_documents if (study := server.study_of(uri)) is not None]
    folders = [path_of(each.uri) for each in server.workspace.folders.values()]
    root = [path_of(server.workspace.root_uri)] if server.workspace.root_uri else []
    return list(dict.fromkeys([*(each.written.path.parent for each in opened), *folders, *root]))


FEATURES: Features = {
    types.TEXT_DOCUMENT_DOCUMENT_SYMBOL: (symbols, None),
    types.TEXT_DOCUMENT_FOLDING_RANGE: (fold, None),
    types.TEXT_DOCUMENT_SELECTION_RANGE: (select, None),
    types.TEXT_DOCUMENT_DOCUMENT_LINK: (link, None),
    types.WORKSPACE_SYMBOL: (find, None),
}
