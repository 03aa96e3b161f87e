"""Text → tree, with every scalar as text and every part at its place."""

import pytest

from punchcard.language import nodes
from punchcard.language.diagnostics import Findings
from punchcard.language.nodes import Mapping, Scalar, Source, Span
from punchcard.language.source import read, source_of


def tree(text: str) -> Mapping:
    """Read a text that must be fine."""
    findings = Findings()
    root, damaged = read(source_of("x.yaml", text), findings)
    assert not findings.sorted()
    assert not damaged
    assert isinstance(root, Mapping)
    return root


@pytest.mark.parametrize(
    "value", ["no", "off", "12:30", "0123", "2026", "2026-05-04", "~", "1e3", "0x1F", "null", "=", "<"]
)
def test_every_scalar_is_its_text(value: str) -> None:
    """Nothing is a boolean, a number, a date or nothing before its place says so."""
    found = tree(f"a: {value}\n").get("a")
    assert isinstance(found, Scalar)
    assert found.value == value


@pytest.mark.parametrize(
    "text",
    [
        "a: plain text here",
        "a: 'it''s quoted'",
        'a: "with \\n escape and more"',
        "a: |\n  block text\n  of two lines\n",
        "a: >-\n  folded text\n  of two lines\n",
        "a: plain text\n  of two lines\n",
    ],
)
def test_each_part_of_a_value_has_its_place(text: str) -> None:
    """Every word of a value is found in the source, however it was quoted or folded."""
    root = tree(text)
    value = root.get("a")
    assert isinstance(value, Scalar)
    for word in ("text", "two", "quoted", "more"):
        at = value.value.find(word)
        if at >= 0:
            assert value.part(at, at + len(word)).text == word


def test_lines_and_columns_count_from_one() -> None:
    """Places are lines and columns in characters, and lead back to their offsets."""
    source = source_of("x.yaml", "ä: 1\r\nb: 2\r\n")
    assert source.lines == ("ä: 1", "b: 2", "")
    assert source.place(0) == (1, 1)
    assert source.place(5) == (2, 1)
    assert source.offset(2, 4) == 8
    assert Span(source, 5, 6).text == "b"


@pytest.mark.parametrize(
    "text", ["a: 1 # a comment\n", "# a comment\na: 1\n", "a: 1\n#!comment\n", "a: x#12\n", "a: 1 ## title\n"]
)
def test_comments_are_comments(text: str) -> None:
    """A space behind the sign, a line of its own, or a sign inside a word swallows nothing."""
    assert isinstance(tree(text).get("a"), Scalar)


def test_keys_keep_their_order_and_lists_their_items() -> None:
    """The tree is what was written."""
    root = tree("b: [x, y]\na:\n  - 1\n  - 2\n")
    assert [entry.key.value for entry in root] == ["b", "a"]
    assert all(isinstance(entry.value, nodes.Sequence) and len(entry.value.items) == 2 for entry in root)


def test_what_cannot_be_read_leaves_the_rest_readable() -> None:
    """A broken value is reported once and stands in the tree as broken."""
    findings = Findings()
    root, damaged = read(Source("x.yaml", "a: b: c\nd: @e\nf: g\n"), findings)
    assert [each.code for each in findings.sorted()] == ["PC1004", "PC1005"]
    assert not damaged
    assert isinstance(root, Mapping)
    assert [type(entry.value).__name__ for entry in root] == ["Broken", "Broken", "Scalar"]


def test_a_line_that_had_to_go_is_told() -> None:
    """Where whole lines are missing, nobody can say what else is missing."""
    _, damaged = read(Source("x.yaml", "a:\n  b: 1\n c: 2\nd: 3\n"), Findings())
    assert damaged
