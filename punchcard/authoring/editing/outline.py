"""A campaign as an outline: its keys, its steps within each other, its messages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from punchcard.authoring.knowledge import CAMPAIGN, STEPS, children, known
from punchcard.authoring.rows import verbs
from punchcard.language import nodes
from punchcard.language.grammar import Shape
from punchcard.language.nodes import Entry, Node, Scalar, Span

LONGEST_DETAIL = 60
Sort = Literal["key", "step", "name"]


@dataclass(frozen=True, slots=True)
class Heading:
    """One line of the outline: `whole` is all that it stands for, `head` its name."""

    name: str
    detail: str
    sort: Sort
    head: Span
    whole: Span
    within: tuple[Heading, ...] = ()


def outlined(root: Node, shape: Shape | None = CAMPAIGN) -> tuple[Heading, ...]:
    """Return the outline of a file's tree."""
    if not isinstance(root, nodes.Mapping):
        return ()
    return tuple(_keyed(root, shape))


def _keyed(node: nodes.Mapping, shape: Shape | None) -> Iterator[Heading]:
    here = known(shape, node)
    for entry, (_, inner) in zip(node, children(node, shape), strict=True):
        sort: Sort = "name" if here.free is not None else "key"
        yield Heading(
            entry.key.value,
            _detail(entry.value),
            sort,
            entry.key.span,
            entry.key.span.until(entry.value.span),
            tuple(_within(entry.value, inner)),
        )


def _within(node: Node, shape: Shape | None) -> Iterator[Heading]:
    if shape == STEPS:
        steps = node.items if isinstance(node, nodes.Sequence) else (node,)
        for step in steps:
            if isinstance(step, nodes.Mapping):
                yield from _step(step)
    elif isinstance(node, nodes.Mapping) and not node.flow:
        yield from _keyed(node, shape)


def _step(step: nodes.Mapping) -> Iterator[Heading]:
    """A step is called by its verb; the blocks beside it stand within it."""
    verb = next((entry for entry in step if entry.key.value in verbs()), None)
    if verb is None:
        return
    blocks = [heading for heading in _keyed(step, STEPS) if heading.within and heading.name != verb.key.value]
    yield Heading(
        verb.key.value,
        " ".join(filter(None, (_detail(verb.value), _called(step)))),
        "step",
        verb.key.span,
        step.span,
        tuple(blocks),
    )


def _called(step: nodes.Mapping) -> str:
    name: Entry | None = next((entry for entry in step if entry.key.value == "as"), None)
    return f"as {name.value.value}" if name is not None and isinstance(name.value, Scalar) else ""


def _detail(node: Node) -> str:
    """Return a value in a few words."""
    if isinstance(node, Scalar | nodes.Mapping | nodes.Sequence) and "\n" not in node.span.text:
        text = node.span.text.strip("{}")
        return text if len(text) <= LONGEST_DETAIL else f"{text[: LONGEST_DETAIL - 1]}…"
    return ""
