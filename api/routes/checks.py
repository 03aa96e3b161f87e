"""Checks: what is wrong with a campaign's text, without publishing it."""

from __future__ import annotations

from fastapi import APIRouter, Depends

from api.auth import Allowed, keyed
from api.installation import Here
from api.problems import NotJson
from api.shapes.campaigns import CampaignText, Check, diagnostics_shown
from punchcard.domain.plans import running_plans
from punchcard.programmes import known_programme

router = APIRouter(prefix="/v1/checks", tags=["Campaigns"])


@router.post(
    "",
    summary="Check a campaign's text",
    dependencies=[Depends(Allowed("campaigns:read", "campaigns:write"))],
    responses=keyed(NotJson),
)
def post_check(body: CampaignText, here: Here) -> Check:
    """Return every mistake in a campaign's text at its line and column, with what was expected. Changes nothing."""
    with here.database.read() as connection:
        checked = body.checked(known_programme(connection), running_plans(connection), here.now())
    return Check(
        valid=checked.plan is not None,
        campaign=checked.plan.campaign if checked.plan else None,
        diagnostics=diagnostics_shown(checked.diagnostics),
    )
