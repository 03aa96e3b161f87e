"""Which step of the old version is which of the new one: by id, then by what it does, then by where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from difflib import SequenceMatcher

from punchcard.plan.model import Plan, Step, blocks, walk
from punchcard.plan.model.walking import WAYS

Place = tuple[str | None, str]


@dataclass(frozen=True, slots=True)
class Matched:
    """The steps of two plans: `pairs` are paths of both in the new one's order, the rest stands in one only."""

    pairs: tuple[tuple[str, str], ...]
    removed: tuple[str, ...]
    added: tuple[str, ...]
    moved: frozenset[str]


def match(old: Plan, new: Plan) -> Matched:
    """Pair the steps of two plans."""
    before, after = _Side(old), _Side(new)
    pairs: dict[str, str] = {}
    for rule in (_by_id, _by_content, _by_place):
        for one, other in rule(before, after, pairs):
            if one not in pairs and other not in pairs.values():
                pairs[one] = other
    taken = set(pairs.values())
    ordered = sorted(pairs.items(), key=lambda pair: after.order[pair[1]])
    return Matched(
        pairs=tuple(ordered),
        removed=tuple(path for path in before.steps if path not in pairs),
        added=tuple(path for path in after.steps if path not in taken),
        moved=frozenset(_moved(before, after, pairs)),
    )


class _Side:
    """One plan: its steps by path in plan order, and the block that each stands in."""

    def __init__(self, plan: Plan) -> None:
        self.steps: dict[str, Step] = {step.path: step for step in walk(plan.steps)}
        self.order = {path: number for number, path in enumerate(self.steps)}
        self.place: dict[str, Place] = {step.path: (None, "") for step in plan.steps}
        self.place |= {
            inner.path: (step.path, name)
            for step in self.steps.values()
            for name, block in blocks(step)
            for inner in block
        }

    def left(self, taken: set[str]) -> list[str]:
        """Return the paths that no pair has yet."""
        return [path for path in self.steps if path not in taken]


def _by_id(before: _Side, after: _Side, pairs: dict[str, str]) -> Iterator[tuple[str, str]]:
    named = {step.id: path for path, step in after.steps.items() if step.id is not None}
    for path, step in before.steps.items():
        if step.id is not None and step.id in named:
            yield path, named[step.id]


def _by_content(before: _Side, after: _Side, pairs: dict[str, str]) -> Iterator[tuple[str, str]]:
    """What does the same: first what kept its order, then what was moved."""
    old, new = before.left(set(pairs)), after.left(set(pairs.values()))
    contents = [_content(before.steps[path]) for path in old], [_content(after.steps[path]) for path in new]
    matcher = SequenceMatcher(a=contents[0], b=contents[1], autojunk=False)
    kept = [
        (old[block.a + k], new[block.b + k])
        for block in matcher.get_matching_blocks()
        for k in range(block.size)
    ]
    yield from kept
    done = {one for one, _ in kept}, {other for _, other in kept}
    waiting = [path for path in new if path not in done[1]]
    for path in old:
        if path in done[0]:
            continue
        content = _content(before.steps[path])
        twin = next((other for other in waiting if _content(after.steps[other]) == content), None)
        if twin is not None:
            waiting.remove(twin)
            yield path, twin


def _by_place(before: _Side, after: _Side, pairs: dict[str, str]) -> Iterator[tuple[str, str]]:
    """What is of the same kind and stands in the same block: of several, the one that is most alike."""
    found = dict(pairs)
    for path, step in before.steps.items():
        owner, way = before.place[path]
        there = (found.get(owner) if owner is not None else None, way)
        if path in found or (owner is not None and owner not in found):
            continue
        rivals = [
            rival
            for rival, place in before.place.items()
            if rival not in found and place == (owner, way) and type(before.steps[rival]) is type(step)
        ]
        open_ = [
            other
            for other, candidate in after.steps.items()
            if other not in found.values() and type(candidate) is type(step) and after.place[other] == there
        ]
        scored = [
            (_likeness(before, after, found, one, other), one, other) for one in rivals for other in open_
        ]
        # The sort is stable: of equally good pairs the first ones are taken.
        for _, one, other in sorted(scored, key=lambda each: -each[0]):
            if one not in found and other not in found.values():
                found[one] = other
                yield one, other


def _likeness(before: _Side, after: _Side, found: dict[str, str], old: str, new: str) -> int:
    """How many steps below them are pairs already, and how many of their own arguments are the same."""
    below = sum(before.place[one][0] == old and after.place[other][0] == new for one, other in found.items())
    one, other = _content(before.steps[old]), _content(after.steps[new])
    same = [bool(getattr(one, each.name) == getattr(other, each.name)) for each in fields(one)]
    return 2 * below + sum(same)


def _content(step: Step) -> Step:
    """What a step does by itself, wherever it stands."""
    emptied = {field.name: () for field in fields(step) if field.name in WAYS}
    return replace(step, path="", id=None, note=None, **emptied)  # type: ignore[arg-type]


def _moved(before: _Side, after: _Side, pairs: dict[str, str]) -> Iterator[str]:
    """The new paths of steps that stand in another block, or in another order beside those that stayed."""
    stayed = []
    for old, new in pairs.items():
        owner, way = before.place[old]
        there = (pairs.get(owner) if owner is not None else None, way)
        if after.place[new] == there:
            stayed.append((old, new))
        else:
            yield new
    stayed.sort(key=lambda pair: before.order[pair[0]])
    kept = set(_rising([after.order[new] for _, new in stayed]))
    yield from (new for _, new in stayed if after.order[new] not in kept)


def _rising(numbers: list[int]) -> list[int]:
    """A longest rising part of a list of different numbers."""
    best: list[list[int]] = []
    for number in numbers:
        longest = max((run for run in best if run[-1] < number), key=len, default=[])
        best.append([*longest, number])
    return max(best, key=len, default=[])
