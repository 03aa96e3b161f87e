"""Reading a message's template without rendering it: which fields it names, and what is wrong."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache

from jinja2 import TemplateSyntaxError, nodes

from punchcard.messages.filters import FILTERS, Filter
from punchcard.messages.markup import markup_mistakes
from punchcard.messages.mistake import (
    MistakeKind,
    TemplateMistake,
    line_and_column,
    mistake_at,
)
from punchcard.messages.positions import parse_positioned
from punchcard.messages.sandbox import DEEPEST_LOOP, DEEPEST_NESTING, LOOP_FACTS, MOST_LOOPS, MOST_SOURCE
from punchcard.messages.syntax import syntax_mistake

ITEM = "[]"  # the part of a path that stands for each item of a list


@dataclass(frozen=True)
class Variable:
    """A field that the template names: its path, its place, and the filters behind it, in order.

    `order.lines[].name` has the path `("order", "lines", "[]", "name")`. It is `asked` where an `if` looks at it.
    """

    path: tuple[str, ...]
    line: int
    column: int
    filters: tuple[str, ...] = ()
    asked: bool = False


@dataclass(frozen=True)
class Comparison:
    """A field that the template compares with a value, and the place of the field."""

    path: tuple[str, ...]
    value: str | int
    line: int
    column: int


@dataclass(frozen=True)
class TemplateFacts:
    """What a template's text says; with mistakes it must not be rendered."""

    variables: tuple[Variable, ...]
    mistakes: tuple[TemplateMistake, ...]
    comparisons: tuple[Comparison, ...] = ()


@lru_cache(maxsize=2048)
def inspect_template(text: str) -> TemplateFacts:
    """All fields and all mistakes of a template, in the order of the text; never raises."""
    if len(text) > MOST_SOURCE:
        return TemplateFacts((), (_too_long(text),))
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    try:
        tree = parse_positioned(text)
        if _is_deeper_than(tree, DEEPEST_NESTING):
            return TemplateFacts((), (_too_deep(text),))
    except TemplateSyntaxError as cause:
        return TemplateFacts((), (syntax_mistake(text, cause),))
    except RecursionError:
        return TemplateFacts((), (_too_deep(text),))
    reader = _Reader(text)
    reader.read_all(tree.body, {})
    mistakes = [*reader.mistakes, *_loop_mistakes(text, tree), *markup_mistakes(text)]
    in_order = sorted(mistakes, key=lambda each: (each.line, each.column))
    return TemplateFacts(tuple(reader.variables), tuple(in_order), tuple(reader.comparisons))


def variables(text: str) -> tuple[Variable, ...]:
    """The fields that a template names, in the order of the text."""
    return inspect_template(text).variables


Scope = Mapping[str, tuple[str, ...]]  # a loop's name for an item → the path of that item


