"""`choose`: one of several ways, by a text or a whole number."""

from __future__ import annotations

import re

from punchcard.language.expressions import Chooser
from punchcard.language.grammar import Argument, Built, Call, Verb
from punchcard.language.kinds import CHOOSER
from punchcard.language.membership import segment_called
from punchcard.language.nearest import listed, nearest
from punchcard.language.nodes import Scalar
from punchcard.language.possible import values_of
from punchcard.language.scope import Onward, Reply, Scope, joined
from punchcard.language.unfit import Unfit
from punchcard.plan.conditions import Apply, Field, Segment
from punchcard.plan.model import Case, Choose, Step

VALUE = Argument("value", CHOOSER, "what the way depends on", required=True)
_RANGE_OTHERWISE = re.compile(r"([0-9]{1,9})\s*(?:-|–|to|\.|\.\.\.|…)\s*([0-9]{1,9})")
_NUMBERS = re.compile(r"([0-9]{1,9})(?:\s?\.\.\s?([0-9]{1,9})?)?")
# Where `3..` ends: beyond what can be written.
ENDLESS = 10**9


def build(call: Call) -> Built:
    """Return the step; what all ways have made is known after it."""
    chooser = call.fields.get(VALUE)
    cases: list[Case] = []
    arrivals: list[Scope] = []
    for key, steps, after in call.branches(lambda key: call.scope):
        arrivals.append(after)
        case = _case(call, chooser, key, steps, cases)
        if case is not None:
            cases.append(case)
    otherwise, after_otherwise = call.block("otherwise", call.scope)
    if "branches" not in call.beside:
        expected = "`branches:` beside `choose`, with a value and its steps for each way"
        call.context.findings.add("PC1321", call.verb.span, "this `choose` leads nowhere", expected=expected)
    if _takes_all(call, chooser, cases):
        _otherwise_is_not_needed(call)
    else:
        _warn_of_gaps(call, chooser, cases, len(arrivals))
        arrivals.append(after_otherwise)
    after_all = joined(tuple(arrivals))
    if chooser is None or not cases:
        return None, after_all
    step = Choose(
        path=call.path,
        value=_by_segment(call, cases) if chooser.type == "segment" else chooser.expression,
        source=chooser.source,
        branches=tuple(cases),
        otherwise=otherwise,
        id=call.text("id"),
        note=call.text("note"),
    )
    return step, after_all


def _by_segment(call: Call, cases: list[Case]) -> Apply:
    """Return the first segment, in the order of the branches, that the customer is in."""
    context = call.context
    found = [segment_called(case.name, context.programme, context.currency) for case in cases]
    return Apply("first", tuple(each for each in found if isinstance(each, Segment)))


def _case(
    call: Call, chooser: Chooser | None, key: Scalar, steps: tuple[Step, ...], before: list[Case]
) -> Case | None:
    """Return the way of one branch; None after saying why it is never taken."""
    if chooser is None:
        return None
    findings = call.context.findings
    if chooser.type == "segment":
        segment = segment_called(key.value, call.context.programme, call.context.currency)
        if isinstance(segment, Unfit):
            findings.refuse(key.span, segment)
            return None
    numbers = _NUMBERS.fullmatch(key.value)
    low, high = _bounds(numbers) if numbers else (None, None)
    if chooser.type == "whole" and low is None:
        reason = f"`{chooser.source}` is a number and never `{key.value}`"
        meant = _RANGE_OTHERWISE.fullmatch(key.value)
        suggestion = f"{meant[1]}..{meant[2]}" if meant else None
        expected = "a whole number such as 3, or a range such as 1..3 or 4..; `otherwise` for all others"
        findings.add("PC1322", key.span, reason, expected=expected, suggestion=suggestion)
        return None
    if low is not None and high is not None and low > high:
        message = f"`{key.value}` holds no number"
        findings.add(
            "PC1322", key.span, message, expected="the smaller number first", suggestion=f"{high}..{low}"
        )
        return None
    case = Case(key.value, steps, low, high) if chooser.type != "text" else Case(key.value, steps)
    possible = _possible(call, chooser)
    if possible is not None and not _fits(case, possible):
        message = f"`{chooser.source}` is never `{key.value}`"
        suggestion = nearest(key.value, possible)
        findings.add("PC1322", key.span, message, expected=listed(possible), suggestion=suggestion)
        return None
    taken = next((each for each in before if _meet(each, case)), None)
    if taken is not None:
        message = f"the branch `{taken.name}` above takes `{key.value}` already"
        findings.add("PC1322", key.span, message, expected="values that differ")
        return None
    return case


