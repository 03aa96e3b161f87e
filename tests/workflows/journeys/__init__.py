"""Journeys through each definition to each of its ends, a file for each campaign: who starts it, who reacts how."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from tests.workflows.journeys.journey import Journey
from tests.workflows.journeys.playing import Played, play

__all__ = ["JOURNEYS", "Journey", "Played", "play"]

# A campaign's file is found by its name, so that adding one changes no other.
CAMPAIGNS = sorted(path.stem for path in Path(__file__).parent.glob("through_*.py"))
JOURNEYS: tuple[Journey, ...] = tuple(
    journey for name in CAMPAIGNS for journey in import_module(f"{__name__}.{name}").JOURNEYS
)
