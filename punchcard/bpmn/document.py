"""A campaign as a BPMN 2.0 document: a process that is not executable, its messages, and its diagram."""

from __future__ import annotations

from importlib.metadata import version
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from punchcard.bpmn.diagram import draw
from punchcard.bpmn.namespaces import name, within
from punchcard.bpmn.process import Process
from punchcard.picture.graph import graph
from punchcard.picture.labels import labels_of
from punchcard.picture.layout import lay_out
from punchcard.plan.model import Plan
from punchcard.wording.explanation import Explanation, explain
from punchcard.wording.speech import Speech

MEDIA_TYPE = "application/xml"


def document(speech: Speech, plan: Plan) -> str:
    """Return a plan as BPMN's XML, its words in the reader's language."""
    drawn = graph(plan, joins=True)
    labels = labels_of(speech, plan, drawn)
    root = Element(
        name("bpmn:definitions"),
        id="definitions",
        name=plan.title,
        targetNamespace=f"urn:punchcard:{plan.campaign}",
        exporter="Punchcard",
        exporterVersion=version("punchcard"),
    )
    body = within(root, "bpmn:process", id="process", name=plan.title, isExecutable="false")
    within(body, "bpmn:documentation", _terms(explain(speech, plan)))
    process = Process(speech, plan, drawn, dict(labels), body)
    process.write()
    for place, (called, id_) in enumerate(process.messages.items()):
        root.insert(place, Element(name("bpmn:message"), id=id_, name=called))
    draw(root, lay_out(drawn, labels, "export"), process.flows, process.taken_back)
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _terms(explanation: Explanation) -> str:
    """All that an explanation says beside the steps, which stand at their elements."""
    parts = [explanation.summary]
    for section in explanation.sections:
        if section.name != "steps":
            parts += ["", section.heading, *(f"- {line.text}" for line in section.lines)]
    return "\n".join(parts)
