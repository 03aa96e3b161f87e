"""One record of a file on its way in: the event that its rows make, or what is wrong with them."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass
from typing import Any

from punchcard.importing.errors import Mistake
from punchcard.importing.rows import Row


@dataclass(frozen=True, slots=True)
class Record:
    """What became of one row, or of the rows of one order: an event in wire format, or mistakes."""

    rows: tuple[Row, ...]
    event: dict[str, Any] | None
    mistakes: tuple[Mistake, ...] = ()


class GeneratedIds:
    """Ids for rows that have none: the same file gives the same ids, also when rows are added or re-sorted.

    An id is made of the row's content and of how many equal rows came before it, so two equal rows of one file
    are two records, and the same rows in another file are the same records.
    """

    def __init__(self, prefix: str) -> None:
        """Begin to number a file's equal rows."""
        self._prefix = prefix
        self._equal: Counter[str] = Counter()

    def take(self, content: tuple[str, ...]) -> str:
        """Return the id of the next row with this content."""
        digest = hashlib.sha256("\x1f".join(content).encode()).hexdigest()[:20]
        self._equal[digest] += 1
        return f"{self._prefix}-{digest}-{self._equal[digest]}"
