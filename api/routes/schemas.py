"""JSON Schemas of the files that authors write, for editors: public, since they say nothing of this installation."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from fastapi.responses import JSONResponse

from punchcard.authoring.schema.documents import campaign, campaign_tests, programme

router = APIRouter(prefix="/v1/schemas", tags=["Campaigns"])

MEDIA_TYPE = "application/schema+json"


class SchemaResponse(JSONResponse):
    """A JSON Schema under its own media type."""

    media_type = MEDIA_TYPE


@router.get("/campaign.json", summary="The JSON Schema of campaigns", response_class=SchemaResponse)
def get_campaign_schema() -> dict[str, Any]:
    """Return the schema (draft 2020-12) by which an editor completes and checks a campaign's file. Needs no key."""
    return campaign()


@router.get("/programme.json", summary="The JSON Schema of the programme", response_class=SchemaResponse)
def get_programme_schema() -> dict[str, Any]:
    """Return the schema (draft 2020-12) by which an editor completes and checks `programme.yaml`. Needs no key."""
    return programme()


@router.get("/tests.json", summary="The JSON Schema of campaign tests", response_class=SchemaResponse)
def get_tests_schema() -> dict[str, Any]:
    """Return the schema (draft 2020-12) by which an editor completes and checks a `*.test.yaml`. Needs no key."""
    return campaign_tests()
