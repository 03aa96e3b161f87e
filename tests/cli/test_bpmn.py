"""`punchcard bpmn` as a person meets it."""

from __future__ import annotations

from xml.etree import ElementTree

from typer.testing import CliRunner

from punchcard.bpmn.namespaces import NAMESPACES
from punchcard.cli.main import app
from punchcard.shipped import shipped

WELCOME = str(shipped("definitions") / "welcome.yaml")


def test_a_campaign_is_printed_as_bpmn() -> None:
    """One document on standard output, its words in the language that is asked for."""
    for language, words in (("en", "First order"), ("de", "Erste Bestellung")):
        answer = CliRunner().invoke(app, ["bpmn", WELCOME, "--language", language], catch_exceptions=False)
        root = ElementTree.fromstring(answer.stdout)
        start = root.find(".//bpmn:startEvent", dict(NAMESPACES))
        assert start is not None
        assert start.get("name") == words
