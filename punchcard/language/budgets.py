"""Budgets as text: `rewards: 10000` for all the time, `100 per month` for each period of the calendar."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from punchcard.language import money, nodes
from punchcard.language.arguments import read_fields
from punchcard.language.grammar import Argument, Context, Keys, Kind, Text
from punchcard.language.kinds import kind, one_of, whole_count
from punchcard.language.limits import PERIODS
from punchcard.language.nearest import listed, nearest
from punchcard.language.nodes import Node
from punchcard.language.unfit import Unfit
from punchcard.plan.model import Budget, Period

PER = rf"(?: per (?:{'|'.join(PERIODS)}))?"
_PER = re.compile(r"(.+?) per ([a-z]+)")
_MEANT = re.compile(rf"(.+?)(?: an? | every | each | ?/ ?)({'|'.join(PERIODS)})")
_MOVING = re.compile(r"(.+?) in any .+")


@dataclass(frozen=True, slots=True)
class Bound:
    """At most so many, or so much, for all the time or in each period."""

    most: int
    per: Period | None = None


def _bound(text: str, read: Callable[[str], int | Unfit]) -> Bound | Unfit:
    found = _PER.fullmatch(text)
    if found is None:
        return _for_good(text, read)
    period = next((each for each in PERIODS if each == found[2]), None)
    if period is None:
        meant = nearest(found[2], PERIODS)
        reason = f"there is no period `{found[2]}`"
        return Unfit("PC1217", reason, listed(PERIODS), f"{found[1]} per {meant}" if meant else None)
    most = read(found[1])
    if isinstance(most, Unfit):
        return replace(most, suggestion=f"{most.suggestion} per {period}") if most.suggestion else most
    return Bound(most, period)


def _for_good(text: str, read: Callable[[str], int | Unfit]) -> Bound | Unfit:
    meant, moving = _MEANT.fullmatch(text.lower()), _MOVING.fullmatch(text)
    if meant is not None:
        reason = f"`{text}` is not a bound for each {meant[2]}"
        return Unfit("PC1217", reason, "`per` before the period", f"{meant[1]} per {meant[2]}")
    if moving is not None:
        reason = "a budget is for all the time or for periods of the calendar, not for spans that move"
        return Unfit("PC1217", reason, f"{moving[1]}, or {moving[1]} per {listed(PERIODS)}")
    most = read(text)
    return most if isinstance(most, Unfit) else Bound(most)


MOST_REWARDS: Argument[Bound] = Argument(
    "rewards",
    kind(
        "a count, for all the time or in each period",
        ("10000", "100 per month"),
        lambda text, context: _bound(text, whole_count),
        Text(rf"[0-9]+{PER}", number="whole"),
    ),
    "how many rewards for all customers together",
    default="`rewards` or `amount` must be given",
)
MOST_AMOUNT: Argument[Bound] = Argument(
    "amount",
    kind(
        "an amount, for all the time or in each period",
        ("50000", "5000 per quarter"),
        lambda text, context: _bound(text, lambda each: money.amount(each, context.currency)),
        Text(rf"(?:{money.AMOUNT.pattern}){PER}", number="any"),
    ),
    "what the codes together may take off: what those that are out still can at the most, and what used ones did",
    default="`rewards` or `amount` must be given",
)
THEN = Argument(
    "then",
    one_of("incident", "stop"),
    "what becomes of whoever would get a reward once it is used up: an incident that a person decides, or that the "
    "next period ends, or the quiet end of their instance",
    default="incident",
)
BUDGET_ARGUMENTS = (MOST_REWARDS, MOST_AMOUNT, THEN)


def _budget(node: Node, context: Context) -> Budget | None:
    fields = read_fields("`budget`", node, BUDGET_ARGUMENTS, context, head=node.span)
    if isinstance(node, nodes.Mapping) and not (fields.has(MOST_REWARDS) or fields.has(MOST_AMOUNT)):
        context.findings.add(
            "PC1102",
            node.span,
            "`budget` sets no bound",
            expected="`rewards: 10000`, `amount: 50000`, or both",
        )
    rewards, amount = fields.get(MOST_REWARDS), fields.get(MOST_AMOUNT)
    if rewards is None and amount is None:
        return None
    return Budget(
        None if rewards is None else rewards.most,
        None if amount is None else amount.most,
        "stop" if fields.get(THEN) == "stop" else "incident",
        None if rewards is None else rewards.per,
        None if amount is None else amount.per,
    )


BUDGET_KIND: Kind[Budget] = Kind(
    "a budget",
    ("{rewards: 10000}", "{amount: 5000 per quarter}"),
    _budget,
    shape=Keys(BUDGET_ARGUMENTS),
)
