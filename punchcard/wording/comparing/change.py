"""One thing that changes from one version to the next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from punchcard.wording.comparing.words import ALIKE, Piece, alike, pieces

Sign = Literal["added", "removed", "changed", "moved"]


@dataclass(frozen=True, slots=True)
class Change:
    """What stood there before and what stands there now; `head` says where: a step's number, a message."""

    sign: Sign
    before: str | None
    after: str | None
    head: str = ""

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """The text with what was removed and what was added."""
        if self.before is None:
            return (Piece("added", self.after or ""),)
        if self.after is None:
            return (Piece("removed", self.before),)
        return pieces(self.before, self.after)


def lines_changed(old: list[str], new: list[str], head: str = "") -> list[Change]:
    """Compare two lists of sentences: each sentence that is new, gone, or said otherwise."""
    gone = [line for line in old if line not in new]
    fresh = [line for line in new if line not in old]
    found = []
    for line in gone:
        twin = max(fresh, key=lambda each: alike(line, each), default=None)
        if twin is None or alike(line, twin) < ALIKE:
            found.append(Change("removed", line, None, head))
        else:
            fresh.remove(twin)
            found.append(Change("changed", line, twin, head))
    return found + [Change("added", None, line, head) for line in fresh]
