"""What a rule looks at: a campaign that has been read as a whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from punchcard.language.grammar import Context, Fields
from punchcard.language.nodes import Span
from punchcard.plan.model import Step, StopWhen, walk
from punchcard.plan.triggers import Trigger


@dataclass(frozen=True, slots=True)
class Subject:
    """What was written, and what came of it; `places` says where the verb of each step stands, by its path, `today` the
    day on which it is checked, if that is known.
    """

    fields: Fields
    trigger: Trigger | None
    steps: tuple[Step, ...]
    file_stem: str
    context: Context
    stop_when: StopWhen | None = None
    places: Mapping[str, Span] = field(default_factory=lambda: MappingProxyType({}))
    today: date | None = None

    def walk(self) -> Iterator[tuple[Step, Span]]:
        """Yield every step with its place, in plan order."""
        for step in walk(self.steps):
            yield step, self.places.get(step.path, self.fields.span)

    def warn(self, code: str, span: Span, message: str, expected: str, suggestion: str | None = None) -> None:
        """Note what the rule has found."""
        self.context.findings.add(code, span, message, expected=expected, suggestion=suggestion)
