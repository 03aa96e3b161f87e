"""The server itself: the documents that are open, their checks, and places as clients count them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from lsprotocol import types
from pygls.lsp.server import LanguageServer

from punchcard.authoring.editing.beyond import Beyond
from punchcard.authoring.editing.folder import Declared, Folder, Today
from punchcard.authoring.editing.lenses import tests_of
from punchcard.authoring.editing.study import Study
from punchcard.language.diagnostics import Diagnostic
from punchcard.language.nodes import Source, Span
from punchcard.language.source import source_of

Features = Mapping[str, tuple[Callable[..., Any], Any]]
# What takes longer than a keystroke is answered beside the others.
SLOW = frozenset({types.CODE_LENS_RESOLVE})
UNTESTED = "tested as soon as it is saved"
_SEVERITIES = {"error": types.DiagnosticSeverity.Error, "warning": types.DiagnosticSeverity.Warning}


class CampaignServer(LanguageServer):
    """Answers for every campaign that is open in an editor."""

    def __init__(
        self, version: str, declared: Declared, today: Today, beyond: Beyond, features: Features
    ) -> None:
        super().__init__("punchcard", version, text_document_sync_kind=types.TextDocumentSyncKind.Incremental)
        self.folder = Folder(self._opened, declared, today, self._documents)
        self.beyond = beyond
        self._played: dict[Path, tuple[tuple[object, ...], str]] = {}
        self.published: dict[str, set[str]] = {}
        for feature, (answer, options) in features.items():
            self.feature(feature, options)(self.thread()(answer) if feature in SLOW else answer)

    def _opened(self, path: Path) -> str | None:
        document = self.workspace.text_documents.get(path.as_uri())
        return document.source if document is not None else None

    def _documents(self) -> list[Path]:
        return [path_of(uri) for uri in self.workspace.text_documents]

    def study_of(self, uri: str) -> Study | None:
        """Check the file that a document is, or the campaign that it belongs to."""
        return self.folder.of(path_of(uri))

    @property
    def pulls(self) -> bool:
        """Whether the client asks for diagnostics itself."""
        documents = self.client_capabilities.text_document
        return documents is not None and documents.diagnostic is not None

    def tried(self, study: Study) -> str:
        """Return what came of a campaign's tests as they were saved last; they are played once for each state."""
        found = tests_of(study, self.folder)
        if found is None:
            return ""
        campaign, path, text = found
        known, now = self._played.get(path), (campaign.written, campaign.programme, text)
        if known is not None and known[0] == now:
            return known[1]
        if not (_is_saved(campaign.written.path, campaign.text) and _is_saved(path, text)):
            return f"{known[1]} · before the last changes" if known else UNTESTED
        said = self.beyond.tried(campaign, path, text)
        self._played[path] = (now, said)
        return said

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
        return types.Range(self.position(source, start), self.position(source, end))

    def position(self, source: Source, offset: int) -> types.Position:
        """Return a place in a text as clients count."""
        line, column = source.place(offset)
        codec = self.workspace.position_codec
        return codec.position_to_client_units(source.lines, types.Position(line - 1, column - 1))

    def location(self, span: Span) -> types.Location:
        """Return where a part of any file stands."""
        return types.Location(Path(span.source.name).as_uri(), self.range(span.source, span.start, span.end))

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


def _is_saved(path: Path, text: str) -> bool:
    return path.is_file() and path.read_bytes().decode("utf-8", errors="replace") == text


def path_of(uri: str) -> Path:
    """Return the file that a document stands for."""
    return Path(unquote(urlsplit(uri).path))


def markdown(text: str) -> types.MarkupContent:
    """Return a text that clients lay out."""
    return types.MarkupContent(types.MarkupKind.Markdown, text)
