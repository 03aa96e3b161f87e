"""What reading a file of tests knows: the campaign's plan, and what the case has named so far."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from punchcard.language.grammar import Argument, Context, Fields
from punchcard.language.nearest import listed, nearest
from punchcard.language.nodes import Span
from punchcard.plan.model import Approve, Ask, Call, Message, Plan, Reward, Task, walk

T = TypeVar("T")


@dataclass(slots=True)
class Reading:
    """One case being read: `orders` are the ids of its orders so far."""

    context: Context
    plan: Plan
    orders: list[str] = field(default_factory=list)

    @property
    def rewards(self) -> tuple[str, ...]:
        """The names of the campaign's rewards."""
        return tuple(dict.fromkeys(step.name for step in walk(self.plan.steps) if isinstance(step, Reward)))

    @property
    def questions(self) -> tuple[str, ...]:
        """The names of its questions."""
        return tuple(dict.fromkeys(step.name for step in walk(self.plan.steps) if isinstance(step, Ask)))

    @property
    def tasks(self) -> dict[str, tuple[str, ...]]:
        """The names of its tasks and approvals, with the roles that are asked."""
        return {step.name: step.by for step in walk(self.plan.steps) if isinstance(step, Task | Approve)}

    @property
    def calls(self) -> dict[str, Call]:
        """Its calls of other systems by their names."""
        return {step.name: step for step in walk(self.plan.steps) if isinstance(step, Call)}

    @property
    def messages(self) -> dict[str, Message]:
        """Its messages by their names."""
        return {message.name: message for message in self.plan.messages}

    def is_known(
        self, name: str | None, what: str, known: Iterable[str], span: Span, instead: str = ""
    ) -> bool:
        """Whether the campaign or the case has something of this name; says so if not, and `instead` what to do where
        it has none at all.
        """
        names = list(known)
        if name is None or name in names:
            return name is not None
        self.context.findings.add(
            "PC2005",
            span,
            f"there is no {what} `{name}`",
            expected=listed(names)
            or instead
            or f"a campaign with {'an' if what[0] in 'aeiou' else 'a'} {what}",
            suggestion=nearest(name, names),
        )
        return False


@dataclass(frozen=True, slots=True)
class Row(Generic[T]):
    """A kind of line: a deed, or a thing to expect; `build` returns None after it has said why not."""

    name: str
    says: str
    arguments: tuple[Argument[Any], ...]
    build: Callable[[Fields, Reading], T | None]
    example: str
    main: str | None = None
