"""Checking and compiling, beside PyYAML's bare parse of the same texts."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import yaml

from benchmarks.figures import Figure, figure
from benchmarks.language.campaigns import STEPS, campaigns
from punchcard.authoring.formatting.layout import formatted
from punchcard.language import check
from punchcard.plan.codec import plan_hash, plan_json

Text = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Reading:
    """What one way of reading costs a campaign, in milliseconds and in parses by PyYAML."""

    way: str
    milliseconds: Figure
    parses: Figure


@dataclass(frozen=True, slots=True)
class Readings:
    """All ways, over so many campaigns of so many steps with so many characters each, in the middle."""

    campaigns: int
    steps: int
    characters: int
    ways: list[Reading]


def measure_language(count: int, rounds: int, say: Callable[[str], None]) -> Readings:
    """Measure every way in turns, each over all campaigns; a keystroke over one, letter by letter."""
    texts = list(campaigns(count))
    ways: dict[str, Callable[[], float]] = {
        "PyYAML's bare parse (C)": lambda: _each(texts, _bare),
        "PyYAML's safe_load (C)": lambda: _each(texts, _safe_load),
        "check": lambda: _each(texts, _check),
        "check and compile to a plan": lambda: _each(texts, _compile),
        "a keystroke in one campaign": lambda: _keystrokes(texts[0]),
        "lay out": lambda: _each(texts[: max(1, count // 10)], _layout),
    }
    found: dict[str, list[float]] = {way: [] for way in ways}
    for turn in range(rounds):
        for way, once in ways.items():
            found[way].append(once())
            say(f"language, round {turn + 1}: {way}: {found[way][-1]:.2f} ms a campaign")
    bare = found["PyYAML's bare parse (C)"]
    return Readings(
        count,
        STEPS,
        sorted(len(text) for _, text in texts)[count // 2],
        [
            Reading(way, figure(times), figure([one / other for one, other in zip(times, bare, strict=True)]))
            for way, times in found.items()
        ],
    )


def _each(texts: list[Text], read: Callable[[str, str], object]) -> float:
    """Return the processor's milliseconds for a text."""
    begin = time.process_time()
    for name, text in texts:
        read(name, text)
    return (time.process_time() - begin) / len(texts) * 1000


def _bare(_name: str, text: str) -> int:
    return sum(1 for _ in yaml.parse(text, Loader=yaml.CLoader))


def _safe_load(_name: str, text: str) -> object:
    return yaml.load(text, Loader=yaml.CSafeLoader)


def _check(name: str, text: str) -> object:
    found = check(text, name=name)
    assert not found.diagnostics, found.diagnostics
    return found


def _compile(name: str, text: str) -> str:
    plan = check(text, name=name).plan
    assert plan is not None
    return plan_hash(plan_json(plan))


def _layout(name: str, text: str) -> str:
    return formatted(text, name=name).text


def _keystrokes(one: Text) -> float:
    """Type a condition, letter by letter, and check at each."""
    name, text = one
    before, _, after = text.partition("    as: coupon\n")
    typed = (
        '  - if: customer.spent_within("90 days") > 100 and not coupon.redeemed\n    then: {stop: enough}\n'
    )
    versions = [(name, f"{before}    as: coupon\n{typed[:end]}\n{after}") for end in range(len(typed))]
    return _each(versions, lambda name, text: check(text, name=name))
