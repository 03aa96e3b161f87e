"""Names across files: where something comes from, every place that names it, and another name for it."""

from __future__ import annotations

from pathlib import Path

from lsprotocol import types
from pygls.exceptions import JsonRpcInvalidParams

from punchcard.authoring.editing.mentions import mention_at, mentions
from punchcard.authoring.editing.references import made_at, references
from punchcard.authoring.editing.renaming import Refused, renameable, renamed
from punchcard.authoring.editing.things import Mention
from punchcard.authoring.serving.server import CampaignServer, Features, path_of


def _mention(server: CampaignServer, uri: str, position: types.Position) -> tuple[Mention, Path] | None:
    """Return what is named at a place, and the folder of the campaigns."""
    study, source = server.study_of(uri), server.source(uri)
    if study is None:
        return None
    found = mention_at(study, path_of(uri).as_posix(), server.offset(source, position))
    return (found, study.written.path.parent) if found is not None else None


def definition(server: CampaignServer, asked: types.DefinitionParams) -> types.Location | None:
    """Return where something comes from."""
    found = _mention(server, asked.text_document.uri, asked.position)
    made = made_at(server.folder, found[1], found[0].thing) if found else None
    return server.location(made) if made is not None else None


def refer(server: CampaignServer, asked: types.ReferenceParams) -> list[types.Location]:
    """Return every place that names the same thing."""
    found = _mention(server, asked.text_document.uri, asked.position)
    if found is None:
        return []
    declared = asked.context.include_declaration
    named = references(server.folder, found[1], found[0].thing)
    return [server.location(each.span) for each in named if declared or not each.makes]


def highlight(server: CampaignServer, asked: types.DocumentHighlightParams) -> list[types.DocumentHighlight]:
    """Return the places of the same document."""
    uri = asked.text_document.uri
    found, study = _mention(server, uri, asked.position), server.study_of(uri)
    if found is None or study is None:
        return []
    kinds = {True: types.DocumentHighlightKind.Write, False: types.DocumentHighlightKind.Read}
    name = path_of(uri).as_posix()
    return [
        types.DocumentHighlight(
            server.range(each.span.source, each.span.start, each.span.end), kinds[each.makes]
        )
        for each in mentions(study)
        if each.thing == found[0].thing and each.span.source.name == name and each.span.start < each.span.end
    ]


def prepare(
    server: CampaignServer, asked: types.PrepareRenameParams
) -> types.PrepareRenamePlaceholder | None:
    """Return what is renamed at a place; an error says why that cannot be."""
    found = _mention(server, asked.text_document.uri, asked.position)
    if found is None:
        return None
    mention, folder = found
    try:
        renameable(server.folder, folder, mention)
    except Refused as refused:
        raise JsonRpcInvalidParams(str(refused)) from None
    span = mention.span
    return types.PrepareRenamePlaceholder(server.range(span.source, span.start, span.end), mention.thing.name)


def rename(server: CampaignServer, asked: types.RenameParams) -> types.WorkspaceEdit | None:
    """Return what changes in every file; an error says why it cannot be called so."""
    found = _mention(server, asked.text_document.uri, asked.position)
    if found is None:
        return None
    mention, folder = found
    try:
        renaming = renamed(server.folder, folder, mention, asked.new_name.strip())
    except Refused as refused:
        raise JsonRpcInvalidParams(str(refused)) from None
    by_file: dict[str, list[types.TextEdit | types.AnnotatedTextEdit | types.SnippetTextEdit]] = {}
    for span in renaming.parts:
        uri = Path(span.source.name).as_uri()
        edit = types.TextEdit(server.range(span.source, span.start, span.end), renaming.name)
        by_file.setdefault(uri, []).append(edit)
    documents: list[types.TextDocumentEdit | types.CreateFile | types.RenameFile | types.DeleteFile] = []
    for uri, edits in by_file.items():
        document = server.workspace.text_documents.get(uri)
        version = document.version if document is not None else None
        known = types.OptionalVersionedTextDocumentIdentifier(uri=uri, version=version)
        documents.append(types.TextDocumentEdit(known, edits))
    for path, to in renaming.files.items():
        documents.append(types.RenameFile(old_uri=path.as_uri(), new_uri=to.as_uri()))
    return types.WorkspaceEdit(document_changes=documents)


FEATURES: Features = {
    types.TEXT_DOCUMENT_DEFINITION: (definition, None),
    types.TEXT_DOCUMENT_REFERENCES: (refer, None),
    types.TEXT_DOCUMENT_DOCUMENT_HIGHLIGHT: (highlight, None),
    types.TEXT_DOCUMENT_PREPARE_RENAME: (prepare, None),
    types.TEXT_DOCUMENT_RENAME: (rename, types.RenameOptions(prepare_provider=True)),
}
