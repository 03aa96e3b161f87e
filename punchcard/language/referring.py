"""Campaigns that name others: those that start them, and those whose occasions are the rewards of another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from punchcard.language import nodes
from punchcard.language.codes import CODES
from punchcard.language.compiler import Checked
from punchcard.language.diagnostics import Diagnostic, Findings
from punchcard.language.files import Written
from punchcard.language.lengths import longest
from punchcard.language.nearest import listed, nearest
from punchcard.language.nodes import Node, Source, Span
from punchcard.language.source import read, source_of
from punchcard.plan.model import Plan, Reward, Start, walk
from punchcard.plan.triggers import RewardTrigger

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
            yield _nobody(source, _place(source, OF), plan.trigger.of, known.keys() - {plan.campaign})
        elif other is not None and _outlives(other, plan.trigger.expires_in):
            yield _diagnostic(
                "PC1714",
                source,
                _place(source, EXPIRES_IN),
                f"no reward of `{other.campaign}` is valid for so long",
                "a shorter span, or a longer `expires` there",
            )
    for step in walk(plan.steps):
        if isinstance(step, Start) and step.campaign not in {*known, plan.campaign}:
            yield _nobody(
                source, checked.places.get(step.path), step.campaign, known.keys() - {plan.campaign}
            )


def _nobody(source: Source, span: Span | None, name: str, known: Iterable[str]) -> Diagnostic:
    names = sorted(known)
    reason = f"there is no campaign `{name}`"
    return _diagnostic("PC1713", source, span, reason, listed(names) or name, nearest(name, names))


def _outlives(plan: Plan, span: int | None) -> bool:
    """Whether a span is longer than any reward of the plan is valid."""
    ends = [step.expires for step in walk(plan.steps) if isinstance(step, Reward)]
    return span is not None and bool(ends) and all(end is not None and longest(end) < span for end in ends)


def _place(source: Source, keys: Sequence[str]) -> Span | None:
    """Return where the value below these keys stands; that of the last one may stand alone."""
    node: Node
    node, _ = read(source, Findings())
    for key in keys:
        if not isinstance(node, nodes.Mapping):
            break
        found = next((entry.value for entry in node if entry.key.value == key), None)
        if found is None:
            return None
        node = found
    return node.span


def _diagnostic(
    code: str, source: Source, span: Span | None, reason: str, expected: str, meant: str | None = None
) -> Diagnostic:
    start, end = (span.start, span.end) if span is not None else (0, 1)
    line, column = source.place(start)
    return Diagnostic(
        code, CODES[code].severity, source.name, line, column, max(1, end - start), reason, expected, meant
    )
