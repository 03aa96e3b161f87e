"""Variants in a case: which ones the customer falls on, and which ones experiments have kept by then."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from punchcard.language.grammar import Argument, Context, Fields, Kind
from punchcard.language.nearest import listed, nearest
from punchcard.language.trials.values import scalars
from punchcard.plan.experiments import experiments
from punchcard.plan.model import Plan, Split, walk

VARIANTS = Argument(
    "variants",
    Kind("variants of a `split` by its `id`", ("{tone: personal}",), scalars),
    "on which variants the customer falls",
    default="any",
)
KEPT = Argument(
    "kept",
    Kind("variants of an experiment by its `id`", ("{gift: free-shipping}",), scalars),
    "which variants the experiments (`keep_best`) have kept when the case begins",
    default="none: each goes by lot",
)


def variants_of(fields: Fields, plan: Plan, context: Context) -> dict[str, str]:
    """Return the variants that were written and that the campaign has; the others are mistakes."""
    known = {step.experiment: tuple(step.shares) for step in walk(plan.steps) if isinstance(step, Split)}
    return _known(fields.get(VARIANTS), known, "`split`", context)


def kept_of(fields: Fields, plan: Plan, context: Context) -> dict[str, str]:
    """Return the variants that were written of the campaign's experiments; the others are mistakes."""
    known = {step.experiment: tuple(step.shares) for step, _ in experiments(plan)}
    return _known(fields.get(KEPT), known, "`split` with `keep_best`", context)


def _known(
    written: Mapping[str, Any] | None, known: Mapping[str, tuple[str, ...]], what: str, context: Context
) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, each in (written or {}).items():
        variants = known.get(name)
        if variants is not None and each.value in variants:
            found[name] = each.value
            continue
        context.findings.add(
            "PC2005",
            each.span,
            f"there is no {what} called `{name}`"
            if variants is None
            else f"`{name}` has no variant `{each.value}`",
            expected=listed(known if variants is None else variants) or f"a campaign with a {what}",
            suggestion=nearest(each.value, variants) if variants is not None else None,
        )
    return found
