"""What came of tests, for machines: as JSON, and as the XML of JUnit that CI servers read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any
from xml.etree import ElementTree

from punchcard.trial.coverage import Coverage
from punchcard.trial.files import Bounded, Tested
from punchcard.trial.play import Played

NOTHING: Mapping[str, Sequence[str]] = MappingProxyType({})


def as_data(
    results: Sequence[Tested], bounded: Sequence[Bounded] = (), apart: Mapping[str, Sequence[str]] = NOTHING
) -> dict[str, Any]:
    """Return plain data for JSON."""
    return {
        "ok": all(each.passed for each in results)
        and all(each.passed for each in bounded)
        and not any(apart.values()),
        "cases": sum(len(tested.cases) for tested in results),
        "failed": sum(not played.passed for tested in results for played in tested.cases),
        "files": [_file(tested) for tested in results],
        "temporal": {name: list(found) for name, found in apart.items()},
        "boundaries": [
            {
                "file": each.path.as_posix(),
                "ok": each.passed,
                "cases": [{"name": held.boundary.name, "broken": held.broken} for held in each.cases],
            }
            for each in bounded
        ],
    }


def _file(tested: Tested) -> dict[str, Any]:
    return {
        "file": tested.path.as_posix(),
        "campaign": tested.plan.campaign if tested.plan else None,
        "ok": tested.passed,
        "diagnostics": [each.as_data() for each in tested.diagnostics],
        "cases": [_case(played) for played in tested.cases],
        "coverage": None if tested.coverage is None else _coverage(tested.coverage),
    }


def _coverage(found: Coverage) -> dict[str, Any]:
    steps, all_steps = found.count(ways=False)
    ways, all_ways = found.count(ways=True)
    return {
        "share": round(found.share, 4),
        "steps": {"taken": steps, "all": all_steps},
        "ways": {"taken": ways, "all": all_ways},
        "missed": [
            {"path": part.path, "line": part.line, "verb": part.verb, "way": part.way}
            for part in found.missed
        ],
    }


def _case(played: Played) -> dict[str, Any]:
    line, _ = played.case.span.source.place(played.case.span.start)
    return {
        "name": played.case.name,
        "line": line,
        "ok": played.passed,
        "milliseconds": round(played.seconds * 1000),
        "diagnostics": [each.as_data() for each in played.diagnostics],
        "timeline": [{"at": entry.at, "deed": entry.deed, "text": entry.text} for entry in played.timeline],
    }


def junit(results: Sequence[Tested]) -> str:
    """Return a report as JUnit's XML: a suite a file, a case a case; a file that cannot be read is an error."""
    root = ElementTree.Element("testsuites")
    for tested in results:
        failed = sum(not played.passed for played in tested.cases)
        errors = sum(each.severity == "error" for each in tested.diagnostics)
        suite = ElementTree.SubElement(
            root,
            "testsuite",
            name=tested.path.as_posix(),
            tests=str(len(tested.cases)),
            failures=str(failed),
            errors=str(errors),
        )
        for played in tested.cases:
            case = ElementTree.SubElement(
                suite,
                "testcase",
                name=played.case.name,
                classname=tested.plan.campaign if tested.plan else tested.path.stem,
                time=f"{played.seconds:.3f}",
            )
            if not played.passed:
                first = played.diagnostics[0]
                failure = ElementTree.SubElement(case, "failure", type=first.code, message=first.message)
                failure.text = "\n".join(f"{entry.at} {entry.text}" for entry in played.timeline)
        for found in tested.diagnostics:
            if found.severity == "error":
                case = ElementTree.SubElement(
                    suite, "testcase", name=f"line {found.line}", classname=tested.path.stem
                )
                ElementTree.SubElement(case, "error", type=found.code, message=found.message)
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="unicode") + "\n"
