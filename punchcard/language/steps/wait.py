"""`wait`: for a while, until a moment, or for something to happen within a limit."""

from __future__ import annotations

from collections.abc import Iterator

from punchcard.language.grammar import Argument, Built, Call, Verb
from punchcard.language.happenings import EVENTS
from punchcard.language.kinds import MOMENT
from punchcard.language.lengths import behind, longest, shortest
from punchcard.language.nearest import listed, nearest
from punchcard.language.scope import USES, Gift, Scope, joined
from punchcard.language.working import PATIENCE
from punchcard.plan.model import (
    Beside,
    Branch,
    DayBeside,
    Moment,
    Wait,
)

UP_TO = Argument("up_to", PATIENCE, "how long at most", default="none: `up_to` or `until` must be given")
UNTIL = Argument("until", MOMENT, "up to which moment", default="none: `up_to` or `until` must be given")
FOR = Argument(
    "for", EVENTS, "what may happen before: the first of these events ends the wait", default="nothing"
)


WAYS = ("then", "branches", "otherwise")


def build(call: Call) -> Built:
    """Return the wait; its ways lead on behind it unless they stop."""
    until, events = _limit(call), call.fields.get(FOR) or ()
    late = _after_limit(call.scope, until)
    _check_moments(call, until, events)
    if not call.fields.has(FOR):
        _has_one_way(call)
        step = (
            None
            if until is None
            else Wait(path=call.path, until=until, id=call.text("id"), note=call.text("note"))
        )
        return step, late
    then, after_then = call.block(
        "then", call.scope.after_event(events[0]) if len(events) == 1 else call.scope
    )
    otherwise, after_otherwise = call.block("otherwise", late)
    ways = tuple(_branches(call, events))
    arrivals = [after_otherwise, *(after for _, after in ways)]
    if events and {branch.name for branch, _ in ways} == set(events):
        _then_is_not_needed(call)
    else:
        arrivals.append(after_then)
    after = joined(tuple(arrivals))
    if until is None or not events:
        return None, after
    step = Wait(
        path=call.path,
        until=until,
        events=events,
        then=then,
        branches=tuple(branch for branch, _ in ways),
        otherwise=otherwise,
        id=call.text("id"),
        note=call.text("note"),
    )
    return step, after


def _limit(call: Call) -> Moment | None:
    """Return when the wait ends at the latest; every wait has such a limit."""
    findings = call.context.findings
    if call.fields.has(UP_TO) and call.fields.has(UNTIL):
        span = call.fields.entries["until"].key.span
        findings.add(
            "PC1306", span, "a wait has one limit, and here are two", expected="either `up_to` or `until`"
        )
    elif call.fields.has(UP_TO) or call.fields.has(UNTIL) or call.fields.unread:
        pass
    elif call.fields.has(FOR):
        expected = f"`up_to: 7 days`{_or_until_its_end(call)} beside `for`"
        findings.add("PC1307", call.verb.span, "this wait might never end", expected=expected)
    else:
        expected = "`wait: 7 days`, or `wait: {until: monday at 09:00}`"
        findings.add("PC1102", call.verb.span, "wait needs to know how long", expected=expected)
    return call.fields.get(UP_TO) or call.fields.get(UNTIL)


def _or_until_its_end(call: Call) -> str:
    """The end of the reward that is waited for, where it has one."""
    for event in call.fields.get(FOR) or ():
        name = event.partition(".")[0]
        made = call.scope.made.get(name)
        if isinstance(made, Gift) and made.expires is not None:
            return f" or `until: {name}.expires`"
    return ""


def _branches(call: Call, events: tuple[str, ...]) -> Iterator[tuple[Branch, Scope]]:
    for key, steps, after in call.branches(lambda key: call.scope.after_event(key.value)):
        if key.value in events:
            yield Branch(key.value, steps), after
        elif events:
            message = f"this wait is not for `{key.value}`"
            suggestion = nearest(key.value, events)
            call.context.findings.add(
                "PC1305", key.span, message, expected=listed(events), suggestion=suggestion
            )


def _after_limit(scope: Scope, until: Moment | None) -> Scope:
    """Return what is known once the limit has been reached."""
    match until:
        case None:
            return scope
        case Beside(name=name, field="expires", shift=shift, months=months) if shift >= 0 and months >= 0:
            return scope.expired(name)
        case DayBeside(name=name, field="expires", days=days, months=months) if days > 0 or months > 0:
            return scope.expired(name)
        case _:
            return scope.older(shortest(until))


def _check_moments(call: Call, until: Moment | None, events: tuple[str, ...]) -> None:
    """Warn of what lies before the reward is given, or after it has expired."""
    for event in events:
        name, _, use = event.partition(".")
        made = call.scope.made.get(name)
        if use not in USES or not isinstance(made, Gift):
            continue
        if made.surely_expired:
            message = f"`{name}` has expired by then and cannot be redeemed"
            span = call.fields.span_of(FOR)
            call.context.findings.add("PC1602", span, message, expected="this step before the reward expires")
        if made.used or (made.redeemed and use == "redeemed"):
            message = f"`{name}` has been redeemed by then, so this waits for nothing"
            span = call.fields.span_of(FOR)
            call.context.findings.add("PC1604", span, message, expected="no wait here, or for something else")
    if isinstance(until, Beside | DayBeside) and until.field == "expires":
        made = call.scope.made.get(until.name)
        if isinstance(made, Gift) and made.expires is not None and behind(until) + longest(made.expires) <= 0:
            message = f"`{until.name}` is not given for so long, so this moment has passed already"
            span = call.fields.span_of(UNTIL)
            call.context.findings.add("PC1603", span, message, expected="fewer days, or a later expiry")


def _has_one_way(call: Call) -> None:
    """A wait for nothing in particular goes on with the next step."""
    for name in WAYS:
        if name in call.beside:
            message = f"a wait without `for` has no `{name}`"
            expected = "the next steps below it, or `for` with an event"
            call.context.findings.add("PC1308", call.beside[name].key.span, message, expected=expected)


def _then_is_not_needed(call: Call) -> None:
    if "then" in call.beside:
        message = "no path reaches this: every event has a branch of its own"
        call.context.findings.add(
            "PC1601", call.beside["then"].key.span, message, expected="no `then`, or fewer branches"
        )


WAIT = Verb(
    name="wait",
    says=(
        "Waits for a while, until a moment, or for the first of some events. With `for`, the steps of `then` "
        "(or of the event's own block in `branches`) follow the event, those of `otherwise` follow the limit. A span "
        "is counted from when the step begins; `until: 4 hours after occasion.occurred_at` from when it happened, "
        "however late that was posted. Since codes end at midnight, `until: 3 days before coupon.expires at 10:00` "
        "says the hour."
    ),
    arguments=(FOR, UP_TO, UNTIL),
    main="up_to",
    beside=("then", "branches", "otherwise"),
    build=build,
    example="- wait: {for: coupon.redeemed, up_to: 7 days}\n  otherwise:\n    - send: redeem-reminder",
)
