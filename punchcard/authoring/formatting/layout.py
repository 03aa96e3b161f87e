"""Text → the same text, laid out canonically; what cannot be read is left as it is, with the reason."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from punchcard.authoring.formatting.parts import taken_apart
from punchcard.authoring.formatting.printer import printed
from punchcard.authoring.knowledge import CAMPAIGN, children, text_shape
from punchcard.language import nodes
from punchcard.language.comments import comments
from punchcard.language.diagnostics import Diagnostic, Findings
from punchcard.language.files import is_campaign
from punchcard.language.grammar import Keys, Shape
from punchcard.language.nodes import Broken, Node, Scalar, Source
from punchcard.language.programme_file import FILE
from punchcard.language.programme_keys import PROGRAMME_KEYS
from punchcard.language.source import read, source_of


@dataclass(frozen=True, slots=True)
class Formatted:
    """A text after formatting; with diagnostics, it is the text of before, and they say why."""

    text: str
    diagnostics: tuple[Diagnostic, ...] = ()


def shape_of(path: Path) -> Shape | None:
    """Return what a file of this name is made of; None if the tables do not know."""
    if path.name == FILE:
        return Keys(PROGRAMME_KEYS)
    return CAMPAIGN if is_campaign(path) else None


def formatted(text: str, *, name: str) -> Formatted:
    """Return the text of a file in its canonical layout. It means the same and has the same comments."""
    shape = shape_of(Path(name))
    source = source_of(name, text)
    findings = Findings()
    root, damaged = read(source, findings)
    if damaged or findings.refused or not isinstance(root, nodes.Mapping):
        return Formatted(text, findings.sorted())
    found = tuple(comments(source, root))
    head, parts, foot = taken_apart(root, shape, found)
    made = printed(head, root, shape, parts, foot)
    same = _means_the_same(root, shape, Counter(each.text for each in found), source_of(name, made))
    return Formatted(made if same else text)


def _means_the_same(root: Node, shape: Shape | None, remarks: Counter[str], source: Source) -> bool:
    """Whether a layout can be read, and says what the tree said, with the same comments."""
    findings = Findings()
    again, damaged = read(source, findings)
    if damaged or findings.refused:
        return False
    if Counter(each.text for each in comments(source, again)) != remarks:
        return False
    return bool(_data(root, shape) == _data(again, shape))


def _data(node: Node, shape: Shape | None) -> Any:
    """Return what a tree says, whatever its layout; the end of a long text does not count."""
    match node:
        case nodes.Mapping(entries=entries):
            inner = [_data(value, each) for value, each in children(node, shape)]
            return dict(zip((entry.key.value for entry in entries), inner, strict=True))
        case nodes.Sequence():
            return [_data(value, each) for value, each in children(node, shape)]
        case Scalar(value=value):
            text = text_shape(shape)
            return value.rstrip() if text is not None and text.long else (value, node.empty)
        case Broken():
            return None
