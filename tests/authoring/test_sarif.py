"""SARIF as a code host reads it: valid by the standard's schema, each finding at its place."""

import json
from pathlib import Path
from typing import Any

from jsonschema import Draft4Validator

from punchcard.authoring.sarif import sarif
from punchcard.language import Checked, CheckedProgramme, check
from punchcard.language.codes import CODES
from tests.language.cases import cases

SCHEMAS = Path(__file__).parents[2] / "node_modules" / "@microsoft" / "jest-sarif" / "lib" / "schemas"
SCHEMA = json.loads((SCHEMAS / "sarif-2.1.0-rtm.5.json").read_text())


def log_of(*results: Checked | CheckedProgramme) -> dict[str, Any]:
    """The log, as it is after printing and reading."""
    log: dict[str, Any] = json.loads(json.dumps(sarif(results, "1.2.3")))
    return log


def test_a_log_of_every_code_is_valid() -> None:
    """The whole corpus of broken campaigns, by the schema that the standard's committee publishes."""
    log = log_of(*(case.check() for case in cases()))
    assert [error.message for error in Draft4Validator(SCHEMA).iter_errors(log)] == []
    (run,) = log["runs"]
    assert {rule["id"] for rule in run["tool"]["driver"]["rules"]} == set(CODES)
    for result in run["results"]:
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]


def test_a_finding_has_its_place_and_its_words() -> None:
    """Line and column from 1, the end behind the last character, in a path that hangs on the repository."""
    (run,) = log_of(check("campaign: cups\nholdout: 10\n", name="a folder/cups.yaml"))["runs"]
    result = next(each for each in run["results"] if each["ruleId"] == "PC1205")
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"] == {"uri": "a%20folder/cups.yaml", "uriBaseId": "%SRCROOT%"}
    assert place["region"] == {"startLine": 2, "startColumn": 10, "endLine": 2, "endColumn": 12}
    assert result["level"] == "error"
    assert result["message"]["text"].split("\n") == [
        "`10` is not a share",
        "expected: a share such as 20% or 7.5%",
        "write: 10%",
    ]
    assert run["tool"]["driver"]["semanticVersion"] == "1.2.3"


def test_a_file_elsewhere_keeps_its_own_address() -> None:
    """An absolute path is a file URI."""
    (run,) = log_of(check("", name="/srv/cups.yaml"))["runs"]
    assert run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"] == {
        "uri": "file:///srv/cups.yaml"
    }


def test_no_finding_is_a_log_too() -> None:
    """A code host needs it to know that all is mended."""
    log = log_of()
    assert [error.message for error in Draft4Validator(SCHEMA).iter_errors(log)] == []
    assert log["runs"][0]["results"] == []


def test_what_its_author_has_silenced_is_closed_with_the_reason() -> None:
    """A code host keeps the finding and does not show it as open."""
    text = "campaign: cups\nwhen: order\nsteps: # allow PC1703: the shop sets the bound\n  - reward: 10%\n"
    log = log_of(check(text, name="cups.yaml"))
    assert [error.message for error in Draft4Validator(SCHEMA).iter_errors(log)] == []
    (result,) = log["runs"][0]["results"]
    assert result["ruleId"] == "PC1703"
    assert result["suppressions"] == [{"kind": "inSource", "justification": "the shop sets the bound"}]
