"""Event types on disk."""

from pathlib import Path

import pytest

from punchcard.event_files import event_file, event_files, with_events
from punchcard.language import Programme

FIELDS = (
    '{"type": "object", "properties": {"value": {"$ref": "urn:punchcard:money"}, "note": {"type": "string"}}}'
)


def test_the_file_has_the_events_name_and_its_fields_kinds(tmp_path: Path) -> None:
    """What campaigns beside it are checked with."""
    (tmp_path / "events").mkdir()
    (tmp_path / "events" / "cart_left.json").write_text(FIELDS)
    (tmp_path / "events" / "broken.json").write_text("{")
    found = with_events(Programme(), event_files([tmp_path]))
    assert found.events == {"cart_left": {"value": "money", "note": "text"}}


def test_what_a_field_can_hold_is_known_where_its_schema_lists_it(tmp_path: Path) -> None:
    """Only texts can be misspelt; what the programme knows already stays."""
    (tmp_path / "events").mkdir()
    schema = (
        '{"properties": {"kind": {"type": "string", "enum": ["gift", "loan"]}, "pieces": {"enum": [1, 2]}}}'
    )
    (tmp_path / "events" / "cup_sold.json").write_text(schema)
    known = Programme(events={"cart_left": {"note": "text"}})
    found = with_events(known, event_files([tmp_path]))
    assert found.choices == {"cup_sold": {"kind": ("gift", "loan")}}
    assert set(found.events) == {"cart_left", "cup_sold"}


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("cart_left", "[1]", "this is no JSON Schema"),
        ("cart_left", "{", "this is no JSON"),
        ("cart_left", "[" * 100_000, "nested too deeply"),
        ("cart-left", FIELDS, "is not a name"),
        ("order", FIELDS, "is built in"),
    ],
)
def test_what_cannot_be_registered_is_told_at_its_place(name: str, text: str, message: str) -> None:
    """It has no schema then."""
    found = event_file(Path(f"events/{name}.json"), text)
    assert found.schema is None
    assert message in found.diagnostics[0].message
    assert found.diagnostics[0].file == f"events/{name}.json"
