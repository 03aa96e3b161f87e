"""What the language server shows that needs more than the language: campaigns in sentences, tests played."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from punchcard.authoring.editing.beyond import Beyond
from punchcard.authoring.editing.study import Study

if TYPE_CHECKING:
    from punchcard.wording.sections.line import Line


def beyond() -> Beyond:
    """Return what the language server is given; nothing of it is loaded before somebody looks."""
    return Beyond(_explained, _tried)


def _explained(study: Study) -> str:
    """Tell a campaign in sentences, as Markdown; empty while it has mistakes."""
    from punchcard.cli.plans import reader_of
    from punchcard.wording.explanation import explain

    plan = study.checked.plan
    if plan is None:
        return ""
    told = explain(reader_of("en", plan), plan)
    text = [f"**{told.title}**", told.summary]
    for section in told.sections:
        lines = (
            f"{'   ' * line.depth}{f'{line.number} ' if line.number else '- '}{line.text}"
            for line in section.lines
        )
        text.append(f"**{section.heading}**\n\n" + "\n".join(f"{line}  " for line in lines))
    return "\n\n".join(text)


def _line(line: Line) -> str:
    """Return a line with its number or a dash, deeper ones indented, and a break behind it."""
    return f"{'   ' * line.depth}{line.number or '-'} {line.text}  "


def _tried(study: Study, path: Path, text: str) -> str:
    """Play a text of tests against a campaign, and say what came of it."""
    from punchcard.cli.testing import surroundings
    from punchcard.trial.files import run_text
    from punchcard.trial.memory import Memory

    if study.checked.plan is None:
        return "not tested while there are mistakes"
    memory = Memory()
    try:
        tested = run_text(text, path, study.checked, surroundings([study.written.path]), memory)
    finally:
        memory.close()
    if tested.coverage is None:
        return f"the tests in {path.name} cannot be read yet"
    failed = [played.case.name for played in tested.cases if not played.passed]
    cases = f"{len(tested.cases)} case{'' if len(tested.cases) == 1 else 's'}"
    outcome = f"{cases} pass" if not failed else f"{len(failed)} of {cases} fail: {failed[0]}"
    (steps, all_steps), (ways, all_ways) = (tested.coverage.count(ways=each) for each in (False, True))
    missed = "".join(f" · not {part.words}" for part in tested.coverage.missed[:1])
    return f"{outcome} · {steps} of {all_steps} steps and {ways} of {all_ways} ways taken{missed}"
