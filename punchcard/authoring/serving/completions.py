"""Completion: what can be written at a place."""

from __future__ import annotations

from pathlib import Path

from lsprotocol import types

from punchcard.authoring.editing.candidates import Candidate, Offer
from punchcard.authoring.editing.completion import completed, in_message
from punchcard.authoring.editing.heads import in_head
from punchcard.authoring.editing.study import Study, template_at, word_at
from punchcard.authoring.serving.server import CampaignServer, Features, markdown, path_of
from punchcard.language.nodes import Source

_SORTS = {
    "key": types.CompletionItemKind.Property,
    "step": types.CompletionItemKind.Function,
    "value": types.CompletionItemKind.Value,
    "name": types.CompletionItemKind.Variable,
    "message": types.CompletionItemKind.Text,
    "filter": types.CompletionItemKind.Method,
    "word": types.CompletionItemKind.Keyword,
}


def complete(server: CampaignServer, asked: types.CompletionParams) -> types.CompletionList:
    """Return what can be written at a place."""
    uri = asked.text_document.uri
    study, source = server.study_of(uri), server.source(uri)
    offset = server.offset(source, asked.position)
    items: list[types.CompletionItem] = []
    if study is not None:
        offer = _offer(study, path_of(uri), source, offset)

        items = [_item(server, source, offer, each, number) for number, each in enumerate(offer.candidates)]
    return types.CompletionList(is_incomplete=False, items=items)


def _offer(study: Study, path: Path, source: Source, offset: int) -> Offer:
    message = study.message_of(path)
    if message is None:
        return completed(study, offset)
    before = template_at(source.text, offset)
    if before is None:
        return in_head(source.text, offset)
    word, start = word_at(source.text, offset)
    found = in_message(study, message, before)
    return Offer(start if word else offset, start + len(word) if word else offset, tuple(found))


def _item(
    server: CampaignServer, source: Source, offer: Offer, candidate: Candidate, number: int
) -> types.CompletionItem:
    blanks = len(source.text[: offer.start]) - len(source.text[: offer.start].rstrip(" "))
    gone = types.TextEdit(server.range(source, offer.start - blanks, offer.start), "")
    return types.CompletionItem(
        label=candidate.label,
        kind=_SORTS[candidate.sort],
        detail=candidate.detail or None,
        documentation=markdown(candidate.documentation) if candidate.documentation else None,
        insert_text_format=types.InsertTextFormat.Snippet,
        insert_text_mode=types.InsertTextMode.AdjustIndentation,
        sort_text=f"{number:04}",
        filter_text=candidate.label,
        text_edit=types.TextEdit(server.range(source, offer.start, offer.end), candidate.insert),
        additional_text_edits=[gone] if candidate.afresh and blanks else None,
    )


FEATURES: Features = {
    types.TEXT_DOCUMENT_COMPLETION: (
        complete,
        types.CompletionOptions(trigger_characters=[".", " ", "{", "-", '"', "("]),
    ),
}
