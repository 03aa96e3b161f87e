"""How far an interrupted import got, kept in the data directory, so that the same command goes on from there.

It only saves time: what is imported twice is recognised by its identity and changes nothing.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

from sqlalchemy import Connection, select

from punchcard.domain.events import Event


@dataclass(slots=True)
class Counts:
    """What has become of the records so far."""

    records: int = 0
    rows: int = 0
    accepted: int = 0
    duplicates: int = 0
    rejected_rows: int = 0


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The records that are behind, the size of the reject file then, and the last event that was taken in."""

    counts: Counts = field(default_factory=Counts)
    rejects: int = 0
    last: str = ""


class CheckpointFile:
    """One import's checkpoint. Its name is made of everything that decides what the import does."""

    def __init__(self, folder: Path, *parts: object) -> None:
        """Use `folder`; `parts` are the file's digest, how it is read, and where it goes."""
        digest = hashlib.sha256(repr(parts).encode()).hexdigest()[:24]
        self._path = folder / f"{digest}.json"

    def read(self) -> Checkpoint:
        """Return how far the import got; the beginning if it has not begun, or its note cannot be read."""
        try:
            data = json.loads(self._path.read_text())
            return Checkpoint(Counts(**data["counts"]), data["rejects"], data["last"])
        except (OSError, ValueError, KeyError, TypeError):
            return Checkpoint()

    def write(self, checkpoint: Checkpoint) -> None:
        """Replace the note; a crash leaves the old one or the new one."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        draft = self._path.with_suffix(".part")
        draft.write_text(json.dumps(asdict(checkpoint)))
        draft.replace(self._path)

    def remove(self) -> None:
        """Forget it: the import is finished."""
        self._path.unlink(missing_ok=True)


def still_holds(connection: Connection, source: str, checkpoint: Checkpoint) -> bool:
    """Return whether the database is the one that was imported into: it knows the last event."""
    known = select(Event.id).where(Event.source == source, Event.external_id == checkpoint.last)  # type: ignore[call-overload]
    return connection.execute(known).first() is not None
