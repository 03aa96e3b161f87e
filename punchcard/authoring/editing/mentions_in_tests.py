"""What a file of tests names: the campaign's rewards and messages, events, fields, roles."""

from __future__ import annotations

from collections.abc import Iterator

from punchcard.authoring.editing.study import Spot, Study, spots
from punchcard.authoring.editing.things import Mention, Thing
from punchcard.language.nodes import Scalar

# The words behind which something stands that a step of the campaign makes.
_MADE = frozenset(
    {"redeem", "reward", "revoked", "given_back", "owed", "question", "done", "reply", "task", "call"}
)


def in_tests(study: Study) -> Iterator[Mention]:
    """Yield what a file of tests names."""
    for spot in spots(study.seen.root, study.shape):
        if spot.is_key:
            yield from _key(spot)
        elif spot.scalar.value:
            yield from _value(study, spot)


def _key(spot: Spot) -> Iterator[Mention]:
    match spot.trail:
        case (*_, "customer" | "profile", "attributes", name):
            yield Mention(Thing("customer_field", name), spot.scalar.span)
        case (*_, "order", "attributes", name):
            yield Mention(Thing("order_field", name), spot.scalar.span)
        case _:
            pass


def _value(study: Study, spot: Spot) -> Iterator[Mention]:
    span, name = spot.scalar.span, spot.scalar.value
    home = _line_of(study, spot)
    match spot.place:
        case ("tests",) | ("with",) | (*_, "campaign"):
            yield Mention(Thing("campaign", name), span)
        case (*_, "message", "name"):
            yield Mention(Thing("message", name, home), span)
        case (*_, "event", "name"):
            yield Mention(Thing("event", name), span)
        case (*_, "task", "by"):
            yield Mention(Thing("role", name), span)
        case (*_, "without"):
            yield Mention(Thing("customer_field", name), span)
        case (*_, "variants" | "kept", split):
            yield Mention(Thing("variant", name, f"{home}/{split}"), span)
        case (*_, "answer", "to") | (*_, "decide", "of"):
            yield Mention(Thing("made", name, home), span)
        case (*_, word, "name" | "reward" | "task" | "call") if word in _MADE:
            yield Mention(Thing("made", name, home), span)
        case _:
            pass


def _line_of(study: Study, spot: Spot) -> str:
    """Return the campaign that a line speaks of."""
    for parent in reversed(spot.parents[1:]):
        named = _text(parent.get("campaign"))
        if named:
            return named
    return study.of.written.path.stem if study.of else ""


def _text(node: object) -> str:
    return node.value if isinstance(node, Scalar) else ""
