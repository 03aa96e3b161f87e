"""Experiments: how the variants of a campaign's splits do."""

from __future__ import annotations

from fastapi import APIRouter, Depends

from api.auth import Allowed, keyed
from api.installation import Here
from api.shapes.campaigns import CampaignName
from api.shapes.experiments import ExperimentList, experiment_shown
from punchcard.domain.experiment_list import experiments_of
from punchcard.domain.refusals import CampaignUnknown

router = APIRouter(prefix="/v1/campaigns", tags=["Campaigns"])


@router.get(
    "/{campaign}/experiments",
    summary="See a campaign's experiments",
    dependencies=[Depends(Allowed("campaigns:read", "campaigns:write"))],
    responses=keyed(CampaignUnknown),
)
def get_experiments(campaign: CampaignName, here: Here) -> ExperimentList:
    """Return each split with `keep_best`: how many customers drew each variant, how they do, and what was found.

    The figures are those of this moment, to look at; what decides are the looks, which are put down for ever.
    """
    with here.database.read() as connection:
        lines = experiments_of(connection, here.plans, campaign, here.now())
    return ExperimentList(experiments=[experiment_shown(line) for line in lines])
