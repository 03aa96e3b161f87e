"""`stop_when`: what ends an instance wherever it stands, an event or a condition."""

from __future__ import annotations

import re
from dataclasses import replace
from types import MappingProxyType

from punchcard.language.expressions import condition
from punchcard.language.grammar import Context
from punchcard.language.happenings import EVENTS
from punchcard.language.kinds import scalar
from punchcard.language.names import customers_own, in_condition
from punchcard.language.nodes import Node, Scalar
from punchcard.language.scope import Gift, Scope
from punchcard.plan.model import Reward, Step, StopWhen, walk
from punchcard.plan.order_facts import ORDER_FACTS

_NAME = re.compile(r"([a-z][a-z0-9_]*)\.[a-z][a-z0-9_]*")


def read_stop_when(node: Node | None, steps: tuple[Step, ...], context: Context) -> StopWhen | None:
    """Return what ends the campaign's instances; events may name any reward that some step gives."""
    if node is None:
        return None
    rewards = (step for step in walk(steps) if isinstance(step, Reward))
    gifts = {
        step.name: Gift(step.offer, step.expires, node.span, orders=step.orders)
        for step in sorted(rewards, key=lambda step: -step.orders)
    }
    scope = replace(context.scope, made=MappingProxyType(gifts))
    inner = context.within(scope)
    if isinstance(node, Scalar) and not node.empty and not _is_event(node.value, scope):
        return _condition(node, context.within(Scope(MappingProxyType(customers_own(context.programme)))))
    events = EVENTS.read(node, inner)
    return None if events is None else StopWhen(", ".join(events), events)


def _is_event(text: str, scope: Scope) -> bool:
    """Whether this names something that happens, rather than something that is so."""
    found = _NAME.fullmatch(text)
    if found is None:
        return False
    if text in ORDER_FACTS or found[1] in scope.made:
        return True
    return found[1] == "customer" and text not in in_condition(scope)


def _condition(node: Scalar, context: Context) -> StopWhen | None:
    if node.value in ("order", "ordered", "purchase"):
        message, expected = f"`{node.value}` is no event", "`customer.ordered`, or a condition"
        context.findings.add("PC1303", node.span, message, expected=expected, suggestion="customer.ordered")
        return None
    found = scalar(node, context, "an event or a condition")
    read = None if found is None else condition(found, context)
    return None if read is None else StopWhen(read.source, condition=read.expression)
