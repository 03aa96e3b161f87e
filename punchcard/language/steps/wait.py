"""`wait`: for a while, until a moment, or for something to happen within a limit."""

from __future__ import annotations

import re
from typing import Any

from punchcard.language import nodes
from punchcard.language.arguments import not_yet
from punchcard.language.grammar import Argument, Built, Call, Context, Kind, Verb
from punchcard.language.kinds import AHEAD, MOMENT, items, scalar
from punchcard.language.labels import SNAKE
from punchcard.language.later import LATER_EVENTS
from punchcard.language.moments import unknown_maker
from punchcard.language.nearest import listed, nearest
from punchcard.language.nodes import Node, Scalar
from punchcard.language.scope import Gift, Scope, joined
from punchcard.language.steps.ask import least
from punchcard.plan.model import After, AfterMonths, Beside, Branch, Moment, Step, Wait

_EVENT = re.compile(r"([a-z][a-z0-9_]*)\.([a-z][a-z0-9_]*)")


def _events(node: Node, context: Context) -> tuple[str, ...] | None:
    """Read the names of one or several events; None if one of them cannot be."""
    names: list[str] = []
    failed = False
    for item in items(node):
        found = scalar(item, context, "an event such as coupon.redeemed or customer.ordered")
        if found is None or not _is_event(found, context):
            failed = True
        elif found.value in names:
            context.findings.add(
                "PC1304", found.span, f"`{found.value}` stands here twice", expected="each event once"
            )
        else:
            names.append(found.value)
    if not names and not failed:
        context.findings.add(
            "PC1202", node.span, "no event is named here", expected="an event such as coupon.redeemed"
        )
    return None if failed or not names else tuple(names)


def _is_event(found: Scalar, context: Context) -> bool:
    """Whether an instance can hear of this event here; says why not."""
    known = known_events(context.scope)
    expected = listed([*known, "customer.<the name of an event>"])
    if found.value in LATER_EVENTS:
        not_yet(found, f"waiting for `{found.value}`", context)
        return False
    name = _EVENT.fullmatch(found.value)
    if name is None:
        context.findings.add(
            "PC1303",
            found.span,
            f"`{found.value}` is not an event",
            expected=expected,
            suggestion=nearest(found.value, known),
        )
        return False
    owner, happening = name.groups()
    if owner == "customer" and SNAKE.fullmatch(happening):
        return _is_customer_event(found, happening, context)
    made = context.scope.made.get(owner)
    if made is None:
        near = nearest(found.value, known)
        unfit = unknown_maker(owner, context.scope, Gift)
        context.findings.add(
            unfit.code, found.span, unfit.reason, expected=expected, suggestion=near or unfit.suggestion
        )
        return False
    if isinstance(made, Gift) and happening == "redeemed":
        return True
    context.findings.add(
        "PC1303",
        found.span,
        f"nothing tells an instance of `{found.value}`",
        expected=expected,
        suggestion=nearest(found.value, known),
    )
    return False


def _is_customer_event(found: Scalar, happening: str, context: Context) -> bool:
    if happening == "ordered" or not context.events or happening in context.events:
        return True
    declared = [f"customer.{each}" for each in context.events]
    context.findings.add(
        "PC1303",
        found.span,
        f"there is no event `{happening}`",
        expected=listed(["customer.ordered", *declared]),
        suggestion=nearest(found.value, ["customer.ordered", *declared]),
    )
    return False


def known_events(scope: Scope) -> list[str]:
    """Return the events that can be named without being declared."""
    return [
        *(f"{name}.redeemed" for name, made in scope.made.items() if isinstance(made, Gift)),
        "customer.ordered",
    ]


EVENTS: Kind[tuple[str, ...]] = Kind(
    "one or several events", ("coupon.redeemed", "customer.ordered"), _events
)
UP_TO = Argument("up_to", AHEAD, "how long at most", default="none: `up_to` or `until` must be given")
UNTIL = Argument("until", MOMENT, "up to which moment", default="none: `up_to` or `until` must be given")
FOR = Argument(
    "for", EVENTS, "what may happen before: the first of these events ends the wait", default="nothing"
)


