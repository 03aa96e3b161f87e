"""The language server: what editors ask in the Language Server Protocol, answered by the check and its tables."""

from __future__ import annotations

from punchcard.authoring.editing.folder import Declared, Today
from punchcard.authoring.serving import changes, completions, documents, meanings, names, structure
from punchcard.authoring.serving.server import CampaignServer, Features

FEATURES: Features = {
    **documents.FEATURES,
    **completions.FEATURES,
    **meanings.FEATURES,
    **names.FEATURES,
    **structure.FEATURES,
    **changes.FEATURES,
}


def campaign_server(version: str, declared: Declared, today: Today) -> CampaignServer:
    """Return the server with everything that it can answer."""
    return CampaignServer(version, declared, today, FEATURES)