class _Reader:
    """Walks a tree by an allow-list of node kinds, and notes fields and mistakes."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.variables: list[Variable] = []
        self.mistakes: list[TemplateMistake] = []
        self.comparisons: list[Comparison] = []
        self._asks = False

    def read_all(self, children: Iterable[nodes.Node], scope: Scope) -> None:
        for child in children:
            self.read(child, scope)

    def read(self, node: nodes.Node, scope: Scope) -> None:
        match node:
            case nodes.TemplateData() | nodes.Const():
                pass
            case nodes.Output():
                self.read_all(node.nodes, scope)
            case nodes.Name() | nodes.Getattr() | nodes.Filter():
                self._read_field(node, scope)
            case nodes.And() | nodes.Or():
                self.read_all([node.left, node.right], scope)
            case nodes.Not():
                self.read(node.node, scope)
            case nodes.Compare():
                self._read_comparison(node, scope)
            case nodes.If():
                self._asks = True
                self.read(node.test, scope)
                self._asks = False
                self.read_all([*node.body, *node.elif_, *node.else_], scope)
            case nodes.For():
                self._read_loop(node, scope)
            case _:
                self._refuse(node, _FEATURES.get(type(node), "this"))

    def _read_comparison(self, node: nodes.Compare, scope: Scope) -> None:
        self.read(node.expr, scope)
        for operand in node.ops:
            if operand.op not in ("eq", "ne"):
                self._refuse(node.expr, "comparing by size or content")
            self.read(operand.expr, scope)
            self._note_comparison(node.expr, operand.expr, scope)
            self._note_comparison(operand.expr, node.expr, scope)

    def _note_comparison(self, field: nodes.Node, value: nodes.Node, scope: Scope) -> None:
        if not isinstance(value, nodes.Const) or not isinstance(value.value, str | int):
            return
        names: list[str] = []
        while isinstance(field, nodes.Getattr):
            names.insert(0, field.attr)
            field = field.node
        if isinstance(field, nodes.Name):
            path = (*scope.get(field.name, (field.name,)), *names)
            line, column = line_and_column(self._text, field.lineno)
            self.comparisons.append(Comparison(path, value.value, line, column))

    def _read_loop(self, node: nodes.For, scope: Scope) -> None:
        if node.test is not None or node.recursive:
            self._refuse(node, "'if' or 'recursive' inside 'for'")
        if not isinstance(node.iter, nodes.Name | nodes.Getattr):
            self._refuse(node.iter, "'for' over anything but a field")
            return
        path = self._read_field(node.iter, scope)
        if path is None:
            return
        if not isinstance(node.target, nodes.Name):
            self._refuse(node.target, "more than one name after 'for'")
            return
        self._refuse_hidden(node.target, node.target.name)
        inner = {**scope, node.target.name: (*path, ITEM), "loop": ("loop",)}
        self.read_all(node.body, inner)
        self.read_all(node.else_, scope)

    def _read_field(self, node: nodes.Node, scope: Scope) -> tuple[str, ...] | None:
        """Notes the field `a.b | filter | filter`, and answers its full path."""
        filters: list[str] = []
        while isinstance(node, nodes.Filter) and node.node is not None:
            self._check_filter(node)
            if filters and (reason := _misfit(node.name, filters[0])):
                self._note("filter", node, reason, "leave one of them out")
            filters.insert(0, node.name)
            node = node.node
        if isinstance(node, nodes.Const) and filters:
            return None
        names: list[str] = []
        while isinstance(node, nodes.Getattr):
            names.insert(0, node.attr)
            node = node.node
        if not isinstance(node, nodes.Name):
            self.read(node, scope)
            return None
        return self._note_field(node, names, tuple(filters), scope)

    def _note_field(
        self, root: nodes.Name, names: list[str], filters: tuple[str, ...], scope: Scope
    ) -> tuple[str, ...]:
        for name in (root.name, *names):
            self._refuse_hidden(root, name)
        path = (*scope.get(root.name, (root.name,)), *names)
        if path[0] == "loop" and "loop" in scope:
            if len(names) != 1 or names[0] not in LOOP_FACTS:
                self._refuse(root, "loop with anything but " + ", ".join(LOOP_FACTS))
        else:
            line, column = line_and_column(self._text, root.lineno)
            self.variables.append(Variable(path, line, column, filters, self._asks))
        return path

    def _check_filter(self, node: nodes.Filter) -> None:
        rule = FILTERS.get(node.name)
        if rule is None:
            near = get_close_matches(node.name, FILTERS, n=1)
            remedy = f"write {near[0]!r}" if near else "use one of: " + ", ".join(sorted(FILTERS))
            self._note("filter", node, f"there is no filter {node.name!r}", remedy)
            return
        for reason, remedy in _option_mistakes(node, rule):
            self._note("option", node, reason, remedy)

    def _refuse_hidden(self, node: nodes.Node, name: str) -> None:
        if name.startswith("_"):
            self._refuse(node, f"{name!r}, a name that begins with '_',")

    def _refuse(self, node: nodes.Node, what: str) -> None:
        self._note("feature", node, f"{what} is not available in messages", _FEATURE_REMEDY)

    def _note(self, kind: MistakeKind, node: nodes.Node, reason: str, remedy: str) -> None:
        self.mistakes.append(mistake_at(self._text, node.lineno, kind, reason, remedy))


_FEATURE_REMEDY = (
    "a message has fields, filters, 'if' with 'and', 'or', 'not', '==', '!=', and 'for'; "
    "decide anything else in the campaign's steps"
)

_FEATURES: Mapping[type[nodes.Node], str] = {
    nodes.Call: "calling a function",
    nodes.Getitem: "naming a field in brackets",
    nodes.Test: "'is'",
    nodes.CondExpr: "'if' inside braces",
    nodes.Assign: "'set'",
    nodes.AssignBlock: "'set'",
    nodes.Include: "'include'",
    nodes.Import: "'import'",
    nodes.FromImport: "'import'",
    nodes.Extends: "'extends'",
    nodes.Block: "'block'",
    nodes.Macro: "'macro'",
    nodes.With: "'with'",
    nodes.FilterBlock: "'filter'",
    nodes.Concat: "joining texts with '~'",
    nodes.List: "a list",
    nodes.Tuple: "a list",
    nodes.Dict: "a table in braces",
    **dict.fromkeys(
        (nodes.Add, nodes.Sub, nodes.Mul, nodes.Div, nodes.FloorDiv, nodes.Mod, nodes.Pow)
        + (nodes.Neg, nodes.Pos),
        "calculating",
    ),
}


def _misfit(first: str, second: str) -> str | None:
    """Why the second filter cannot follow the first; None where it can, or where one is unknown."""
    if first not in FILTERS or second not in FILTERS:
        return None
    gives, takes = FILTERS[first].gives, FILTERS[second].takes
    if "anything" in (gives, takes) or gives == takes or (takes == "text" and gives != "list"):
        return None
    return f"{second!r} cannot follow {first!r}, which makes a {gives} of the field"


def _option_mistakes(node: nodes.Filter, rule: Filter) -> Iterator[tuple[str, str]]:
    known = {option.name: option for option in rule.options}
    takes = f"{node.name!r} takes " + (", ".join(known) or "no options")
    if node.dyn_args is not None or node.dyn_kwargs is not None or len(node.args) > len(known):
        yield f"{node.name!r} has too many options", takes
        return
    given: dict[str, nodes.Node] = dict(zip(known, node.args, strict=False))
    for pair in node.kwargs:
        key = str(pair.key)
        if key not in known or key in given:
            yield f"{node.name!r} has no option {key!r} here", takes
        else:
            given[key] = pair.value
    for name, option in known.items():
        value = given.get(name)
        if value is None:
            if option.required:
                yield f"{node.name!r} needs its {name}", f"write {name} as {option.expected}"
        elif not isinstance(value, nodes.Const) or not option.accepts(value.value):
            yield f"the {name} of {node.name!r} does not fit", f"write {option.expected}"


def _loop_mistakes(text: str, tree: nodes.Template) -> Iterator[TemplateMistake]:
    loops = list(tree.find_all(nodes.For))
    if len(loops) > MOST_LOOPS:
        place = loops[MOST_LOOPS].lineno
        yield mistake_at(text, place, "size", f"more than {MOST_LOOPS} loops", "leave some out")
    for loop in _loops_deeper_than(tree, DEEPEST_LOOP):
        reason = f"loops are nested more than {DEEPEST_LOOP} deep"
        yield mistake_at(text, loop.lineno, "size", reason, "take the innermost out")


def _is_deeper_than(node: nodes.Node, depth: int) -> bool:
    return depth < 0 or any(_is_deeper_than(child, depth - 1) for child in node.iter_child_nodes())


def _loops_deeper_than(node: nodes.Node, depth: int) -> Iterator[nodes.For]:
    for child in node.iter_child_nodes():
        is_loop = isinstance(child, nodes.For)
        if isinstance(child, nodes.For) and depth == 0:
            yield child
        else:
            yield from _loops_deeper_than(child, depth - 1 if is_loop else depth)


def _too_long(text: str) -> TemplateMistake:
    reason = f"the text has {len(text)} characters; {MOST_SOURCE} are allowed"
    return TemplateMistake("size", 1, 1, reason, "shorten it")


def _too_deep(text: str) -> TemplateMistake:
    reason = f"conditions, brackets or filters are nested more than {DEEPEST_NESTING} deep"
    return mistake_at(text, 0, "size", reason, "write it flatter")
