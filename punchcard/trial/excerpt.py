"""A part of a long text: what stands where other words were expected."""

from __future__ import annotations

from difflib import SequenceMatcher

WIDTH = 160
LONGEST = 20_000


def excerpt(text: str, words: str, width: int = WIDTH) -> str:
    """Return the text, shortened around what is most like `words`; `…` stands for what was left out."""
    if len(text) <= width:
        return text
    begin = max(0, min(_likest(text[:LONGEST], words) - (width - len(words)) // 2, len(text) - width))
    end = begin + width
    if begin:
        begin = text.find(" ", begin, begin + 20) + 1 or begin
    if end < len(text):
        found = text.rfind(" ", end - 20, end)
        end = end if found < 0 else found
    return f"{'…' if begin else ''}{text[begin:end]}{'…' if end < len(text) else ''}"


def _likest(text: str, words: str) -> int:
    """Return where the text is most like the words: the place of most of their letters in one stretch."""
    matcher = SequenceMatcher(None, words.casefold(), text.casefold(), autojunk=False)
    found = matcher.find_longest_match()
    return max(0, found.b - found.a)
