"""Campaigns that name others: those that start them, and those whose occasions are the rewards of another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from punchcard.language import nodes
from punchcard.language.compiler import Checked
from punchcard.language.diagnostics import Diagnostic, Findings, diagnostic
from punchcard.language.files import Written
from punchcard.language.lengths import longest
from punchcard.language.nearest import listed, nearest
from punchcard.language.nodes import Entry, Node, Source, Span
from punchcard.language.source import read, source_of
from punchcard.plan.model import Plan, Reward, Start, walk
from punchcard.plan.triggers import ManualTrigger, RewardTrigger

OF = ("when", "reward", "of")
EXPIRES_IN = ("when", "reward", "expires_in")


def unmet(written: Written, checked: Checked, known: Mapping[str, Plan | None]) -> Iterator[Diagnostic]:
    """Yield what a campaign expects of the campaigns that there are, and does not find there; those without a plan
    have mistakes of their own.
    """
    plan = checked.plan
    if plan is None:
        return
    source = source_of(written.path.as_posix(), written.text)
    if isinstance(plan.trigger, RewardTrigger):
        other = known.get(plan.trigger.of)
        if plan.trigger.of not in known:
            yield _nobody(_value(source, *OF), plan.trigger.of, known.keys() - {plan.campaign})
        elif other is not None and _outlives(other, plan.trigger.expires_in):
            yield diagnostic(
                "PC1714",
                _value(source, *EXPIRES_IN),
                f"no reward of `{other.campaign}` is valid for so long",
                "a shorter span, or a longer `expires` there",
            )
    for step in walk(plan.steps):
        if not isinstance(step, Start):
            continue
        span = checked.places.get(step.path, Span(source, 0, 1))
        if step.campaign not in {*known, plan.campaign}:
            yield _nobody(span, step.campaign, known.keys() - {plan.campaign})
        other = plan if step.campaign == plan.campaign else known.get(step.campaign)
        refused = None if other is None else _refused(step, other)
        if refused is not None:
            yield diagnostic("PC1719", span, *refused)


def _refused(step: Start, other: Plan) -> tuple[str, str] | None:
    """Return why a campaign cannot be started by this step, and what can be; None if it can."""
    if not isinstance(other.trigger, ManualTrigger):
        return (
            f"`{other.campaign}` cannot be started by a step: its trigger is another one",
            "`when: manual` there",
        )
    wanted, handed = {each.name for each in other.trigger.inputs}, {each.name for each in step.inputs}
    if wanted == handed:
        return None
    missing = listed((f"`{name}`" for name in sorted(wanted - handed)), "and")
    other_ones = listed((f"`{name}`" for name in sorted(handed - wanted)), "and")
    reason = f"needs {missing}" if missing else f"has no input {other_ones}"
    inputs = listed((each.name for each in other.trigger.inputs), "and")
    return f"`{other.campaign}` {reason}", f"`with` and {inputs}" if inputs else "no `with`"


def _nobody(span: Span, name: str, known: Iterable[str]) -> Diagnostic:
    names = sorted(known)
    reason = f"there is no campaign `{name}`"
    return diagnostic("PC1713", span, reason, listed(names) or name, nearest(name, names))


def _outlives(plan: Plan, span: int | None) -> bool:
    """Whether a span is longer than any reward of the plan is valid."""
    ends = [step.expires for step in walk(plan.steps) if isinstance(step, Reward)]
    return span is not None and bool(ends) and all(end is not None and longest(end) < span for end in ends)


@lru_cache(maxsize=64)
def tree_of(source_name: str, text: str) -> Node:
    """Return the tree of a text; several things are looked up in one after the other."""
    return read(source_of(source_name, text), Findings())[0]


def entry_below(source: Source, *keys: str) -> Entry | None:
    """Return the entry of a text that stands below these keys; that of the last one may stand alone."""
    node = tree_of(source.name, source.text)
    entry: Entry | None = None
    for key in keys:
        if not isinstance(node, nodes.Mapping):
            break
        entry = next((each for each in node if each.key.value == key), None)
        if entry is None:
            return None
        node = entry.value
    return entry


def _value(source: Source, *keys: str) -> Span:
    entry = entry_below(source, *keys)
    return entry.value.span if entry is not None else Span(source, 0, 1)
