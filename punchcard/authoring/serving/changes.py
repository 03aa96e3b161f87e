"""What the server can change for the author: fixes of what was found, and the layout."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from lsprotocol import types

from punchcard.authoring.editing.change import Fix
from punchcard.authoring.editing.fixes import fixes
from punchcard.authoring.editing.rewrites import rewrites
from punchcard.authoring.editing.study import Study
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
                yield _action(server, source, study, found, fix)
    if path_of(uri) == study.written.path:
        for fix in rewrites(study, server.offset(source, asked.range.start)):
            yield types.CodeAction(
                title=fix.title, kind=types.CodeActionKind.RefactorRewrite, edit=edit_of(server, study, fix)
            )


def _action(
    server: CampaignServer, source: Source, study: Study, found: Diagnostic, fix: Fix
) -> types.CodeAction:
    return types.CodeAction(
        title=fix.title,
        kind=types.CodeActionKind.QuickFix,
        diagnostics=[server.diagnostic(source, found)],
        is_preferred=fix.preferred or None,
        edit=edit_of(server, study, fix),
    )


def edit_of(server: CampaignServer, study: Study, fix: Fix) -> types.WorkspaceEdit:
    """Return the changes of a fix; with files that come to be only where there are some, which not every client can."""
    changes: dict[str, list[types.TextEdit]] = {}
    for change in fix.changes:
        uri = Path(change.file).as_uri()
        where = server.range(server.source(uri), change.start, change.end)
        changes.setdefault(uri, []).append(types.TextEdit(where, change.text))
    if not fix.creates:
        return types.WorkspaceEdit(changes=changes)
    documents: list[types.TextDocumentEdit | types.CreateFile | types.RenameFile | types.DeleteFile] = []
    for name, text in fix.creates.items():
        uri = (study.written.path.parent / name).as_uri()
        documents.append(types.CreateFile(uri=uri, options=types.CreateFileOptions(ignore_if_exists=True)))
        start = types.Position(0, 0)
        changes[uri] = [types.TextEdit(types.Range(start, start), text)]
    for uri, edits in changes.items():
        document = server.workspace.text_documents.get(uri)
        known = types.OptionalVersionedTextDocumentIdentifier(uri, document.version if document else None)
        documents.append(types.TextDocumentEdit(known, list(edits)))
    return types.WorkspaceEdit(document_changes=documents)


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
        types.CodeActionOptions(
            code_action_kinds=[types.CodeActionKind.QuickFix, types.CodeActionKind.RefactorRewrite]
        ),
    ),
    types.TEXT_DOCUMENT_FORMATTING: (layout, None),
}
