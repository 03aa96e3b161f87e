"""What an experiment can be measured by, as it is offered: whatever some step makes, wherever it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from punchcard.language import nodes
from punchcard.language.nodes import Node, Scalar

# What each verb makes: its name where `as` gives none, and what becomes of it that can be counted.
MAKERS = {"reward": ("reward", "redeemed"), "ask": ("reply", "answered")}


def measures(root: Node, events: Iterable[str]) -> tuple[str, ...]:
    """Return the events that can be counted, in a campaign that may have mistakes yet."""
    own = dict.fromkeys(_made(root))
    return (*own, "customer.ordered", *(f"customer.{name}" for name in events))


def _made(node: Node) -> Iterator[str]:
    match node:
        case nodes.Mapping():
            verb = next((entry.key.value for entry in node if entry.key.value in MAKERS), None)
            if verb is not None:
                name, happens = MAKERS[verb]
                called = node.get("as")
                yield f"{called.value if isinstance(called, Scalar) and called.value else name}.{happens}"
            for entry in node:
                yield from _made(entry.value)
        case nodes.Sequence():
            for item in node:
                yield from _made(item)
