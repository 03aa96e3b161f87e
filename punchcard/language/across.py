"""What only shows beside other campaigns: two that reward the same, and messages that belong to none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations, product
from pathlib import Path

from punchcard.language.compiler import Checked
from punchcard.language.diagnostics import Diagnostic, diagnostic
from punchcard.language.files import Written, campaigns
from punchcard.language.nearest import listed, nearest
from punchcard.language.nodes import Source, Span
from punchcard.language.referring import entry_below, tree_of, unmet
from punchcard.language.silence import silenced_across
from punchcard.language.source import source_of
from punchcard.language.texts import FOLDER
from punchcard.plan.model import Plan, Reward, walk
from punchcard.plan.triggers import OrderTrigger, SpendTrigger, Trigger

Result = tuple[Written, Checked]


def together(results: Sequence[Result], neighbours: Sequence[Result] = ()) -> list[Result]:
    """Return the campaigns with what only shows when they are seen side by side.

    `neighbours` are campaigns that lie beside them: they are looked at, and nothing is said of them.
    """
    found: dict[str, list[Diagnostic]] = {}
    for one, other in (*combinations(results, 2), *product(results, neighbours)):
        if _reward_the_same(one[1].plan, other[1].plan):
            for here, there in ((one, other), (other, one)):
                found.setdefault(_name(here), []).append(_twice(here, there[0].path.as_posix()))
    for result, each in (*_strays([*results, *neighbours]), *_unmet(results, neighbours)):
        found.setdefault(_name(result), []).append(each)
    return [_with(result, found.get(_name(result), [])) for result in results]


def beside(results: Sequence[Result], running: Iterable[Plan]) -> list[Result]:
    """Return the campaigns with what only shows beside those that run already; of these, namesakes are replaced."""
    running = list(running)
    names = {checked.plan.campaign for _, checked in results if checked.plan is not None}
    others = [plan for plan in running if plan.campaign not in names]
    return [
        _with(
            here,
            [
                _twice(here, f"`{plan.campaign}`, which runs already,")
                for plan in others
                if _reward_the_same(here[1].plan, plan)
            ],
        )
        for here in results
    ]


def _name(result: Result) -> str:
    return result[0].path.as_posix()


def _with(result: Result, more: Sequence[Diagnostic]) -> Result:
    if not more:
        return result
    written, checked = result
    source = source_of(written.path.as_posix(), written.text)
    root = tree_of(source.name, source.text)
    allowed = {found: silenced_across(found, root, source) for found in more}
    left = [found for found in more if allowed[found] is None]
    silenced = tuple(each for each in allowed.values() if each is not None)
    merged = sorted(
        (*checked.diagnostics, *left), key=lambda each: (each.file != source.name, each.line, each.column)
    )
    return written, replace(checked, diagnostics=tuple(merged), silenced=(*checked.silenced, *silenced))


# --- two campaigns that reward the same -----------------------------------------------------------


def _reward_the_same(one: Plan | None, other: Plan | None) -> bool:
    """Whether the same orders may be rewarded by both, at some time."""
    if one is None or other is None or not (_gives(one) and _gives(other)):
        return False
    if (one.currency, _counted(one.trigger)) != (other.currency, _counted(other.trigger)):
        return False
    if _counted(one.trigger) is None or not _overlap(one, other):
        return False
    wheres = {getattr(plan.trigger, "where", None) for plan in (one, other)}
    audiences = {plan.audience for plan in (one, other)}
    return not (len(wheres - {None}) > 1 or len(audiences - {None}) > 1)


def _counted(trigger: Trigger) -> str | None:
    """What of an order counts for the trigger; None if nothing of it does."""
    match trigger:
        case SpendTrigger():
            return "spend"
        case OrderTrigger(first=True):
            return "first orders"
        case OrderTrigger(every=None):
            return "orders"
        case _:
            return None


def _gives(plan: Plan) -> bool:
    return any(isinstance(step, Reward) for step in walk(plan.steps))


def _overlap(one: Plan, other: Plan) -> bool:
    """Whether both run on some day; without dates a campaign always does."""
    return max(one.starts or "", other.starts or "") <= min(one.ends or "9", other.ends or "9")


def _twice(here: Result, other: str) -> Diagnostic:
    written, checked = here
    plan = checked.plan
    assert plan is not None, "what has no plan is not compared"
    source = source_of(written.path.as_posix(), written.text)
    when = entry_below(source, "when")
    return diagnostic(
        "PC1707",
        when.key.span if when is not None else Span(source, 0, 1),
        f"{other} rewards the same {_counted(plan.trigger)}",
        "days that do not overlap, different audiences, or orders told apart with `where`",
    )


# --- campaigns that are not there -----------------------------------------------------------------


def _unmet(results: Sequence[Result], neighbours: Sequence[Result]) -> Iterator[tuple[Result, Diagnostic]]:
    """Yield what campaigns expect of others; where only some campaigns of a folder are looked at, nobody can tell."""
    for folder in sorted({written.path.parent for written, _ in results}):
        here = [each for each in (*results, *neighbours) if each[0].path.parent == folder]
        if _is_whole(folder, here):
            known = {written.path.name.split(".")[0]: checked.plan for written, checked in here}
            for result in (each for each in results if each in here):
                yield from ((result, each) for each in unmet(*result, known))


def _is_whole(folder: Path, here: Sequence[Result]) -> bool:
    return folder.is_dir() and set(campaigns(folder)) == {each[0].path for each in here}


# --- messages that belong to no campaign ------------------------------------------------------------


def _strays(results: Sequence[Result]) -> Iterator[tuple[Result, Diagnostic]]:
    """Yield each folder of messages that no campaign has, with the campaign that was probably meant.

    Where only some campaigns of a folder are looked at, the others may have them.
    """
    for folder in sorted({written.path.parent for written, _ in results}):
        here = {each[0].path: each for each in results if each[0].path.parent == folder}
        if not _is_whole(folder, list(here.values())) or not (folder / FOLDER).is_dir():
            continue
        names = {path.name.split(".")[0]: result for path, result in here.items()}
        for stray in sorted(each for each in (folder / FOLDER).iterdir() if each.is_dir()):
            if stray.name not in names:
                meant = nearest(stray.name, names)
                yield names[meant] if meant else next(iter(here.values())), _stray(stray, list(names), meant)


def _stray(folder: Path, names: list[str], meant: str | None) -> Diagnostic:
    inside = sorted(path for path in folder.rglob("*") if path.is_file())
    nowhere = Span(Source((inside[0] if inside else folder).as_posix(), ""), 0, 1)
    return diagnostic(
        "PC1520",
        nowhere,
        f"no campaign is called `{folder.name}`, so nobody sends what lies here",
        listed(f"{FOLDER}/{name}" for name in names),
        meant,
    )
