"""The JSON Schemas as editors fetch them."""

import json

import pytest

from punchcard.authoring.schema.documents import DOCUMENTS, text_of
from tests.support.shop import Shop


@pytest.mark.parametrize("name", DOCUMENTS)
async def test_a_schema_is_public(shop: Shop, name: str) -> None:
    """It needs no key, and is the one that comes with Punchcard."""
    async with shop.client("none") as client:
        answer = await client.get(f"/v1/schemas/{name}.json")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/schema+json"
    assert answer.json() == json.loads(text_of(name))
