"""Roles of the programme: whom campaigns can ask."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from punchcard.language import nodes
from punchcard.language.grammar import Argument, Context, Kind, Many, Named
from punchcard.language.kinds import TEXT, items, scalar, unread
from punchcard.language.labels import SNAKE, snake
from punchcard.language.nodes import Broken, Node
from punchcard.language.unfit import Unfit

MOST_ROLES = 50
MOST_HOLDERS = 100


def _roles(node: Node, context: Context) -> Mapping[str, tuple[str, ...]] | None:
    """Read the names of roles, and of the accounts that hold each."""
    if isinstance(node, Broken):
        return None
    if not isinstance(node, nodes.Mapping):
        expected = "`roles: {manager: [ann, bob]}`"
        context.findings.add(
            "PC1201", node.span, "roles are names with the accounts that hold them", expected=expected
        )
        return None
    found: dict[str, tuple[str, ...]] = {}
    for entry in node:
        name = snake(entry.key.value)
        if isinstance(name, Unfit):
            context.findings.refuse(entry.key.span, name)
            continue
        if isinstance(entry.value, nodes.Sequence) and not entry.value.items:
            message, expected = f"nobody holds the role `{name}`", "the names of accounts, such as [ann, bob]"
            context.findings.add("PC1202", entry.value.span, message, expected=expected)
        written = (scalar(item, context, "the name of an account") for item in items(entry.value))
        found[name] = tuple(dict.fromkeys(each.value for each in written if each is not None))
    most = max((len(found), *(len(each) * MOST_ROLES // MOST_HOLDERS for each in found.values())), default=0)
    if most > MOST_ROLES:
        expected = f"at most {MOST_ROLES} roles, each held by at most {MOST_HOLDERS}"
        context.findings.add("PC1209", node.span, "these are too many", expected=expected)
    return MappingProxyType(found)


_HOLDERS = unread("accounts", ("ann",), shape=Many(TEXT, alone=True))
ROLES = Argument(
    "roles",
    Kind(
        "roles with accounts",
        ("{manager: [ann, bob], service: carla}",),
        _roles,
        shape=Named(SNAKE.pattern, _HOLDERS),
    ),
    "whom campaigns can ask: the accounts of the console that hold each role; administrators may act in all",
    default="none",
)
