"""The language server: what editors ask in the Language Server Protocol, answered by the check and its tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from lsprotocol import types
from pygls.lsp.server import LanguageServer

from punchcard.authoring.editing.completion import Candidate, Offer, completed, in_message
from punchcard.authoring.editing.definition import where_made, where_made_in_message
from punchcard.authoring.editing.fixes import Fix, fixes
from punchcard.authoring.editing.folder import Declared, Folder, Today
from punchcard.authoring.editing.hover import Meaning, explained, explained_in_message
from punchcard.authoring.editing.outline import Heading, outlined
from punchcard.authoring.editing.study import Study, template_at, word_at
from punchcard.authoring.formatting.layout import formatted
from punchcard.language.diagnostics import Diagnostic
from punchcard.language.nodes import Source, Span
from punchcard.language.programme_file import FILE
from punchcard.language.source import source_of
from punchcard.language.trials.reader import SUFFIX, campaign_of, read_tests
from punchcard.plan.model import Plan

_SORTS = {
    "key": types.CompletionItemKind.Property,
    "step": types.CompletionItemKind.Function,
    "value": types.CompletionItemKind.Value,
    "name": types.CompletionItemKind.Variable,
    "message": types.CompletionItemKind.Text,
    "filter": types.CompletionItemKind.Method,
}
_SYMBOLS = {
    "key": types.SymbolKind.Key,
    "step": types.SymbolKind.Function,
    "name": types.SymbolKind.String,
}
_SEVERITIES = {"error": types.DiagnosticSeverity.Error, "warning": types.DiagnosticSeverity.Warning}


class CampaignServer(LanguageServer):
    """Answers for every campaign that is open in an editor."""

    def __init__(self, version: str, declared: Declared, today: Today) -> None:
        super().__init__("punchcard", version, text_document_sync_kind=types.TextDocumentSyncKind.Incremental)
        self.folder = Folder(self._opened, declared, today)
        self._published: dict[str, set[str]] = {}
        for feature, (answer, options) in _FEATURES.items():
            self.feature(feature, options)(answer)

    def _opened(self, path: Path) -> str | None:
        document = self.workspace.text_documents.get(path.as_uri())
        return document.source if document is not None else None

    def study_of(self, uri: str) -> Study | None:
        """Check the campaign that a document is, or belongs to."""
        campaign = self.folder.campaign_of(path_of(uri))
        return self.folder.study(campaign) if campaign is not None else None

    def source(self, uri: str) -> Source:
        """Return a document's text, open or not, as places count in it."""
        path = path_of(uri)
        text = self._opened(path)
        if text is None:
            text = path.read_bytes().decode("utf-8", errors="replace") if path.is_file() else ""
        return source_of(path.as_posix(), text)

    def offset(self, source: Source, position: types.Position) -> int:
        """Return where a client's position lies."""
        found = self.workspace.position_codec.position_from_client_units(source.lines, position)
        return source.offset(found.line + 1, found.character + 1)

    def range(self, source: Source, start: int, end: int) -> types.Range:
        """Return a part of a text as clients count."""
        return types.Range(self._position(source, start), self._position(source, end))

    def _position(self, source: Source, offset: int) -> types.Position:
        line, column = source.place(offset)
        codec = self.workspace.position_codec
        return codec.position_to_client_units(source.lines, types.Position(line - 1, column - 1))

    def show(self, uri: str) -> None:
        """Publish what is found in the campaign of a document: in its file and in those of its messages."""
        path = path_of(uri)
        if path.name == FILE:
            checked = self.folder.checked_programme(path.parent)
            self._publish(uri, checked.diagnostics if checked else ())
            return
        if path.name.endswith(SUFFIX):
            self._show_tests(uri, path)
            return
        study = self.study_of(uri)
        if study is None:
            return
        by_file: dict[str, list[Diagnostic]] = {study.written.path.as_uri(): []}
        for found in self.folder.beside_others(study).diagnostics:
            by_file.setdefault(Path(found.file).as_uri(), []).append(found)
        if uri.endswith(".md"):
            by_file.setdefault(uri, [])
        campaign = study.written.path.as_uri()
        for mended in self._published.get(campaign, set()) - set(by_file):
            self._publish(mended, ())
        self._published[campaign] = set(by_file)
        for file, diagnostics in by_file.items():
            self._publish(file, tuple(diagnostics))

    def _show_tests(self, uri: str, path: Path) -> None:
        """Publish what is found in a file of tests, read by the campaign beside it."""
        study = self.folder.study(path.with_name(f"{campaign_of(path.name)}.yaml"))
        plan, programme = (study.checked.plan, study.programme) if study else (None, None)
        found = read_tests(
            self.source(uri).text,
            name=path.as_posix(),
            plan=plan,
            programme=programme,
            beside=lambda name: self._plan_of(path.with_name(f"{name}.yaml")),
        )
        self._publish(uri, found.diagnostics)

    def _plan_of(self, path: Path) -> Plan | None:
        study = self.folder.study(path)
        return study.checked.plan if study else None

    def _publish(self, uri: str, found: tuple[Diagnostic, ...]) -> None:
        document = self.workspace.text_documents.get(uri)
        source = self.source(uri)
        shown = [self.diagnostic(source, each) for each in found]
        version = document.version if document is not None else None
        self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, shown, version))

    def diagnostic(self, source: Source, found: Diagnostic) -> types.Diagnostic:
        """Return a diagnostic as clients show it."""
        start = source.offset(found.line, found.column)
        end = source.offset(found.line, found.column + found.length)
        words = [found.message]
        words += [f"expected: {found.expected}"] if found.expected else []
        words += [f"write: {found.suggestion}"] if found.suggestion else []
        return types.Diagnostic(
            range=self.range(source, start, max(start, end)),
            message="\n".join(words),
            severity=_SEVERITIES[found.severity],
            code=found.code,
            source="punchcard",
        )


