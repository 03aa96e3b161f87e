"""What a row of the language's tables is: a kind of value, an argument, a verb, a trigger, a key.

The tables are the language: reading, checking and the reference are all made from them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any, Generic, Literal, TypeVar, cast

from punchcard.language.diagnostics import Findings
from punchcard.language.drafts import Messages
from punchcard.language.later import NOTHING, Words
from punchcard.language.nodes import Entry, Node, Scalar, Span
from punchcard.language.programme import Programme
from punchcard.language.scope import Scope
from punchcard.language.seen import Seen
from punchcard.plan.model import Step
from punchcard.plan.triggers import Trigger

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Context:
    """What reading a value may need to know: where mistakes go, the campaign's settings, and what can be named here.

    `measures` takes down what each experiment has written of its measure, by the path of its step.
    """

    findings: Findings
    currency: str
    timezone: str
    scope: Scope
    messages: Messages
    programme: Programme = field(default_factory=Programme)
    seen: Seen | None = None
    measures: dict[str, Fields] = field(default_factory=dict)

    @property
    def events(self) -> Mapping[str, Mapping[str, str]]:
        """The declared events with the types of their fields."""
        return self.programme.events

    def within(self, scope: Scope) -> Context:
        """Return the same with other names."""
        return replace(self, scope=scope)


@dataclass(frozen=True, slots=True)
class Text:
    """One value as text; the `pattern` fits all that is right, and some that is not. `long`: of several lines.

    Plain YAML takes some of them for a `number`, whole or any.
    """

    pattern: str | None = None
    number: Literal["whole", "any"] | None = None
    long: bool = False


@dataclass(frozen=True, slots=True)
class Keys:
    """Keys with values by a table."""

    table: tuple[Argument[Any], ...]


@dataclass(frozen=True, slots=True)
class Named:
    """Names of the author's own, each with a value of one kind; names are written as `pattern` says.

    Behind them may stand the `keys` of a table.
    """

    pattern: str
    value: Kind[Any]
    keys: tuple[Argument[Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Many:
    """A list of values of one kind; `alone`: one value needs no list."""

    item: Kind[Any]
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Either:
    """One of several shapes."""

    shapes: tuple[Shape, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table of the language: a `trigger`, or `steps` by the table of verbs."""

    table: Literal["trigger", "steps"]


# How a value is put together, as far as a table can say it: what editors, the schema and the formatter go by.
Shape = Text | Keys | Named | Many | Either | Row


@dataclass(frozen=True, slots=True)
class Kind(Generic[T]):
    """A kind of value: how sentences call it, how it is written, how it is read, and what it is made of.

    A `closed` kind has no other values than those that are `written`. `read` returns None after it has
    reported why the node does not fit. Without a `shape`, nothing is known of what it is made of.
    """

    name: str
    written: tuple[str, ...]
    read: Callable[[Node, Context], T | None]
    closed: bool = False
    shape: Shape | None = None


@dataclass(frozen=True, slots=True)
class Argument(Generic[T]):
    """A named value of a key, verb or trigger; `default` is what the reference says about leaving it out."""

    name: str
    kind: Kind[T]
    says: str
    required: bool = False
    default: str = ""


@dataclass(frozen=True, slots=True)
class Fields:
    """The arguments that were given, read by their kinds; `unread` if some was reported and left out."""

    span: Span
    entries: Mapping[str, Entry]
    values: Mapping[str, Any]
    unread: bool = False

    def get(self, argument: Argument[T]) -> T | None:
        """Return the value; None if it was left out or could not be read."""
        return cast("T | None", self.values.get(argument.name))

    def has(self, argument: Argument[Any]) -> bool:
        """Whether it was written, even if it could not be read."""
        return argument.name in self.entries

    def span_of(self, argument: Argument[Any]) -> Span:
        """Return where its value stands, or where the whole stands if it was left out."""
        entry = self.entries.get(argument.name)
        return entry.value.span if entry else self.span


@dataclass(frozen=True, slots=True)
class Call:
    """One step as written: its verb, arguments, what stands beside it, its path, and the names known before it."""

    verb: Scalar
    fields: Fields
    beside: Mapping[str, Entry]
    path: str
    context: Context
    block: Callable[[str, Scope], tuple[tuple[Step, ...], Scope]]
    branches: Callable[[Callable[[Scalar], Scope]], Iterable[tuple[Scalar, tuple[Step, ...], Scope]]]
    expand: Callable[[str, Span, Node | None, str | None], tuple[tuple[Step, ...], Scope] | None]

    @property
    def scope(self) -> Scope:
        """What could be named before this step."""
        return self.context.scope

    def text(self, key: str) -> str | None:
        """Return the text of `id`, `note` or `as`."""
        entry = self.beside.get(key)
        return entry.value.value if entry and isinstance(entry.value, Scalar) and entry.value.value else None


Built = tuple[Step | None, Scope]


@dataclass(frozen=True, slots=True)
class Verb:
    """A kind of step; `build` returns the plan's step, and what can be named after it.

    `main` is the argument that one value alone is; where it is the `only` one, any value is, but for keys of others.
    `elsewhere` says of keys that are looked for here where they belong.
    """

    name: str
    says: str
    arguments: tuple[Argument[Any], ...]
    build: Callable[[Call], Built]
    example: str
    main: str | None = None
    beside: tuple[str, ...] = ()
    later: Words = field(default_factory=lambda: NOTHING)
    only: bool = False
    elsewhere: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class TriggerRow:
    """A kind of trigger.

    `names` tells what its occasion lets a campaign name, `filtered` what its `where` can name if that is
    something else, `build` makes the plan's trigger.
    """

    name: str
    says: str
    arguments: tuple[Argument[Any], ...]
    names: Callable[[Fields, Context], Scope]
    build: Callable[[Fields, Context], Trigger | None]
    example: str
    main: str | None = None
    filtered: Mapping[str, str] | None = None
