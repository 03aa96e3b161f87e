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
    if path_of(uri).name == FILE:
        for other in tuple(server.workspace.text_documents):
            if path_of(other).parent == path_of(uri).parent:
                show(server, other)
    else:
        show(server, uri)


def show(server: CampaignServer, uri: str) -> None:
    """Publish what is found in the campaign of a document: in its file and in those of its messages."""
    study = server.study_of(uri)
    if study is None:
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
}