def path_of(uri: str) -> Path:
    """Return the file that a document stands for."""
    return Path(unquote(urlsplit(uri).path))


# --- what clients ask ---------------------------------------------------------------------------------


def did_open(server: CampaignServer, asked: types.DidOpenTextDocumentParams) -> None:
    """A document was opened."""
    server.show(asked.text_document.uri)


def did_change(server: CampaignServer, asked: types.DidChangeTextDocumentParams) -> None:
    """A document has another text."""
    server.show(asked.text_document.uri)


def did_save(server: CampaignServer, asked: types.DidSaveTextDocumentParams) -> None:
    """A file was saved: a programme's change concerns every campaign of its folder that is open."""
    uri = asked.text_document.uri
    if path_of(uri).name == FILE:
        for other in tuple(server.workspace.text_documents):
            if path_of(other).parent == path_of(uri).parent:
                server.show(other)
    else:
        server.show(uri)


def complete(server: CampaignServer, asked: types.CompletionParams) -> types.CompletionList:
    """Return what can be written at a place."""
    uri = asked.text_document.uri
    study, source = server.study_of(uri), server.source(uri)
    offset = server.offset(source, asked.position)
    items: list[types.CompletionItem] = []
    if study is not None:
        offer = _offer(study, path_of(uri), source, offset)
        where = server.range(source, offer.start, offer.end)
        items = [_item(each, where, number) for number, each in enumerate(offer.candidates)]
    return types.CompletionList(is_incomplete=False, items=items)


def _offer(study: Study, path: Path, source: Source, offset: int) -> Offer:
    message = study.message_of(path)
    if message is None:
        return completed(study, offset)
    before = template_at(source.text, offset)
    word, start = word_at(source.text, offset)
    found = in_message(study, message, before) if before is not None else ()
    return Offer(start if word else offset, start + len(word) if word else offset, tuple(found))


