"""The names that a condition uses: which of them do not exist at its place, and what is more than it can do."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from punchcard.language import cel
from punchcard.language.absent import missing_name
from punchcard.language.grammar import Context
from punchcard.language.names import IN_SEGMENT, QUESTIONS, SEGMENTS
from punchcard.language.nearest import listed, nearest
from punchcard.language.nodes import Scalar
from punchcard.language.operators import OPERATORS, TEXT_QUESTIONS
from punchcard.language.saying import Say
from punchcard.language.scope import Reply
from punchcard.language.undeclared import warn_undeclared
from punchcard.language.unfit import Unfit

# A text that stands bare in a list, and what may stand there as it is.
_BARE = re.compile(r"(?!(?:true|false)$)[^\W\d][\w -]*")
_LITERAL = re.compile(r"\"[^\"]*\"|'[^']*'|[\d.]+|true|false")


class Naming:
    """Goes through the tree of one condition; `beyond`, it is none, and that has been said."""

    def __init__(
        self,
        scalar: Scalar,
        context: Context,
        names: Mapping[str, str],
        say: Say,
        *,
        filters: bool,
        chooses: bool,
    ) -> None:
        self._scalar = scalar
        self._context = context
        self._names = names
        self._say = say
        self._filters = filters
        self._chooses = chooses
        self.beyond = False

    def missing(self, node: cel.Node) -> Iterator[tuple[str, str]]:
        """Report each name that does not exist here, and yield it as one of any type, so that the rest is checked."""
        path = _path(node)
        if path is not None:
            yield from self._missing_path(node, path)
            return
        children = node.children
        if node.kind == "call":
            asked = f"{_path(children[0]) if children else None}.{node.value}"
            if asked in QUESTIONS:
                if self._filters and "customer.orders" not in self._names:
                    yield from self._missing_path(children[0], str(asked))
                children = children[1:]
            elif node.value not in OPERATORS:
                self._no_function(node)
                return
        elif node.kind in ("other", "select"):
            self._too_much(node)
            return
        elif node.kind == "list" and self._bare_words(node):
            return
        for child in children:
            yield from self.missing(child)

    def _bare_words(self, node: cel.Node) -> bool:
        """Report a list whose texts stand without quotes, as one; False if it is no such list."""
        text = self._scalar.value
        start = text.rfind("[", 0, node.at + 1)
        end = text.find("]", node.at) + 1
        words = [each.strip() for each in text[start + 1 : end - 1].split(",")]
        bare = [each for each in words if _BARE.fullmatch(each) and each not in self._names]
        if (
            start < 0
            or not bare
            or not all(_BARE.fullmatch(each) or _LITERAL.fullmatch(each) for each in words)
        ):
            return False
        self.beyond = True
        meant = ", ".join(f'"{each}"' if each in bare else each for each in words)
        reason = f"texts in a list stand in quotes, and {listed((f'`{each}`' for each in bare), 'and')} "
        reason += "does not" if len(bare) == 1 else "do not"
        self._say("PC1401", start, end, reason, "each text in quotes", f"[{meant}]")
        return True

    def _missing_path(self, node: cel.Node, path: str) -> Iterator[tuple[str, str]]:
        root = path.partition(".")[0]
        start, end = _extent(node)
        if path in self._names:
            return
        if self._names.get(root) == "any" and path.count(".") == 1:
            warn_undeclared(path, self._scalar.part(start, end), self._context)
            return
        asked = self._asked_otherwise(path)
        if asked is not None:
            reason = "segments are asked for by name, one by one"
            self._say("PC1821", start, end, reason, f"`{asked}`", None if path == SEGMENTS else asked)
            yield path, "any"
            return
        found = missing_name(path, self._names, self._context.scope, where=self._filters)
        self._say(found.code, start, end, found.reason, found.expected, self._meant(path, found))
        yield path, "any"

    def _meant(self, path: str, found: Unfit) -> str | None:
        """Return what to write instead: in `choose` the answer of a question, for a lone word a text."""
        if self._chooses and isinstance(self._context.scope.made.get(path), Reply):
            return f"{path}.answer"
        if found.code == "PC1401" and "." not in path:
            return found.suggestion or f'"{path}"'
        return found.suggestion

    def _asked_otherwise(self, path: str) -> str | None:
        """Return how the question is written that somebody means who names segments as if they were fields."""
        if not (self._filters and "customer.orders" not in self._names):
            if path == SEGMENTS:
                return f'{IN_SEGMENT}("loyal")'
            name = path.rpartition(".")[2]
            ways = (name, f"customer.{name}", f"segment.{name}", f"{SEGMENTS}.{name}")
            if path in ways and name in self._context.programme.segments:
                return f'{IN_SEGMENT}("{name}")'
        return None

    def _too_much(self, node: cel.Node) -> None:
        self.beyond = True
        expected = "comparisons joined by `and`, `or`, `not`"
        self._say("PC1413", node.at, node.at + 1, "this is more than a condition can do", expected)

    def _no_function(self, node: cel.Node) -> None:
        name = str(node.value)
        if not name[0].isalpha():
            self._too_much(node)
            return
        self.beyond = True
        known = [*QUESTIONS, *(f".{each}" for each in TEXT_QUESTIONS)]
        start = self._scalar.value.rfind(name, 0, node.at + len(name) + 1)
        start = node.at if start < 0 else start
        self._say(
            "PC1413",
            start,
            start + len(name),
            f"there is no question `{name}`",
            listed(known),
            nearest(name, [each.rpartition(".")[2] for each in known]),
        )


def _path(node: cel.Node) -> str | None:
    """Return `coupon.redeemed` for what names a field, None for anything else."""
    if node.kind == "name":
        return str(node.value)
    if node.kind == "select":
        owner = _path(node.children[0])
        return f"{owner}.{node.value}" if owner else None
    return None


def _extent(node: cel.Node) -> tuple[int, int]:
    first = node
    while first.children:
        first = first.children[0]
    end = node.at + (0 if node.kind == "name" else 1) + len(str(node.value))
    return first.at, end
