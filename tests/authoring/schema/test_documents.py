"""The schemas against what they describe: right campaigns are valid, broken ones mostly are not."""

import re
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from punchcard.authoring.schema.documents import (
    DOCUMENTS,
    campaign,
    campaign_tests,
    modeline,
    programme,
    text_of,
)
from punchcard.authoring.schema.wording import as_yaml
from punchcard.language.files import campaigns
from punchcard.language.programme_file import FILE
from punchcard.language.steps import VERBS
from punchcard.language.triggers import TRIGGERS
from punchcard.shipped import shipped
from tests.language.cases import Case, cases

DEFINITIONS = tuple(campaigns(shipped("definitions")))
TESTS = tuple(sorted(shipped("definitions").glob("*.test.yaml")))
CAMPAIGN, PROGRAMME = Draft202012Validator(campaign()), Draft202012Validator(programme())
# Mistakes in how a campaign is put together, as far as a schema can tell.
STRUCTURAL = re.compile("PC110[124-9]|PC120[1258]|PC121[0126]|PC131")


def mistakes(schema: Draft202012Validator, text: str) -> list[str]:
    """What the schema finds in a text."""
    return [f"{error.json_path}: {error.message}" for error in schema.iter_errors(as_yaml(text))]


@pytest.mark.parametrize("path", DEFINITIONS, ids=lambda path: path.stem)
def test_a_definition_is_valid_and_names_its_schema(path: Path) -> None:
    """By the schema that its first line leads to."""
    text = path.read_text("utf-8")
    assert mistakes(CAMPAIGN, text) == []
    assert text.startswith(f"{modeline('campaign')}\n")


def test_the_programme_is_valid_and_names_its_schema() -> None:
    """It has a schema of its own."""
    text = (shipped("definitions") / FILE).read_text("utf-8")
    assert mistakes(PROGRAMME, text) == []
    assert text.startswith(f"{modeline('programme')}\n")


@pytest.mark.parametrize("path", TESTS, ids=lambda path: path.name)
def test_a_file_of_tests_is_valid_and_names_its_schema(path: Path) -> None:
    """It has a schema too, from the tables of what can happen and be expected."""
    text = path.read_text("utf-8")
    assert mistakes(Draft202012Validator(campaign_tests()), text) == []
    assert text.startswith(f"{modeline('tests')}\n")
    assert mistakes(Draft202012Validator(campaign_tests()), text.replace("expect:", "expcet:")) != []


def structural() -> list[Case]:
    """The broken campaigns whose mistake is one of structure, and whose text is YAML."""
    return [case for case in cases() if STRUCTURAL.match(case.code)]


def test_what_is_put_together_wrongly_is_mostly_refused() -> None:
    """What remains depends on names, currencies and the like, which only the check knows."""
    found = structural()
    accepted = [case.name for case in found if not mistakes(CAMPAIGN, case.text)]
    assert len(accepted) / len(found) < 0.2, accepted


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_schema_is_one(name: str) -> None:
    """By the dialect's own schema; and what lies beside the definitions is what the tables say."""
    schema = DOCUMENTS[name]()
    Draft202012Validator.check_schema(schema)
    assert (shipped("definitions") / "schemas" / f"{name}.json").read_text("utf-8") == text_of(name)


def described(schema: Any, path: str = "$") -> list[str]:
    """The keys that say nothing about themselves."""
    if isinstance(schema, list):
        return [each for item in schema for each in described(item, path)]
    if not isinstance(schema, dict):
        return []
    silent = [
        f"{path}.{name}"
        for name, value in schema.get("properties", {}).items()
        if "description" not in value and "$ref" not in value
    ]
    return silent + [each for name, value in schema.items() for each in described(value, f"{path}.{name}")]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_key_is_described(name: str) -> None:
    """Completion and hover have something to say."""
    assert described(DOCUMENTS[name]()) == []


def test_every_verb_and_trigger_is_there_with_its_example() -> None:
    """A row of the tables needs nothing else."""
    schema = campaign()
    for verb in VERBS:
        assert schema["$defs"][f"step.{verb.name}"]["properties"][verb.name]["description"] == verb.says
        steps = Draft202012Validator({"$ref": "#/$defs/steps", "$defs": schema["$defs"]})
        assert mistakes(steps, verb.example) == []
    for row in TRIGGERS:
        value = as_yaml(row.example)["when"]
        checker = Draft202012Validator({"$ref": "#/$defs/trigger", "$defs": schema["$defs"]})
        assert [error.message for error in checker.iter_errors(value)] == []


def test_defaults_are_values_and_not_rules() -> None:
    """`0%` is what is meant where `holdout` is left out; `the programme's` is no value."""
    properties = campaign()["properties"]
    assert properties["holdout"]["default"] == "0%"
    assert properties["on_resume"]["default"] == "skip_stale"
    assert "default" not in properties["currency"]
    assert properties["on_resume"]["enum"] == ["skip_stale", "shift", "send_all"]
