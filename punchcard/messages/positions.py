"""Parsing a template so that every node knows its place: Jinja's nodes keep only their line."""

from collections.abc import Iterator

from jinja2 import Environment, TemplateSyntaxError, nodes
from jinja2.lexer import TokenStream
from jinja2.parser import Parser


class PositionedEnvironment(Environment):
    """Puts the offset of each token where Jinja puts its line, so nodes carry offsets in `lineno`."""

    def _tokenize(
        self, source: str, name: str | None, filename: str | None = None, state: str | None = None
    ) -> TokenStream:
        tokens = list(_with_offsets(self.lexer.tokeniter(source, name, filename, state), source))
        return TokenStream(self.lexer.wrap(tokens, name, filename), name, filename)


def _with_offsets(tokens: Iterator[tuple[int, str, str]], source: str) -> Iterator[tuple[int, str, str]]:
    offset = 0
    try:
        for _, kind, value in tokens:
            if not value.strip():
                continue  # trimmed whitespace may be missing from the source's place
            offset = source.find(value, offset)
            yield offset, kind, value
            offset += len(value)
    except TemplateSyntaxError as cause:
        rest = source[offset:]
        begin = offset + len(rest) - len(rest.lstrip())
        raise TemplateSyntaxError(cause.message or "not a template", begin) from cause


_ENVIRONMENT = PositionedEnvironment(trim_blocks=True, lstrip_blocks=True)


def parse_positioned(text: str) -> nodes.Template:
    """The syntax tree of a template whose nodes hold, as `lineno`, their offset in the text.

    Raises `TemplateSyntaxError`, which holds the offset too.
    """
    return Parser(_ENVIRONMENT, text).parse()
