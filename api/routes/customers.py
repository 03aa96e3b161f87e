"""Customers: what is known of one, what they earned, and how to erase them."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Response

from api.auth import Allowed, keyed
from api.installation import Here
from api.shapes.customers import (
    CustomerShown,
    OccasionPage,
    OccasionsAsked,
    customer_shown,
    occasion_shown,
)
from api.shapes.values import Word
from punchcard.domain.customer_story import find_occasions, tell_customer
from punchcard.domain.erasing import erase_customer
from punchcard.domain.keys import Key
from punchcard.domain.refusals import CursorUnknown, CustomerUnknown
from punchcard.programmes import known_programme, standing_in_segments

router = APIRouter(prefix="/v1/customers", tags=["Customers"])
Reads = Depends(Allowed("customers:read"))
CustomerName = Annotated[Word, Path(description="The customer's id in your own systems.", examples=["C-17"])]


@router.get(
    "/{customer}/occasions",
    summary="See what a customer earned",
    dependencies=[Reads],
    responses=keyed(CustomerUnknown, CursorUnknown),
)
def get_occasions(
    customer: CustomerName, asked: Annotated[OccasionsAsked, Query()], here: Here
) -> OccasionPage:
    """Return what a customer earned, the latest first, and for each why nothing came of it if nothing did."""
    with here.database.read() as connection:
        page = find_occasions(
            connection,
            customer,
            campaign=asked.campaign,
            disposition=asked.disposition,
            cursor=asked.cursor,
            limit=asked.limit,
        )
    return OccasionPage(occasions=[occasion_shown(line) for line in page.items], next=page.next)


@router.get("/{customer}", summary="See a customer", dependencies=[Reads], responses=keyed(CustomerUnknown))
def get_customer(customer: CustomerName, here: Here) -> CustomerShown:
    """Return what is known of a customer: profile, consents, segments, and how far they are in what counts.

    Their rewards and instances are found with the parameter `customer` of those lists.
    """
    with here.database.read() as connection:
        story = tell_customer(connection, customer)
        programme = known_programme(connection)
        segments = standing_in_segments(connection, programme, story.id, here.now())
        return customer_shown(customer, story, segments)


@router.delete(
    "/{customer}/personal-data",
    summary="Erase a customer's personal data",
    status_code=204,
    responses=keyed(CustomerUnknown),
)
def delete_personal_data(
    customer: CustomerName, here: Here, key: Annotated[Key, Depends(Allowed("customers:erase"))]
) -> Response:
    """Erase profile, consents, the words of messages and answers. This cannot be undone.

    Orders, rewards and your own ids of the customer stay: they keep a reward from being given a second time.
    """
    with here.database.begin() as connection:
        erase_customer(connection, customer, key.actor, here.now())
    return Response(status_code=204)
