"""Walking through the steps of a plan, whatever they contain."""

from __future__ import annotations

from collections.abc import Iterator

from punchcard.plan.model.steps import Step

WAYS = ("then", "branches", "steps", "otherwise", "on_error", "undo")


def blocks(step: Step) -> Iterator[tuple[str, tuple[Step, ...]]]:
    """Yield the (name, steps) of each block inside a step, in the order in which they are drawn."""
    for way in WAYS:
        inner = getattr(step, way, None)
        if inner is None:
            continue
        if way == "branches":
            yield from ((branch.name, branch.steps) for branch in inner)
        else:
            yield way, inner


def walk(steps: tuple[Step, ...]) -> Iterator[Step]:
    """Yield every step at any depth, in plan order."""
    for step in steps:
        yield step
        for _, inner in blocks(step):
            yield from walk(inner)


def verb(step: Step) -> str:
    """Return the word that the campaign language has for a kind of step."""
    return type(step).__name__.lower()
