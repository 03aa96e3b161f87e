"""Files beside campaigns that somebody asks about by name: the programme's, and tests."""

from __future__ import annotations

from pathlib import Path

from punchcard.language.compiler import Checked
from punchcard.language.files import Written, is_campaign, load
from punchcard.language.programme import Programme
from punchcard.language.programme_file import FILE, check_programme
from punchcard.language.trials.reader import campaign_of, read_tests
from punchcard.plan.model import Plan


def is_companion(path: Path) -> bool:
    """Whether a file lies beside campaigns and is none, as `check *.yaml` hands them over, too."""
    return path.is_file() and not is_campaign(path)


def companion(path: Path, programme: Programme) -> tuple[Written, Checked]:
    """Check such a file by what it is; it has no plan."""
    text = path.read_bytes().decode("utf-8", errors="replace")
    name = path.as_posix()
    if path.name == FILE:
        checked = check_programme(text, name=name)
        return Written(path, text, {}), Checked(None, checked.diagnostics, checked.silenced)

    def plan_of(campaign: str) -> Plan | None:
        beside = path.with_name(f"{campaign}.yaml")
        return load(beside).check(programme).plan if beside.is_file() else None

    plan = plan_of(campaign_of(path.name))
    read = read_tests(text, name=name, plan=plan, programme=programme, beside=plan_of)
    return Written(path, text, {}), Checked(None, read.diagnostics)
