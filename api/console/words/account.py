"""An instance as its journal is told, and a line of it in words."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from api.console.words.states import Tone
from punchcard.domain.instance_story import Entry, Story
from punchcard.plan.program import Program
from punchcard.wording.speech import Speech
from punchcard.wording.steps import step_label
from punchcard.wording.things import campaigns_of


@dataclass(frozen=True, slots=True)
class Account:
    """An instance as its journal is told: by whose speech, of which plan, with what facts beside it."""

    speech: Speech
    program: Program
    story: Story

    @property
    def currency(self) -> str:
        """The campaign's currency."""
        return self.program.plan.currency

    def code_of(self, name: str) -> str | None:
        """Return the code of the latest reward that the plan knows by this name."""
        return next((reward.code for reward in reversed(self.story.rewards) if reward.name == name), None)

    def campaign_of(self, name: str) -> str | None:
        """Return the campaign that the plan starts and knows by this name."""
        return campaigns_of(self.program.plan).get(name)

    def turn_at(self, path: str, before: Entry | None = None) -> int:
        """Return which of a step's roles was asked when a line was written, or is asked now; the first is 0."""
        turn, last = 0, ""
        for entry in self.story.journal:
            if entry.path == path and entry.kind in ("waiting", "passed_on"):
                if entry.kind == "passed_on":
                    turn += 1
                elif last == "waiting":
                    turn = 0
                last = entry.kind
            if entry is before:
                break
        return turn

    def step(self, path: str | None) -> str:
        """Return a step in words, for a sentence about it."""
        if path is None or path not in self.program.steps:
            return path or ""
        return step_label(self.speech, self.program.plan, self.program.steps[path]).whole

    def sentence(self, path: str | None) -> str:
        """Return a step as a sentence of its own."""
        if path is None or path not in self.program.steps:
            return path or ""
        return step_label(self.speech, self.program.plan, self.program.steps[path]).sentence


@dataclass(frozen=True, slots=True)
class Told:
    """A line of the journal in words; `icon` names its sign, `detail` is said in small beneath it."""

    words: Markup
    icon: str
    tone: Tone = "quiet"
    detail: Markup | str = ""
