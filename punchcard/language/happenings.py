"""The events that an instance can wait for: `coupon.redeemed`, `customer.ordered`, `customer.review_written`."""

from __future__ import annotations

import re

from punchcard.language.grammar import Context, Kind, Many, Text
from punchcard.language.kinds import items, scalar, simple
from punchcard.language.labels import SNAKE
from punchcard.language.moments import unknown_maker
from punchcard.language.names import has_order
from punchcard.language.nearest import listed, nearest
from punchcard.language.nodes import Node, Scalar
from punchcard.language.scope import USES, Gift, Scope
from punchcard.language.uses import used_once, uses_of
from punchcard.plan.order_facts import ORDER_FACTS

_EVENT = re.compile(r"([a-z][a-z0-9_]*)\.([a-z][a-z0-9_]*)")

# What mail tools tell of a message, and nobody tells here.
_UNSEEN = ("opened", "clicked", "read", "viewed", "bounced")


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
    if found.value in ORDER_FACTS:
        return _is_order_event(found, context)
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
    if made is None and (owner in ("message", "mail", "email") or happening in _UNSEEN):
        reason = (
            f"`{found.value}` is not known: mails carry no counter, so nobody sees whether one was opened"
        )
        expected = f"what the customer does then: {listed(known)}"
        context.findings.add("PC1303", found.span, reason, expected=expected)
        return False
    if made is None:
        near = nearest(found.value, known)
        unfit = unknown_maker(owner, context.scope, Gift)
        context.findings.add(
            unfit.code, found.span, unfit.reason, expected=expected, suggestion=near or unfit.suggestion
        )
        return False
    if isinstance(made, Gift) and happening in USES:
        if happening not in uses_of(made):
            context.findings.refuse(found.span, used_once(owner, "PC1303"))
        return happening in uses_of(made)
    context.findings.add(
        "PC1303",
        found.span,
        f"nothing tells an instance of `{found.value}`",
        expected=expected,
        suggestion=nearest(found.value, known),
    )
    return False


def _is_order_event(found: Scalar, context: Context) -> bool:
    """Whether the occasion has an order of its own; warn of what has surely happened to it by then."""
    if not has_order(context.scope) and "order" not in context.scope.facts:
        joins = "batch.count" in context.scope.facts
        context.findings.add(
            "PC1403",
            found.span,
            "a digest joins several occasions, so there is no one `order`"
            if joins
            else "this campaign's trigger has no `order`",
            expected="customer.ordered; `order.` comes with the triggers `spend`, `order`, `visits` and `inactive`",
        )
        return False
    if found.value in context.scope.holding:
        message = f"`{found.value}` has happened by then on every path, so this waits for nothing"
        context.findings.add("PC1604", found.span, message, expected="another event, or no wait here")
    return True


def _is_customer_event(found: Scalar, happening: str, context: Context) -> bool:
    of_a_reward = happening in USES
    if happening == "ordered" or happening in context.events or not (context.events or of_a_reward):
        return True
    known = [*known_events(context.scope), *(f"customer.{each}" for each in context.events)]
    meant = next((each for each in known if of_a_reward and each.endswith(f".{happening}")), None)
    context.findings.add(
        "PC1303",
        found.span,
        f"there is no event `{happening}`",
        expected=listed(known),
        suggestion=meant if of_a_reward else nearest(found.value, known),
    )
    return False


def known_events(scope: Scope) -> list[str]:
    """Return the events that can be named without being declared."""
    return [
        *(
            f"{name}.{use}"
            for name, made in scope.made.items()
            if isinstance(made, Gift)
            for use in uses_of(made)
        ),
        "customer.ordered",
        *(name for name in ORDER_FACTS if has_order(scope) and name not in scope.holding),
    ]


EVENT: Kind[str] = simple("an event", ("coupon.redeemed", "customer.ordered"), str, Text(_EVENT.pattern))
EVENTS: Kind[tuple[str, ...]] = Kind(
    "one or several events", ("coupon.redeemed", "customer.ordered"), _events, shape=Many(EVENT, alone=True)
)