def build(call: Call) -> Built:
    """Return the wait; its ways lead on behind it unless they stop."""
    until, events = _limit(call), call.fields.get(FOR) or ()
    waits_for_event = call.fields.has(FOR)
    _check_expiry(call, events)
    late = _after_limit(call.scope, until)
    then, after_then = call.block("then", call.scope.redeemed(_redeemed(events)))
    otherwise, after_otherwise = call.block("otherwise", late)
    branches: list[Branch] = []
    arrivals = [after_otherwise]
    for key, steps, after in call.branches(call.scope):
        if events and key.value not in events:
            call.context.findings.add(
                "PC1305",
                key.span,
                f"this wait is not for `{key.value}`",
                expected=listed(events),
                suggestion=nearest(key.value, events),
            )
            continue
        branches.append(Branch(key.value, steps))
        arrivals.append(after)
    if set(events) - {branch.event for branch in branches} or not events:
        arrivals.append(after_then)
    _check_ways(call, waits_for_event)
    after = joined(tuple(arrivals)) if waits_for_event else late
    if until is None or (waits_for_event and not events):
        return None, after
    return _step(call, until, events, then, tuple(branches), otherwise), after


def _step(
    call: Call,
    until: Moment,
    events: tuple[str, ...],
    then: tuple[Step, ...],
    branches: tuple[Branch, ...],
    otherwise: tuple[Step, ...],
) -> Wait:
    return Wait(
        path=call.path,
        until=until,
        events=events,
        then=then,
        branches=branches,
        otherwise=otherwise,
        id=call.text("id"),
        note=call.text("note"),
    )


def _limit(call: Call) -> Moment | None:
    """Return when the wait ends at the latest; every wait has such a limit."""
    limits: tuple[Argument[Any], ...] = (UP_TO, UNTIL)
    given = [argument for argument in limits if call.fields.has(argument)]
    if len(given) == 2:
        call.context.findings.add(
            "PC1306",
            call.fields.entries["until"].key.span,
            "a wait has one limit, and here are two",
            expected="either `up_to` or `until`",
        )
    if not given and call.fields.entries.keys() & {"for"}:
        call.context.findings.add(
            "PC1307",
            call.verb.span,
            "this wait might never end",
            expected="`up_to: 7 days` or `until: coupon.expires` beside `for`",
        )
    elif not given and not isinstance(call.fields.entries.get("for"), nodes.Entry):
        call.context.findings.add(
            "PC1102",
            call.verb.span,
            "wait needs to know how long",
            expected="`wait: 7 days`, or `wait: {until: monday at 09:00}`",
        )
    return call.fields.get(UP_TO) or call.fields.get(UNTIL)


def _redeemed(events: tuple[str, ...]) -> frozenset[str]:
    return (
        frozenset(event.removesuffix(".redeemed") for event in events)
        if len(events) == 1 and events[0].endswith(".redeemed")
        else frozenset()
    )


def _after_limit(scope: Scope, until: Moment | None) -> Scope:
    match until:
        case After() | AfterMonths():
            return scope.older(least(until))
        case Beside(name=name, field="expires", shift=shift) if shift >= 0:
            return scope.expired(name)
        case _:
            return scope


def _check_expiry(call: Call, events: tuple[str, ...]) -> None:
    """Warn of waiting for a redemption that can no longer happen."""
    for event in events:
        name = event.removesuffix(".redeemed")
        made = call.scope.made.get(name)
        if event != name and isinstance(made, Gift) and made.surely_expired:
            call.context.findings.add(
                "PC1602",
                call.fields.span_of(FOR),
                f"`{name}` has expired by then and cannot be redeemed",
                expected="this step before the reward expires",
            )


def _check_ways(call: Call, waits_for_event: bool) -> None:
    """A wait for nothing in particular has one way on."""
    if waits_for_event:
        return
    for name in ("then", "otherwise", "branches"):
        if name in call.beside:
            call.context.findings.add(
                "PC1308",
                call.beside[name].key.span,
                f"a wait without `for` has no `{name}`",
                expected="the next steps below it, or `for` with an event",
            )


WAIT = Verb(
    name="wait",
    says=(
        "Waits for a while, until a moment, or for the first of some events. With `for`, the steps of `then` "
        "(or of the event's own block in `branches`) follow the event, those of `otherwise` follow the limit."
    ),
    arguments=(UP_TO, UNTIL, FOR),
    main="up_to",
    beside=("then", "branches", "otherwise"),
    build=build,
    example="- wait: {for: coupon.redeemed, up_to: 7 days}\n  otherwise:\n    - send: redeem-reminder",
)
