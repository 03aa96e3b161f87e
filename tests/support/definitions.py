"""The plans of `definitions/`, compiled once in a process."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

from punchcard.language.files import campaigns, load
from punchcard.plan.codec import plan_json
from punchcard.plan.model import Plan
from punchcard.shipped import shipped


@cache
def definitions() -> Mapping[str, Plan]:
    """Return every plan by its campaign."""
    checked = [load(path).check() for path in campaigns(shipped("definitions"))]
    plans = [each.plan for each in checked if each.plan is not None]
    assert len(plans) == len(checked), [each.diagnostics for each in checked]
    return MappingProxyType({plan.campaign: plan for plan in plans})


def with_those_they_name(names: Collection[str]) -> dict[str, Plan]:
    """Return the plans of these campaigns, and of those that they start or wait for, in the order of their names."""
    known, wanted, waiting = definitions(), set[str](), list(names)
    while waiting:
        name = waiting.pop()
        if name not in wanted:
            wanted.add(name)
            waiting += known.keys() & set(_words(json.loads(plan_json(known[name]))))
    return {name: known[name] for name in sorted(wanted)}


def _words(data: Any) -> Iterator[str]:
    """Every text within a plan."""
    match data:
        case str():
            yield data
        case list():
            for item in data:
                yield from _words(item)
        case dict():
            for item in data.values():
                yield from _words(item)