def _item(candidate: Candidate, where: types.Range, number: int) -> types.CompletionItem:
    return types.CompletionItem(
        label=candidate.label,
        kind=_SORTS[candidate.sort],
        detail=candidate.detail or None,
        documentation=_markdown(candidate.documentation) if candidate.documentation else None,
        insert_text_format=types.InsertTextFormat.Snippet,
        insert_text_mode=types.InsertTextMode.AdjustIndentation,
        sort_text=f"{number:04}",
        filter_text=candidate.label,
        text_edit=types.TextEdit(where, candidate.insert),
    )


def _markdown(text: str) -> types.MarkupContent:
    return types.MarkupContent(types.MarkupKind.Markdown, text)


def hover(server: CampaignServer, asked: types.HoverParams) -> types.Hover | None:
    """Return what a word means."""
    uri = asked.text_document.uri
    study, source = server.study_of(uri), server.source(uri)
    if study is None:
        return None
    offset, path = server.offset(source, asked.position), path_of(uri)
    found: Meaning | None = (
        explained(study, offset)
        if study.message_of(path) is None
        else explained_in_message(study, path, source.text, offset)
    )
    if found is None:
        return None
    return types.Hover(_markdown(found.text), server.range(source, found.start, found.end))


def definition(server: CampaignServer, asked: types.DefinitionParams) -> types.Location | None:
    """Return where something comes from."""
    uri = asked.text_document.uri
    study, source = server.study_of(uri), server.source(uri)
    if study is None:
        return None
    offset, path = server.offset(source, asked.position), path_of(uri)
    found: Span | None = (
        where_made(study, offset)
        if study.message_of(path) is None
        else where_made_in_message(study, path, source.text, offset)
    )
    if found is None:
        return None
    file = Path(found.source.name).as_uri()
    return types.Location(file, server.range(found.source, found.start, found.end))


def symbols(server: CampaignServer, asked: types.DocumentSymbolParams) -> list[types.DocumentSymbol]:
    """Return the outline."""
    uri = asked.text_document.uri
    study = server.study_of(uri)
    if study is None or path_of(uri) != study.written.path:
        return []
    source = source_of(study.name, study.text)
    return [_symbol(server, source, each) for each in outlined(study.seen.root)]


def _symbol(server: CampaignServer, source: Source, heading: Heading) -> types.DocumentSymbol:
    return types.DocumentSymbol(
        name=heading.name or "…",
        kind=_SYMBOLS[heading.sort],
        range=server.range(source, heading.whole.start, heading.whole.end),
        selection_range=server.range(source, heading.head.start, heading.head.end),
        detail=heading.detail or None,
        children=[_symbol(server, source, each) for each in heading.within],
    )


def actions(server: CampaignServer, asked: types.CodeActionParams) -> list[types.CodeAction]:
    """Return the fixes of the diagnostics in a range."""
    return list(_actions(server, asked))


def _actions(server: CampaignServer, asked: types.CodeActionParams) -> Iterator[types.CodeAction]:
    uri = asked.text_document.uri
    study, source = server.study_of(uri), server.source(uri)
    if study is None:
        return
    first, last = asked.range.start.line + 1, asked.range.end.line + 1
    for found in server.folder.beside_others(study).diagnostics:
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


_FEATURES: dict[str, tuple[Callable[..., Any], Any]] = {
    types.TEXT_DOCUMENT_DID_OPEN: (did_open, None),
    types.TEXT_DOCUMENT_DID_CHANGE: (did_change, None),
    types.TEXT_DOCUMENT_DID_SAVE: (did_save, None),
    types.TEXT_DOCUMENT_COMPLETION: (
        complete,
        types.CompletionOptions(trigger_characters=[".", " ", "{", "-"]),
    ),
    types.TEXT_DOCUMENT_HOVER: (hover, None),
    types.TEXT_DOCUMENT_DEFINITION: (definition, None),
    types.TEXT_DOCUMENT_DOCUMENT_SYMBOL: (symbols, None),
    types.TEXT_DOCUMENT_CODE_ACTION: (
        actions,
        types.CodeActionOptions(code_action_kinds=[types.CodeActionKind.QuickFix]),
    ),
    types.TEXT_DOCUMENT_FORMATTING: (layout, None),
}