def _bounds(numbers: re.Match[str]) -> tuple[int, int]:
    low = int(numbers[1])
    if numbers[0].endswith("."):
        return low, ENDLESS
    return low, int(numbers[2] or low)


def _possible(call: Call, chooser: Chooser) -> tuple[str, ...] | None:
    """Return all values that can come, as branches are called; None where anything can."""
    if not isinstance(chooser.expression, Field):
        return None
    values = values_of(".".join(chooser.expression.path), call.context)
    return tuple(str(value) for value in values) if values is not None else None


def _fits(case: Case, possible: tuple[str, ...]) -> bool:
    if case.low is None or case.high is None:
        return case.name in possible
    return all(str(number) in possible for number in (case.low, case.high) if number != ENDLESS)


def _meet(one: Case, other: Case) -> bool:
    if one.low is None or one.high is None or other.low is None or other.high is None:
        return one.name == other.name
    return one.low <= other.high and other.low <= one.high


def _takes_all(call: Call, chooser: Chooser | None, cases: list[Case]) -> bool:
    """Whether each answer that can be given here has its branch."""
    possible = _possible(call, chooser) if chooser else None
    if chooser is None or possible is None or not isinstance(chooser.expression, Field):
        return False
    made = call.scope.made.get(chooser.expression.path[0])
    if not (isinstance(made, Reply) and made.answered) and not (isinstance(made, Onward) and made.ended):
        return False
    return all(any(_meet(case, _value(value, case)) for case in cases) for value in possible)


def _warn_of_gaps(call: Call, chooser: Chooser | None, cases: list[Case], branches: int) -> None:
    """Warn of answers that go no way, where all branches could be read: probably forgotten, not left out."""
    possible = _possible(call, chooser) if chooser and _is_made(call, chooser) else None
    is_whole = len(cases) == branches > 0 and "otherwise" not in call.beside
    if chooser is None or possible is None or not is_whole:
        return
    left = [value for value in possible if not any(_meet(case, _value(value, case)) for case in cases)]
    if left:
        reason = f"no branch takes {listed(f'`{value}`' for value in left)}, so nothing is done then"
        expected = "a branch for each answer, or `otherwise:`"
        call.context.findings.add("PC1326", call.verb.span, reason, expected=expected)


def _is_made(call: Call, chooser: Chooser) -> bool:
    """Whether the value is one that a step before has made: of a question, or of a campaign that was started."""
    return isinstance(chooser.expression, Field) and chooser.expression.path[0] in call.scope.made


def _value(value: str, like: Case) -> Case:
    return Case(value) if like.low is None else Case(value, (), int(value), int(value))


def _otherwise_is_not_needed(call: Call) -> None:
    if "otherwise" in call.beside:
        message = "no path reaches this: each answer has a branch of its own"
        call.context.findings.add(
            "PC1601", call.beside["otherwise"].key.span, message, expected="no `otherwise`, or fewer branches"
        )


CHOOSE = Verb(
    name="choose",
    says=(
        "Goes the way whose branch names the value: a text, a whole number, or a range of whole numbers such as "
        "`1..3` or `4..`. `otherwise` is for every other value, and for none at all."
        " With `customer.segments` each branch is a segment, and the first that the customer is in is the way."
    ),
    arguments=(VALUE,),
    main="value",
    beside=("branches", "otherwise"),
    build=build,
    example=(
        "- choose: customer.orders\n"
        "  branches:\n"
        "    1:\n"
        "      - send: you-earned-it\n"
        "    2..5:\n"
        "      - send: thank-you\n"
        "  otherwise:\n"
        "    - send: how-was-it"
    ),
)
