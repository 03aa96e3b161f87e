"""By which channels a message goes out, and to whom: e-mail, to the customer."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from punchcard.language.grammar import Context, Kind, Many
from punchcard.language.kinds import items, one_of
from punchcard.language.later import LATER_CHANNELS, LATER_RECIPIENTS
from punchcard.language.nodes import Node, Scalar

# What others write where the message is sent.
OF_THE_MESSAGE: Mapping[str, str] = MappingProxyType(
    dict.fromkeys(
        ("subject", "body", "text", "purpose"),
        "the message's name here, and its words under that name in `messages:`",
    )
)
CHANNEL: Kind[str] = one_of("email", later=LATER_CHANNELS)
RECIPIENT: Kind[str] = one_of("customer", later=LATER_RECIPIENTS)


def _channels(node: Node, context: Context) -> tuple[str, ...] | None:
    """Read one or several channels, which are tried in turn; None if one of them cannot be used."""
    found: list[str] = []
    written: set[str] = set()
    for item in items(node):
        if isinstance(item, Scalar) and item.value in written:
            message = f"`{item.value}` stands here twice"
            context.findings.add("PC1370", item.span, message, expected="each channel once, in turn")
            continue
        name = CHANNEL.read(item, context)
        found += [] if name is None else [name]
        written |= {item.value} if isinstance(item, Scalar) else set()
    if not items(node):
        context.findings.add(
            "PC1202", node.span, "no channel is named here", expected="`by: email`, or no `by`"
        )
    return tuple(found) if found and len(found) == len(items(node)) else None


CHANNELS: Kind[tuple[str, ...]] = Kind(
    "one or several channels", ("email",), _channels, shape=Many(CHANNEL, alone=True)
)
