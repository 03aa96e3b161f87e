"""`manual`: started for a customer by hand in the console, or through the API."""

from __future__ import annotations

from types import MappingProxyType
from typing import Literal, get_args

from punchcard.language import nodes
from punchcard.language.grammar import Argument, Context, Fields, Kind, Named, TriggerRow
from punchcard.language.kinds import one_of
from punchcard.language.labels import SNAKE, snake
from punchcard.language.names import OCCASION
from punchcard.language.nodes import Broken, Node
from punchcard.language.scope import Scope
from punchcard.language.unfit import Unfit
from punchcard.plan.triggers import Input, ManualTrigger

InputType = Literal["text", "number", "amount", "date", "flag"]
TYPES = get_args(InputType)
IN_CONDITIONS = MappingProxyType(
    {"text": "text", "number": "number", "amount": "money", "date": "date", "flag": "flag"}
)
_TYPE = one_of(*TYPES)


def _inputs(node: Node, context: Context) -> tuple[Input, ...] | None:
    if isinstance(node, Broken):
        return None
    if not isinstance(node, nodes.Mapping):
        context.findings.add(
            "PC1201",
            node.span,
            "inputs are names with types",
            expected="`inputs: {reason: text, value: amount}`",
        )
        return None
    found: list[Input] = []
    for entry in node:
        name = snake(entry.key.value)
        if isinstance(name, Unfit):
            context.findings.refuse(entry.key.span, name)
        word = _TYPE.read(entry.value, context)
        chosen = next((each for each in get_args(InputType) if each == word), None)
        if isinstance(name, str) and chosen:
            found.append(Input(name, chosen))
    return tuple(found)


INPUTS = Argument(
    "inputs",
    Kind("names with types", ("{reason: text, value: amount}",), _inputs, shape=Named(SNAKE.pattern, _TYPE)),
    "what whoever starts it must hand over; types are text, number, amount, date and flag",
    default="none",
)


def names(fields: Fields, context: Context) -> Scope:
    """An occasion started by hand has its inputs."""
    inputs = fields.get(INPUTS) or ()
    written = fields.entries[INPUTS.name].value if fields.has(INPUTS) else None
    unread = isinstance(written, nodes.Mapping) and len(inputs) < len(written.entries)
    anything = {"inputs": "any"} if unread or (written is not None and not inputs) else {}
    read = {f"inputs.{each.name}": IN_CONDITIONS[each.type] for each in inputs}
    return Scope(facts=MappingProxyType({**anything, **read, **OCCASION}))


def build(fields: Fields, context: Context) -> ManualTrigger | None:
    """Return the trigger."""
    return ManualTrigger(inputs=fields.get(INPUTS) or ())


MANUAL = TriggerRow(
    name="manual",
    says="Started for one customer by hand in the console, or through the API.",
    arguments=(INPUTS,),
    names=names,
    build=build,
    example="when:\n  manual: {inputs: {reason: text, value: amount}}",
)
