"""What the machine asks of its shell: to commit a tick, to do something in the world, to end."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from punchcard.plan.events import Outcome
from punchcard.plan.facts import Fact


@dataclass(frozen=True, slots=True)
class Note:
    """One line of the instance's journal, in data; the console puts it into words."""

    what: str
    path: str | None = None
    data: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Commit:
    """Write these facts and this journal as tick number `tick`, in one transaction."""

    tick: int
    facts: tuple[Fact, ...]
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Perform:
    """Do what leaves the house under this key; `kind` names the activity."""

    key: str
    kind: Literal["send", "start", "call"]


@dataclass(frozen=True, slots=True)
class Finish:
    """Close the workflow."""

    outcome: Outcome


Effect = Commit | Perform | Finish
