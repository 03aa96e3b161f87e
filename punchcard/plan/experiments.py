"""What makes an experiment another one: its content, by which its counts and its winner are found."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from punchcard.plan.codec import encode
from punchcard.plan.model import KeepBest, Plan, Split, walk

# What says nothing of what a step does: where it stands, and what its author remarks.
_ASIDE = frozenset({"path", "note", "mark"})


def marked(step: Split) -> Split:
    """Return the split with the mark of its experiment.

    It is a hash of the variants with their shares and steps, of what is measured, and of when it is enough. The words
    of a message are no part of it: to try other words, another message is sent. Nor is the place of the split.
    """
    assert step.keep_best is not None, "only an experiment has a mark"
    content = [encode(step.branches), encode(step.keep_best)]
    text = json.dumps(_bare(content), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    mark = hashlib.sha256(text.encode()).hexdigest()[:16]
    return replace(step, keep_best=replace(step.keep_best, mark=mark))


def experiments(plan: Plan) -> Iterator[tuple[Split, KeepBest]]:
    """Yield each split of the plan that keeps the best, with what it measures."""
    for step in walk(plan.steps):
        if isinstance(step, Split) and step.keep_best is not None:
            yield step, step.keep_best


def _bare(data: Any) -> Any:
    """The data without what stands aside."""
    match data:
        case dict():
            return {name: _bare(value) for name, value in data.items() if name not in _ASIDE}
        case list():
            return [_bare(value) for value in data]
        case _:
            return data
