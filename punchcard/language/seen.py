"""What a check has seen at each place, for editors: the tree, and the names that can be used where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from punchcard.language.drafts import Messages
from punchcard.language.nodes import Broken, Node, Source, Span
from punchcard.language.scope import Scope


@dataclass(slots=True, eq=False)
class Seen:
    """Is filled while a campaign is checked: names by the spans of steps and filters, and by the messages sent."""

    root: Node = field(default_factory=lambda: Broken(Span(Source("", ""), 0, 0)))
    messages: Messages = field(default_factory=Messages)
    events: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    steps: list[tuple[Span, Scope]] = field(default_factory=list)
    filters: list[tuple[Span, Scope]] = field(default_factory=list)
    sent: dict[str, list[Scope]] = field(default_factory=dict)

    def step(self, span: Span, scope: Scope) -> None:
        """Note what can be named in a step."""
        self.steps.append((span, scope))

    def filtered(self, span: Span, scope: Scope) -> None:
        """Note what can be named in a trigger's filter."""
        self.filters.append((span, scope))

    def sends(self, message: str, scope: Scope) -> None:
        """Note what can be named where a message is sent."""
        self.sent.setdefault(message, []).append(scope)

    def scope_at(self, offset: int) -> Scope | None:
        """Return what can be named in the innermost step around an offset."""
        around = [(span, scope) for span, scope in self.steps if span.start <= offset <= span.end]
        return min(around, key=lambda each: each[0].end - each[0].start)[1] if around else None

    def filter_at(self, offset: int) -> Scope | None:
        """Return what a filter around an offset can name."""
        return next((scope for span, scope in self.filters if span.start <= offset <= span.end), None)
