"""The OpenAPI document and the page that shows it."""

from typing import Any

import httpx
import pytest
from jsonschema import Draft202012Validator
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from api.documentation import VENDOR
from tests.support.shop import Shop


def operations(document: dict[str, Any]) -> list[dict[str, Any]]:
    """Every operation of a document."""
    return [operation for path in document["paths"].values() for operation in path.values()]


async def test_every_operation_is_described(shop: Shop) -> None:
    """Summary, description, an id of its own, and what each status means."""
    document = shop.app.openapi()
    found = operations(document)
    assert len({operation["operationId"] for operation in found}) == len(found)
    for operation in found:
        assert operation["summary"]
        assert operation["description"]
        assert all(response["description"] for response in operation["responses"].values())


async def test_every_example_fits_its_schema(shop: Shop) -> None:
    """Bodies and problems alike."""
    document = shop.app.openapi()
    registry = Registry().with_resource("urn:document", DRAFT202012.create_resource(document))
    checked = 0
    for operation in operations(document):
        bodies = [operation.get("requestBody", {}), *operation["responses"].values()]
        for media in (media for body in bodies for media in body.get("content", {}).values()):
            schema = _absolute(media["schema"])
            for example in media.get("examples", {}).values():
                Draft202012Validator(schema, registry=registry).validate(example["value"])
                checked += 1
    assert checked > 50


def _absolute(schema: Any) -> Any:
    """The same schema, with references that start at the document."""
    if isinstance(schema, dict):
        return {
            key: f"urn:document{value}" if key == "$ref" else _absolute(value)
            for key, value in schema.items()
        }
    return [_absolute(each) for each in schema] if isinstance(schema, list) else schema


async def test_every_reference_leads_somewhere(shop: Shop) -> None:
    """Components that were put in by hand included."""
    document = shop.app.openapi()
    resolver = Registry().with_resource("", DRAFT202012.create_resource(document)).resolver()

    def walk(part: Any) -> None:
        if isinstance(part, dict):
            if isinstance(part.get("$ref"), str):
                resolver.lookup(part["$ref"])
            for value in part.values():
                walk(value)
        elif isinstance(part, list):
            for value in part:
                walk(value)

    walk(document)


@pytest.mark.skipif(not VENDOR.is_dir(), reason="the page's scripts are not built: python3 bootstrap.py")
async def test_the_page_loads_nothing_from_elsewhere(client: httpx.AsyncClient) -> None:
    """Its scripts and styles come from here, and its policy forbids all others."""
    page = await client.get("/docs")
    assert page.status_code == 200
    assert "http" not in page.text.replace("<!doctype html>", "")
    assert "script-src 'self'" in page.headers["content-security-policy"]
    for asset in ("swagger-ui-bundle.js", "swagger-ui.css", "start.js"):
        assert (await client.get(f"/docs/{asset}")).status_code == 200
    assert (await client.get("/docs/package.json")).status_code == 404
    assert (await client.get("/openapi.json")).json()["openapi"].startswith("3.1")
