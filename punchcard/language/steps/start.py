"""`start`: another campaign for the same customer."""

from __future__ import annotations

from dataclasses import replace

from punchcard.language import labels, nodes
from punchcard.language.grammar import Argument, Built, Call, Context, Kind, Named, Verb
from punchcard.language.kinds import NAME, TEXT, scalar
from punchcard.language.looks import told
from punchcard.language.making import claim_name
from punchcard.language.names import in_condition
from punchcard.language.nodes import Broken, Entry, Node
from punchcard.language.scope import Onward, joined
from punchcard.language.unfit import Unfit
from punchcard.language.working import PATIENCE
from punchcard.plan.model import Handed, Start

MOST_INPUTS = 50


def _inputs(node: Node, context: Context) -> tuple[Handed, ...] | None:
    """Read names with values."""
    if isinstance(node, Broken):
        return None
    if not isinstance(node, nodes.Mapping):
        expected = "`with: {reason: late delivery}`"
        context.findings.add("PC1201", node.span, "inputs are names with values", expected=expected)
        return None
    found = tuple(each for entry in node if (each := _input(entry, context)) is not None)
    if len(found) > MOST_INPUTS:
        context.findings.add(
            "PC1209", node.span, f"these are {len(found)} inputs", expected=f"at most {MOST_INPUTS}"
        )
    return found


def _input(entry: Entry, context: Context) -> Handed | None:
    """Read one; what the other campaign takes is known only when it is started."""
    name = labels.snake(entry.key.value)
    if isinstance(name, Unfit):
        context.findings.refuse(entry.key.span, name)
        return None
    found = scalar(entry.value, context, "a value, or a name such as reply.answer", blank=True)
    value = None if found is None else told(found, in_condition(context.scope), context)
    return None if value is None else Handed(name, value.value, is_money=value.type == "money")


CAMPAIGN = Argument("campaign", NAME, "which campaign; its trigger is `manual`", required=True)
WITH: Argument[tuple[Handed, ...]] = Argument(
    "with",
    Kind(
        "names with values",
        ("{reason: reply.answer}", "{value: 50 USD}"),
        _inputs,
        shape=Named(labels.SNAKE.pattern, TEXT),
    ),
    "the inputs that the other campaign asks for: a number, an amount with its currency, yes or no, a name such as "
    "`reply.answer`, or a text; in quotes it is a text",
    default="none",
)


WAIT = Argument(
    "wait",
    PATIENCE,
    "how long at most the end of that campaign is waited for",
    default="nothing is waited for",
)
WAYS = ("as", "then", "otherwise")
ON_ERROR, UNDO = "on_error", "undo"


def build(call: Call) -> Built:
    """Return the step; it goes on at once, unless it waits."""
    if not call.fields.has(WAIT):
        _has_one_way(call)
        step = _step(call)
        on_error, after_error = call.block(ON_ERROR, call.scope)
        after = joined((call.scope, after_error)) if ON_ERROR in call.beside else call.scope
        undo, _ = call.block(UNDO, call.scope)
        return None if step is None else replace(step, on_error=on_error, undo=undo), after
    _has_no_error(call)
    name = claim_name(call, "started", Onward)
    known = Onward(call.verb.span)
    scope = call.scope.with_made(name, known) if name else call.scope
    ended = call.scope.with_made(name, replace(known, ended=True)) if name else call.scope
    then, after_then = call.block("then", ended)
    otherwise, after_otherwise = call.block("otherwise", scope)
    undo, _ = call.block(UNDO, scope)
    waiting, up_to = _step(call), call.fields.get(WAIT)
    if waiting is None or up_to is None or name is None:
        return None, joined((after_then, after_otherwise))
    waits = replace(waiting, name=name, up_to=up_to, then=then, otherwise=otherwise, undo=undo)
    return waits, joined((after_then, after_otherwise))


def _step(call: Call) -> Start | None:
    campaign = call.fields.get(CAMPAIGN)
    if campaign is None:
        return None
    inputs = call.fields.get(WITH) or ()
    return Start(path=call.path, campaign=campaign, inputs=inputs, id=call.text("id"), note=call.text("note"))


def _has_one_way(call: Call) -> None:
    """What is not waited for has no end that anything could follow or name."""
    for name in WAYS:
        if name in call.beside:
            message = f"a `start` that does not wait has no `{name}`"
            expected = "`wait: 30 days` within `start`, or the next steps below it"
            call.context.findings.add("PC1308", call.beside[name].key.span, message, expected=expected)


def _has_no_error(call: Call) -> None:
    """What is waited for goes on in one of two ways; that it cannot be started is for an operator to mend."""
    if ON_ERROR in call.beside:
        message = "a `start` that waits has no `on_error`"
        expected = "`otherwise`, which follows where it did not start, or a `start` without `wait`"
        call.context.findings.add("PC1308", call.beside[ON_ERROR].key.span, message, expected=expected)


START = Verb(
    name="start",
    says=(
        "Starts another campaign for the same customer, once, and goes on; with `wait`, once that campaign has ended "
        "for the customer: in `then`, or in `otherwise` if it has not ended by then or did not start. How it ended "
        "is known by the name of `as`. If that campaign cannot be started, because it is not there, does not run or "
        "takes other inputs, the step is an incident; without `wait`, `on_error` says what follows instead. A chain of "
        "campaigns that start one another ends after five."
    ),
    arguments=(CAMPAIGN, WITH, WAIT),
    main="campaign",
    build=build,
    beside=(*WAYS, ON_ERROR, UNDO),
    example="- start: {campaign: goodwill, with: {order_number: order.id, damage: 10 USD, by_phone: no}}",
)
