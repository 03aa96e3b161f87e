"""Steps in their order: each is read by its verb's row, with the names that the steps before it have made."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from types import MappingProxyType

from punchcard.language import nodes
from punchcard.language.arguments import not_yet, read_fields
from punchcard.language.arrangement import BESIDE, EVERYWHERE, ROWS, arranged
from punchcard.language.defaults import Defaults, with_defaults
from punchcard.language.grammar import Call, Context, Verb
from punchcard.language.kinds import LONGEST_TEXT
from punchcard.language.labels import snake
from punchcard.language.later import LATER_VERBS
from punchcard.language.nearest import listed, nearest
from punchcard.language.nodes import Broken, Entry, Node, Scalar, Span
from punchcard.language.scope import Scope
from punchcard.language.shared import Library, Noted, filled, handed_over, names_made
from punchcard.language.unfit import Unfit
from punchcard.plan.model import Step

MOST_STEPS = 300
DEEPEST = 10
_IN_PATHS = re.compile(r"[A-Za-z0-9_.-]+")
_WORD_AND_VALUE = re.compile(r"([\w-]*)[:\s]*(.*)", re.DOTALL)

# What takes something back is done at once, and is not taken back itself.
UNDO = ".undo."
TAKING_BACK = ("call", "update", "send")
NOT_IN_UNDO = ("on_error", "undo")

Steps = tuple[Step, ...]
NO_DEFAULTS: Defaults = MappingProxyType({})


class Reader:
    """Reads all steps of one campaign; knows which `id`s are taken, how many steps there are and where each stands."""

    def __init__(
        self, context: Context, defaults: Defaults = NO_DEFAULTS, library: Library | None = None
    ) -> None:
        self._context = context
        self._defaults = defaults
        self._library = library or Library()
        self._using: tuple[str, ...] = ()
        self._told: set[tuple[str, int]] = set()
        self.places: dict[str, Span] = {}
        self._ids: dict[str, Span] = {}
        self._count = 0
        self._depth = -1

    def block(self, node: Node, prefix: str, scope: Scope) -> tuple[Steps, Scope]:
        """Return the steps of a list, and what can be named after them; one step needs no list."""
        items: tuple[Node, ...] = ()
        match node:
            case nodes.Sequence():
                items = node.items
            case nodes.Mapping():
                items = (node,)
            case Broken():
                return (), scope
            case Scalar(empty=True):
                self._context.findings.add(
                    "PC1202",
                    node.span,
                    "there are no steps here",
                    expected="`- ` and a verb: " + listed(ROWS),
                )
                return (), scope
            case Scalar():
                self._context.findings.add(
                    "PC1201",
                    node.span,
                    f"`{node.value}` is not a step",
                    expected="`- ` and a verb with its value, such as `- send: hello`",
                )
                return (), scope
        if not items:
            self._context.findings.add(
                "PC1202", node.span, "there are no steps here", expected="`- ` and a verb: " + listed(ROWS)
            )
        self._depth += 1
        try:
            return self._items(items, prefix, scope)
        finally:
            self._depth -= 1

    def _items(self, items: tuple[Node, ...], prefix: str, scope: Scope) -> tuple[Steps, Scope]:
        steps: list[Step] = []
        warned = False
        for number, item in enumerate(items, start=1):
            if not scope.reachable and not warned:
                warned = True
                self._context.findings.add(
                    "PC1601",
                    _head(item),
                    "no path reaches this step",
                    expected="it before the `stop`, or no step here",
                )
            step, scope = self._step(item, f"{prefix}{number}", scope)
            if step is not None:
                steps.append(step)
        return tuple(steps), scope

    def _step(self, node: Node, path: str, scope: Scope) -> tuple[Step | None, Scope]:
        self._count += 1
        if self._context.seen is not None:
            self._context.seen.step(node.span, scope)
        if self._count == MOST_STEPS + 1:
            self._context.findings.add(
                "PC1309",
                _head(node),
                f"the campaign has more than {MOST_STEPS} steps",
                expected=f"at most {MOST_STEPS}; several campaigns",
            )
        if self._count > MOST_STEPS:
            return None, scope
        if not isinstance(node, nodes.Mapping):
            self._no_mapping(node)
            return None, scope
        found = self._verb(node)
        if found is None:
            return None, scope
        verb, key = found
        if self._depth >= DEEPEST:
            self._context.findings.add(
                "PC1309",
                key.span,
                f"this step is nested more than {DEEPEST} deep",
                expected=f"at most {DEEPEST}",
            )
            return None, scope
        if UNDO in path and verb.name not in TAKING_BACK:
            self._context.findings.add(
                "PC1361", key.span, f"a `{verb.name}` cannot stand in an `undo`", expected=listed(TAKING_BACK)
            )
            return None, scope
        self.places[path] = key.span
        return self._call(verb, key, node, path, scope)

    def _no_mapping(self, node: Node) -> None:
        """Say what is missing to a step that is no key with a value."""
        if isinstance(node, Broken):
            return
        text = node.value if isinstance(node, Scalar) else ""
        found = _WORD_AND_VALUE.fullmatch(text)
        word, value = found.groups() if found else ("", "")
        suggestion = None
        if not text:
            message = "there is no step behind this dash"
        elif word in ROWS:
            message = f"`{word}` needs a colon with a space behind it, and a value"
            first = ROWS[word].example.splitlines()[0].removeprefix("- ")
            suggestion = f"- {word}: {value}" if value else f"- {first}"
        else:
            message = f"`{text}` is not a step"
        expected = "a verb with its value, such as `- send: hello`"
        self._context.findings.add("PC1201", _head(node), message, expected=expected, suggestion=suggestion)

    def _verb(self, node: nodes.Mapping) -> tuple[Verb, Scalar] | None:
        """Return the step's verb and the key that is it, even if misspelt."""
        verbs = [entry.key for entry in node if entry.key.value in ROWS]
        for extra in verbs[1:]:
            message = f"a step has one verb, and `{extra.value}` is another"
            expected = f"`- {extra.value}:` as a step of its own"
            self._context.findings.add("PC1310", extra.span, message, expected=expected)
        if verbs:
            return ROWS[verbs[0].value], verbs[0]
        later = next((entry.key for entry in node if entry.key.value in LATER_VERBS), None)
        if later is not None:
            not_yet(later, f"the step `{later.value}`", LATER_VERBS[later.value], self._context)
            return None
        unknown = next((entry.key for entry in node if entry.key.value not in BESIDE), None)
        if unknown is None:
            self._context.findings.add("PC1311", _head(node), "this step has no verb", expected=listed(ROWS))
            return None
        meant = nearest(unknown.value, [*ROWS, *LATER_VERBS])
        message = f"there is no step `{unknown.value}`"
        self._context.findings.add("PC1311", unknown.span, message, expected=listed(ROWS), suggestion=meant)
        return (ROWS[meant], unknown) if meant is not None and meant in ROWS else None

    def _call(
        self, verb: Verb, key: Scalar, node: nodes.Mapping, path: str, scope: Scope
    ) -> tuple[Step | None, Scope]:
        context = self._context.within(scope)
        value, beside = arranged(verb, key, node, self._context)
        for name in NOT_IN_UNDO if UNDO in path else ():
            if name in beside:
                message = f"a step in an `undo` has no `{name}`"
                expected = "the step alone: what fails there is an incident"
                self._context.findings.add("PC1361", beside[name].key.span, message, expected=expected)
        if verb.only and verb.main and isinstance(value, nodes.Mapping):
            value = _main_apart(verb, key, value)
        value = with_defaults(verb, value, self._defaults)
        fields = read_fields(
            f"the step `{verb.name}`",
            value,
            verb.arguments,
            context,
            head=key.span,
            main=verb.main,
            later=verb.later,
            elsewhere=verb.elsewhere,
        )
        call = Call(
            verb=key,
            fields=fields,
            beside=beside,
            path=path,
            context=context,
            block=lambda name, inner: self._inner(beside, name, path, inner),
            branches=lambda scope_of: self._branches(beside, path, scope_of),
            expand=lambda name, span, inputs, new: self._expand(
                name, span, inputs, (new, beside), (path, scope)
            ),
        )
        self._check_labels(beside)
        return verb.build(call)

    def _expand(
        self,
        name: str,
        span: Span,
        given: Node | None,
        named: tuple[str | None, dict[str, Entry]],
        place: tuple[str, Scope],
    ) -> tuple[Steps, Scope] | None:
        """Read a shared step's steps in the place of its use; None after saying why they cannot be."""
        new, beside = named
        path, scope = place
        findings = self._context.findings
        shared = self._library.steps.get(name)
        if shared is None:
            known = list(self._library.steps)
            expected = listed(known) or f"`{name}:` below `shared:`"
            findings.add(
                "PC1340",
                span,
                f"there is no shared step `{name}`",
                expected=expected,
                suggestion=nearest(name, known),
            )
            return None
        self._library.used.add(name)
        if name in self._using:
            way = " → ".join(f"`{each}`" for each in (*self._using[self._using.index(name) :], name))
            findings.add("PC1341", span, f"a shared step would use itself: {way}", expected="steps that end")
            return None
        inputs = handed_over(shared, given, span, self._context.within(scope))
        made = tuple(dict.fromkeys(names_made(shared.steps)))
        if new is not None and len(made) != 1:
            things = listed((f"`{each}`" for each in made), "and") if made else "nothing that has a name"
            message = f"the shared step `{name}` makes {things}, and `as` names one thing"
            findings.add("PC1343", beside["as"].value.span, message, expected="no `as` here")
            return None
        if inputs is None:
            return None
        steps = filled(shared.steps, inputs, {made[0]: new} if new is not None else {})
        line, _ = span.source.place(span.start)
        before, ids = self._context, self._ids
        self._using, self._ids = (*self._using, name), {}
        self._context = replace(before, findings=Noted(findings, line, self._told))
        try:
            return self.block(steps, f"{path}.steps.", scope)
        finally:
            self._context, self._ids, self._using = before, ids, self._using[:-1]

    def _inner(self, beside: dict[str, Entry], name: str, path: str, scope: Scope) -> tuple[Steps, Scope]:
        entry = beside.get(name)
        return self.block(entry.value, f"{path}.{name}.", scope) if entry else ((), scope)

    def _branches(
        self, beside: dict[str, Entry], path: str, scope_of: Callable[[Scalar], Scope]
    ) -> Iterator[tuple[Scalar, Steps, Scope]]:
        entry = beside.get("branches")
        if entry is None or isinstance(entry.value, Broken):
            return
        if not isinstance(entry.value, nodes.Mapping):
            self._context.findings.add(
                "PC1201",
                entry.value.span,
                "branches are keys with steps",
                expected="each branch's name with its steps below, such as `coupon.redeemed:`",
            )
            return
        for number, branch in enumerate(entry.value, start=1):
            name = branch.key.value
            place = name if _IN_PATHS.fullmatch(name) else f"way-{number}"
            steps, after = self.block(branch.value, f"{path}.{place}.", scope_of(branch.key))
            yield branch.key, steps, after

    def _check_labels(self, beside: dict[str, Entry]) -> None:
        for name in EVERYWHERE:
            entry = beside.get(name)
            if entry is None or isinstance(entry.value, Broken):
                continue
            if not isinstance(entry.value, Scalar) or entry.value.empty:
                self._context.findings.add(
                    "PC1202", entry.value.span, f"`{name}` is one text", expected=f"`{name}:` with a text"
                )
            elif name == "id":
                self._check_id(entry.value)
            elif len(entry.value.value) > LONGEST_TEXT:
                self._context.findings.add(
                    "PC1209",
                    entry.value.span,
                    "this note is too long",
                    expected=f"at most {LONGEST_TEXT} characters",
                )

    def _check_id(self, scalar: Scalar) -> None:
        name = snake(scalar.value)
        if isinstance(name, Unfit):
            self._context.findings.refuse(scalar.span, name)
            return
        if name in self._ids:
            line, _ = scalar.span.source.place(self._ids[name].start)
            self._context.findings.add(
                "PC1314", scalar.span, f"line {line} has the id `{name}` already", expected="each id once"
            )
            return
        self._ids[name] = scalar.span


def _main_apart(verb: Verb, key: Scalar, value: nodes.Mapping) -> nodes.Mapping:
    """Return the keys of the verb's other arguments, and the main one with all the rest."""
    assert verb.main is not None, "only a verb with a main argument has it alone"
    others = {argument.name for argument in verb.arguments} - {verb.main}
    beside = tuple(entry for entry in value if entry.key.value in others)
    rest = tuple(entry for entry in value if entry.key.value not in others)
    main = Entry(Scalar(verb.main, key.span), nodes.Mapping(rest, value.span))
    return nodes.Mapping((main, *beside), value.span)


def _head(node: Node) -> Span:
    """Return the first line of a node, or its first key."""
    if isinstance(node, nodes.Mapping) and node.entries:
        return node.entries[0].key.span
    return node.span
