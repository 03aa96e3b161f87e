"""Two texts compared word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

# A number with its separators and its unit is one word, and so is a time of day; punctuation stands alone.
_PLAIN = r"[^\s.,;:!?()“”„\"\[\]]+"
_WORDS = re.compile(rf"\s+|\d{{1,2}}:\d{{2}}(?:\s[AP]M)?|{_PLAIN}(?:[.,]{_PLAIN})*|.")
# Below this, two texts share so little that each is read better by itself.
ALIKE = 0.45

Kind = Literal["same", "removed", "added"]


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words that stand in both texts, in the old one, or in the new one."""

    kind: Kind
    text: str


def pieces(old: str, new: str) -> tuple[Piece, ...]:
    """Return both texts as one, with what was removed before what was added in its place."""
    return tuple(_merged(_pieces(_WORDS.findall(old), _WORDS.findall(new))))


def alike(old: str, new: str) -> float:
    """Return how much two texts have in common, from 0 to 1, by their words."""
    return SequenceMatcher(a=_words(old), b=_words(new), autojunk=False).ratio()


def _words(text: str) -> list[str]:
    return [word for word in _WORDS.findall(text) if not word.isspace()]


def _pieces(old: list[str], new: list[str]) -> Iterator[Piece]:
    for tag, a, b, c, d in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Piece("same", "".join(old[a:b]))
            continue
        if a < b:
            yield Piece("removed", "".join(old[a:b]))
        if c < d:
            yield Piece("added", "".join(new[c:d]))


def _merged(found: Iterator[Piece]) -> Iterator[Piece]:
    """A lone space between two changes belongs to both of them."""
    removed, added = "", ""
    for piece in found:
        if piece.kind == "removed":
            removed += piece.text
        elif piece.kind == "added":
            added += piece.text
        elif piece.text.isspace() and "\n" not in piece.text and (removed or added):
            removed, added = removed + piece.text, added + piece.text
        else:
            yield from _changed(removed, added)
            removed = added = ""
            yield piece
    yield from _changed(removed, added)


def _changed(removed: str, added: str) -> Iterator[Piece]:
    """The two sides of a change; what both end with is left outside."""
    tail = ""
    while removed and added and removed[-1] == added[-1] and removed[-1].isspace():
        tail, removed, added = removed[-1] + tail, removed[:-1], added[:-1]
    if removed:
        yield Piece("removed", removed)
    if added:
        yield Piece("added", added)
    if tail:
        yield Piece("same", tail)
