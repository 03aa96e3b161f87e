"""What the server can change for the author: fixes of what was found, and the layout."""

from __future__ import annotations

from collections.abc import Iterator

from lsprotocol import types

from punchcard.authoring.editing.fixes import Fix, fixes
from punchcard.authoring.formatting.layout import formatted
from punchcard.authoring.serving.server import CampaignServer, Features, path_of
from punchcard.language.diagnostics import Diagnostic
from punchcard.language.nodes import Source


def actions(server: CampaignServer, asked: types.CodeActionParams) -> list[types.CodeAction]:
    """Return the fixes of the diagnostics in a range."""
    return list(_actions(server, asked))


def _actions(server: CampaignServer, asked: types.CodeActionParams) -> Iterator[types.CodeAction]:
    uri = asked.text_document.uri
    study, source = server.study_of(uri), server.source(uri)
    if study is None:
        return
    first, last = asked.range.start.line + 1, asked.range.end.line + 1
    for found in server.folder.found(study):
        if found.file == path_of(uri).as_posix() and first <= found.line <= last:
            for fix in fixes(study, found):
                yield _action(server, source, uri, found, fix)


def _action(
    server: CampaignServer, source: Source, uri: str, found: Diagnostic, fix: Fix
) -> types.CodeAction:
    edit = types.TextEdit(server.range(source, fix.start, fix.end), fix.text)
    return types.CodeAction(
        title=fix.title,
        kind=types.CodeActionKind.QuickFix,
        diagnostics=[server.diagnostic(source, found)],
        is_preferred=fix.mends,
        edit=types.WorkspaceEdit(changes={uri: [edit]}),
    )


def layout(server: CampaignServer, asked: types.DocumentFormattingParams) -> list[types.TextEdit]:
    """Return the canonical layout of a file."""
    uri = asked.text_document.uri
    path, source = path_of(uri), server.source(uri)
    if path.suffix == ".md":
        return []
    found = formatted(source.text, name=path.as_posix())
    if found.text == source.text:
        return []
    return [types.TextEdit(server.range(source, 0, len(source.text)), found.text)]


FEATURES: Features = {
    types.TEXT_DOCUMENT_CODE_ACTION: (
        actions,
        types.CodeActionOptions(code_action_kinds=[types.CodeActionKind.QuickFix]),
    ),
    types.TEXT_DOCUMENT_FORMATTING: (layout, None),
}
