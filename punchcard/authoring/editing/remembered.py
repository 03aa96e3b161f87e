"""What was found before a line was begun that cannot be read yet: it stands where its own line is as it was."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from punchcard.language.codes import CONSEQUENCES
from punchcard.language.diagnostics import Diagnostic

# With these, lines were left out, so that what depends on others is not judged.
UNREADABLE = frozenset({"PC1001", "PC1002", "PC1012"})


def is_whole(found: Sequence[Diagnostic]) -> bool:
    """Whether everything in a file could be read."""
    return not any(each.code in UNREADABLE for each in found)


def still_found(
    text: str, found: Sequence[Diagnostic], before: str, known: Sequence[Diagnostic], name: str
) -> tuple[Diagnostic, ...]:
    """Return what is found in a text of which lines cannot be read, with what was known of the others before."""
    places = {(each.file, each.line, each.column) for each in found}
    kept = (each for each in _moved(text, before, known, name) if _place(each) not in places)
    order = sorted((*found, *kept), key=lambda each: (each.file != name, each.file, each.line, each.column))
    return tuple(order)


def _place(found: Diagnostic) -> tuple[str, int, int]:
    return found.file, found.line, found.column


def _moved(text: str, before: str, known: Sequence[Diagnostic], name: str) -> Iterator[Diagnostic]:
    """Yield what waits for the other lines, where it stands now."""
    old, new = before.split("\n"), text.split("\n")
    above = len(list(takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False))))
    turned = zip(reversed(old[above:]), reversed(new[above:]), strict=False)
    below = len(list(takewhile(lambda pair: pair[0] == pair[1], turned)))
    for each in known:
        if each.code not in CONSEQUENCES:
            continue
        if each.file != name or each.line <= above:
            yield each
        elif each.line > len(old) - below:
            yield replace(each, line=each.line + len(new) - len(old))
