"""`punchcard init` tries what it is about to write where nobody sees it: that it checks, and that its tests pass."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from punchcard.authoring import gallery
from punchcard.authoring.fitting import SHARED, Shop, cases_at, keys_of, without_cases
from punchcard.authoring.formatting.layout import formatted
from punchcard.authoring.gallery import Template
from punchcard.authoring.needing import Part, furnished, least, parts, text_with
from punchcard.cli.programme import Beside, beside
from punchcard.cli.testing import surroundings
from punchcard.errors import FinalError
from punchcard.language import check_programme
from punchcard.language.files import load
from punchcard.language.programme_file import FILE
from punchcard.language.render import render
from punchcard.language.texts import FOLDER as MESSAGES
from punchcard.plan.model import Plan, Start, walk
from punchcard.plan.triggers import RewardTrigger
from punchcard.trial.files import run
from punchcard.trial.memory import Memory


class TemplateUnfit(FinalError):
    """The template does not go with what lies in the folder."""


@dataclass(frozen=True, slots=True)
class Tried:
    """What there is to write, by paths in the folder; which cases of its tests are left out, and in which languages it
    has no words; `expected` are the campaigns that it names and that are not there.
    """

    files: Mapping[str, str]
    left_out: tuple[str, ...]
    missing: tuple[str, ...]
    expected: tuple[str, ...]


def tried(
    chosen: Template, name: str, title: str | None, folder: Path, languages: tuple[str, ...] = ()
) -> Tried:
    """Return what a template comes to in a folder; TemplateUnfit if it does not go with what lies there."""
    with TemporaryDirectory() as temporary:
        stage = Path(temporary)
        _copy(folder, stage)
        around = beside([stage])
        files = dict(chosen.events(stage))
        _write(stage, files)
        offered = chosen.campaign(name, title, _shop(around, languages))
        _write(stage, offered.files)
        path = stage / f"{name}.yaml"
        needed = _needed(path)
        if needed:
            if around.text is not None:
                raise _lacking(chosen, folder, needed)
            files[FILE] = formatted(text_with(gallery.programme(), needed, shared=True), name=FILE).text
            _write(stage, {FILE: files[FILE]})
            offered = chosen.campaign(name, title, _shop(beside([path]), languages))
            shutil.rmtree(stage / MESSAGES / name, ignore_errors=True)
            _write(stage, offered.files)
        _sound(path, folder, chosen)
        plan = load(path).check(beside([path]).programme).plan
        expected = _expected(stage, plan)
        own, left_out = _passing(path, stage, expected, _shop(beside([path]), languages))
        files = {**offered.files, **files}
        if own is None:
            files.pop(f"{name}{gallery.TESTS}", None)
        else:
            files[f"{name}{gallery.TESTS}"] = own
        return Tried(files, left_out, offered.missing, expected)


def _copy(folder: Path, stage: Path) -> None:
    for path in (*folder.glob("*.yaml"), *folder.glob("*.yml")) if folder.is_dir() else ():
        shutil.copy(path, stage)
    for name in (gallery.EVENTS, MESSAGES):
        if (folder / name).is_dir():
            shutil.copytree(folder / name, stage / name)


def _shop(around: Beside, languages: tuple[str, ...]) -> Shop:
    """Return what a campaign has to fit; without a programme it says everything itself."""
    programme = around.programme
    if around.text is None:
        return Shop(languages=languages or (programme.language,))
    given = keys_of(around.text) & set(SHARED)
    return Shop(frozenset(given), programme.currency, languages or (programme.language,), programme.language)


def _needed(path: Path) -> tuple[Part, ...]:
    """Return what the campaign and its tests need that their programme lacks; nothing if that is of no use."""
    text = gallery.programme()
    demo = check_programme(text).programme
    assert demo is not None, "the templates' own programme has no mistakes"
    written, with_events = load(path), beside([path]).programme

    def enough(kept: tuple[Part, ...]) -> bool:
        checked = written.check(furnished(with_events, demo, kept))
        return checked.plan is not None and not checked.diagnostics

    return () if enough(()) else least(parts(text), enough) or ()


def _lacking(chosen: Template, folder: Path, needed: tuple[Part, ...]) -> TemplateUnfit:
    lines = text_with(gallery.programme(), needed, shared=False)
    shown = "".join(f"    {line}\n" if line else "\n" for line in lines.rstrip().split("\n"))
    return TemplateUnfit(
        f"{chosen.name} needs what {folder / FILE} does not have yet; nothing was written.",
        remedy=f"Add this to it, as it is with you, and run the command again:\n\n{shown}",
    )


def _sound(path: Path, folder: Path, chosen: Template) -> None:
    written = load(path)
    found = written.check(beside([path]).programme).diagnostics
    if any(each.severity == "error" for each in found):
        shown = render(found, written.texts).replace(f"{path.parent.as_posix()}/", "")
        raise TemplateUnfit(
            f"{chosen.name} does not go with what lies in {folder}; nothing was written:\n{shown}",
            remedy="Begin with another template, or in another folder.",
        )


def _expected(folder: Path, plan: Plan | None) -> tuple[str, ...]:
    """Return the campaigns that a plan names and that its folder lacks."""
    if plan is None:
        return ()
    named = [step.campaign for step in walk(plan.steps) if isinstance(step, Start)]
    if isinstance(plan.trigger, RewardTrigger):
        named.append(plan.trigger.of)
    return tuple(each for each in dict.fromkeys(named) if not (folder / f"{each}.yaml").exists())


def _passing(
    path: Path, stage: Path, expected: tuple[str, ...], shop: Shop
) -> tuple[str | None, tuple[str, ...]]:
    """Return its tests with those cases that pass here, and the names of the others."""
    tests = path.with_name(f"{path.stem}{gallery.TESTS}")
    if not tests.is_file():
        return None, ()
    for other in expected:
        _write(stage, gallery.template(other).campaign(other, shop=shop).files)
    memory, around, left_out = Memory(), surroundings([stage]), list[str]()
    while True:
        text, tested = tests.read_text("utf-8"), run(tests, around, memory)
        errors = [each.line for each in tested.diagnostics if each.severity == "error"]
        failing = cases_at(text, errors) or tuple(each.case.name for each in tested.cases if not each.passed)
        left_out += failing
        if not failing:
            break
        tests.write_text(formatted(without_cases(text, failing), name=tests.name).text, "utf-8", newline="\n")
    memory.close()
    return (text if tested.cases else None), tuple(left_out)


def _write(stage: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        path = stage / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8", newline="\n")
