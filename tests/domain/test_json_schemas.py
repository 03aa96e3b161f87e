"""Which JSON Schemas are taken."""

from typing import Any

import pytest

from punchcard.domain.json_schemas import SchemaUnfit, accept_schema


@pytest.mark.parametrize(
    "schema",
    [
        {},
        {"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object"},
        {"$defs": {"size": {"enum": ["S", "L"]}}, "properties": {"a": {"$ref": "#/$defs/size"}}},
        {
            "$defs": {"a": {"$ref": "#/$defs/b"}, "b": {"type": "string"}},
            "properties": {"x": {"$ref": "#/$defs/a"}, "y": {"$ref": "#/$defs/a"}},
        },
        {"$defs": {"size": {"$anchor": "size", "type": "string"}}, "properties": {"a": {"$ref": "#size"}}},
        {"properties": {"$ref": {"type": "string"}}},
        {
            "properties": {
                "value": {"$ref": "urn:punchcard:money"},
                "deposit": {"$ref": "urn:punchcard:money"},
            }
        },
        {"patternProperties": {"^x-": {"pattern": "^[a-z]+$"}}},
    ],
)
def test_a_schema_that_is_complete_in_itself_is_taken(schema: dict[str, Any]) -> None:
    """References within it, in any number, are followed."""
    accept_schema(schema)


@pytest.mark.parametrize(
    ("schema", "reason"),
    [
        ({"type": "colour"}, "no JSON Schema"),
        ({"$schema": "http://json-schema.org/draft-07/schema#"}, "draft-07"),
        ({"$ref": "https://shop.example/order.json"}, "leads outside"),
        ({"$ref": "order.json#/x"}, "leads outside"),
        ({"$ref": "#"}, "leads back to itself"),
        ({"properties": {"a": {"$ref": "#/properties/a"}}}, "leads back to itself"),
        ({"$defs": {"a": {"allOf": [{"$ref": "#/$defs/a"}]}}}, "leads back to itself"),
        ({"$ref": "#/$defs/none"}, "leads nowhere"),
        ({"pattern": "["}, "is not a 'regex'"),
        ({"patternProperties": {"(": {}}}, "is not a 'regex'"),
    ],
)
def test_any_other_is_refused_with_the_reason(schema: dict[str, Any], reason: str) -> None:
    """Nothing may be fetched, and nothing may loop, while events come in."""
    with pytest.raises(SchemaUnfit, match=reason):
        accept_schema(schema)


def test_references_that_multiply_are_refused() -> None:
    """Twenty lines that stand for a million parts."""
    definitions: dict[str, Any] = {"d0": {"type": "string"}}
    for number in range(1, 20):
        inner = {"$ref": f"#/$defs/d{number - 1}"}
        definitions[f"d{number}"] = {"allOf": [inner, inner]}
    with pytest.raises(SchemaUnfit, match="too large"):
        accept_schema({"$defs": definitions, "$ref": "#/$defs/d19"})
