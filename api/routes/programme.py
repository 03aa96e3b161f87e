"""The programme: what all campaigns of the installation share."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Response
from pydantic import Field

from api.auth import Allowed, keyed
from api.installation import Here
from api.instants import Instant, to_text
from api.problems import NotJson, ProgrammeRefused
from api.shapes.campaigns import Text
from api.shapes.values import Given, Taken
from punchcard.domain import audit
from punchcard.domain.keys import Key
from punchcard.domain.programmes import current_programme, publish_programme
from punchcard.domain.refusals import ProgrammeUnpublished
from punchcard.language import check_programme

router = APIRouter(prefix="/v1/programme", tags=["Campaigns"])
EXAMPLE = "currency: USD\ntimezone: America/New_York\ncustomer_fields: {favourite_store: text}\n"


class ProgrammeText(Taken):
    """The programme's file as it was written."""

    text: Text = Field(description="The YAML.", examples=[EXAMPLE])


class ProgrammeShown(Given):
    """The programme as it was published last."""

    text: str = Field(examples=[EXAMPLE])
    published_at: Instant
    published_by: str


@router.get(
    "",
    summary="See the programme",
    dependencies=[Depends(Allowed("campaigns:read", "campaigns:write"))],
    responses=keyed(ProgrammeUnpublished),
)
def get_programme(here: Here) -> ProgrammeShown:
    """Return the text that campaigns are checked with."""
    with here.database.read() as connection:
        found = current_programme(connection)
    if found is None:
        raise ProgrammeUnpublished(remedy="Publish one with PUT; without it, campaigns have the defaults.")
    return ProgrammeShown(
        text=found.text, published_at=to_text(found.published_at), published_by=found.published_by
    )


@router.put(
    "",
    summary="Publish the programme",
    responses={
        201: {"model": ProgrammeShown, "description": "Another text than before."},
        **keyed(NotJson, ProgrammeRefused),
    },
)
def put_programme(
    body: ProgrammeText,
    response: Response,
    here: Here,
    key: Annotated[Key, Depends(Allowed("campaigns:write"))],
) -> ProgrammeShown:
    """Make this text the programme's.

    Campaigns keep what they took from the earlier one until they are published again.
    """
    checked = check_programme(body.text)
    if checked.programme is None:
        raise ProgrammeRefused([found.as_data() for found in checked.diagnostics])
    with here.database.begin() as connection:
        now = here.now()
        if publish_programme(connection, body.text, key.actor, now):
            response.status_code = 201
            audit.log(connection, key.actor, "programme.publish", "programme", now)
    return get_programme(here)
