"""Keys that are no words of the language: the ways behind a step, what inputs and fields are called, variants."""

from __future__ import annotations

from collections.abc import Iterator

from punchcard.authoring.editing.declared import experiments_of, inputs_of, inputs_of_campaign, used_step
from punchcard.authoring.editing.names import scope_at
from punchcard.authoring.editing.study import Name, Spot, Study
from punchcard.language import nodes
from punchcard.language.diagnostics import Findings
from punchcard.language.drafts import Messages
from punchcard.language.grammar import Context
from punchcard.language.kinds import items
from punchcard.language.nodes import Node, Scalar
from punchcard.language.possible import values_of
from punchcard.language.scope import Scope
from punchcard.language.steps.approve import DECISIONS
from punchcard.plan.model import Call, walk

KEEP_BEST = "keep_best"
SEGMENTS = "customer.segments"


def own_keys(study: Study, spot: Spot) -> list[Name]:
    """Return the author's own words that can be a key here, but for those that stand there."""
    written = {entry.key.value for entry in spot.within or ()}
    return [name for name in _names(study, spot) if name.name not in written]


def _names(study: Study, spot: Spot) -> Iterator[Name]:
    match spot.trail:
        case (*_, "branches", _):
            yield from _branches(study, spot)
        case (*_, "use", "with", _):
            for name, kind in inputs_of(study, used_step(spot)).items():
                yield Name(name, f"an input of the shared step, of the type {kind}")
        case (*_, "start", "with", _):
            named = spot.parents[-2].get("campaign")
            for name, kind in inputs_of_campaign(study, named).items():
                yield Name(name, f"an input of the campaign `{_text(named)}`, of the type {kind}")
        case (*_, "update", "set", _) | (*_, "customer" | "profile", "attributes", _):
            for name, kind in study.programme.customer_fields.items():
                yield Name(name, f"a field of the customer, of the type {kind}")
        case (*_, "order", "attributes", _):
            for name, kind in study.programme.order_fields.items():
                yield Name(name, f"a field of orders, of the type {kind}")
        case (*_, "event", "data", _):
            for name, kind in study.seen.events.get(_text(spot.parents[-2].get("name")), {}).items():
                yield Name(name, f"a field of the event, of the type {kind}")
        case (*_, "customer", "variants", _) | (*_, "kept", _):
            for name, variants in experiments_of(study).items():
                yield Name(name, f"a split into {', '.join(variants)}")
        case (*_, "reply", "with", _):
            plan = study.campaign.checked.plan if study.campaign else None
            for step in walk(plan.steps) if plan else ():
                if isinstance(step, Call) and step.name == _text(spot.parents[-2].get("call")):
                    yield from (
                        Name(each.name, f"a field of the reply, of the type {each.type}")
                        for each in step.returns
                    )
        case _:
            pass


def _branches(study: Study, spot: Spot) -> Iterator[Name]:
    """Yield the ways that a step can have, by its verb."""
    step = spot.parents[-2]
    waits, asked, splits = step.get("wait"), step.get("choose"), step.get("split")
    if isinstance(waits, nodes.Mapping):
        events = waits.get("for")
        for event in items(events) if events is not None else ():
            if isinstance(event, Scalar) and event.value:
                yield Name(event.value, "when this comes first")
    elif step.get("approve") is not None:
        yield from (Name(each, "when this is decided") for each in DECISIONS)
    elif isinstance(splits, nodes.Mapping):
        for entry in splits:
            if entry.key.value != KEEP_BEST:
                yield Name(entry.key.value, f"{_text(entry.value)} of the customers")
    elif isinstance(asked, Scalar) and asked.value == SEGMENTS:
        for name, segment in study.programme.segments.items():
            yield Name(name, f"{segment.title or 'a segment'}: `{segment.source}`")
    elif isinstance(asked, Scalar):
        for value in values_at(study, scope_at(study, spot), asked.value):
            yield Name(value, f"when `{asked.value}` is this")


def values_at(study: Study, scope: Scope, path: str) -> tuple[str, ...]:
    """Return the few values that a name can have where this can be named; none where there are many."""
    context = Context(Findings(), "USD", "UTC", scope, Messages(), study.programme)
    return tuple(str(each) for each in values_of(path, context) or ())


def _text(node: Node | None) -> str:
    return node.value if isinstance(node, Scalar) else ""
