"""Two versions of a campaign compared, and what it means to publish the second after the first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from punchcard.plan.codec import plan_json
from punchcard.plan.epochs import carries, counts_otherwise
from punchcard.plan.experiments import experiments
from punchcard.plan.model import Plan
from punchcard.plan.triggers import SegmentTrigger
from punchcard.wording.comparing.change import Change, lines_changed
from punchcard.wording.comparing.letters import letters_changed
from punchcard.wording.comparing.steps import steps_changed
from punchcard.wording.explanation import SECTIONS, Explanation, explain
from punchcard.wording.names import title_of
from punchcard.wording.speech import Speech
from punchcard.wording.things import rewards_of


@dataclass(frozen=True, slots=True)
class ChangedSection:
    """One heading of the explanation, with what changes below it."""

    name: str
    heading: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changes from one version to another; without sections they say the same."""

    campaign: str
    language: str
    title: str
    equal: bool
    sections: tuple[ChangedSection, ...]
    meaning: tuple[str, ...]


def compare(speech: Speech, old: Plan, new: Plan, now: int) -> Comparison:
    """Compare two plans; `now` is when the second would be published after the first."""
    equal = plan_json(old) == plan_json(new)
    return Comparison(
        campaign=new.campaign,
        language=str(speech.locale).replace("_", "-"),
        title=new.title,
        equal=equal,
        sections=tuple(_sections(speech, old, new)),
        meaning=() if equal else tuple(_meaning(speech, old, new, now)),
    )


def _sections(speech: Speech, old: Plan, new: Plan) -> Iterator[ChangedSection]:
    before, after = explain(speech, old), explain(speech, new)
    head = lines_changed([before.title, before.summary], [after.title, after.summary])
    if head:
        yield ChangedSection("campaign", speech.gettext("The campaign"), tuple(head))
    for name, heading, _ in SECTIONS:
        if name == "steps":
            changes = steps_changed(speech, old, new)
        elif name == "messages":
            changes = letters_changed(speech, old, new)
        else:
            changes = lines_changed(_texts(before, name), _texts(after, name))
        if changes:
            yield ChangedSection(name, heading(speech), tuple(changes))


def _texts(explanation: Explanation, name: str) -> list[str]:
    return [line.text for section in explanation.sections if section.name == name for line in section.lines]


def _meaning(speech: Speech, old: Plan, new: Plan, now: int) -> Iterator[str]:
    if old.campaign != new.campaign:
        yield speech.gettext("These are two campaigns: neither takes the place of the other.")
        return
    yield speech.gettext(
        "Whoever is in the middle of it goes on with the version that they began with; "
        "only what starts after the publication follows this one."
    )
    if rewards_of(old) != rewards_of(new):
        yield speech.gettext("Rewards that have been given keep the terms that they were given with.")
    for name in _begun_anew(old, new):
        yield speech.gettext(
            "The experiment %(name)s begins anew: it is another one than before, and nobody is counted yet."
        ) % {"name": speech.quote(title_of(name))}
    if not counts_otherwise(old, new, now):
        yield speech.gettext("Counting goes on as before: nobody loses what they have saved up.")
    elif carries(old, new):
        yield speech.gettext(
            "Counting changes: a new epoch begins with the publication, and what customers have saved up towards "
            "the next reward goes on to count. What was earned before stays earned."
        )
    elif isinstance(new.trigger, SegmentTrigger):
        yield speech.gettext(
            "A new epoch begins with the publication: who is in the segment is looked up anew. Whoever has entered or "
            "left by the old rule until then is still found; whom the new rule itself brings in or out starts nothing, "
            "unless those who are in it already are to begin."
        )
    else:
        yield speech.gettext(
            "Counting changes: a new epoch begins with the publication, and everyone begins anew. "
            "What was earned before stays earned."
        )


def _begun_anew(old: Plan, new: Plan) -> list[str]:
    """The names of experiments that both have, with another content."""
    before, after = (
        {step.experiment: keep_best.mark for step, keep_best in experiments(plan)} for plan in (old, new)
    )
    return [name for name, mark in after.items() if before.get(name, mark) != mark]
