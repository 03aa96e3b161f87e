"""Examples of the tables, filled with what there is in a file: its messages, rewards, segments, roles."""

from __future__ import annotations

from dataclasses import dataclass, replace

from punchcard.authoring.editing.declared import declared_at
from punchcard.authoring.editing.names import kind_at, names_at, scope_at
from punchcard.authoring.editing.study import Spot, Study
from punchcard.language.audience import SEGMENT, SEGMENT_NAMES
from punchcard.language.happenings import EVENTS
from punchcard.language.kinds import CONDITION, MESSAGE_NAME, MOMENT
from punchcard.language.nodes import Span
from punchcard.language.scope import Gift
from punchcard.language.source import source_of

ALWAYS = "customer.orders > 3"


@dataclass(frozen=True, slots=True)
class Filling:
    """Knows what can stand at an offset of a file."""

    study: Study
    offset: int

    def __call__(self, spot: Spot) -> tuple[str, ...]:
        """Return what can stand for a value of an example; nothing where that is as good as any."""
        source = source_of(self.study.name, self.study.text)
        here = replace(spot, scalar=replace(spot.scalar, span=Span(source, self.offset, self.offset)))
        scope, written = scope_at(self.study, here), spot.scalar.value
        if spot.trail[-1:] == ("as",):
            return (f"second_{written}",) if written in {**scope.perhaps, **scope.made} else ()
        kind = kind_at(here)
        if kind in (MESSAGE_NAME, SEGMENT, SEGMENT_NAMES) or declared_at(self.study, here):
            return tuple(each.name for each in names_at(self.study, here))
        if kind not in (CONDITION, EVENTS, MOMENT) or written.partition(".")[0] in scope.made:
            return ()
        if kind == CONDITION:
            gift = next((name for name, made in scope.made.items() if isinstance(made, Gift)), None)
            return (f"{gift}.redeemed" if gift else ALWAYS,) if ".redeemed" in written else ()
        return tuple(each.name for each in names_at(self.study, here)[:1])
