"""The word that was probably meant."""

from collections.abc import Iterable
from difflib import get_close_matches


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that looks most like `word`, or None if none does."""
    choices = {each.lower(): each for each in known}
    wanted = word.lower().replace("-", "_") if any("_" in each for each in choices) else word.lower()
    found = get_close_matches(wanted, choices, n=1, cutoff=0.6)
    return choices[found[0]] if found else None


def listed(words: Iterable[str], last: str = "or") -> str:
    """Return the words as a sentence has them: `a, b or c`."""
    items = list(words)
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"
