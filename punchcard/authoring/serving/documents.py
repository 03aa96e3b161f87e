"""Documents that are opened, changed and saved, and what is found in them: told at once, or when it is asked for."""

from __future__ import annotations

from pathlib import Path

from lsprotocol import types

from punchcard.authoring.serving.server import CampaignServer, Features, path_of
from punchcard.language.diagnostics import Diagnostic
from punchcard.language.programme_file import FILE


def did_open(server: CampaignServer, asked: types.DidOpenTextDocumentParams) -> None:
    """A document was opened."""
    show(server, asked.text_document.uri)


def did_change(server: CampaignServer, asked: types.DidChangeTextDocumentParams) -> None:
    """A document has another text."""
    show(server, asked.text_document.uri)


def did_save(server: CampaignServer, asked: types.DidSaveTextDocumentParams) -> None:
    """A file was saved: a programme's change concerns every campaign of its folder that is open."""
    uri = asked.text_document.uri
    _refresh(server)
    if path_of(uri).name == FILE:
        for other in tuple(server.workspace.text_documents):
            if path_of(other).parent == path_of(uri).parent:
                show(server, other)
    else:
        show(server, uri)


def _refresh(server: CampaignServer) -> None:
    """Let the client ask again for what depends on other files."""
    workspace = server.client_capabilities.workspace
    if workspace is None:
        return
    if workspace.code_lens is not None and workspace.code_lens.refresh_support:
        server.workspace_code_lens_refresh(None)
    if workspace.diagnostics is not None and workspace.diagnostics.refresh_support:
        server.workspace_diagnostic_refresh(None)


def report(
    server: CampaignServer, asked: types.DocumentDiagnosticParams
) -> types.RelatedFullDocumentDiagnosticReport:
    """Return what is found in a document, to a client that asks for it."""
    uri = asked.text_document.uri
    study, source, name = server.study_of(uri), server.source(uri), path_of(uri).as_posix()
    found = server.folder.found(study) if study is not None else ()
    return types.RelatedFullDocumentDiagnosticReport(
        items=[server.diagnostic(source, each) for each in found if each.file == name]
    )


def show(server: CampaignServer, uri: str) -> None:
    """Publish what is found in the campaign of a document: in its file and in those of its messages."""
    study = server.study_of(uri)
    if study is None or server.pulls:
        return
    campaign = study.written.path.as_uri()
    by_file: dict[str, list[Diagnostic]] = {campaign: []}
    for found in server.folder.found(study):
        by_file.setdefault(Path(found.file).as_uri(), []).append(found)
    if uri.endswith(".md"):
        by_file.setdefault(uri, [])
    for mended in server.published.get(campaign, set()) - set(by_file):
        _publish(server, mended, [])
    server.published[campaign] = set(by_file)
    for file, diagnostics in by_file.items():
        _publish(server, file, diagnostics)


def _publish(server: CampaignServer, uri: str, found: list[Diagnostic]) -> None:
    document = server.workspace.text_documents.get(uri)
    source = server.source(uri)
    shown = [server.diagnostic(source, each) for each in found]
    version = document.version if document is not None else None
    server.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, shown, version))


FEATURES: Features = {
    types.TEXT_DOCUMENT_DID_OPEN: (did_open, None),
    types.TEXT_DOCUMENT_DID_CHANGE: (did_change, None),
    types.TEXT_DOCUMENT_DID_SAVE: (did_save, None),
    types.TEXT_DOCUMENT_DIAGNOSTIC: (
        report,
        types.DiagnosticOptions(
            inter_file_dependencies=True, workspace_diagnostics=False, identifier="punchcard"
        ),
    ),
}
