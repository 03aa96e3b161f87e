"""The names of BPMN's XML: namespaces, and elements in them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

NAMESPACES: Mapping[str, str] = MappingProxyType(
    {
        "bpmn": "http://www.omg.org/spec/BPMN/20100524/MODEL",
        "bpmndi": "http://www.omg.org/spec/BPMN/20100524/DI",
        "dc": "http://www.omg.org/spec/DD/20100524/DC",
        "di": "http://www.omg.org/spec/DD/20100524/DI",
        "xsi": "http://www.w3.org/2001/XMLSchema-instance",
    }
)
for prefix, uri in NAMESPACES.items():
    ElementTree.register_namespace(prefix, uri)


def name(prefixed: str) -> str:
    """Return `bpmn:task` as ElementTree names it."""
    prefix, _, local = prefixed.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


def within(parent: Element, prefixed: str, /, text: str | None = None, **attributes: str) -> Element:
    """Append an element to another and return it."""
    child = SubElement(parent, name(prefixed), attributes)
    child.text = text
    return child


def formal(parent: Element, prefixed: str, text: str) -> Element:
    """Append an expression."""
    return within(parent, prefixed, text, **{name("xsi:type"): "bpmn:tFormalExpression"})
