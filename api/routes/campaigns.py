"""Campaigns: list, publish, pause and resume, start by hand."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Header, Path, Query, Response

from api.auth import Allowed, keyed
from api.installation import Here
from api.problems import CampaignRefused, NotJson
from api.shapes.campaigns import (
    CampaignCommandAsked,
    CampaignList,
    CampaignName,
    CampaignShown,
    CampaignText,
    PublishedShown,
    VersionList,
    VersionWhole,
    campaign_shown,
    published_shown,
    version_shown,
    version_whole,
)
from api.shapes.comparisons import ComparisonShown, comparison_shown
from api.shapes.explanations import ExplanationShown, explanation_shown
from api.shapes.instances import StartAsked, StartShown
from api.shapes.values import Word
from punchcard.bpmn.document import MEDIA_TYPE, document
from punchcard.domain.campaign_list import (
    find_campaign,
    find_version,
    list_campaigns,
    list_versions,
    version_before,
)
from punchcard.domain.keys import Key
from punchcard.domain.operating import Order
from punchcard.domain.pausing import pause_campaign, resume_campaign
from punchcard.domain.plans import running_plans
from punchcard.domain.refusals import (
    CampaignEnded,
    CampaignNotRunning,
    CampaignUnknown,
    CustomerUnknown,
    InputsUnfit,
    NotStartedByHand,
    RequestKeyReused,
    VersionUnknown,
)
from punchcard.programmes import known_programme
from punchcard.router.manual import Wish, start_by_hand
from punchcard.router.shelf import Draft, publish_all
from punchcard.wording.comparing.comparison import compare
from punchcard.wording.explanation import explain
from punchcard.wording.reader import reader
from punchcard.wording.translation import choose_locale

router = APIRouter(prefix="/v1/campaigns", tags=["Campaigns"])
Reads = Depends(Allowed("campaigns:read", "campaigns:write"))
Writer = Annotated[Key, Depends(Allowed("campaigns:write"))]
Languages = Annotated[
    str,
    Header(
        alias="Accept-Language",
        description="The languages to read it in, most wanted first.",
        examples=["de"],
    ),
]
VersionHash = Annotated[str, Path(pattern=r"^[0-9a-f]{64}$", description="The version's hash.")]


@router.get("", summary="List campaigns", dependencies=[Reads], responses=keyed())
def get_campaigns(here: Here) -> CampaignList:
    """Return every campaign with its status, its version, and how many instances are in each state."""
    with here.database.read() as connection:
        return CampaignList(campaigns=[campaign_shown(line) for line in list_campaigns(connection)])


@router.post("", summary="Publish a campaign", status_code=201, responses=keyed(NotJson, CampaignRefused))
def post_campaign(body: CampaignText, here: Here, key: Writer) -> PublishedShown:
    """Check a campaign's text and make it the campaign's current version, frozen and named by its content.

    New instances start on it; running ones keep theirs. Publishing what is current already changes nothing.
    """
    with here.database.read() as connection:
        checked = body.checked(known_programme(connection), running_plans(connection), here.now())
    if checked.plan is None:
        raise CampaignRefused([found.as_data() for found in checked.diagnostics])
    draft = Draft(checked.plan, body.text, body.files)
    with here.database.begin() as connection:
        (published,) = publish_all(connection, [draft], key.actor, here.now())
    return published_shown(published, checked.diagnostics)


@router.get("/{campaign}", summary="See a campaign", dependencies=[Reads], responses=keyed(CampaignUnknown))
def get_campaign(campaign: CampaignName, here: Here) -> CampaignShown:
    """Return one campaign as it runs now."""
    with here.database.read() as connection:
        return campaign_shown(find_campaign(connection, campaign))


@router.get(
    "/{campaign}/versions",
    summary="List a campaign's versions",
    dependencies=[Reads],
    responses=keyed(CampaignUnknown),
)
def get_versions(campaign: CampaignName, here: Here) -> VersionList:
    """Return every version that a campaign has had, and how many of its instances are still open."""
    with here.database.read() as connection:
        return VersionList(versions=[version_shown(line) for line in list_versions(connection, campaign)])


@router.get(
    "/{campaign}/versions/{version}",
    summary="See a version",
    dependencies=[Reads],
    responses=keyed(CampaignUnknown, VersionUnknown),
)
def get_version(
    campaign: CampaignName,
    version: VersionHash,
    here: Here,
) -> VersionWhole:
    """Return a version with the text it was made from, and its plan."""
    with here.database.read() as connection:
        return version_whole(find_version(connection, version, campaign=campaign))


@router.get(
    "/{campaign}/versions/{version}/explanation",
    summary="Read a version in plain sentences",
    dependencies=[Reads],
    responses=keyed(CampaignUnknown, VersionUnknown),
)
def get_explanation(
    campaign: CampaignName,
    version: VersionHash,
    here: Here,
    response: Response,
    languages: Languages = "",
) -> ExplanationShown:
    """Return what starts the campaign, who gets it, what it may cost, each step, and how it ends, in words.

    The language is the first of `Accept-Language` that Punchcard speaks, else English; dates, numbers and money
    follow it.
    """
    with here.database.read() as connection:
        plan = find_version(connection, version, campaign=campaign).plan
    told = explain(reader(choose_locale(None, languages), plan.timezone), plan)
    response.headers["Content-Language"] = told.language
    response.headers["Vary"] = "Accept-Language"
    return explanation_shown(told)


@router.get(
    "/{campaign}/versions/{version}/bpmn",
    summary="Get a version as BPMN 2.0",
    dependencies=[Reads],
    response_class=Response,
    responses={
        200: {"content": {MEDIA_TYPE: {"schema": {"type": "string"}}}, "description": "The XML document."},
        **keyed(CampaignUnknown, VersionUnknown),
    },
)
def get_bpmn(campaign: CampaignName, version: VersionHash, here: Here, languages: Languages = "") -> Response:
    """Return the campaign's process with its diagram, for other tools to open; it says what happens, and runs nowhere.

    Its words are in the first language of `Accept-Language` that Punchcard speaks, else English.
    """
    with here.database.read() as connection:
        plan = find_version(connection, version, campaign=campaign).plan
    speech = reader(choose_locale(None, languages), plan.timezone)
    headers = {"Content-Language": str(speech.locale).replace("_", "-"), "Vary": "Accept-Language"}
    return Response(document(speech, plan), media_type=MEDIA_TYPE, headers=headers)


@router.get(
    "/{campaign}/versions/{version}/changes",
    summary="Read what a version changed",
    dependencies=[Reads],
    responses=keyed(CampaignUnknown, VersionUnknown),
)
def get_changes(
    campaign: CampaignName,
    version: VersionHash,
    here: Here,
    response: Response,
    since: Annotated[
        str | None,
        Query(
            pattern=r"^[0-9a-f]{64}$", description="The version to compare with; without it, the one before."
        ),
    ] = None,
    languages: Languages = "",
) -> ComparisonShown:
    """Return what changes from one version to another in plain sentences, and what it means.

    The first version of a campaign is compared with itself: nothing changes.
    """
    with here.database.read() as connection:
        new = find_version(connection, version, campaign=campaign)
        old = (
            version_before(connection, new) or new
            if since is None
            else find_version(connection, since, campaign=campaign)
        )
    speech = reader(choose_locale(None, languages), new.plan.timezone)
    told = compare(speech, old.plan, new.plan, new.published_at)
    response.headers["Content-Language"] = told.language
    response.headers["Vary"] = "Accept-Language"
    return comparison_shown(told)


@router.post(
    "/{campaign}/commands",
    summary="Pause or resume a campaign",
    responses=keyed(NotJson, CampaignUnknown, CampaignEnded),
)
def post_campaign_command(
    campaign: CampaignName, body: CampaignCommandAsked, here: Here, key: Writer
) -> CampaignShown:
    """`pause` keeps all instances where they are and ejects nobody; customers go on earning.

    `resume` lets them go on; overdue steps follow the campaign's `on_resume`. Doing either twice is doing it once.
    """
    with here.database.begin() as connection:
        order = Order(actor=key.actor, now=here.now(), reason=body.reason)
        if body.command == "pause":
            pause_campaign(connection, campaign, order)
        else:
            resume_campaign(connection, campaign, order)
        return campaign_shown(find_campaign(connection, campaign))


@router.post(
    "/{campaign}/instances",
    summary="Start a campaign for a customer",
    status_code=201,
    tags=["Instances"],
    responses={
        200: {"model": StartShown, "description": "This very request was answered before; nothing changed."},
        **keyed(
            NotJson,
            CampaignUnknown,
            CustomerUnknown,
            NotStartedByHand,
            CampaignNotRunning,
            InputsUnfit,
            RequestKeyReused,
        ),
    },
)
def post_instance(
    campaign: CampaignName,
    body: StartAsked,
    response: Response,
    here: Here,
    key: Annotated[Key, Depends(Allowed("instances:start"))],
    idempotency_key: Annotated[
        Word,
        Header(
            description="Names this request, so that repeating it starts nothing more.", examples=["case-881"]
        ),
    ],
) -> StartShown:
    """Start a campaign that has `when: manual`, with its typed inputs.

    Repeating the request with the same `Idempotency-Key` returns what was answered the first time. A customer
    who is held out, or over the campaign's limit, gets no instance; `disposition` says so.
    """
    with here.database.begin() as connection:
        wish = Wish(
            source=key.source,
            key=idempotency_key,
            actor=key.actor,
            campaign=campaign,
            customer=body.customer,
            inputs=body.inputs,
        )
        started = start_by_hand(connection, here.campaigns.current(connection), wish, here.now())
    response.status_code = 200 if started.repeated else 201
    return StartShown.model_validate(
        {
            "occasion": started.occasion_id,
            "instance": started.instance_id,
            "disposition": started.disposition,
        }
    )
