"""What `task` and `approve` have in common: the roles that are asked, in what words, and how long each has."""

from __future__ import annotations

from punchcard.language.grammar import Argument, Context, Kind, Many, Text
from punchcard.language.kinds import IDENTIFIER, items, scalar
from punchcard.language.nearest import listed, nearest
from punchcard.language.nodes import Node
from punchcard.language.templates import check_words
from punchcard.language.working import PATIENCE

MOST_TURNS = 10


def _roles(node: Node, context: Context) -> tuple[str, ...] | None:
    """Read one or several roles of the programme; None if one of them cannot be asked."""
    known = context.programme.roles
    found: list[str] = []
    failed = False
    for item in items(node):
        written = scalar(item, context, "a role such as manager")
        if written is None:
            failed = True
        elif written.value not in known:
            failed = True
            context.findings.add(
                "PC1331",
                written.span,
                f"the programme has no role `{written.value}`",
                expected=listed(known) or f"`roles: {{{written.value}: [ann]}}` in the programme's file",
                suggestion=nearest(written.value, known),
            )
        elif written.value in found:
            failed = True
            context.findings.add(
                "PC1331", written.span, f"`{written.value}` had its turn already", expected="each role once"
            )
        else:
            found.append(written.value)
    if len(found) > MOST_TURNS:
        context.findings.add(
            "PC1209", node.span, f"these are {len(found)} roles", expected=f"at most {MOST_TURNS}"
        )
    return None if failed or not found else tuple(found)


BY: Argument[tuple[str, ...]] = Argument(
    "by",
    Kind(
        "one or several roles",
        ("manager", "[service, manager]"),
        _roles,
        shape=Many(IDENTIFIER, alone=True),
    ),
    "who is asked; of several roles each has its turn, and whoever had one may still act",
    required=True,
)
LONGEST = 2_000


def _words(node: Node, context: Context) -> str | None:
    """Read what is asked: a text that may name fields, as messages do."""
    found = scalar(node, context, "a text such as Call the customer")
    if found is None:
        return None
    if len(found.value) > LONGEST:
        message = f"this text has {len(found.value)} characters"
        context.findings.add("PC1209", found.span, message, expected=f"at most {LONGEST}")
        return None
    check_words(found, context)
    return found.value.strip()


WORDS: Kind[str] = Kind("a text", ("Call {{ customer.first_name }}",), _words, shape=Text(long=True))
UP_TO = Argument("up_to", PATIENCE, "how long each turn lasts; then it is the next role's", required=True)
