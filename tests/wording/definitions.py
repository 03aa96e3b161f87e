"""Every definition that Punchcard ships, as a plan: what can be told, drawn and exported of each."""

from __future__ import annotations

from functools import cache

from punchcard.cli.programme import beside
from punchcard.language.files import campaigns, load
from punchcard.plan.model import Plan
from punchcard.shipped import shipped


@cache
def definitions() -> dict[str, Plan]:
    """Return the plans by the names of their campaigns."""
    folder = shipped("definitions")
    programme = beside([folder]).programme
    checked = [load(path).check(programme).plan for path in campaigns(folder)]
    return {plan.campaign: plan for plan in checked if plan is not None}
