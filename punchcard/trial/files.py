"""Files of campaign tests on disk: found, read with the campaign beside them, and played."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from punchcard.errors import FinalError
from punchcard.language.compiler import Checked
from punchcard.language.diagnostics import Diagnostic
from punchcard.language.files import SUFFIXES, Written, campaigns, load
from punchcard.language.programme import Programme
from punchcard.language.trials.model import TestFile
from punchcard.language.trials.reader import SUFFIX, campaign_of, read_tests
from punchcard.plan.model import Plan
from punchcard.trial.boundaries.holding import Held, hold
from punchcard.trial.coverage import Coverage, coverage
from punchcard.trial.memory import Memory
from punchcard.trial.play import Played, play
from punchcard.trial.stage import Production
from punchcard.trial.walk import Performer


class NothingToTestError(FinalError):
    """There is no file of tests."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What lies beside campaigns, and what does for them what leaves the house."""

    programme: Programme
    performers: Mapping[str, Performer]
    schemas: Mapping[str, dict[str, Any]] = field(default_factory=dict)
    programme_text: str | None = None


@dataclass(frozen=True, slots=True)
class Tested:
    """A file of tests: its mistakes, or what came of each of its cases."""

    path: Path
    text: str
    plan: Plan | None
    diagnostics: tuple[Diagnostic, ...]
    cases: tuple[Played, ...]
    coverage: Coverage | None = None
    beside: tuple[Plan, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether it could be read, and every case passed."""
        errors = any(each.severity == "error" for each in self.diagnostics)
        return not errors and all(each.passed for each in self.cases)

    @property
    def findings(self) -> tuple[Diagnostic, ...]:
        """All that was found, in the file and in its cases."""
        return (*self.diagnostics, *(found for case in self.cases for found in case.diagnostics))


@dataclass(frozen=True, slots=True)
class Bounded:
    """A campaign, and what came of each of its boundary cases; no plan if it has mistakes."""

    path: Path
    plan: Plan | None
    cases: tuple[Held, ...]

    @property
    def passed(self) -> bool:
        """Whether every promise holds."""
        return self.plan is not None and not any(held.broken for held in self.cases)


def files_of(paths: Iterable[Path], *, optional: bool = False) -> list[Path]:
    """Return the files of tests: those named, those beside the campaigns named, and all of the folders named.

    NothingToTestError if there are none, unless they are `optional`.
    """
    found = [each for path in paths for each in _files_of(path)]
    if not found and not optional:
        raise NothingToTestError(
            "There are no tests.", remedy=f"Tests of spend-and-save.yaml are called spend-and-save{SUFFIX}."
        )
    return list(dict.fromkeys(found))


def _files_of(path: Path) -> Iterator[Path]:
    if path.is_dir():
        yield from sorted(path.glob(f"*{SUFFIX}"))
    elif path.name.endswith(SUFFIX):
        yield path
    elif (beside := path.with_name(f"{path.stem}{SUFFIX}")).is_file():
        yield beside


def run(
    path: Path, around: Surroundings, memory: Memory, watch: Callable[[Played], None] | None = None
) -> Tested:
    """Play every case of a file of tests; `watch` is told of each as it ends."""
    text = path.read_bytes().decode("utf-8", errors="replace")
    written = _campaign(path)
    checked = Checked(None, ()) if written is None else written.check(around.programme)
    return run_text(text, path, checked, around, memory, watch)


def run_text(
    text: str,
    path: Path,
    checked: Checked,
    around: Surroundings,
    memory: Memory,
    watch: Callable[[Played], None] | None = None,
) -> Tested:
    """Play every case of a text against its campaign, as it was checked."""
    plan = checked.plan
    read = read_tests(
        text,
        name=path.as_posix(),
        plan=plan,
        programme=around.programme,
        beside=lambda name: _plan_beside(path.with_name(name), around),
    )
    if read.tests is None or plan is None:
        return Tested(path, text, plan, read.diagnostics, ())
    cases = []
    for played in _play(read.tests, plan, around, memory):
        cases.append(played)
        if watch is not None:
            watch(played)
    states = [state for played in cases for state in played.states]
    covered = coverage(plan, checked.places, states)
    return Tested(path, text, plan, read.diagnostics, tuple(cases), covered, read.tests.beside)


def campaigns_of(paths: Iterable[Path]) -> list[Path]:
    """Return the campaigns named, those of the tests named, and all of the folders named."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found += campaigns(path)
        elif path.name.endswith(SUFFIX):
            beside = (path.with_name(f"{campaign_of(path.name)}{suffix}") for suffix in SUFFIXES)
            found += [each for each in beside if each.is_file()]
        else:
            found.append(path)
    return list(dict.fromkeys(found))


def bounds(path: Path, around: Surroundings, memory: Memory) -> Bounded:
    """Play the boundary cases of a campaign; none of one with mistakes."""
    plan = load(path).check(around.programme).plan
    if plan is None:
        return Bounded(path, None, ())
    return Bounded(path, plan, tuple(hold(plan, production_of(plan, around), memory)))


def production_of(plan: Plan, around: Surroundings, beside: tuple[Plan, ...] = ()) -> Production:
    """Return one campaign with what lies beside it, as it is tried."""
    return Production((plan, *beside), around.schemas, around.performers, around.programme_text)


def _play(tests: TestFile, plan: Plan, around: Surroundings, memory: Memory) -> Iterator[Played]:
    production = production_of(plan, around, tests.beside)
    for case in tests.cases:
        memory.clear()
        yield play(case, plan, production, memory)


def _plan_beside(path: Path, around: Surroundings) -> Plan | None:
    """The plan of another campaign of the folder; None if it has mistakes, or does not exist."""
    written = _campaign(path)
    return None if written is None else written.check(around.programme).plan


def _campaign(path: Path) -> Written | None:
    """The campaign that lies beside its tests, or under its own name; None if there is none."""
    for suffix in SUFFIXES:
        beside = path.with_name(f"{campaign_of(path.name)}{suffix}")
        if beside.is_file():
            return load(beside)
    return None
