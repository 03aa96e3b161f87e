"""The language server: what editors ask in the Language Server Protocol, answered by the check and its tables."""

from __future__ import annotations

from punchcard.authoring.editing.beyond import Beyond
from punchcard.authoring.editing.folder import Declared, Today
from punchcard.authoring.serving import changes, completions, documents, hints, meanings, names, structure
from punchcard.authoring.serving.server import CampaignServer, Features

FEATURES: Features = {
    **documents.FEATURES,
    **completions.FEATURES,
    **meanings.FEATURES,
    **names.FEATURES,
    **structure.FEATURES,
    **hints.FEATURES,
    **changes.FEATURES,
}


def campaign_server(version: str, declared: Declared, today: Today, beyond: Beyond) -> CampaignServer:
    """Return the server with everything that it can answer."""
    return CampaignServer(version, declared, today, beyond, FEATURES)
