"""Campaigns by name and title."""

from __future__ import annotations

from punchcard.domain.campaign_names import campaign_names
from punchcard.domain.operating import Order
from punchcard.domain.pausing import pause_campaign
from tests.support.world import World


def test_campaigns_have_their_current_title_and_status(world: World) -> None:
    """In the order of their names."""
    with world.database.begin() as connection:
        pause_campaign(connection, "welcome", Order("user:admin", world.now))
        found = campaign_names(connection)
    assert [each.name for each in found] == [
        "goodwill",
        "punch-card",
        "review-thanks",
        "spend-and-save",
        "welcome",
    ]
    assert found[3].title == "20% off for every $500 spent"
    assert found[4].status == "paused"
