"""What is shown beside the text: hints, what came of the tests, colours within texts."""

from __future__ import annotations

from itertools import pairwise

from lsprotocol import types

from punchcard.authoring.editing.colours import SORTS, tokens
from punchcard.authoring.editing.hints import hints
from punchcard.authoring.editing.lenses import lenses
from punchcard.authoring.serving.server import CampaignServer, Features, markdown, path_of


def hint(server: CampaignServer, asked: types.InlayHintParams) -> list[types.InlayHint]:
    """Return what cannot be seen in a part of a file."""
    uri = asked.text_document.uri
    study, source = server.study_of(uri), server.source(uri)
    if study is None or path_of(uri) != study.written.path:
        return []
    start, end = server.offset(source, asked.range.start), server.offset(source, asked.range.end)
    return [
        types.InlayHint(
            position=server.position(source, each.offset),
            label=each.text,
            tooltip=markdown(each.more) if each.more else None,
            padding_left=True,
        )
        for each in sorted(hints(study), key=lambda each: each.offset)
        if start <= each.offset <= end
    ]


def lens(server: CampaignServer, asked: types.CodeLensParams) -> list[types.CodeLens]:
    """Return the lines above which something can be said of the campaign's tests; it is worked out when it is shown."""
    uri = asked.text_document.uri
    study = server.study_of(uri)
    if study is None or path_of(uri) != study.written.path:
        return []
    return [
        types.CodeLens(range=server.range(each.source, each.start, each.end), data={"uri": uri})
        for each in lenses(study, server.folder)
    ]


def resolve(server: CampaignServer, asked: types.CodeLens) -> types.CodeLens:
    """Play the tests, and say what came of them."""
    study = server.study_of(asked.data["uri"]) if isinstance(asked.data, dict) else None
    said = server.tried(study) if study is not None else ""
    return types.CodeLens(range=asked.range, command=types.Command(title=said, command=""))


def colour(server: CampaignServer, asked: types.SemanticTokensParams) -> types.SemanticTokens:
    """Return what stands in conditions and between braces."""
    uri = asked.text_document.uri
    study, source = server.study_of(uri), server.source(uri)
    if study is None:
        return types.SemanticTokens(data=[])
    of_message = path_of(uri) != study.written.path
    found = [
        (server.range(source, each.span.start, each.span.end), SORTS.index(each.sort))
        for each in tokens(study, source.text, of_message=of_message)
    ]
    data: list[int] = []
    begin = types.Range(types.Position(0, 0), types.Position(0, 0))
    for (before, _), (here, sort) in pairwise([(begin, 0), *found]):
        lines = here.start.line - before.start.line
        characters = here.start.character - (0 if lines else before.start.character)
        data += [lines, characters, here.end.character - here.start.character, sort, 0]
    return types.SemanticTokens(data=data)


FEATURES: Features = {
    types.TEXT_DOCUMENT_INLAY_HINT: (hint, None),
    types.TEXT_DOCUMENT_CODE_LENS: (lens, types.CodeLensOptions(resolve_provider=True)),
    types.CODE_LENS_RESOLVE: (resolve, None),
    types.TEXT_DOCUMENT_SEMANTIC_TOKENS_FULL: (
        colour,
        types.SemanticTokensLegend(token_types=list(SORTS), token_modifiers=[]),
    ),
}
