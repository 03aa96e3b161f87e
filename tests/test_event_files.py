"""Event types on disk."""

from pathlib import Path

import pytest

from punchcard.event_files import event_file, event_files, types_of

FIELDS = (
    '{"type": "object", "properties": {"value": {"$ref": "urn:punchcard:money"}, "note": {"type": "string"}}}'
)


def test_the_file_has_the_events_name_and_its_fields_kinds(tmp_path: Path) -> None:
    """What campaigns beside it are checked with."""
    (tmp_path / "events").mkdir()
    (tmp_path / "events" / "cart_left.json").write_text(FIELDS)
    (tmp_path / "events" / "broken.json").write_text("{")
    assert types_of(event_files([tmp_path])) == {"cart_left": {"value": "money", "note": "text"}}


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
